"""The farm under the real addresses: ``https://en.wikipedia.org/…`` is answered by the wiki on loopback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter, HTTPAdapter


class FarmAdapter(HTTPAdapter):
    """Sends each request to the farm; the wiki sees the real host, so its answers name it.

    A host that the farm does not have gets a connection error, as an unknown host would.
    """

    def __init__(self, endpoints: Mapping[str, str]) -> None:
        super().__init__()
        self.hosts = {f"{lang}.wikipedia.org": urlsplit(url).netloc for lang, url in endpoints.items()}

    def send(self, request: PreparedRequest, *arguments: Any, **options: Any) -> Response:
        asked = request.url or ""
        parts = urlsplit(asked)
        if parts.netloc not in self.hosts:
            raise ConnectionError(f"{parts.netloc} is not in the farm")
        request.headers["Host"] = parts.netloc
        request.headers["X-Forwarded-Proto"] = parts.scheme
        request.url = urlunsplit(("http", self.hosts[parts.netloc], *parts[2:]))
        try:
            response = super().send(request, *arguments, **options)
        finally:
            request.url = asked
        response.url = asked
        return response


def adapters(endpoints: Mapping[str, str]) -> dict[str, BaseAdapter]:
    """What to mount on a session: no request can leave the farm."""
    adapter = FarmAdapter(endpoints)
    return {"https://": adapter, "http://": adapter}
