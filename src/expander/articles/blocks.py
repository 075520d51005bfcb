"""Nodes → blocks: paragraphs, list items, tables, templates and files that stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from expander.articles.article import Block, BlockKind, Node, NodeKind, Section
from expander.articles.visible import clip, visible
from expander.values import Span

_STANDS_ALONE = {
    NodeKind.TABLE: BlockKind.TABLE,
    NodeKind.FILE: BlockKind.FILE,
    NodeKind.TEMPLATE: BlockKind.TEMPLATE,
    NodeKind.CATEGORY: BlockKind.OTHER,
    NodeKind.LANGLINK: BlockKind.OTHER,
    NodeKind.OPAQUE: BlockKind.OTHER,
    NodeKind.COMMENT: BlockKind.OTHER,
    NodeKind.REFERENCE: BlockKind.OTHER,
    NodeKind.ARGUMENT: BlockKind.OTHER,
}


def read_blocks(
    nodes: tuple[Node, ...], text: str, sections: tuple[Section, ...], *, joins_lines: bool = True
) -> tuple[Block, ...]:
    """The blocks of the page in order; headings and the white space between blocks belong to none.

    ``joins_lines``: consecutive lines are one paragraph, as in wikitext; else each line is one.
    """
    blocks: list[Block] = []
    for section in sections:
        for kind, members in _merge(_lines(clip(nodes, section.body), text), text, joins_lines):
            span = _trim(Span(members[0].span.start, members[-1].span.end), text)
            if len(span):
                blocks.append(Block(len(blocks), kind, span, section.index, clip(members, span)))
    return tuple(blocks)


def _lines(nodes: tuple[Node, ...], text: str) -> Iterator[tuple[Node, ...]]:
    """Cut at the newlines of top-level text; a node with a newline inside stays whole. A blank line gives an empty
    tuple.
    """
    line: list[Node] = []
    for node in nodes:
        if node.kind is not NodeKind.TEXT:
            if node.kind is NodeKind.TABLE and any(_is_ink(item, text) for item in line):
                yield tuple(line)
                line = []
            line.append(node)
            if node.kind is NodeKind.TABLE:
                yield tuple(line)
                line = []
            continue
        start = node.span.start
        pieces = node.span.of(text).split("\n")
        for index, piece in enumerate(pieces):
            if piece:
                line.append(Node(NodeKind.TEXT, Span(start, start + len(piece))))
            start += len(piece) + 1
            if index < len(pieces) - 1:
                yield tuple(line)
                line = []
    yield tuple(line)


def _merge(
    lines: Iterable[tuple[Node, ...]], text: str, joins_lines: bool
) -> Iterator[tuple[BlockKind, tuple[Node, ...]]]:
    """Consecutive lines of running text are one paragraph."""
    paragraph: list[Node] = []
    for line in lines:
        kind = _kind(line, text)
        if kind is BlockKind.PARAGRAPH and joins_lines:
            if paragraph:
                paragraph.append(Node(NodeKind.TEXT, Span(paragraph[-1].span.end, line[0].span.start)))
            paragraph += line
            continue
        if paragraph:
            yield BlockKind.PARAGRAPH, tuple(paragraph)
            paragraph = []
        if kind is not None:
            yield kind, line
    if paragraph:
        yield BlockKind.PARAGRAPH, tuple(paragraph)


def _kind(line: tuple[Node, ...], text: str) -> BlockKind | None:
    inked = [node for node in line if _is_ink(node, text)]
    if not inked:
        return None
    if inked[0].kind is NodeKind.MARKER:
        return BlockKind.LIST_ITEM
    if any(node.kind is NodeKind.TABLE for node in inked):
        return BlockKind.TABLE
    if visible(inked, text).text.strip():
        # a template or file at a paragraph's beginning is part of its line
        return BlockKind.PARAGRAPH
    kinds = [_STANDS_ALONE.get(node.kind, BlockKind.OTHER) for node in inked]
    return next((kind for kind in (BlockKind.FILE, BlockKind.TEMPLATE) if kind in kinds), BlockKind.OTHER)


def _is_ink(node: Node, text: str) -> bool:
    return node.kind is not NodeKind.TEXT or bool(node.span.of(text).strip())


def _trim(span: Span, text: str) -> Span:
    source = span.of(text)
    start = span.start + len(source) - len(source.lstrip())
    return Span(start, max(start, span.end - len(source) + len(source.rstrip())))
