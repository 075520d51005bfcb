"""Values that every stage shares: spans, findings, evidence, edits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range ``[start, end)`` of code points of one immutable text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The part of ``text`` that this span names."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        """The same range of a text that begins ``by`` code points later."""
        return Span(self.start + by, self.end + by)


class Severity(StrEnum):
    """How loudly a finding speaks to the editor."""

    ERROR = "error"  # must not be published as it is: a reference lost, markup broken
    WARNING = "warning"  # probably wrong: a number changed, text left untranslated
    NOTE = "note"  # worth a look: a red link, an unreferenced source


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the editor should look at.

    ``code`` is stable kebab-case (``reference-lost``), ``message`` one sentence that says what to look at, ``span`` the
    place in the passage's English wikitext (None: the whole passage).
    """

    code: str
    severity: Severity
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A thing a stage could not do, and why, where the stage itself goes on."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One checkable reason for a verdict.

    ``kind`` is the sort of evidence (``similarity``, ``number``, ``name``, ``link``, ``reference``, ``neighbour``),
    ``text`` says it to a person, ``weight`` is its contribution to the score (positive: speaks for covered).
    """

    kind: str
    text: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``span`` of the base text by ``text``; an empty span is an insertion."""

    span: Span
    text: str


def apply_edits(base: str, edits: Iterable[Edit]) -> str:
    """``base`` with all ``edits`` made; insertions at one place keep the order in which they are given.

    Raises ValueError where two edits overlap or one lies outside ``base``: bytes outside edits are never touched.
    """
    ordered = sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))
    parts: list[str] = []
    position = 0
    for edit in ordered:
        if edit.span.start < position or edit.span.end > len(base):
            raise ValueError(f"edit at {edit.span.start}..{edit.span.end} overlaps another or lies outside the text")
        parts += (base[position : edit.span.start], edit.text)
        position = edit.span.end
    return "".join((*parts, base[position:]))
