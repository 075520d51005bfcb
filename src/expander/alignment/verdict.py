"""What alignment says: section matches, a verdict a sentence, contradictions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from expander.articles.article import Article
from expander.values import Evidence

if TYPE_CHECKING:
    from expander.alignment.evidence import Evidence as Known


class Status(StrEnum):
    """Whether English has what a source sentence says."""

    COVERED = "covered"
    PARTIAL = "partial"  # English has the event, but lacks facts of this sentence
    MISSING = "missing"
    EXCLUDED = "excluded"  # back matter, navigation


@dataclass(frozen=True, slots=True)
class SectionMatch:
    """A counterpart section and the English sections with the same content (indices; none: English has no such
    section). Score 0…1.
    """

    section: int
    matches: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether English covers one source sentence, and why.

    ``matches`` are English sentence ids (best first), or ids of other English text (``infobox:population``,
    ``table:3``, ``caption:1``); ``closest`` is the text of the best one, also where it does not cover. ``score`` is
    the probability-like confidence 0…1 that English covers the sentence. ``lacks`` are the facts that English lacks,
    as they stand in the source (PARTIAL). ``flags`` say what is doubtful about the source: ``unreferenced``,
    ``citation-needed``, ``dead-link``, ``promotional``, ``stub``. ``reason`` tells why a sentence is EXCLUDED.
    """

    sentence: str
    status: Status
    matches: tuple[str, ...] = ()
    closest: str | None = None
    score: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    lacks: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Same fact, different value. ``source`` is a sentence id, ``english`` the id of the English text; dates are
    those of the references, else those that the texts state, if any.
    """

    source: str
    english: str
    kind: str
    source_value: str
    english_value: str
    source_text: str
    english_text: str
    source_references: tuple[str, ...] = ()
    english_references: tuple[str, ...] = ()
    source_date: str | None = None
    english_date: str | None = None

    @property
    def newer(self) -> str | None:
        """Whose value is of a later date: ``source``, ``english``, or None where that cannot be told."""
        if not self.source_date or not self.english_date:
            return None
        shared = min(len(self.source_date), len(self.english_date))  # 2020 is neither before nor after 2020-05
        ours, theirs = self.source_date[:shared], self.english_date[:shared]
        return None if ours == theirs else "source" if ours > theirs else "english"


@dataclass(frozen=True)
class Alignment:
    """One counterpart against the English article. ``verdicts`` hold every sentence of the counterpart once, in page
    order. ``known`` is what the verdicts were drawn from (None for an alignment that was read from a file).
    """

    article: Article = field(repr=False)
    counterpart: Article = field(repr=False)
    sections: tuple[SectionMatch, ...]
    verdicts: tuple[Verdict, ...]
    contradictions: tuple[Contradiction, ...] = ()
    known: Known | None = field(default=None, repr=False, compare=False)

    @cached_property
    def by_sentence(self) -> Mapping[str, Verdict]:
        """Verdicts by sentence id."""
        return {verdict.sentence: verdict for verdict in self.verdicts}
