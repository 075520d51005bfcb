"""The checks on translations that are labelled: right ones, and the same spoiled in one way each.

python -m benchmarks.checks [dev]       precision and recall of each check on tests/gold/checks/test.toml (or dev.toml)

A check finds a fault where it has a finding on the translation that was spoiled in its way; a false alarm is a finding
on a right translation. Precision counts the check's findings on translations spoiled in its way and on right ones.
Where the data for measuring is at hand (EXPANDER_DATA, or ../shared/data), false alarms are also counted on news that
people translated (NTREX-128): freely, and partly from English, so that part of the alarms are true.
"""

from __future__ import annotations

import os
import sys
import tempfile
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from expander.alignment.embedders import open_embedder
from expander.alignment.embedding import Embedder
from expander.articles.wikitext import parse
from expander.engines.protocol import Carrier
from expander.translation import check, decode, mask, unmask
from expander.translation.checks import Pair, check_similarity
from expander.translation.glossary import hints, terms
from expander.translation.layout import read
from expander.values import Finding

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold" / "checks"
MOST_FALSE_ALARMS = 0.05
LEAST_RECALL = {"number": 0.95, "date": 0.95, "leftover": 0.95, "markup": 0.95}

CODES = {
    # a number of four digits that is lost may have been a year
    "number": {"number-changed", "number-missing", "number-invented", "year-missing"},
    "unit": {"unit-changed", "number-changed"},
    "date": {"date-changed", "year-missing"},
    "name": {"name-lost"},
    "leftover": {"untranslated"},
    "machine": {"not-a-translation"},
    "loop": {"repetition"},
    "length": {"length"},
    "negation": {"negation-lost", "negation-added"},
    "subject": {"subject-missing"},
    "glossary": {"glossary"},
    "meaning": {"meaning"},
    "markup": {
        f"{noun}-{what}"
        for noun in ("reference", "template", "link", "formatting", "file", "comment", "markup")
        for what in ("lost", "moved", "doubled", "invented", "tangled", "guessed", "restored")
    },
}


@dataclass
class Score:
    """What was found of each way to spoil a translation, and what was flagged on right ones."""

    spoiled: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    right: int = 0
    alarms: int = 0
    missed: list[str] = field(default_factory=list)

    def recall(self, kind: str) -> float:
        """The part of translations spoiled in this way that was found."""
        return self.found[kind] / self.spoiled[kind] if self.spoiled[kind] else 1.0

    def precision(self, kind: str) -> float:
        """The part of this check's findings that are on translations spoiled in its way, not on right ones."""
        flagged = self.found[kind] + self.false[kind]
        return self.found[kind] / flagged if flagged else 1.0

    @property
    def false_alarms(self) -> float:
        """The part of right translations with any finding."""
        return self.alarms / self.right if self.right else 0.0


def findings(pair: dict[str, Any], answer: str) -> tuple[Finding, ...]:
    """All that we say of an engine's answer to a sentence."""
    lang, source, titles = pair["lang"], pair["source"], pair.get("titles", {})
    masked = mask(parse(source, lang), source, lang)
    decoded = decode(answer, masked, Carrier.TOKENS, hints(titles))
    plain = read(decoded.text).plain
    checked = check(masked.plain, plain, lang, glossary=terms(masked, titles))
    return (*decoded.findings, *unmask(decoded.text, masked).findings, *checked)


def evaluate(name: str, embedder: Embedder | None) -> Score:
    """The score on ``tests/gold/checks/{name}.toml``; without an embedder meanings are not compared."""
    pairs = tomllib.loads((GOLD / f"{name}.toml").read_text(encoding="utf-8"))["pair"]
    sides = [Pair(pair["source"], pair[side], pair["lang"]) for pair in pairs for side in ("good", "bad")]
    distant = check_similarity(sides, embedder) if embedder else [None] * len(sides)
    score = Score()
    for index, pair in enumerate(pairs):
        good = {finding.code for finding in findings(pair, pair["good"])}
        bad = {finding.code for finding in findings(pair, pair["bad"])}
        good |= {"meaning"} if distant[2 * index] else set()
        bad |= {"meaning"} if distant[2 * index + 1] else set()
        kind = pair["spoiled"]
        score.spoiled[kind] += 1
        score.found[kind] += bool(bad & CODES[kind])
        if not bad & CODES[kind]:
            score.missed.append(f"{kind}: {pair['bad']}")
        score.right += 1
        score.alarms += bool(good)
        for other, codes in CODES.items():
            score.false[other] += bool(good & codes)
        if good:
            score.missed.append(f"false {sorted(good)}: {pair['good']}")
    return score


def _news() -> None:
    path = Path(os.environ.get("EXPANDER_DATA", ROOT.parent / "shared" / "data")) / "ntrex_dev.tsv"
    if not path.is_file():
        print("news: not here; NTREX-128 is at https://github.com/MicrosoftTranslator/NTREX, EXPANDER_DATA its folder")
        return
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    for lang in ("ru", "tg"):
        column, flagged, codes = rows[0].index(lang), 0, Counter[str]()
        for row in rows[1:]:
            found = {finding.code for finding in check(row[column], row[rows[0].index("en")], lang)}
            flagged += bool(found)
            codes.update(found)
        flags = ", ".join(f"{code} {times}" for code, times in codes.most_common())
        print(
            f"news, {lang}: {flagged / (len(rows) - 1):.1%} of {len(rows) - 1} people's translations flagged: {flags}"
        )


def main() -> int:
    """Print precision and recall; 1 where a gate is missed."""
    name = sys.argv[1] if len(sys.argv) > 1 else "test"
    with tempfile.TemporaryDirectory() as folder:
        score = evaluate(name, open_embedder(Path(folder)))
    print(f"checks on {name}.toml: {score.right} right translations, {sum(score.spoiled.values())} spoiled ones")
    print(f"  {'':10} spoiled  recall  precision")
    for kind, count in sorted(score.spoiled.items()):
        print(f"  {kind:10} {count:7}  {score.recall(kind):6.1%}  {score.precision(kind):8.1%}")
    print(f"  false alarms over all: {score.false_alarms:.1%} of right translations")
    for line in score.missed:
        print(f"    {line}")
    _news()
    failed = [kind for kind, least in LEAST_RECALL.items() if score.recall(kind) < least]
    return int(bool(failed) or score.false_alarms > MOST_FALSE_ALARMS)


if __name__ == "__main__":
    sys.exit(main())
