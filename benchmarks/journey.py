"""What the journey costs: start-up, the demo, and the requests that its look-ups send.

The requests are counted on three real MediaWikis on loopback where MediaWiki is installed, and left out elsewhere.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.farm.farm import Farm, fresh
from tests.farm.mediawiki import missing_requirement
from tests.journey.running import MEMORY, TITLE, command

RUNS = 5


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        print(f"expander --help        {_seconds(['--help'], folder):6.2f} s (median of {RUNS} runs)")
        print(f"expander demo, cold    {_seconds(['demo'], folder, 1):6.2f} s (embeddings computed)")
        arguments = ["expand", TITLE, "--offline", "--memory", str(MEMORY), "--out", "out"]
        _seconds(arguments, folder, 1)
        print(f"expand --offline, warm {_seconds(arguments, folder, 3):6.2f} s (embeddings kept; median of 3 runs)")
        if lacking := missing_requirement():
            print(f"requests: not counted; {lacking}")
            return
        farm = Farm.start(fresh(folder))
        try:
            _requests(farm, folder)
        finally:
            farm.stop()


def _seconds(arguments: list[str], folder: Path, runs: int = RUNS) -> float:
    taken = []
    for _ in range(runs):
        line, options = command(*arguments, cwd=folder)
        start = time.perf_counter()
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)  # type: ignore[call-overload]
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _requests(farm: Farm, folder: Path) -> None:
    config = folder / "farm.toml"
    config.write_text("[wikis]\n" + "\n".join(f'{lang} = "{url}"' for lang, url in farm.endpoints.items()))
    pages = [("ru", "Российско-таджикские отношения"), ("tg", "Муносибатҳои Тоҷикистон бо Русия")]
    for name in ("align", "expand"):
        cache = folder / f"cache-{name}"
        arguments = ["-v", name, TITLE, "--config", str(config), "--cache", str(cache)]
        if name == "expand":
            arguments += ["--memory", str(MEMORY), "--engine", "mint", "--out", str(folder / "counted")]
        sent = [_sent(arguments, folder) for _ in range(2)]
        links = [len(set(re.findall(r"\[\[([^\]|#]+)", farm.text(lang, title)))) for lang, title in pages]
        least = sum(-(-number // 50) for number in links)
        print(
            f"{name:7} {sum(links)} link targets, at least {least} requests for them; sent {sent[0]}, again {sent[1]}"
        )


def _sent(arguments: list[str], folder: Path) -> int:
    line, options = command(*arguments, cwd=folder)
    result = subprocess.run(line, check=True, capture_output=True, **options)  # type: ignore[call-overload]
    found = re.search(r"(\d+) requests? to the wikis", result.stderr)
    return int(found[1]) if found else sys.maxsize


if __name__ == "__main__":
    main()
