"""Decisions → draft: the new page text, and the attribution of exactly the sources that are in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from expander.adaptation import Placed, place, settle
from expander.adaptation.placement import extra_edits
from expander.articles import Article, file_revision, read
from expander.draft.attribution import Source, edit_summary, source_summary, talk_template
from expander.proposals.expansion import Expansion
from expander.proposals.proposal import Choice, Proposal
from expander.values import Edit, apply_edits

Chosen = Callable[[Proposal], bool]


@dataclass(frozen=True, slots=True)
class Draft:
    """One edit of the page: from ``base`` to ``text``.

    ``passages`` are the ids of the proposals that it brings, ``sources`` the pages that they were translated from.
    ``summary`` and ``talk`` are "" where it brings nothing. ``section`` is the heading of the one section that it
    changes, "" for the lead, and where it may change several.
    """

    base: str
    text: str
    passages: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    summary: str = ""
    talk: str = ""
    section: str = ""


def decided(proposal: Proposal) -> bool:
    """Whether a person accepted or edited the passage."""
    return proposal.decision.is_in_draft and passage_text(proposal) is not None


def translated(proposal: Proposal) -> bool:
    """Whether there is a passage at all (rejected ones are none any more)."""
    return proposal.decision.choice is not Choice.REJECTED and passage_text(proposal) is not None


def passage_text(proposal: Proposal) -> str | None:
    """The passage's wikitext: the editor's where it was edited, else the proposal's; None where there is none."""
    if proposal.decision.choice is Choice.EDITED:
        return proposal.decision.wikitext
    return proposal.wikitext


def make_drafts(expansion: Expansion, chosen: Chosen = decided) -> tuple[Draft, ...]:
    """The edits that bring the chosen passages: one, or one a section (``expansion.per_section``); each of them again
    one a source where one summary cannot attribute all of them.

    Each draft's base is the text of the draft before it. With nothing chosen: one draft whose text is the base.
    """
    proposals = chosen_passages(expansion, chosen)
    if not proposals:
        return (Draft(expansion.base, expansion.base),)
    article = read(file_revision(expansion.base, expansion.article.lang, expansion.article.title))
    drafts: list[Draft] = []
    brought: set[str] = set()
    for section, group in _edits(expansion, proposals):
        brought |= {proposal.id for proposal in group}
        text = apply_edits(article.text, passage_edits(article, [item for item in proposals if item.id in brought]))
        own = sources_of(expansion, group)
        drafts.append(
            Draft(
                drafts[-1].text if drafts else expansion.base,
                text,
                tuple(proposal.id for proposal in group),
                own,
                edit_summary(own) or source_summary(own[0]),
                talk_template(own, section=section),
                section,
            )
        )
    return tuple(drafts)


def chosen_passages(expansion: Expansion, chosen: Chosen = decided) -> tuple[Proposal, ...]:
    """The chosen passages in page order. Where a part of a passage that was split is left out, the paragraph break
    before it stands before the part that follows.
    """
    kept: list[Proposal] = []
    left_out: dict[str, str] = {}
    for proposal in expansion.proposals:
        joints = (proposal.joint, left_out.get(proposal.part_of, ""))
        joint = max(joints, key=lambda between: between.count("\n"))
        if chosen(proposal):
            left_out.pop(proposal.part_of, None)
            kept.append(replace(proposal, joint=joint) if proposal.part_of else proposal)
        elif proposal.part_of:
            left_out[proposal.part_of] = joint
    return tuple(kept)


def _edits(expansion: Expansion, proposals: Sequence[Proposal]) -> Iterator[tuple[str, Sequence[Proposal]]]:
    """What each edit brings, behind the section that it is about ("": the lead, or several)."""
    for section, group in _sections(proposals) if expansion.per_section else [("", proposals)]:
        sources = sources_of(expansion, group)
        if edit_summary(sources) is not None:
            yield section, group
        else:
            yield from ((section, [item for item in group if _is_from(item, source)]) for source in sources)


def _sections(proposals: Iterable[Proposal]) -> Iterator[tuple[str, Sequence[Proposal]]]:
    """The passages of each section, behind its heading; what a new section holds belongs to it."""
    groups: dict[tuple[int, tuple[str, ...]], list[Proposal]] = {}
    for proposal in proposals:
        groups.setdefault((proposal.gap.anchor.section, proposal.headings[:1]), []).append(proposal)
    for (_, opened), group in groups.items():
        yield (*opened, group[0].section)[0], group


def passage_edits(article: Article, proposals: Sequence[Proposal]) -> tuple[Edit, ...]:
    """The edits of the article's text that bring these passages."""
    settled = settled_passages(article, proposals)
    insertions = [edit for _, edit in place(article, settled)]
    return (*insertions, *extra_edits(settled))


def settled_passages(article: Article, proposals: Sequence[Proposal]) -> tuple[Placed, ...]:
    """The passages as they stand in a draft together."""
    placed = [
        Placed(
            parts[0].id,
            parts[0].gap.anchor,
            parts[0].gap.kind,
            _joined(parts),
            parts[0].headings,
            parts[0].extra_edits,
        )
        for parts in _whole(proposals)
    ]
    return settle(article, placed)


def _whole(proposals: Iterable[Proposal]) -> Iterator[tuple[Proposal, ...]]:
    """Each passage by itself, the parts of one that the editor split together."""
    for _, parts in groupby(proposals, key=lambda proposal: proposal.part_of or proposal.id):
        yield tuple(parts)


def _joined(parts: Sequence[Proposal]) -> str:
    first, *others = parts
    return (passage_text(first) or "") + "".join(f"{part.joint}{passage_text(part)}" for part in others)


def _is_from(proposal: Proposal, source: Source) -> bool:
    return (proposal.gap.lang, proposal.gap.title) == (source.lang, source.title)


def sources_of(expansion: Expansion, proposals: Iterable[Proposal]) -> tuple[Source, ...]:
    """The pages that the passages come from, each once, in the order of the counterparts."""
    used = {(proposal.gap.lang, proposal.gap.title) for proposal in proposals}
    pages = [item.page for item in expansion.coverage]
    return tuple(Source(page.lang, page.title, page.revid) for page in pages if (page.lang, page.title) in used)
