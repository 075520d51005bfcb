"""The alignment gold (tests/gold/alignment): labelled article pairs as values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expander.alignment.units import Unit
from expander.articles import Article, file_revision, read

SAMPLE = Path(__file__).parents[1] / "seeds" / "sample"
GOLD = Path(__file__).parents[1] / "tests" / "gold" / "alignment"
SectionMap = Mapping[str, Sequence[str]]
_MASKS = re.compile(r"</?\d+/?>")


@dataclass(frozen=True)
class Pair:
    """One labelled pair. ``labels`` are the ``[[sentence]]`` tables of pair.toml by sentence id of ``counterpart``;
    ``unfound`` are labelled sentences that our sentence splitter cut differently; ``readers`` are the section maps of
    two readers, before a third settled where they differ.
    """

    name: str
    article: Article
    counterpart: Article
    links: Mapping[str, str]
    sections: SectionMap
    labels: Mapping[str, Mapping[str, Any]]
    unfound: tuple[str, ...]
    readers: tuple[SectionMap, ...] = ()


def pairs(side: str) -> Iterator[Pair]:
    """The pairs of ``side`` ("dev" or "test"), by name."""
    for folder in sorted(path.parent for path in (GOLD / side).glob("*/pair.toml")):
        gold = tomllib.loads((folder / "pair.toml").read_text(encoding="utf-8"))
        lang = gold["lang"]
        counterpart = _article(folder / f"{lang}.wikitext", lang, gold["title"])
        article = _article(folder / "en.wikitext", "en", gold["english"])
        labels, unfound = _label(counterpart, gold["sentence"])
        readers = tuple(tomllib.loads((folder / "readers.toml").read_text(encoding="utf-8")).values())
        yield Pair(folder.name, article, counterpart, gold["links"], gold["sections"], labels, unfound, readers)


def sample() -> Iterator[Pair]:
    """The sample's two pairs (seeds/sample) with their labels, which name no matches."""
    known = tomllib.loads((SAMPLE / "labels.toml").read_text(encoding="utf-8"))
    pages = tomllib.loads((SAMPLE / "pages.toml").read_text(encoding="utf-8"))["page"]
    english = next((SAMPLE / "en").glob("*.wikitext"))
    for lang in ("ru", "tg"):
        path = next((SAMPLE / lang).glob("*.wikitext"))
        counterpart = _article(path, lang, path.stem)
        twins = [{page["wiki"]: page["title"], **page.get("links", {})} for page in pages]
        links = {twin[lang]: twin["en"] for twin in twins if lang in twin and "en" in twin}
        of_lang = [
            label | {"text": _MASKS.sub("", label["text"])} for label in known["sentence"] if label["lang"] == lang
        ]
        labels, unfound = _label(counterpart, of_lang)
        article = _article(english, "en", english.stem)
        yield Pair(f"sample-{lang}", article, counterpart, links, known["sections"][lang], labels, unfound)


def matches(label: Mapping[str, Any], units: Sequence[Unit]) -> list[int]:
    """The indices of the units that the label names as matches."""
    found = []
    for match in label.get("match", ()):
        kind, colon, rest = match.partition(": ")
        key = fold(rest)
        if colon and kind == "infobox":
            wanted = f"infobox:{rest.split('=')[0].strip()}"
            found += [index for index, unit in enumerate(units) if unit.id == wanted]
        elif colon and kind in ("table", "caption"):
            found += [index for index, unit in enumerate(units) if key in fold(unit.words)]
        else:
            key = fold(match)
            begins = [index for index, unit in enumerate(units) if fold(unit.words).startswith(key)]
            found += begins or [index for index, unit in enumerate(units) if key in fold(unit.words)]
    return found


def fold(text: str) -> str:
    """Letters and digits alone, small: how gold texts and ours are compared."""
    return re.sub(r"[\W_]+", "", text.replace("\u0301", "")).casefold()


def _article(path: Path, lang: str, title: str) -> Article:
    return read(file_revision(path.read_text(encoding="utf-8"), lang, title))


def _label(
    counterpart: Article, labelled: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, Mapping[str, Any]], tuple[str, ...]]:
    by_text = {fold(sentence.plain): sentence.id for sentence in counterpart.sentences}
    labels = {by_text[fold(label["text"])]: label for label in labelled if fold(label["text"]) in by_text}
    return labels, tuple(label["text"] for label in labelled if fold(label["text"]) not in by_text)
