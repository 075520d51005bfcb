"""Which passages English should gain, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from expander.alignment.verdict import Alignment, Status
from expander.articles.article import Article
from expander.gaps.anchors import anchor, at_section
from expander.gaps.gap import Anchor, Gap, NewSection, Twin
from expander.gaps.homes import Place, section_homes
from expander.gaps.once import once, same_statements, told_elsewhere
from expander.gaps.passages import Passage, passages

__all__ = ["Anchor", "Gap", "NewSection", "Twin", "find"]


def find(article: Article, alignments: Iterable[Alignment]) -> tuple[Gap, ...]:
    """The passages that the counterparts have and ``article`` lacks, in the order of their places in ``article``.

    What several counterparts have is proposed from the better-sourced one; the others are named as twins. The result
    does not depend on the order of ``alignments``. Raises ValueError where an alignment is of another article.
    """
    ordered = sorted(alignments, key=lambda item: (item.counterpart.lang, item.counterpart.title))
    if any(alignment.article.text != article.text for alignment in ordered):
        raise ValueError("an alignment belongs to another article")
    same = same_statements(ordered)
    found = [
        passage
        for index, item in enumerate(ordered)
        for passage in passages(item, told_elsewhere(ordered, index, same))
    ]
    homes = section_homes(ordered, same)
    gaps = sorted((_gap(passage, twins, ordered, homes) for passage, twins in once(ordered, found, same)), key=_place)
    numbers: Counter[str] = Counter()
    named = []
    for gap in gaps:
        numbers[gap.lang] += 1
        named.append(replace(gap, id=f"{gap.lang}-p{numbers[gap.lang]}"))
    return tuple(named)


def _anchor(passage: Passage, alignments: Sequence[Alignment], homes: Mapping[Place, Place]) -> Anchor:
    """The passage's place; a new section is that of the fullest counterpart that has it."""
    found = anchor(passage)
    section = passage.sentences[0].section
    index = next(index for index, alignment in enumerate(alignments) if alignment is passage.alignment)
    home = homes.get((index, section))
    if not found.new_sections or home is None:
        return found
    fuller = alignments[home[0]]
    return at_section(fuller, fuller.counterpart.sections[home[1]])


def _gap(
    passage: Passage, twins: tuple[Twin, ...], alignments: Sequence[Alignment], homes: Mapping[Place, Place]
) -> Gap:
    page = passage.alignment.counterpart
    verdicts = passage.verdicts
    return Gap(
        id="",
        lang=page.lang,
        title=page.title,
        sentences=tuple(sentence.id for sentence in passage.sentences),
        span=passage.span,
        kind=passage.kind,
        anchor=_anchor(passage, alignments, homes),
        twins=twins,
        flags=tuple(dict.fromkeys(flag for verdict in verdicts for flag in verdict.flags)),
        evidence=tuple(reason for verdict in verdicts for reason in verdict.evidence),
        lacks=passage.lacks if verdicts[0].status is Status.PARTIAL else (),
    )


def _place(gap: Gap) -> tuple[int, int, int, str, int]:
    """Page order. At one place, what joins the paragraph comes first, then blocks, then new sections, deeper first."""
    new = gap.anchor.new_sections
    rank = 2 if new else 0 if gap.anchor.joins else 1
    return gap.anchor.offset, rank, -new[0].level if new else 0, gap.lang, gap.span.start
