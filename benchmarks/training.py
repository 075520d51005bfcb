"""What the models are trained on: never what benchmarks/alignment.py reports.

The development side of the gold, the sample's labels, the short articles (tests/gold/short) and the first half of the
documents of ntrex_dev.tsv. The embedding learns from one part, the alignment model from the rest: it must see vectors
as they are for texts that the embedding has not learned.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import gold, ntrex
from expander.alignment.units import units
from expander.articles import Article

SHORT = Path(__file__).parents[1] / "tests" / "gold" / "short"
HELD_PAIRS = frozenset({"chesma", "kovalevskaya", "kulob", "sayano-shushenskaya", "tursunzoda", "vyborg"})
"""Gold pairs from which the embedding does not learn."""
_HELD_SHORT = 6  # every sixth piece of a file
_HELD_NTREX = 4  # every fourth document
_LINE = re.compile(r"(?:(E)(\d+)|([FP]) (\d+(?:,\d+)*)|(M)) (.+)")
_LABELS = {"F": "covered", "P": "partial", "M": "missing"}


@dataclass(frozen=True)
class Lesson:
    """Two articles with a label for each source sentence by its id (``covered``, ``partial``, ``missing``), and the
    indices of the English units that tell it; ``matched`` is False where these are not known.
    """

    name: str
    article: Article
    counterpart: Article
    links: Mapping[str, str]
    labels: Mapping[str, str]
    matches: Mapping[str, Sequence[int]]
    matched: bool = True


def for_embedding() -> Iterator[Lesson]:
    """What the embedding learns from; NTREX documents have all of their English."""
    yield from (_of_pair(pair) for pair in gold.pairs("dev") if pair.name not in HELD_PAIRS)
    yield from (lesson for index, lesson in short() if index % _HELD_SHORT)
    for lang in ("ru", "tg"):
        for index, document in enumerate(ntrex.documents(ntrex.required(), lang, half=0, share=1.0)):
            if index % _HELD_NTREX:
                yield of_document(document)


def for_verdicts() -> Iterator[Lesson]:
    """What the alignment model learns from."""
    yield from (_of_pair(pair) for pair in gold.pairs("dev") if pair.name in HELD_PAIRS)
    yield from (_of_pair(pair, matched=False) for pair in gold.sample())
    for index, lesson in short():
        if index % _HELD_SHORT == 0:
            yield lesson
            yield _without_some(lesson)
    for lang in ("ru", "tg"):
        for seed in range(3):
            for index, document in enumerate(ntrex.documents(ntrex.required(), lang, half=0, seeds=(seed,))):
                if index % _HELD_NTREX == 0:
                    yield of_document(document)


def short() -> Iterator[tuple[int, Lesson]]:
    """The short articles, by file and place; each with its place in the file."""
    for path in sorted(SHORT.glob("*.txt")):
        for index, piece in enumerate(path.read_text(encoding="utf-8").strip().split("\n\n")):
            head, *lines = piece.strip().splitlines()
            yield index, _read(f"{path.stem}-{index + 1}", head.rpartition("|")[2].strip(), lines)


def of_document(document: ntrex.Document) -> Lesson:
    """A lesson of an NTREX document."""
    ids = [sentence.id for sentence in document.counterpart.sentences]
    matches = {ids[index]: [place] for index, place in document.kept.items()}
    labels = {sentence: "covered" if sentence in matches else "missing" for sentence in ids}
    return Lesson(f"ntrex-{document.name}", document.article, document.counterpart, {}, labels, matches)


def _without_some(lesson: Lesson) -> Lesson:
    """A short article without a third of the English that tells something: what it told becomes missing."""
    told = sorted({place for places in lesson.matches.values() for place in places})
    gone = set(random.Random(lesson.name).sample(told, len(told) // 3))
    kept = [index for index in range(len(lesson.article.sentences)) if index not in gone]
    article = ntrex.plain_article([lesson.article.sentences[index].plain for index in kept], "en")
    matches = {
        sentence: [kept.index(place) for place in places if place not in gone]
        for sentence, places in lesson.matches.items()
    }
    labels = {
        sentence: label if matches[sentence] else "missing"
        for sentence, label in lesson.labels.items()
        if len(matches[sentence]) in (0, len(lesson.matches[sentence]))  # else what is left would have to be judged
    }
    return Lesson(f"{lesson.name}-less", article, lesson.counterpart, {}, labels, matches)


def _of_pair(pair: gold.Pair, matched: bool = True) -> Lesson:
    found = units(pair.article)
    labels = {sentence: label["label"] for sentence, label in pair.labels.items()}
    matches = {sentence: gold.matches(label, found) for sentence, label in pair.labels.items()} if matched else {}
    return Lesson(pair.name, pair.article, pair.counterpart, pair.links, labels, matches, matched)


def _read(name: str, lang: str, lines: Sequence[str]) -> Lesson:
    english: list[str] = []
    places: dict[str, int] = {}
    sentences: list[tuple[str, str, list[str]]] = []
    for line in lines:
        found = _LINE.fullmatch(line)
        if found is None:
            raise ValueError(f"{name}: {line!r} is no line of a short article")
        is_english, number, told, numbers, missing, text = found.groups()
        if is_english:
            places[number] = len(english)
            english.append(text)
        else:
            sentences.append((text, _LABELS[told or missing], numbers.split(",") if numbers else []))
    article = ntrex.plain_article(english, "en")
    counterpart = ntrex.plain_article([text for text, _, _ in sentences], lang)
    labels, matches = {}, {}
    for sentence, (_, label, told_in) in zip(counterpart.sentences, sentences, strict=True):
        labels[sentence.id] = label
        matches[sentence.id] = [places[number] for number in told_in]
    return Lesson(name, article, counterpart, {}, labels, matches)
