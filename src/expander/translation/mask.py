"""Wikitext nodes → masked text: markup leaves the sentence before an engine sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import translate
from functools import cache

import msgspec

from expander.articles.article import Node, NodeKind
from expander.articles.wikitext import template_key
from expander.language import topic
from expander.translation.layout import escape
from expander.translation.masked import Masked, Piece
from expander.values import Span

# What may stand around visible text. Everything else is a point: it shows nothing, or nothing that can be translated.
_PAIRED = frozenset(
    {NodeKind.LINK, NodeKind.EXTERNAL, NodeKind.FORMAT, NodeKind.TEMPLATE, NodeKind.HEADING}
    | {NodeKind.TABLE, NodeKind.ROW, NodeKind.CELL}
)
# Soft hyphens, zero-width spaces and byte-order marks: readers do not see them and engines stumble over them.
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BLANK = re.compile(r"[\t\n\x0b\x0c\r\x85\u2028\u2029]+")
_DEPTH = 40  # as deep as mwparserfromhell nests


class Masking(msgspec.Struct, frozen=True):
    """Topic ``masking``: characters that only guide a reader's voice (``stress_marks``): an engine does not get them;
    ``untranslated`` are templates whose content is in another language or script (``lang-*``: any ending).
    """

    stress_marks: str = ""
    untranslated: tuple[str, ...] = ("lang", "lang-*", "langx", "transl", "transliteration")


def mask(nodes: Iterable[Node], text: str, lang: str) -> Masked:
    """The masked form of adjacent ``nodes`` of ``text`` (usually a sentence's), written in language ``lang``.

    Nothing is lost: :func:`~expander.translation.unmask` of the result gives the source back, byte for byte.
    """
    masker = _Masker(text, lang)
    masker.walk(tuple(nodes), 0, None, 0)
    return masker.masked()


class _Masker:
    """Collects runs of text and tags in source order."""

    def __init__(self, text: str, lang: str) -> None:
        self.text, self.lang = text, lang
        self.unseen, self.untranslated = _unseen(lang), _untranslated(lang)
        self.pieces: list[Piece] = []
        self.tags: list[str] = []
        self.shown: list[str] = [""]  # visible text of each run
        self.runs: list[str] = [""]  # wikitext of each run

    def masked(self) -> Masked:
        parts = [escape(self.shown[0])]
        for tag, shown in zip(self.tags, self.shown[1:], strict=True):
            parts += (tag, escape(shown))
        return Masked("".join(parts), tuple(self.pieces), tuple(self.runs), self.lang)

    def walk(self, nodes: tuple[Node, ...], parent: int, inner: Span | None, depth: int) -> None:
        """Take in ``nodes``; ``inner``, where given, is what they should cover."""
        position = inner.start if inner else nodes[0].span.start if nodes else 0
        for node in nodes:
            self.gap(position, node.span.start, parent)
            self.node(node, parent, depth)
            position = max(position, node.span.end)
        if inner:
            self.gap(position, inner.end, parent)

    def gap(self, start: int, end: int, parent: int) -> None:
        """Source that no node covers (between a table's cells): kept as it is."""
        if start >= end:
            return
        source = self.text[start:end]
        if source.isspace():
            self.add(source, source)
        else:
            self.point(Node(NodeKind.OPAQUE, Span(start, end)), parent)

    def node(self, node: Node, parent: int, depth: int) -> None:
        source = node.span.of(self.text)
        if node.kind is NodeKind.TEXT:
            self.add(source, source)
        elif node.kind is NodeKind.ENTITY:
            self.add(node.shown or source, source)
        elif not self.may_pair(node, depth) or not self.pair(node, parent, depth):
            self.point(node, parent)
        if node.kind is NodeKind.CELL:
            self.add(" ", "")

    def may_pair(self, node: Node, depth: int) -> bool:
        foreign = node.kind is NodeKind.TEMPLATE and self.untranslated.fullmatch(template_key(node.name)) is not None
        return node.kind in _PAIRED and depth < _DEPTH and not foreign

    def add(self, shown: str, source: str) -> None:
        shown = _BLANK.sub(" ", _CONTROL.sub("", shown.translate(self.unseen)))
        self.shown[-1] += shown
        self.runs[-1] += source

    def tag(self, tag: str) -> None:
        self.tags.append(tag)
        self.shown.append("")
        self.runs.append("")

    def point(self, node: Node, parent: int) -> None:
        number = len(self.pieces) + 1
        self.pieces.append(Piece(number, node.kind, node, node.span.of(self.text), paired=False, parent=parent))
        self.tag(f"<{number}/>")

    def pair(self, node: Node, parent: int, depth: int) -> bool:
        """Take in a piece around visible text; False, and nothing taken in, where nothing of it is visible."""
        number, tags = len(self.pieces) + 1, len(self.tags)
        source, label, before, after = _anatomy(node, self.text)
        self.pieces.append(Piece(number, node.kind, node, source, True, label, parent, before, after))
        self.tag(f"<{number}>")
        if node.shown:
            self.add(node.shown.strip(), label)
        elif node.inner is not None:
            self.walk(tuple(child for child in node.content if child.span in node.inner), number, node.inner, depth + 1)
            self.walk(tuple(child for child in node.content if child.span not in node.inner), number, None, depth + 1)
        if any(not shown.isspace() for shown in self.shown[tags + 1 :] if shown):
            self.tag(f"</{number}>")
            return True
        del self.pieces[number - 1 :], self.tags[tags:], self.shown[tags + 1 :], self.runs[tags + 1 :]
        return False


def _anatomy(node: Node, text: str) -> tuple[str, str, str, str]:
    """Source, label, and the markup before and after a label that takes its place."""
    source = node.span.of(text)
    if node.inner is None:
        return source, "", source, ""
    before, label, after = (
        text[node.span.start : node.inner.start],
        node.inner.of(text),
        text[node.inner.end : node.span.end],
    )
    if node.kind is NodeKind.LINK:
        joined = after[2:]
        target = before if "|" in before else f"{before}{label}|"
        return source, label + joined, target, after[:2]
    return source, label, before, after


@cache
def _untranslated(lang: str) -> re.Pattern[str]:
    patterns = topic(lang, "masking", Masking).untranslated
    return re.compile("|".join(map(translate, patterns)) or "(?!)", re.IGNORECASE)


@cache
def _unseen(lang: str) -> dict[int, None]:
    return dict.fromkeys(map(ord, _UNSEEN + topic(lang, "masking", Masking).stress_marks))
