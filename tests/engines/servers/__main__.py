"""``python -m tests.engines.servers NAME [--port N] [--script BEHAVIOUR,…]``: see base.py for the behaviours."""

from __future__ import annotations

import argparse
from contextlib import suppress

from tests.engines.servers.base import Server
from tests.engines.servers.protocols import PROTOCOLS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.engines.servers", description=__doc__)
    parser.add_argument("name", choices=sorted(PROTOCOLS))
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--script", default="ok")
    options = parser.parse_args()
    server = Server(PROTOCOLS[options.name](), options.script.split(","), options.port)
    print(f"{options.name} at {server.url}", flush=True)  # noqa: T201
    with suppress(KeyboardInterrupt):
        server.serve_forever()


if __name__ == "__main__":
    main()
