"""MinT: ``POST /api/translate`` and ``GET /api/languages``, as its FastAPI application answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.engines.servers.base import Protocol, Request, Response

_PARAGRAPH = re.compile(r"(<p\b[^>]*>)(.*?)(</p>)", re.DOTALL)


class Mint(Protocol):
    name = "mint"
    limit = 100_000

    def listing(self, request: Request) -> Response | None:
        if request.path != "/api/languages":
            return None
        model = "nllb200-600M"
        return Response.json({"ru": {"en": model, "tg": model}, "tg": {"en": model, "ru": model}, "en": {"ru": model}})

    def texts(self, request: Request) -> list[str]:
        asked = request.json()
        if request.path != "/api/translate" or request.method != "POST":
            raise ValueError(request.path)
        if asked["format"] not in ("html", "text") or not asked["source_language"] or not asked["target_language"]:
            raise ValueError("format")
        if asked["format"] == "text":
            return str(asked["content"]).split("\n")
        return [inner for _, inner, _ in _PARAGRAPH.findall(asked["content"])]

    def success(self, request: Request, translations: Sequence[str]) -> Response:
        asked = request.json()
        if asked["format"] == "text":
            translation = "\n".join(translations)
        else:
            paragraphs = _PARAGRAPH.findall(asked["content"])
            pairs = zip(paragraphs, translations, strict=False)
            # BeautifulSoup writes the page anew: entities of its own choice, newlines between blocks gone
            translation = "".join(f"{start}{text}{end}" for (start, _, end), text in pairs)
        return Response.json(
            {
                "translation": translation,
                "translationtime": 0.01,
                "sourcelanguage": asked["source_language"],
                "targetlanguage": asked["target_language"],
                "model": asked.get("model") or "nllb200-600M",
            }
        )

    def error(self, status: int, message: str) -> Response:
        if status == 422:
            return Response.json({"detail": [{"type": "missing", "loc": ["body", "format"], "msg": message}]}, 422)
        return Response.json({"detail": message}, status)
