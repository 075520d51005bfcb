"""Requests and time: how often engines are asked for 300 sentences, and what our own part of it costs.

python -m benchmarks.engines [WIKITEXT …]     Russian articles; the sample's and the gold's where none are given

Engines speak their true protocols to servers on this machine that translate word by word. "Careless" servers eat all
markup, so that link labels have to be translated as well. Own time is everything but the server's answer: masking,
encoding, packing, HTTP, keeping what is finished, decoding, unmasking.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from tests.engines.servers import words
from tests.engines.servers.base import Server
from tests.engines.servers.protocols import PROTOCOLS, SETTINGS

from expander.articles import Article, Sentence, file_revision, read
from expander.engines import registry
from expander.engines.protocol import Carrier, EngineInfo, Segment, Translated
from expander.engines.settings import key_variable
from expander.translation import Masked, mask, unmask
from expander.translation.memory import Memory
from expander.translation.tmx import Unit
from expander.translation.translator import Translator

ROOT = Path(__file__).resolve().parents[1]
COUNT = 300
KEY = "benchmark"


def main(paths: Sequence[str]) -> None:
    """Print the figures."""
    sentences = list(islice(_sentences([Path(path) for path in paths]), COUNT))
    masked = [mask(sentence.nodes, article.text, "ru") for article, sentence in sentences]
    shown = sum(len(one.plain) for one in masked) / len(masked)
    print(f"{len(masked)} sentences, {shown:.0f} characters each on average\n")
    print("engine          requests  careless  second run  share of one a sentence")
    for name in PROTOCOLS:
        polite, again = _requests(name, masked, "ok")
        careless, _ = _requests(name, masked, "careless")
        print(f"{name:15}{polite:9}{careless:10}{again:12}{polite / len(masked):14.1%}")
    print("\nown time, milliseconds a sentence")
    for carrier in (Carrier.MARKUP, Carrier.TOKENS, Carrier.LABELS):
        print(f"{carrier:15}{_own_time(sentences, carrier) * 1000 / len(sentences):9.2f}")
    units = [Unit(f"{one.text} {number}", "x", "ru", "en") for number in range(34) for one in masked]
    memory = Memory(units)
    start = time.perf_counter()
    for one in masked:
        memory.nearest(one.text, "ru", "en")
    print(f"near match     {(time.perf_counter() - start) * 1000 / len(masked):9.2f}  in a memory of {len(memory):,}")


def _sentences(paths: Sequence[Path]) -> Iterator[tuple[Article, Sentence]]:
    """Distinct sentences with words in them, article by article."""
    seen: set[str] = set()
    for path in paths or [
        *sorted(ROOT.glob("seeds/sample/ru/*.wikitext")),
        *sorted(ROOT.glob("tests/gold/**/ru.wikitext")),
    ]:
        article = read(file_revision(path.read_text(encoding="utf-8"), "ru", path.stem))
        for sentence in article.sentences:
            if sentence.plain not in seen and any(map(str.isalpha, sentence.plain)):
                seen.add(sentence.plain)
                yield article, sentence


def _requests(name: str, masked: Sequence[Masked], behaviour: str) -> tuple[int, int]:
    """Requests of a first and a second run."""
    os.environ[key_variable(name)] = KEY
    protocol = PROTOCOLS[name]()
    with Server(protocol, [behaviour]).running() as server, tempfile.TemporaryDirectory() as folder:
        settings = {"url": server.url + protocol.address, "rate": 100_000, **SETTINGS.get(name, {})}
        engines = registry.get([name], {name: settings})
        counts = []
        for _ in range(2):
            before = len(server.requests)
            result = Translator(engines, cache_folder=Path(folder)).translate(masked, "ru", "en")
            counts.append(len(server.requests) - before)
        left = sum(one.text is None for one in result)
        if left:
            print(
                f"{name}: {left} sentences left untranslated, such as: {next(r.reason for r in result if not r.text)}"
            )
    return counts[0], counts[1]


class _Inside:
    """An engine that costs nothing but the time it counts."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier
        self.spent = 0.0

    @property
    def info(self) -> EngineInfo:
        return EngineInfo("inside", "Inside", self.carrier, 9000, remote=False, may_use_llm=False, max_segments=40)

    def supports(self, source: str, target: str) -> bool:
        return True

    def translate(self, segments: Sequence[Segment], source: str, target: str) -> list[Translated]:
        start = time.perf_counter()
        answers = [Translated(words.translate(segment.text)) for segment in segments]
        self.spent += time.perf_counter() - start
        return answers


def _own_time(sentences: Sequence[tuple[Article, Sentence]], carrier: Carrier) -> float:
    engine = _Inside(carrier)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        masked = [mask(sentence.nodes, article.text, "ru") for article, sentence in sentences]
        result = Translator([engine], cache_folder=Path(folder)).translate(masked, "ru", "en")
        for one, translation in zip(masked, result, strict=True):
            unmask(translation.text or "", one)
        return time.perf_counter() - start - engine.spent


if __name__ == "__main__":
    main(sys.argv[1:])
