"""MyMemory: ``GET /get?q=…&langpair=ru-RU|en-US``; what is wrong is said inside replies of status 200 as well."""

from __future__ import annotations

from collections.abc import Sequence

from tests.engines.servers.base import Protocol, Request, Response


class MyMemory(Protocol):
    name = "mymemory"
    address = "/get"
    limit = 500

    def texts(self, request: Request) -> list[str]:
        source, target = request.query["langpair"][0].split("|")
        if request.path != "/get" or "-" not in source or "-" not in target:
            raise ValueError(request.path)
        return [request.query["q"][0]]

    def success(self, request: Request, translations: Sequence[str]) -> Response:
        text = translations[0] if translations else ""
        return Response.json(
            {
                "responseData": {"translatedText": text, "match": 0.85},
                "quotaFinished": False,
                "responseDetails": "",
                "responseStatus": 200,
                "matches": [{"id": 0, "segment": request.query["q"][0], "translation": text, "match": 0.85}],
            }
        )

    def error(self, status: int, message: str) -> Response:
        said = {"translatedText": f"MYMEMORY WARNING: {message}"}
        return Response.json({"responseData": said, "responseStatus": status, "responseDetails": message}, status)
