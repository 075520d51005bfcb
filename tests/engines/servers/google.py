"""Google's mobile page: ``GET /m?sl=ru&tl=en&q=…`` gives HTML with the translation in ``div.result-container``."""

from __future__ import annotations

import html
from collections.abc import Sequence

from tests.engines.servers.base import ERROR_PAGE, Protocol, Request, Response

_PAGE = (
    '<!DOCTYPE html><html lang="en" dir="ltr"><head><base href="https://translate.google.com/m"><title>Google Translate'
    '</title></head><body><div class="root-container"><div class="header"></div><form action="/m"><div class='
    '"input-container"><input type="text" aria-label="Source text" name="q" class="input-field" value="{source}">'
    '</div></form><div class="{element}">{result}</div><div class="links-container"><ul><li><a href='
    '"https://www.google.com/m?hl=en">Google home</a></li></ul></div></div></body></html>'
)


class Google(Protocol):
    name = "google"
    address = "/m"
    limit = 5000
    element = "result-container"  # "t0" on the older page

    def texts(self, request: Request) -> list[str]:
        if request.path != "/m" or request.method != "GET" or not request.query["sl"] or not request.query["tl"]:
            raise ValueError(request.path)
        return request.query["q"][0].split("\n")

    def success(self, request: Request, translations: Sequence[str]) -> Response:
        result = html.escape("\n".join(translations))
        source = html.escape(request.query["q"][0])
        page = _PAGE.format(source=source, element=self.element, result=result)
        return Response(page, content_type="text/html; charset=UTF-8")

    def error(self, status: int, message: str) -> Response:
        return Response(ERROR_PAGE.replace("500", str(status)), status, "text/html; charset=UTF-8")
