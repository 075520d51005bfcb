"""The page as values: one immutable revision text, and offsets into it.

Sections, blocks and sentences do not hold text of their own: they are spans of ``Article.text`` (rule 2 of the design).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal

from expander.values import Span

Origin = Literal["wiki", "file", "seed"]


@dataclass(frozen=True, slots=True)
class Revision:
    """One page at one revision.

    ``revid`` and ``timestamp`` (ISO 8601, UTC) are None for text that came from a file. ``sha1`` is the hex SHA-1 of
    the UTF-8 text, as the Action API gives it. ``langlinks`` are (language, title) pairs. ``redirected_from`` is the
    title that was asked for where a redirect led here.
    """

    lang: str
    title: str
    text: str
    sha1: str
    revid: int | None = None
    timestamp: str | None = None
    origin: Origin = "wiki"
    langlinks: tuple[tuple[str, str], ...] = ()
    redirected_from: str | None = None
    disambiguation: bool = False

    def langlink(self, lang: str) -> str | None:
        """The title of this page in another language, None where it has none."""
        return dict(self.langlinks).get(lang)


class NodeKind(StrEnum):
    """What a piece of wikitext is."""

    TEXT = "text"
    LINK = "link"  # [[target|label]]trail, to an article
    FILE = "file"  # [[File:…]]
    CATEGORY = "category"  # [[Category:…]]
    LANGLINK = "langlink"  # [[ru:…]] without a leading colon
    EXTERNAL = "external"  # [https://… label] or a bare URL
    REFERENCE = "reference"  # <ref>…</ref>, <ref name=… />
    TEMPLATE = "template"  # {{…}}
    FORMAT = "format"  # bold, italics, <small>, <sub> …: visible content inside
    OPAQUE = "opaque"  # <math>, <nowiki>, <gallery>, <syntaxhighlight> …: never translated
    BREAK = "break"  # <br>, <hr>
    TABLE = "table"  # {| … |}
    ROW = "row"  # a table's row
    CELL = "cell"  # a table's cell, header or caption
    MARKER = "marker"  # the * # : ; at the beginning of a line
    HEADING = "heading"
    ENTITY = "entity"  # &nbsp;
    COMMENT = "comment"
    ARGUMENT = "argument"  # {{{1}}}


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of wikitext with its place.

    ``name`` is the link target, template name, tag name, URL, or a reference's name ("" where it has none);
    ``content`` are the nodes of its visible content (a link's label, the inside of bold, a reference's body, a cell),
    whose spans lie inside ``inner``. A link's span includes the letters joined to it («[[Таджикистан]]е»). ``group``
    is a reference's group.
    """

    kind: NodeKind
    span: Span
    name: str = ""
    inner: Span | None = None
    content: tuple[Node, ...] = ()
    level: int = 0
    group: str = ""
    shown: str = ""


class SectionKind(StrEnum):
    """What a section is for; all but LEAD and BODY are back matter and never hold gaps."""

    LEAD = "lead"
    BODY = "body"
    SEE_ALSO = "see_also"
    REFERENCES = "references"
    FURTHER_READING = "further_reading"
    EXTERNAL_LINKS = "external_links"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it.

    ``span`` runs from the heading to the next heading of the same or a higher level, ``body`` is the section's own
    text, without its heading and its subsections. ``heading`` is plain text ("" for the lead, whose ``level`` is 1);
    ``heading_span`` None for the lead. ``parent`` is an index.
    """

    index: int
    heading: str
    level: int
    span: Span
    body: Span
    heading_span: Span | None = None
    parent: int | None = None
    kind: SectionKind = SectionKind.BODY


class BlockKind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    TEMPLATE = "template"  # a template that stands alone: infobox, hatnote, navbox
    FILE = "file"
    OTHER = "other"  # gallery, categories, language links, comments


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item, a table …; ``section`` is an index. ``nodes`` are its top-level nodes, cut at the
    block's edges.
    """

    index: int
    kind: BlockKind
    span: Span
    section: int
    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph or list item, or a row of a table, with the references and tags that follow it.

    ``id`` is stable for one revision: ``ru-17``. ``plain`` is what a reader sees: no references, no markup, no
    invisible template. ``nodes`` are its top-level nodes, cut at the sentence's edges.
    """

    id: str
    index: int
    span: Span
    block: int
    section: int
    plain: str
    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Article:
    """A revision and what it is made of, in page order. ``nodes`` cover the text without a gap."""

    revision: Revision
    nodes: tuple[Node, ...] = field(repr=False)
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...] = field(repr=False)
    sentences: tuple[Sentence, ...] = field(repr=False)

    @property
    def text(self) -> str:
        """The revision's wikitext."""
        return self.revision.text

    @property
    def lang(self) -> str:
        """The wiki's language code."""
        return self.revision.lang

    @property
    def title(self) -> str:
        """The page's title."""
        return self.revision.title

    @cached_property
    def by_id(self) -> Mapping[str, Sentence]:
        """Sentences by their id."""
        return {sentence.id: sentence for sentence in self.sentences}

    def sentences_of(self, section: Section) -> tuple[Sentence, ...]:
        """The sentences of the section's own text."""
        return tuple(sentence for sentence in self.sentences if sentence.section == section.index)

    def section_path(self, section: Section) -> tuple[str, ...]:
        """Headings from the outermost to this one."""
        parent = () if section.parent is None else self.section_path(self.sections[section.parent])
        return (*parent, section.heading)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The last sentence that begins at or before ``offset``."""
        starts = [sentence.span.start for sentence in self.sentences]
        position = bisect_left(starts, offset + 1)
        return self.sentences[position - 1] if position else None
