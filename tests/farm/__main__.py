"""``python -m tests.farm serve`` runs the wikis until Ctrl-C, ``… record`` renews ``cache/sample``."""

# ruff: noqa: T201 — this is a command

from __future__ import annotations

import argparse
import signal
import tempfile
from pathlib import Path

from tests.farm.farm import Farm, fresh
from tests.farm.mediawiki import BOT_PASSWORD, missing_requirement


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.farm", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser(
        "serve", help="serve en, ru and tg until Ctrl-C, and write a configuration for expander"
    )
    serving.add_argument(
        "--config", type=Path, default=Path("farm.toml"), help="where to write it (default: farm.toml)"
    )
    commands.add_parser("record", help="record the sample's answers into cache/sample")
    choices = parser.parse_args()
    if lacking := missing_requirement():
        raise SystemExit(lacking)
    with tempfile.TemporaryDirectory(prefix="expander-farm-") as folder:
        farm = Farm.start(fresh(Path(folder)))
        try:
            if choices.command == "serve":
                serve(farm, choices.config)
            else:
                from tests.farm.record import record, sample_calls

                print(f"{record(farm, sample_calls)} replies recorded")
        finally:
            farm.stop()


def serve(farm: Farm, config: Path) -> None:
    """Print the endpoints, write them as ``[wikis]``, stay."""
    lines = [f'{lang} = "{url}"' for lang, url in farm.endpoints.items()]
    config.write_text("\n".join(("[wikis]", *lines, "")), "utf-8")
    print(*lines, f"Written to {config}.", sep="\n")
    print(f"To publish, log in as Editor@farm with the bot password {BOT_PASSWORD}. Ctrl-C ends it.", flush=True)
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    signal.sigwait(ends)


if __name__ == "__main__":
    main()
