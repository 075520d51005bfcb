"""A way to the farm on which answers get lost: a proxy that cuts the connection after or before an edit arrives."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import parse_qsl

import requests

Fate = Literal["cut the answer", "cut the request", "pass"]


@dataclass
class Way:
    """What happens to each edit in turn ("pass" after the last); ``gone``: nothing passes any more."""

    fates: list[Fate]
    url: str = ""
    edits: int = 0
    gone_after: int | None = None
    seen: list[str] = field(default_factory=list)


@contextmanager
def cutting(target: str, *fates: Fate, gone_after: int | None = None) -> Iterator[Way]:
    """``gone_after``: after so many edits every connection is cut."""
    way = Way(list(fates), gone_after=gone_after)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            action = dict(parse_qsl(body.decode())).get("action", "")
            way.seen.append(action)
            fate: Fate = "pass"
            if way.gone_after is not None and way.edits >= way.gone_after:
                fate = "cut the request"
            elif action == "edit":
                fate = way.fates[way.edits] if way.edits < len(way.fates) else "pass"
                way.edits += 1
            if fate == "cut the request":
                self.cut()
                return
            wanted = {name: self.headers[name] for name in ("Content-Type", "Cookie") if name in self.headers}
            answer = requests.post(target, data=body, headers=wanted, timeout=60)
            if fate == "cut the answer":
                self.cut()
                return
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(answer.content)))
            for cookie in answer.raw.headers.getlist("Set-Cookie"):
                self.send_header("Set-Cookie", cookie)
            self.end_headers()
            self.wfile.write(answer.content)

        def cut(self) -> None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    way.url = f"http://127.0.0.1:{server.server_port}/w/api.php"
    try:
        yield way
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
