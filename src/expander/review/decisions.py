"""What the editor decides, as pure changes of an Expansion."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from expander.errors import InputError
from expander.proposals.expansion import Expansion, Tick
from expander.proposals.proposal import Choice, Decision, Proposal
from expander.values import Finding


@dataclass(frozen=True, slots=True)
class Item:
    """Something only a person can do before a translation is published; ``text`` is what the editor affirms."""

    id: str
    text: str


# https://en.wikipedia.org/wiki/Wikipedia:Translation and https://en.wikipedia.org/wiki/WP:LLM-assisted_translation
CHECKLIST = (
    Item("languages-read", "I have read each accepted passage in both languages."),
    Item("references-opened", "I have opened the references of each accepted passage, and they say what it says."),
    Item("numbers-checked", "I have compared each number, date and name with the source."),
)


def decide(
    expansion: Expansion,
    passage: str,
    choice: Choice,
    wikitext: str | None = None,
    reason: str = "",
    findings: Iterable[Finding] = (),
    at: str | None = None,
) -> Expansion:
    """``expansion`` with this decision on a ``passage`` (its id), taken ``at`` (ISO 8601, UTC; None: now).

    EDITED takes the editor's ``wikitext`` and the ``findings`` in it; text that is the machine's own is ACCEPTED.
    UNDECIDED takes a decision back. Raises InputError for a passage that is not there, an edit without text, and an
    untranslated passage accepted as it is.
    """
    proposal = find(expansion, passage)
    at = at or now()
    if choice is Choice.EDITED:
        decision = _edited(proposal, wikitext, tuple(findings), at)
    elif choice is Choice.ACCEPTED and proposal.wikitext is None:
        raise InputError(
            f"{passage} has no translation ({proposal.untranslated or 'none was made'}); edit or reject it."
        )
    else:
        decision = Decision(choice, reason=reason.strip() if choice is Choice.REJECTED else "", decided_at=at)
    return replaced(expansion, replace(proposal, decision=decision))


def replaced(expansion: Expansion, *passages: Proposal) -> Expansion:
    """``expansion`` with other proposals in the place of those with the same ids."""
    others = {passage.id: passage for passage in passages}
    return expansion.with_proposals(others.get(proposal.id, proposal) for proposal in expansion.proposals)


def find(expansion: Expansion, passage: str) -> Proposal:
    """The passage with this id. Raises InputError where there is none, naming those that look alike."""
    passages = {proposal.id: proposal for proposal in expansion.proposals}
    if passage in passages:
        return passages[passage]
    parts = [proposal.id for proposal in expansion.proposals if passage and proposal.part_of == passage]
    near = parts or difflib.get_close_matches(passage, passages, n=3)
    hint = f"; did you mean {', '.join(near)}?" if near else "; “review --list” names them all."
    raise InputError(f"There is no passage {passage!r} here{hint}")


def tick(expansion: Expansion, item: str, done: bool = True, at: str | None = None) -> Expansion:
    """``expansion`` with an item of the checklist ticked (or not). Raises InputError for an unknown item."""
    if item not in {entry.id for entry in CHECKLIST}:
        raise InputError(f"The checklist has no item {item!r}; it has {', '.join(entry.id for entry in CHECKLIST)}.")
    ticks = {entry.item: entry for entry in expansion.checklist}
    if done:
        ticks.setdefault(item, Tick(item, at or now()))
    else:
        ticks.pop(item, None)
    return replace(expansion, checklist=tuple(ticks[entry.id] for entry in CHECKLIST if entry.id in ticks))


def final_findings(proposal: Proposal) -> tuple[Finding, ...]:
    """The findings in the passage as it stands now: in the editor's text, else in the machine's."""
    return proposal.decision.findings if proposal.decision.choice is Choice.EDITED else proposal.findings


def now() -> str:
    """The time as decisions have it: ISO 8601, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


Recheck = Callable[[Proposal, str], tuple[Finding, ...]]
"""Finds what is wrong with the editor's wikitext of a passage."""


def _edited(proposal: Proposal, wikitext: str | None, findings: tuple[Finding, ...], at: str) -> Decision:
    text = (wikitext or "").replace("\r\n", "\n").strip("\n")
    if not text.strip():
        raise InputError(f"The edited text of {proposal.id} is empty; reject the passage to leave it out.")
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise InputError(f"The edited text of {proposal.id} is not text: it holds characters that no wiki can store.")
    if text == proposal.wikitext:
        return Decision(Choice.ACCEPTED, decided_at=at)
    return Decision(Choice.EDITED, text, decided_at=at, findings=findings)
