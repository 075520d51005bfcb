from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from expander.engines import pace, registry
from expander.engines.hosted import Hosted
from tests.engines.servers.base import Server
from tests.engines.servers.protocols import PROTOCOLS, SETTINGS

KEY = "s3cret-key-0123456789"


class Clock:
    """Time that passes only where somebody sleeps; what a client waited for is in ``naps``."""

    def __init__(self) -> None:
        self.now = 0.0
        self.naps: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds


class Bench:
    """An engine, the server it speaks to, and the clock it waits by."""

    def __init__(self, name: str, server: Server, engine: Hosted, clock: Clock) -> None:
        self.name, self.server, self.engine, self.clock = name, server, engine, clock

    @property
    def naps(self) -> list[float]:
        return [nap for nap in self.clock.naps if nap > 0]


def address(name: str, server: Server) -> str:
    """What a user writes into ``url`` for this server."""
    return server.url + PROTOCOLS[name].address


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Bench]]:
    """``bench(name, *script)`` starts a server and makes the engine that speaks to it, by the registry, as users do."""
    with ExitStack() as stack:
        pace._hosts.clear()

        def start(name: str, *script: str, timeout: float = 5.0, **values: object) -> Bench:
            protocol = PROTOCOLS[name]()
            server = stack.enter_context(Server(protocol, script or ("ok",)).running())
            if protocol.takes_key:
                protocol.needs_key = KEY
                monkeypatch.setenv(f"EXPANDER_{name.upper()}_KEY", KEY)
            settings = {
                "url": address(name, server),
                "timeout": timeout,
                "rate": 1000,
                **SETTINGS.get(name, {}),
                **values,
            }
            [engine] = registry.get([name], {name: settings})
            assert isinstance(engine, Hosted)
            clock = Clock()
            engine.client.clock, engine.client.sleep = clock, clock.sleep
            return Bench(name, server, engine, clock)

        yield start


@pytest.fixture
def files_at() -> Iterator[Callable[[Path], tuple[str, list[str]]]]:
    """``files_at(folder)`` serves a folder; gives its address and the list of paths that are asked for."""
    with ExitStack() as stack:

        def serve(folder: Path) -> tuple[str, list[str]]:
            asked: list[str] = []

            class Handler(SimpleHTTPRequestHandler):
                def __init__(self, *arguments: object) -> None:
                    super().__init__(*arguments, directory=str(folder))

                def do_GET(self) -> None:
                    asked.append(self.path)
                    super().do_GET()

                def log_message(self, *_: object) -> None:
                    pass

            http = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
            stack.callback(http.shutdown)
            threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
            return f"http://127.0.0.1:{http.server_port}", asked

        yield serve
