"""Yandex Translate, version 2: ``POST /translate/v2/translate`` and ``POST /translate/v2/languages``."""

from __future__ import annotations

from collections.abc import Sequence

from tests.engines.servers.base import Protocol, Request, Response


class Yandex(Protocol):
    name = "yandex"
    takes_key = True
    limit = 10_000

    def listing(self, request: Request) -> Response | None:
        if request.path != "/translate/v2/languages" or request.method != "POST":
            return None
        return Response.json({"languages": [{"code": code, "name": code} for code in ("en", "ru", "tg")]})

    def texts(self, request: Request) -> list[str]:
        asked = request.json()
        if request.path != "/translate/v2/translate" or asked["format"] not in ("HTML", "PLAIN_TEXT"):
            raise ValueError(request.path)
        if not asked["targetLanguageCode"]:
            raise ValueError("target")
        return list(asked["texts"])

    def success(self, request: Request, translations: Sequence[str]) -> Response:
        return Response.json({"translations": [{"text": text} for text in translations]})

    def error(self, status: int, message: str) -> Response:
        return Response.json({"code": 3, "message": message, "details": []}, status)

    def key(self, request: Request) -> str:
        return request.headers.get("authorization", "").removeprefix("Api-Key ")
