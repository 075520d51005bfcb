"""LibreTranslate: ``POST /translate`` with a text or a list of texts, ``GET /languages``."""

from __future__ import annotations

import html
from collections.abc import Sequence

from tests.engines.servers.base import Protocol, Request, Response


class LibreTranslate(Protocol):
    name = "libretranslate"
    takes_key = True

    def listing(self, request: Request) -> Response | None:
        if request.path != "/languages":
            return None
        return Response.json(
            [
                {"code": "en", "name": "English", "targets": ["en", "ru"]},
                {"code": "ru", "name": "Russian", "targets": ["en", "ru"]},
                {"code": "tg", "name": "Tajik", "targets": ["en", "tg"]},
            ]
        )

    def texts(self, request: Request) -> list[str]:
        asked = request.json()
        if request.path != "/translate" or asked.get("format", "text") not in ("html", "text"):
            raise ValueError(request.path)
        if not asked["source"] or not asked["target"]:
            raise ValueError("source, target")
        return list(asked["q"]) if isinstance(asked["q"], list) else [str(asked["q"])]

    def success(self, request: Request, translations: Sequence[str]) -> Response:
        texts = [html.unescape(text) for text in translations]  # as the real one does, in both formats
        several = isinstance(request.json()["q"], list)
        return Response.json({"translatedText": texts if several else texts[0]})

    def error(self, status: int, message: str) -> Response:
        return Response.json({"error": f"Slowdown: {message}" if status == 429 else message}, status)

    def key(self, request: Request) -> str:
        return str(request.json().get("api_key", ""))
