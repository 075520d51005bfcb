"""What stands above a patch: attribution, revisions, and where each passage comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from expander.draft.draft import Draft
from expander.language import language_name
from expander.proposals.expansion import Expansion, Page
from expander.proposals.proposal import Proposal


def preamble(expansion: Expansion, drafts: Sequence[Draft], proposals: Iterable[Proposal]) -> Iterator[str]:
    """Lines for a person: edit summary and talk-page template of each edit, revisions, passages and findings."""
    for number, draft in enumerate(drafts, start=1):
        which = f" of edit {number}" if len(drafts) > 1 else ""
        yield f"Edit summary{which}:"
        yield f"  {draft.summary or '(nothing to attribute)'}"
        if draft.talk:
            yield f"Talk page{which}:"
            yield from (f"  {line}" for line in draft.talk.splitlines())
    yield "Revisions:"
    yield f"  {_revision(expansion.article)}"
    yield from (f"  {_revision(item.page)}" for item in expansion.coverage)
    yield "Passages:"
    for proposal in proposals:
        yield f"  {proposal.id}: {_place(proposal)}"
        where = f"{proposal.gap.lang}, {proposal.source_section or 'lead'}"
        yield f"    source ({where}): {' '.join(proposal.source_text.split())}"
        if proposal.engines:
            yield f"    translated by: {', '.join(proposal.engines)}"
        if proposal.wikitext is None:
            yield f"    not translated: {proposal.untranslated}"
        yield from (f"    {finding.severity}: {finding.message}" for finding in proposal.findings)


def _revision(page: Page) -> str:
    name = f"{language_name(page.lang)}: {page.title}"
    if page.revid is None:
        return f"{name} (from a {page.origin}, SHA-1 {page.sha1})"
    return f"{name}, revision {page.revid} of {page.timestamp}"


def _place(proposal: Proposal) -> str:
    if proposal.headings:
        return f"new section “{' / '.join(proposal.headings)}”"
    section = f"section “{proposal.section}”" if proposal.section else "the lead"
    return f"{section}, after “{proposal.context}”" if proposal.context else section
