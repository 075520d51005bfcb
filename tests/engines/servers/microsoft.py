"""Microsoft Translator, version 3: ``POST /translate?api-version=3.0`` with a JSON list, ``GET /languages``."""

from __future__ import annotations

from collections.abc import Sequence

from tests.engines.servers.base import Protocol, Request, Response


class Microsoft(Protocol):
    name = "microsoft"
    takes_key = True
    limit = 50_000

    def listing(self, request: Request) -> Response | None:
        if request.path != "/languages" or request.query["api-version"] != ["3.0"]:
            return None
        codes = ("en", "ru", "de")
        return Response.json({"translation": {c: {"name": c, "nativeName": c, "dir": "ltr"} for c in codes}})

    def texts(self, request: Request) -> list[str]:
        if request.path != "/translate" or request.query["api-version"] != ["3.0"]:
            raise ValueError(request.path)
        if request.query["to"] != ["en"] or request.query["textType"] not in (["html"], ["plain"]):
            raise ValueError("The target language is not valid.")
        return [entry["Text"] for entry in request.json()]

    def success(self, request: Request, translations: Sequence[str]) -> Response:
        return Response.json([{"translations": [{"text": text, "to": "en"}]} for text in translations])

    def error(self, status: int, message: str) -> Response:
        return Response.json({"error": {"code": status * 1000, "message": message}}, status)

    def key(self, request: Request) -> str:
        return request.headers.get("ocp-apim-subscription-key", "")
