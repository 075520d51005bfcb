"""A proposal: one passage, translated and adapted, with its place and everything a person needs to judge it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from expander.gaps.gap import Gap
from expander.values import Edit, Finding


class Choice(StrEnum):
    """What the editor decided on a passage."""

    UNDECIDED = "undecided"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Decision:
    """The editor's decision: ``wikitext`` is the editor's own text (EDITED) and ``findings`` what was found in it,
    ``reason`` why it was rejected, ``decided_at`` ISO 8601 UTC.
    """

    choice: Choice = Choice.UNDECIDED
    wikitext: str | None = None
    reason: str = ""
    decided_at: str | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_in_draft(self) -> bool:
        """Whether the passage enters the draft."""
        return self.choice in (Choice.ACCEPTED, Choice.EDITED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One passage, ready for a person's judgement.

    ``id`` is the gap's. ``source_wikitext`` and ``source_text`` (what a reader sees) are the counterpart's;
    ``translation`` is the plain English text, ``wikitext`` the passage as it would stand in the article, without the
    white space that sets it off (None where no engine could translate it: ``untranslated`` then says why).
    ``engines`` made it (one a sentence may differ; each named once). ``headings`` are the English headings of
    ``gap.anchor.new_sections``, same order. ``extra_edits`` are edits elsewhere that it needs (an English reference
    that gets a name). ``context`` is the English sentence before the anchor. ``part_of`` is the id of the passage that
    the editor split to get this one, ``joint`` what stood between the part before and this one: the parts that enter
    the draft stand together again.
    """

    id: str
    gap: Gap
    section: str
    source_section: str
    source_wikitext: str
    source_text: str
    translation: str = ""
    wikitext: str | None = None
    engines: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    extra_edits: tuple[Edit, ...] = ()
    context: str = ""
    findings: tuple[Finding, ...] = ()
    untranslated: str = ""
    decision: Decision = field(default_factory=Decision)
    part_of: str = ""
    joint: str = ""
