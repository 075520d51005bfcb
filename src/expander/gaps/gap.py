"""A passage that English lacks, and the place where it would read naturally."""

from __future__ import annotations

from dataclasses import dataclass

from expander.articles.article import BlockKind
from expander.values import Evidence, Span


@dataclass(frozen=True, slots=True)
class NewSection:
    """A section that English lacks and a gap would open: the counterpart's heading (source language) and the English
    level.
    """

    heading: str
    level: int
    source_section: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage enters the English text.

    ``offset`` is a code-point offset into the base text; ``after`` the id of the English sentence that it follows
    (None: at a section's beginning or in a new section); ``section`` the index of the English section;
    ``new_sections`` the headings that must be written first (outermost first; the same tuple for all gaps that share
    a new section); ``joins`` tells whether the passage continues the paragraph at ``offset`` (else it is a paragraph,
    list item or table of its own). ``reason`` says why here.
    """

    offset: int
    section: int
    after: str | None = None
    new_sections: tuple[NewSection, ...] = ()
    joins: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Twin:
    """The same passage in another counterpart, named but not proposed."""

    lang: str
    title: str
    sentences: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Consecutive missing sentences of one block of one counterpart.

    ``id`` is stable for the same revisions (``ru-p3``). ``span`` covers the sentences in the counterpart's text.
    ``order`` places gaps in page order of the proposal. ``flags`` and ``evidence`` are those of its sentences.
    ``lacks``: set where the passage is here because of PARTIAL sentences only.
    """

    id: str
    lang: str
    title: str
    sentences: tuple[str, ...]
    span: Span
    kind: BlockKind
    anchor: Anchor
    twins: tuple[Twin, ...] = ()
    flags: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    lacks: tuple[str, ...] = ()
