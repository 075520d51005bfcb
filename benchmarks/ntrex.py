"""The missing-content test from a parallel text: NTREX-128, github.com/MicrosoftTranslator/NTREX (CC BY-SA 4.0).

A random half of each document's English sentences is the English article, its Russian or Tajik side the counterpart:
what was dropped is missing, the rest is covered. The file has the columns doc, en, ru, tg.
"""

from __future__ import annotations

import csv
import os
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from expander.articles import Article, Block, BlockKind, Node, NodeKind, Revision, Section, SectionKind, Sentence
from expander.values import Span

_BESIDE = Path(__file__).parents[2] / "shared" / "data" / "ntrex_dev.tsv"


@dataclass(frozen=True)
class Document:
    """A document with half of its English: ``kept`` maps source sentences (indices) to English ones."""

    name: str
    article: Article
    counterpart: Article
    kept: dict[int, int]


def path() -> Path | None:
    """The file: $EXPANDER_NTREX, else ../shared/data/ntrex_dev.tsv beside the checkout; None where it is not there."""
    candidate = Path(os.environ.get("EXPANDER_NTREX", _BESIDE))
    return candidate if candidate.is_file() else None


def required() -> Path:
    """The file; ends the run where it is not there."""
    file = path()
    if file is None:
        raise SystemExit("ntrex_dev.tsv is not there: set EXPANDER_NTREX to its path")
    return file


def documents(file: Path, lang: str, half: int, seeds: Sequence[int] = (0,), share: float = 0.5) -> Iterator[Document]:
    """Every second document (``half`` 0: to tune with, 1: to report), each once a seed, with a ``share`` of its
    English.
    """
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            rows[row["doc"]].append(row)
    for seed in seeds:
        chance = random.Random(seed)
        for name in sorted(rows)[half::2]:
            segments = rows[name]
            kept = sorted(chance.sample(range(len(segments)), int(len(segments) * share)))
            if kept:
                english = plain_article([segments[index]["en"] for index in kept], "en")
                counterpart = plain_article([segment[lang] for segment in segments], lang)
                yield Document(name, english, counterpart, {index: place for place, index in enumerate(kept)})


def plain_article(lines: Sequence[str], lang: str) -> Article:
    """An article of one section in which every line is a paragraph of one sentence."""
    blocks, sentences, position = [], [], 0
    for index, line in enumerate(lines):
        span = Span(position, position + len(line))
        nodes = (Node(NodeKind.TEXT, span),)
        blocks.append(Block(index, BlockKind.PARAGRAPH, span, 0, nodes))
        sentences.append(Sentence(f"{lang}-{index + 1}", index, span, index, 0, line, nodes))
        position = span.end + 2
    text = "\n\n".join(lines)
    whole = Span(0, len(text))
    lead = Section(0, "", 1, whole, whole, kind=SectionKind.LEAD)
    revision = Revision(lang, "NTREX", text, "", origin="file")
    return Article(revision, (Node(NodeKind.TEXT, whole),), (lead,), tuple(blocks), tuple(sentences))
