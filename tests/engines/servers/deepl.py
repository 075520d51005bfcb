"""DeepL, API version 2: ``POST /v2/translate`` with a JSON body, ``GET /v2/languages?type=…``; the key in a header."""

from __future__ import annotations

from collections.abc import Sequence

from tests.engines.servers.base import Protocol, Request, Response

_TARGETS = ("EN-GB", "EN-US", "RU", "DE")


class DeepL(Protocol):
    name = "deepl"
    takes_key = True
    limit = 128 * 1024

    def listing(self, request: Request) -> Response | None:
        if request.path != "/v2/languages":
            return None
        codes = _TARGETS if request.query["type"] == ["target"] else ("EN", "RU", "DE")
        return Response.json([{"language": code, "name": code.title()} for code in codes])

    def texts(self, request: Request) -> list[str]:
        asked = request.json()
        if request.path != "/v2/translate" or request.method != "POST" or request.query:
            raise ValueError(request.path)
        if asked["target_lang"] not in _TARGETS or len(asked["text"]) > 50 or not isinstance(asked["text"], list):
            raise ValueError("Value for 'target_lang' not supported.")
        return list(asked["text"])

    def success(self, request: Request, translations: Sequence[str]) -> Response:
        source = request.json()["source_lang"]
        return Response.json({"translations": [{"detected_source_language": source, "text": t} for t in translations]})

    def error(self, status: int, message: str) -> Response:
        return Response.json({"message": message}, status)

    def key(self, request: Request) -> str:
        return request.headers.get("authorization", "").removeprefix("DeepL-Auth-Key ")
