"""What is wrong with a draft as a whole, each fault tied to the passage that caused it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from expander.adaptation.checks import Fault, Rendering, check_draft, check_rendering
from expander.articles import file_revision, read
from expander.draft.draft import Chosen, chosen_passages, decided, make_drafts, settled_passages, translated
from expander.proposals.expansion import Expansion
from expander.values import Finding

Render = Callable[[str, str], Rendering | None]
"""(title, wikitext) → what the wiki makes of it; None where it cannot be asked."""


def draft_faults(expansion: Expansion, chosen: Chosen = decided, render: Render | None = None) -> tuple[Fault, ...]:
    """The faults of the draft that brings the ``chosen`` passages: by its text, and where the wiki can be asked
    (``render``) by what it shows and its base does not.
    """
    proposals = chosen_passages(expansion, chosen)
    if not proposals:
        return ()
    article = read(file_revision(expansion.base, expansion.article.lang, expansion.article.title))
    passages = settled_passages(article, proposals)
    draft = make_drafts(expansion, chosen)[-1].text
    faults = check_draft(article, draft, passages)
    before = render(article.title, expansion.base) if render else None
    after = render(article.title, draft) if render and before else None
    return (*faults, *check_rendering(before, after, passages)) if before and after else faults


def with_faults(expansion: Expansion, render: Render | None = None) -> Expansion:
    """``expansion`` with the faults of the draft of everything among the findings of the passages that caused them."""
    found: dict[str, list[Finding]] = {}
    loose: list[str] = []
    for fault in draft_faults(expansion, translated, render):
        if fault.passage is None:
            loose.append(f"The draft as a whole: {fault.finding.message}")
        else:
            found.setdefault(fault.passage, []).append(fault.finding)
    proposals = (
        replace(proposal, findings=tuple(dict.fromkeys((*proposal.findings, *found.get(proposal.id, ())))))
        for proposal in expansion.proposals
    )
    return replace(expansion, proposals=tuple(proposals), notes=(*expansion.notes, *loose))
