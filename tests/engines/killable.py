"""``python -m tests.engines.killable ENGINE URL FOLDER COUNT``: a run to be killed; writes what it got when done."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from expander.engines import registry
from expander.translation.translator import Translator


def sentences(count: int) -> list[str]:
    return [f"Предложение номер {number} о городе Душанбе и его {number} улицах." for number in range(count)]


def main(name: str, url: str, folder: str, count: str) -> None:
    engines = registry.get([name], {name: {"url": url, "rate": 10000}})
    result = Translator(engines, cache_folder=Path(folder)).translate(sentences(int(count)), "ru", "en")
    (Path(folder) / "done.json").write_text(json.dumps([entry.text for entry in result]))


if __name__ == "__main__":
    main(*sys.argv[1:])
