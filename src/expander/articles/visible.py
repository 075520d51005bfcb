"""What a reader sees of wikitext, and where each character comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from expander.articles.article import Node, NodeKind
from expander.values import Span

_INVISIBLE = frozenset(
    {NodeKind.REFERENCE, NodeKind.COMMENT, NodeKind.FILE, NodeKind.CATEGORY, NodeKind.LANGLINK, NodeKind.MARKER}
    | {NodeKind.ARGUMENT}
)


@dataclass(frozen=True, slots=True)
class Visible:
    """Visible text; ``offsets[i]`` is the place in the source that character ``i`` comes from."""

    text: str
    offsets: tuple[int, ...]


def visible(nodes: Iterable[Node], text: str) -> Visible:
    """What a reader sees of ``nodes`` of ``text``, untrimmed; newlines and non-breaking spaces are spaces."""
    characters: list[str] = []
    offsets: list[int] = []
    for shown, offset, step in _runs(nodes, text):
        characters.extend(shown)
        offsets.extend(offset + step * index for index in range(len(shown)))
    return Visible(re.sub(r"[\s\u00a0\u202f\u2009]", " ", "".join(characters)), tuple(offsets))


def _runs(nodes: Iterable[Node], text: str) -> Iterator[tuple[str, int, int]]:
    """Visible strings, where each comes from, and how far a character of it moves in the source (0: made up by a
    template).
    """
    for node in nodes:
        if node.kind is NodeKind.TEXT:
            yield node.span.of(text), node.span.start, 1
        elif node.kind in _INVISIBLE:
            continue
        elif node.kind is NodeKind.EXTERNAL and node.inner is None:
            yield node.name, node.span.start, 1
        elif node.kind is NodeKind.BREAK:
            yield " ", node.span.start, 0
        elif node.kind is NodeKind.OPAQUE:
            if node.name == "nowiki" and node.inner is not None:
                yield node.inner.of(text), node.inner.start, 1
        elif node.shown:
            yield node.shown, node.span.start, 0
        else:
            yield from _runs(node.content, text)
            if node.kind is NodeKind.CELL:
                yield " | ", node.span.end, 0


def plain(nodes: Iterable[Node], text: str) -> str:
    """What a reader sees, with single spaces, trimmed, and no space left before punctuation where a reference stood."""
    shown = re.sub(r"\s+", " ", visible(nodes, text).text).strip().removesuffix(" |")
    return re.sub(r" +([,.;:!?»)])", r"\1", shown) if " " in shown else shown


def clip(nodes: Iterable[Node], span: Span) -> tuple[Node, ...]:
    """The part of adjacent top-level ``nodes`` inside ``span``: whole nodes, and TEXT nodes cut at its edges."""
    kept = []
    for node in nodes:
        start, end = max(node.span.start, span.start), min(node.span.end, span.end)
        if start >= end:
            continue
        kept.append(node if (start, end) == (node.span.start, node.span.end) else Node(node.kind, Span(start, end)))
    return tuple(kept)
