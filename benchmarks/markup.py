"""Markup through engines that spoil it, keep it, or eat it: what is lost, and where links and references end.

python -m benchmarks.markup [SENTENCES]     20,000 sentences through hostile engines where no number is given

The sentences are made up (tests/translation/sentences.py) or those of our Russian articles with links or references.
The polite engine is MinT's and LibreTranslate's protocol on this machine, translating word by word and keeping all
markup; the careless one is the same, eating it. Link labels are found by the engine's own translation of them. Both
keep the order of words, which no real engine does: the sample's memory, English written by people with its markup
taken out, shows what becomes of free translations if just the English titles of link targets are known.
"""

from __future__ import annotations

import random
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.engines.servers.base import Server
from tests.engines.servers.protocols import PROTOCOLS
from tests.engines.servers.words import translate
from tests.translation.hostile import HOSTILE, spoiled
from tests.translation.pieces import trouble
from tests.translation.sentences import Maker

from expander.articles import NodeKind, file_revision, read
from expander.articles.wikitext import parse
from expander.engines import registry
from expander.engines.protocol import Carrier
from expander.translation import Masked, Piece, check, decode, encode, mask, unmask
from expander.translation.layout import Layout
from expander.translation.layout import read as layout_of
from expander.translation.memory import read as read_memory
from expander.translation.translator import Translator

ROOT = Path(__file__).resolve().parents[1]
HOSTILE_SENTENCES = 20_000
MADE_UP = 400
GATES = {"polite": 0.99, "careless": 0.90}


def main() -> int:
    """Print all figures; 1 where one misses its gate."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else HOSTILE_SENTENCES
    failed = _hostile(count)
    for name, sentences in (("made up", _made_up()), ("our articles", tuple(_ours()))):
        for engine in ("mint", "libretranslate", "google"):
            for manner, gate in GATES.items():
                failed |= _engine(engine, manner, gate, name, sentences)
    _people()
    return int(failed)


def _hostile(count: int) -> bool:
    """Every sentence through a hostile engine, by each carrier in turn."""
    maker, rng = Maker(1), random.Random(1)
    spent: Counter[str] = Counter()
    faults: list[str] = []
    for index in range(count):
        source = maker.sentence()
        carrier = list(Carrier)[index % len(Carrier)]
        try:
            started = time.process_time()
            masked = mask(parse(source, "ru"), source, "ru")
            sent = encode(masked, carrier)
            spent["before"] += int(1e9 * (time.process_time() - started))
            answer, habits = spoiled(sent, rng)
            started = time.process_time()
            decoded = decode(answer, masked, carrier)
            result = unmask(decoded.text, masked)
            check(masked.plain, layout_of(decoded.text).plain, "ru")
            spent["after"] += int(1e9 * (time.process_time() - started))
            fault = trouble(result, masked)
        except Exception as error:  # whatever it is, it is a fault
            fault, habits = f"{type(error).__name__}: {error}", "?"
        if fault:
            faults.append(f"{habits} by {carrier}: {fault}")
    print(f"hostile engines ({len(HOSTILE)} bad habits, one to three at once), {count:,} sentences")
    print(f"  pieces lost, doubled or made up without a finding, or exceptions: {len(faults)}")
    for fault in faults[:5]:
        print(f"    {fault}")
    per_sentence = {name: nanoseconds / 1e6 / count for name, nanoseconds in spent.items()}
    print(f"  our own part: {per_sentence['before']:.2f} ms a sentence before, {per_sentence['after']:.2f} ms after")
    return bool(faults)


@dataclass
class Tally:
    """How many pieces there were, and how many of them are where they belong; what is not must be reported."""

    all: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)

    def add(self, sort: str, right: bool, reported: bool) -> None:
        """Count one piece."""
        self.all[sort] += 1
        self.right[sort] += right
        self.silent[sort] += not right and not reported

    def share(self, sort: str) -> float:
        """The part that is right."""
        return self.right[sort] / self.all[sort] if self.all[sort] else 1.0

    def show(self, title: str) -> None:
        """Print it."""
        print(title)
        for sort, count in self.all.items():
            share, silent = 100 * self.share(sort), self.silent[sort]
            print(f"  {sort:26} {share:6.2f} % of {count:5} in place, {silent} others not reported")


def _engine(engine: str, manner: str, gate: float, name: str, sentences: Sequence[Masked]) -> bool:
    """One engine over all sentences, as the pipeline asks it."""
    with Server(PROTOCOLS[engine](), ("ok" if manner == "polite" else "careless",)).running() as server:
        settings = {"url": server.url + PROTOCOLS[engine].address, "rate": 1e6}
        [made] = registry.get([engine], {engine: settings})
        translations = Translator([made]).translate(list(sentences), "ru", "en")
    tally = Tally()
    for masked, translation in zip(sentences, translations, strict=True):
        assert translation.text is not None, translation.reason
        findings = (*translation.findings, *unmask(translation.text, masked).findings)
        codes = {finding.code for finding in findings}
        _compare(masked, layout_of(translate(masked.text)), layout_of(translation.text), codes, tally)
    tally.show(f"{manner} {engine}, {name}: {len(sentences)} sentences")
    return tally.share("link") < gate or tally.share("reference") < 1


def _people() -> None:
    """The sample's memory without its markup, put back by the titles of link targets."""
    memory, titles, tally, count = read_memory(ROOT / "src/expander/sample/memory.tmx"), _titles(), Tally(), 0
    for path in sorted(ROOT.glob("seeds/sample/[rt][ug]/*.wikitext")):
        lang, text = path.parent.name, path.read_text(encoding="utf-8")

        def hints(piece: Piece, lang: str = lang) -> Sequence[str]:
            target = piece.node.name.split("#")[0].lstrip(":")
            return [titles[key] for key in [(lang, target[:1].upper() + target[1:])] if key in titles]

        for sentence in read(file_revision(text, lang, path.stem)).sentences:
            masked = mask(sentence.nodes, text, lang)
            unit = memory.exact(masked.text, lang, "en")
            if unit is not None and sentence.nodes[0].kind is not NodeKind.ROW:
                wanted = layout_of(unit.target)
                decoded = decode(wanted.plain, masked, Carrier.LABELS, hints)
                findings = (*decoded.findings, *unmask(decoded.text, masked).findings)
                _compare(masked, wanted, layout_of(decoded.text), {finding.code for finding in findings}, tally)
                count += 1
    tally.show(f"the sample's memory without its markup, English titles known: {count} sentences")


def _titles() -> dict[tuple[str, str], str]:
    """(wiki, title) → English title, of the sample's pages."""
    pages = tomllib.loads((ROOT / "seeds/sample/pages.toml").read_text(encoding="utf-8"))
    found = {}
    for page in pages["page"]:
        names = {page["wiki"]: page["title"], **page.get("links", {})}
        found.update({(lang, title): names["en"] for lang, title in names.items() if "en" in names})
    for redirect in pages["redirect"]:
        if english := found.get((redirect["wiki"], redirect["target"])):
            found[redirect["wiki"], redirect["title"]] = english
    return found


def _compare(masked: Masked, wanted: Layout, have: Layout, codes: set[str], tally: Tally) -> None:
    places = {mark.id: (_ink(have, mark.start), _ink(have, mark.end)) for mark in have.marks}
    for mark in wanted.marks:
        piece = masked.pieces[mark.id - 1]
        right = places.get(mark.id) == (_ink(wanted, mark.start), _ink(wanted, mark.end))
        sort = piece.noun
        if piece.kind is NodeKind.REFERENCE and _inside_clause(wanted.plain, mark.start):
            sort = "reference inside a clause"
        reports = {f"{piece.noun}-{what}" for what in ("moved", "lost", "guessed")} | {"markup-restored"}
        tally.add(sort, right, bool(codes & reports))


def _ink(layout: Layout, place: int) -> int:
    """How many letters and digits stand before ``place``; engines write spaces and punctuation their own way."""
    return len(re.sub(r"\W", "", layout.plain[:place]))


def _inside_clause(text: str, place: int) -> bool:
    after, before = text[place:].lstrip()[:1], text[:place].rstrip()[-1:]
    return after.isalnum() and before.isalnum()


def _made_up() -> Sequence[Masked]:
    maker = Maker(2)
    sources = [maker.sentence() for _ in range(MADE_UP)]
    return [mask(parse(source, "ru"), source, "ru") for source in sources]


def _ours() -> Iterator[Masked]:
    for path in sorted((*ROOT.glob("seeds/sample/ru/*.wikitext"), *ROOT.glob("tests/gold/alignment/*/*/ru.wikitext"))):
        text = path.read_text(encoding="utf-8")
        for sentence in read(file_revision(text, "ru", path.stem)).sentences:
            masked = mask(sentence.nodes, text, "ru")
            if masked.pieces and not any(node.kind in (NodeKind.ROW, NodeKind.CELL) for node in sentence.nodes):
                yield masked


if __name__ == "__main__":
    sys.exit(main())
