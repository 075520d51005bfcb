"""The masked form of a sentence, as values.

Canonical masked text is what a reader sees, with its markup as numbered tags: a link is ``<1>label</1>``, bold
``<2>…</2>``, a reference ``<3/>``. Pieces are numbered from 1 in source order, outer before inner; ``<``, ``>`` and
``&`` of the text itself are ``&lt;``, ``&gt;`` and ``&amp;``. It is what the translation memory stores and what
:func:`~expander.translation.unmask` takes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from expander.articles.article import Node, NodeKind
from expander.translation.layout import Layout, read
from expander.values import Finding

_NOUNS = {
    NodeKind.REFERENCE: "reference",
    NodeKind.TEMPLATE: "template",
    NodeKind.LINK: "link",
    NodeKind.EXTERNAL: "link",
    NodeKind.FORMAT: "formatting",
    NodeKind.FILE: "file",
    NodeKind.COMMENT: "comment",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of markup that left the text.

    ``source`` is its wikitext. A ``paired`` piece stands around visible text, its ``label`` (wikitext; a link's
    includes the letters joined to it); any other is a point. ``parent`` is the id of the piece around it, 0 at the
    top. ``before`` and ``after`` are the markup around the label, where another label can be put between them.
    """

    id: int
    kind: NodeKind
    node: Node
    source: str
    paired: bool
    label: str = ""
    parent: int = 0
    before: str = ""
    after: str = ""

    @property
    def noun(self) -> str:
        """What findings call it: reference, template, link, formatting, file, comment or markup."""
        return _NOUNS.get(self.kind, "markup")


Render = Callable[[Piece, str], str]
"""Makes a piece's wikitext; the second argument is the wikitext of its label, "" for points."""


@dataclass(frozen=True)
class Masked:
    """A sentence whose markup has left it.

    ``text`` is canonical masked text; ``runs`` the wikitext of the text before, between and after its tags, in order
    (one more than there are tags). ``lang`` is the language it is written in.
    """

    text: str
    pieces: tuple[Piece, ...] = ()
    runs: tuple[str, ...] = field(default=(), repr=False)
    lang: str = ""

    @cached_property
    def layout(self) -> Layout:
        """The visible text and where each piece stands in it."""
        return read(self.text)

    @property
    def plain(self) -> str:
        """The visible text."""
        return self.layout.plain

    def label(self, piece: Piece) -> str:
        """The visible text inside ``piece``, "" for a point."""
        return next((self.plain[mark.start : mark.end] for mark in self.layout.marks if mark.id == piece.id), "")

    def ancestors(self, piece: Piece) -> frozenset[int]:
        """The ids of the pieces around ``piece``."""
        found: set[int] = set()
        while piece.parent:
            found.add(piece.parent)
            piece = self.pieces[piece.parent - 1]
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Unmasked:
    """Wikitext again, and what was wrong with the translation's markup."""

    wikitext: str
    findings: tuple[Finding, ...] = ()
