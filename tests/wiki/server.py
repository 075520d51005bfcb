"""A web server on loopback that answers as a test says: for faults that a healthy MediaWiki does not show."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Answer:
    """One reply; ``body`` may be a function that writes to the connection itself."""

    body: bytes | str | dict[str, Any] | Callable[[BaseHTTPRequestHandler], None]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Script:
    """The answers in order (the last one again and again), and what was asked."""

    answers: list[Answer | Callable[[dict[str, str]], Answer]]
    url: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)

    def next(self, parameters: dict[str, str]) -> Answer:
        self.asked.append(parameters)
        answer = self.answers[min(len(self.asked), len(self.answers)) - 1]
        return answer if isinstance(answer, Answer) else answer(parameters)


@contextmanager
def serving(*answers: Answer | Callable[[dict[str, str]], Answer]) -> Iterator[Script]:
    """Serve these answers at ``script.url``."""
    script = Script(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            encoded = self.rfile.read(length).decode() if length else urlsplit(self.path).query
            script.methods.append(self.command)
            script.headers.append(dict(self.headers))
            answer = script.next(dict(parse_qsl(encoded, keep_blank_values=True)))
            if callable(answer.body):
                answer.body(self)
                return
            text = json.dumps(answer.body) if isinstance(answer.body, dict) else answer.body
            body = text.encode() if isinstance(text, str) else text
            self.send_response(answer.status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": len(body),
                **answer.headers,
            }.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False  # a stalling answer must not stall the test
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_port}/w/api.php"
    try:
        yield script
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def page(title: str, text: str, **more: object) -> Answer:
    """What ``Wiki.page`` gets for a page that exists."""
    slots = {"main": {"content": text, "contentmodel": "wikitext"}}
    revision = {"revid": 7, "timestamp": "2024-01-01T00:00:00Z", "slots": slots, **more}
    return Answer({"query": {"pages": [{"pageid": 1, "ns": 0, "title": title, "revisions": [revision]}]}})
