"""One new section for what several counterparts have under headings of their own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from expander.alignment.verdict import Alignment, Status
from expander.articles.article import SectionKind
from expander.articles.sections import english_heading
from expander.gaps.once import Same

Place = tuple[int, int]  # counterpart (its place in the order), section


def section_homes(alignments: Sequence[Alignment], same: Same) -> Mapping[Place, Place]:
    """For sections of a counterpart the section of a fuller counterpart with the same content or the same heading."""
    rank = {index: (-_lacking(alignment), index) for index, alignment in enumerate(alignments)}
    shared: dict[Place, Counter[Place]] = defaultdict(Counter)
    for (index, sentence), others in same.items():
        here = alignments[index].counterpart.by_id[sentence].section
        for other, twin in others:
            if rank[other] < rank[index]:
                shared[index, here][other, alignments[other].counterpart.by_id[twin].section] += 1
    homes: dict[Place, Place] = {}
    for index, alignment in enumerate(alignments):
        for section in alignment.counterpart.sections:
            if section.kind is SectionKind.BODY:
                found = shared.get((index, section.index)) or _of_same_name(alignments, index, section.heading, rank)
                if found:
                    homes[index, section.index] = min(found, key=lambda place: (-found[place], place))
    return homes


def _lacking(alignment: Alignment) -> int:
    return sum(verdict.status is Status.MISSING for verdict in alignment.verdicts)


def _of_same_name(
    alignments: Sequence[Alignment], index: int, heading: str, rank: Mapping[int, tuple[int, int]]
) -> Counter[Place]:
    """Sections of fuller counterparts whose heading has the same English twin."""
    english = english_heading(heading, alignments[index].counterpart.lang)
    found: Counter[Place] = Counter()
    for other, alignment in enumerate(alignments):
        page = alignment.counterpart
        if english and rank[other] < rank[index]:
            found.update(
                (other, part.index) for part in page.sections if english_heading(part.heading, page.lang) == english
            )
    return found
