"""What the alignment is measured by, on labelled pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benchmarks.gold import Pair, SectionMap, fold
from benchmarks.ntrex import Document
from expander.alignment import Alignment, Status, align
from expander.alignment.embedding import Embedder
from expander.alignment.similarity import NEIGHBOURS
from expander.articles import Article, Section, SectionKind
from expander.articles.sections import english_heading
from expander.gaps import find

Floats = NDArray[np.float64]
Sections = Mapping[str, set[str]]


@dataclass
class Missing:
    """Sentences by what they are and what they were said to be."""

    right: int = 0
    wrongly_missing: int = 0
    overlooked: int = 0

    def add(self, is_missing: bool, said: bool) -> None:
        """Count one sentence."""
        self.right += is_missing and said
        self.wrongly_missing += said and not is_missing
        self.overlooked += is_missing and not said

    def __iadd__(self, other: Missing) -> Missing:
        self.right += other.right
        self.wrongly_missing += other.wrongly_missing
        self.overlooked += other.overlooked
        return self

    @property
    def f1(self) -> float:
        """F1 of missing."""
        return 2 * self.right / max(1, 2 * self.right + self.wrongly_missing + self.overlooked)

    def __str__(self) -> str:
        return (
            f"{self.f1:.3f} ({self.wrongly_missing} wrongly missing, {self.overlooked} overlooked, {self.right} right)"
        )


@dataclass
class Share:
    """So many of so many."""

    right: int = 0
    total: int = 0

    def add(self, right: bool) -> None:
        """Count one."""
        self.right += right
        self.total += 1

    def __iadd__(self, other: Share) -> Share:
        self.right += other.right
        self.total += other.total
        return self

    @property
    def value(self) -> float:
        """The share, 0…1."""
        return self.right / max(1, self.total)

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.right} of {self.total})"


@dataclass
class GoldResult:
    """The measures of one or more labelled pairs.

    ``sections`` counts each section of both articles: is its set of matches the labelled one? ``either``: or that of
    a reader? ``readers``: do the two readers have the same? ``anchors``: of the labelled missing
    passages that we propose, those placed within one sentence of the label (a new section: opened). ``facts``: of the
    labelled lacks of partial sentences that we call partial, those named; ``all_facts``: of all of them. ``statuses``:
    covered, partial, missing told apart. ``contradictions``: labelled ones that were found, and ``said``: those among
    what we report.
    """

    missing: Missing = field(default_factory=Missing)
    sections: Share = field(default_factory=Share)
    either: Share = field(default_factory=Share)
    readers: Share = field(default_factory=Share)
    titles: Share = field(default_factory=Share)
    anchors: Share = field(default_factory=Share)
    facts: Share = field(default_factory=Share)
    all_facts: Share = field(default_factory=Share)
    statuses: Share = field(default_factory=Share)
    contradictions: Share = field(default_factory=Share)
    said: Share = field(default_factory=Share)

    def __iadd__(self, other: GoldResult) -> GoldResult:
        for name in self.__dataclass_fields__:
            mine = getattr(self, name)
            mine += getattr(other, name)
        return self


def measure_pair(pair: Pair, embedder: Embedder) -> GoldResult:
    """Align one labelled pair and compare."""
    alignment = align(pair.article, pair.counterpart, pair.links, embedder)
    result = GoldResult()
    for sentence, label in pair.labels.items():
        verdict = alignment.by_sentence[sentence]
        result.missing.add(label["label"] == "missing", verdict.status is Status.MISSING)
        result.statuses.add(label["label"] == verdict.status)
        for fact in label.get("lacks", ()):
            named = any(fold(fact) in fold(said) or fold(said) in fold(fact) for said in verdict.lacks)
            result.all_facts.add(named)
            if verdict.status is Status.PARTIAL:
                result.facts.add(named)
        if "contradicts" in label:
            result.contradictions.add(any(found.source == sentence for found in alignment.contradictions))
    for contradiction in alignment.contradictions:
        if contradiction.source in pair.labels:
            result.said.add("contradicts" in pair.labels[contradiction.source])
    _measure_sections(pair, alignment, result)
    _count(result.anchors, _anchors(pair, alignment))
    return result


def measure_document(document: Document, embedder: Embedder) -> Missing:
    """Align one half document."""
    alignment = align(document.article, document.counterpart, {}, embedder)
    found = Missing()
    for index, verdict in enumerate(alignment.verdicts):
        found.add(index not in document.kept, verdict.status is Status.MISSING)
    return found


def baselines(
    article: Article, counterpart: Article, sentences: Sequence[int], embedder: Embedder
) -> tuple[Floats, Floats]:
    """Naive scores of the given counterpart sentences: the highest cosine with an English sentence, and the highest
    ratio margin (Artetxe & Schwenk 2019).
    """
    texts = [counterpart.sentences[index].plain for index in sentences]
    english = [sentence.plain for sentence in article.sentences]
    vectors = embedder.encode([*texts, *english])
    cosines = vectors[: len(texts)] @ vectors[len(texts) :].T
    here = -np.sort(-cosines, axis=1)[:, :NEIGHBOURS].mean(axis=1)
    there = -np.sort(-cosines, axis=0)[:NEIGHBOURS].mean(axis=0)
    margins = cosines / ((here[:, None] + there[None]) / 2)
    return cosines.max(axis=1).astype(float), margins.max(axis=1).astype(float)


def threshold(scores: Floats, missing: NDArray[np.bool_]) -> float:
    """The score below which calling a sentence missing gives the best F1."""
    return max(np.unique(scores).tolist(), key=lambda limit: judge(scores, missing, limit).f1)


def judge(scores: Floats, missing: NDArray[np.bool_], limit: float) -> Missing:
    """What a threshold makes of scores."""
    said = scores < limit
    return Missing(int((said & missing).sum()), int((said & ~missing).sum()), int((~said & missing).sum()))


def _body(article: Article) -> list[Section]:
    return [section for section in article.sections if section.kind is SectionKind.BODY]


def _measure_sections(pair: Pair, alignment: Alignment, result: GoldResult) -> None:
    headings = {section.index: section.heading for section in pair.article.sections}
    found = {match.section: {headings[index] for index in match.matches} for match in alignment.sections}
    ours = {pair.counterpart.sections[index].heading: matches for index, matches in found.items() if index}
    labelled = _as_sets(pair.sections)
    right = _both_ways(pair, ours, labelled)
    first, second = map(_as_sets, pair.readers)
    as_read = zip(right, _both_ways(pair, ours, first), _both_ways(pair, ours, second), strict=True)
    _count(result.sections, right)
    _count(result.either, map(any, as_read))
    _count(result.readers, _both_ways(pair, first, second))
    _count(result.titles, _both_ways(pair, _titles(pair), labelled))


def _as_sets(sections: SectionMap) -> Sections:
    return {heading: set(matches) for heading, matches in sections.items()}


def _count(share: Share, rights: Iterable[bool]) -> None:
    for right in rights:
        share.add(right)


def _titles(pair: Pair) -> Sections:
    """Sections matched by exact titles, translated by the heading data."""
    english = {section.heading.casefold(): section.heading for section in _body(pair.article)}
    ours: dict[str, set[str]] = {}
    for section in _body(pair.counterpart):
        twin = english_heading(section.heading, pair.counterpart.lang) or section.heading
        ours[section.heading] = {english[twin.casefold()]} if twin.casefold() in english else set()
    return ours


def _both_ways(pair: Pair, ours: Sections, wanted: Sections) -> list[bool]:
    """Of every labelled section, in both directions, whether its set of matches is the wanted one."""
    here = [ours.get(heading, set()) == wanted.get(heading, set()) for heading in pair.sections]
    mine, theirs = _inverse(ours, pair.sections), _inverse(wanted, pair.sections)
    return [*here, *(mine[section.heading] == theirs[section.heading] for section in _body(pair.article))]


def _inverse(matches: Sections, only: Iterable[str]) -> dict[str, set[str]]:
    inverse: dict[str, set[str]] = defaultdict(set)
    for heading in only:
        for match in matches.get(heading, ()):
            inverse[match].add(heading)
    return inverse


def _anchors(pair: Pair, alignment: Alignment) -> Iterator[bool]:
    english = [fold(sentence.plain) for sentence in pair.article.sentences]
    gaps = {sentence: gap for gap in find(pair.article, [alignment]) if not gap.lacks for sentence in gap.sentences}
    for sentence, label in pair.labels.items():
        wanted = label.get("anchor")
        if not wanted or sentence not in gaps:
            continue
        anchor = gaps[sentence].anchor
        if wanted.startswith("section: "):
            yield bool(anchor.new_sections)
            continue
        key = fold(wanted)
        places = [index for index, text in enumerate(english) if text.startswith(key)]
        places = places or [index for index, text in enumerate(english) if key in text]
        ends = (item.index for item in pair.article.sentences if item.span.end <= anchor.offset)
        yield bool(places) and not anchor.new_sections and abs(max(ends, default=-1) - places[0]) <= 1
