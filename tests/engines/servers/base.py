"""What the protocol servers share: they answer well, or badly in every way a real one does.

A server has a script of behaviours, one a translation request; the last one goes on for ever:

========== ============================================================================
ok         the true protocol's answer
careless   the true protocol's answer, in which all inline markup and tokens are gone
fewer      one sentence too few
400 … 500  that status, in the protocol's own form, with the key it was sent in the message
429:7      limiting, with ``Retry-After: 7``
timeout    no answer while the client waits
drip       an answer that comes in byte by byte
truncated  half of the body that ``Content-Length`` promises
cut        half of the body, and a ``Content-Length`` that fits it
encoding   windows-1251 under the name of UTF-8
page       status 200 and a server's error page
reset      the connection is closed without a word
empty      the true protocol's answer, with empty translations
========== ============================================================================
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.engines.servers import words

ERROR_PAGE = (
    "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Error 500 (Server Error)!!1</title>"
    "<a href=//www.google.com/><span id=logo></span></a><p><b>500.</b> <ins>That’s an error.</ins>"
    "<p>There was an error. Please try again later. <ins>That’s all we know.</ins>"
)


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    def form(self) -> dict[str, list[str]]:
        return parse_qs(self.body.decode())


@dataclass(frozen=True)
class Response:
    body: bytes | str
    status: int = 200
    content_type: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, value: object, status: int = 200) -> Response:
        return cls(json.dumps(value, ensure_ascii=False), status)


class Protocol:
    """One engine's protocol. Subclasses say which requests list languages, how one asks, how answers look."""

    name = ""
    address = ""  # what follows the server's address in a user's settings
    takes_key = False
    needs_key = ""  # the key that it accepts; "": anybody may ask
    limit = 1_000_000  # characters a request

    def listing(self, request: Request) -> Response | None:
        """The answer to a request for languages, None where it is none."""
        return None

    def texts(self, request: Request) -> list[str]:
        """The sentences that are asked for; raises ValueError where the request is none of the protocol."""
        raise NotImplementedError

    def success(self, request: Request, translations: Sequence[str]) -> Response:
        raise NotImplementedError

    def error(self, status: int, message: str) -> Response:
        raise NotImplementedError

    def key(self, request: Request) -> str:
        """The key that came with the request."""
        return ""

    def strip(self, text: str) -> str:
        """The text without inline markup or tokens."""
        import re

        return re.sub(r"</?[a-z][^>]*>|\[/?\d+\]", "", text)


class Server:
    """A protocol on a port of this machine."""

    def __init__(self, protocol: Protocol, script: Iterable[str] = ("ok",), port: int = 0, delay: float = 0.0) -> None:
        self.protocol = protocol
        self.script = list(script)
        self.requests: list[Request] = []  # translation requests, in order
        self.packets: list[list[str]] = []  # the sentences of each request that was answered well, in order
        self.delay = delay  # seconds that an answer takes
        self._lock = threading.Lock()
        self._over = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                server._serve(self)

            def do_POST(self) -> None:
                server._serve(self)

            def log_message(self, *_: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    @contextmanager
    def running(self) -> Any:
        thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._over.set()
            self._http.shutdown()
            self._http.server_close()

    def serve_forever(self) -> None:
        self._http.serve_forever()

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        request = Request(
            handler.command,
            parts.path,
            parse_qs(parts.query, keep_blank_values=True),
            {name.lower(): value for name, value in handler.headers.items()},
            body,
        )
        if (listing := self.protocol.listing(request)) is not None:
            self._send(handler, listing)
            return
        with self._lock:
            self.requests.append(request)
            behaviour = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        with suppress(ConnectionError):  # whoever asked is gone
            self._behave(handler, request, behaviour)

    def _behave(self, handler: BaseHTTPRequestHandler, request: Request, behaviour: str) -> None:
        status, _, retry = behaviour.partition(":")
        if status.isdigit():
            said = self.protocol.key(request)
            response = self.protocol.error(int(status), f"No, not with key {said}" if said else "No")
            headers = {**response.headers, **({"Retry-After": retry} if retry else {})}
            self._send(handler, Response(response.body, response.status, response.content_type, headers))
        elif behaviour == "timeout":
            self._over.wait(5)
            handler.close_connection = True
        elif behaviour == "reset":
            handler.close_connection = True
        elif behaviour == "page":
            self._send(handler, Response(ERROR_PAGE, 200, "text/html; charset=utf-8"))
        else:
            self._answer(handler, request, behaviour)

    def _answer(self, handler: BaseHTTPRequestHandler, request: Request, behaviour: str) -> None:
        try:
            texts = self.protocol.texts(request)
        except (ValueError, KeyError, TypeError, IndexError) as error:
            self._send(handler, self.protocol.error(400, f"bad request: {error!r}"))
            return
        if sum(map(len, texts)) > self.protocol.limit:
            self._send(handler, self.protocol.error(413, "too long"))
            return
        if self.protocol.needs_key and self.protocol.key(request) != self.protocol.needs_key:
            self._send(handler, self.protocol.error(403, "no valid key"))
            return
        translations = [words.translate(text) for text in texts]
        if behaviour == "careless":
            translations = [self.protocol.strip(text) for text in translations]
        elif behaviour == "fewer":
            translations = translations[:-1]
        elif behaviour == "encoding":
            translations = [f"{text} Ошибка" for text in translations]
        elif behaviour == "empty":
            translations = [""] * len(translations)
        response = self.protocol.success(request, translations)
        with self._lock:
            self.packets.append(texts)
        self._over.wait(self.delay)
        self._send(handler, response, behaviour)

    def _send(self, handler: BaseHTTPRequestHandler, response: Response, behaviour: str = "ok") -> None:
        encoding = "cp1251" if behaviour == "encoding" else "utf-8"
        body = response.body if isinstance(response.body, bytes) else response.body.encode(encoding, "replace")
        if behaviour == "cut":
            body = body[: len(body) // 2]
        handler.send_response(response.status)
        handler.send_header("Content-Type", response.content_type)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in response.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        if behaviour == "truncated":
            handler.wfile.write(body[: len(body) // 2])
            handler.close_connection = True
        elif behaviour == "drip":
            self._drip(handler, body)
        else:
            handler.wfile.write(body)

    def _drip(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        for index in range(len(body)):
            if self._over.wait(0.05):
                break
            try:
                handler.wfile.write(body[index : index + 1])
                handler.wfile.flush()
            except OSError:
                break
        handler.close_connection = True
