"""Decisions as a file of their own: what the report exports and ``apply --decisions`` takes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Literal

import msgspec

from expander.errors import InputError
from expander.proposals.expansion import Expansion
from expander.proposals.proposal import Choice, Proposal
from expander.review.decisions import CHECKLIST, Recheck, decide, tick
from expander.values import Skipped

SCHEMA: Literal[1] = 1
_LARGEST = 20_000_000  # characters; a long article's decisions are far below


class Taken(msgspec.Struct, frozen=True):
    """One decision. ``of`` tells which machine text it is about: :func:`fingerprint`."""

    id: str
    choice: Choice
    decided_at: datetime
    of: str
    wikitext: str | None = None
    reason: str = ""


class Ticked(msgspec.Struct, frozen=True):
    """An item of the checklist; ``ticked_at`` None: not done, or no longer."""

    item: str
    ticked_at: datetime | None = None


class Decisions(msgspec.Struct, frozen=True):
    """A file of decisions on the proposals for one base text (its SHA-1)."""

    kind: Literal["expander-decisions"]
    schema: Literal[1]
    base: str
    decisions: tuple[Taken, ...] = ()
    checklist: tuple[Ticked, ...] = ()


def read_decisions(text: str) -> Decisions:
    """Decisions from JSON. Raises InputError where it is none, or not well formed."""
    if len(text) > _LARGEST:
        raise InputError(f"The decisions are {len(text):,} characters long; no report exports that much.")
    try:
        return msgspec.json.decode(text.encode("utf-8", "surrogatepass"), type=Decisions)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(f"This is no file of decisions that a report exported: {error}.") from None


def write_decisions(expansion: Expansion) -> str:
    """All decisions of ``expansion`` as JSON; :func:`merge` of them changes nothing."""
    taken = tuple(
        Taken(
            p.id,
            p.decision.choice,
            _time(p.decision.decided_at),
            fingerprint(p),
            p.decision.wikitext,
            p.decision.reason,
        )
        for p in expansion.proposals
        if p.decision.decided_at is not None
    )
    ticks = tuple(Ticked(entry.item, _time(entry.ticked_at)) for entry in expansion.checklist)
    decisions = Decisions("expander-decisions", SCHEMA, expansion.article.sha1, taken, ticks)
    return msgspec.json.format(msgspec.json.encode(decisions), indent=1).decode() + "\n"


def merge(
    expansion: Expansion, decisions: Decisions, recheck: Recheck | None = None
) -> tuple[Expansion, tuple[Skipped, ...]]:
    """``expansion`` with the decisions taken elsewhere, and those that could not be taken over.

    The later decision on a passage wins. A decision on a text that has changed since (another engine, a split) is left
    out: nobody decided on what stands there now. Raises InputError where the decisions are about another base text.
    """
    if decisions.base != expansion.article.sha1:
        raise InputError("These decisions are about another revision of the article, or another article.")
    skipped = []
    for taken in decisions.decisions:
        try:
            expansion, reason = _take(expansion, taken, recheck)
        except InputError as error:
            reason = str(error)
        if reason:
            skipped.append(Skipped(taken.id, reason))
    known = {item.id for item in CHECKLIST}
    for ticked in decisions.checklist:
        if ticked.item in known:
            at = None if ticked.ticked_at is None else _stamp(ticked.ticked_at)
            expansion = tick(expansion, ticked.item, at is not None, at)
    return expansion, tuple(skipped)


def fingerprint(proposal: Proposal) -> str:
    """Tells the machine texts of a passage apart: the first 16 digits of the SHA-1 of its wikitext, "" without one."""
    if proposal.wikitext is None:
        return ""
    encoded = proposal.wikitext.encode("utf-8", "surrogatepass")
    return hashlib.sha1(encoded, usedforsecurity=False).hexdigest()[:16]


def _take(expansion: Expansion, taken: Taken, recheck: Recheck | None) -> tuple[Expansion, str]:
    """The decision taken over, and why it was not ("" where it was)."""
    proposal = next((proposal for proposal in expansion.proposals if proposal.id == taken.id), None)
    if proposal is None:
        return expansion, "There is no such passage any more."
    if taken.of != fingerprint(proposal):
        return expansion, "Its text is no longer the one that was decided on."
    at, here = _stamp(taken.decided_at), proposal.decision.decided_at
    if here is not None and _time(here) >= _time(at):
        same = (taken.choice, taken.wikitext) == (proposal.decision.choice, proposal.decision.wikitext)
        return expansion, "" if same else f"It was decided here later, at {here}."
    findings = recheck(proposal, taken.wikitext) if recheck and taken.wikitext is not None else ()
    return decide(expansion, taken.id, taken.choice, taken.wikitext, taken.reason, findings, at), ""


def _time(stamp: str | None) -> datetime:
    """A stored time; what is none counts as long ago, so that any other decision is later."""
    try:
        return _aware(datetime.fromisoformat(stamp or ""))
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


def _stamp(time: datetime) -> str:
    return _aware(time).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _aware(time: datetime) -> datetime:
    return time if time.tzinfo else time.replace(tzinfo=UTC)
