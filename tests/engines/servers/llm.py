"""An OpenAI-compatible endpoint: ``POST /v1/chat/completions``; the key as a bearer token."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tests.engines.servers.base import Protocol, Request, Response


class Llm(Protocol):
    name = "llm"
    address = "/v1"
    takes_key = True
    wrap = "{}"  # how the model dresses up its answer

    def listing(self, request: Request) -> Response | None:
        return Response.json({"object": "list", "data": [{"id": "tiny"}]}) if request.path == "/v1/models" else None

    def texts(self, request: Request) -> list[str]:
        asked = request.json()
        if request.path != "/v1/chat/completions" or not asked["model"]:
            raise ValueError(request.path)
        [system, user] = asked["messages"]
        if (system["role"], user["role"]) != ("system", "user"):
            raise ValueError("messages")
        return list(json.loads(user["content"])["sentences"])

    def success(self, request: Request, translations: Sequence[str]) -> Response:
        content = self.wrap.format(json.dumps(list(translations), ensure_ascii=False))
        message = {"role": "assistant", "content": content}
        return Response.json(
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "model": request.json()["model"],
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            }
        )

    def error(self, status: int, message: str) -> Response:
        return Response.json({"error": {"message": message, "type": "invalid_request_error", "code": None}}, status)

    def key(self, request: Request) -> str:
        return request.headers.get("authorization", "").removeprefix("Bearer ")
