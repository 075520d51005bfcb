"""Conventions of a plain-text rendering of an article (a seed text), which is read with wikitext's rules otherwise."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec

from expander.articles.article import Block, BlockKind, Node, NodeKind
from expander.language import topic
from expander.values import Span

_FOOTNOTE = re.compile(r"\[(?:\d{1,3}|[a-z]|note \d{1,2})\]")
_LIST_LINE = re.compile(r"[-•–|]\s")


class PlainText(msgspec.Struct, frozen=True):
    """How lines begin that belong to a banner."""

    boilerplate: tuple[str, ...] = ()


def mark_footnotes(nodes: tuple[Node, ...], text: str) -> tuple[Node, ...]:
    """Footnote marks («1873.[2]») become nodes of their own, unseen as references are."""
    marked: list[Node] = []
    for node in nodes:
        if node.kind is not NodeKind.TEXT:
            marked.append(node)
            continue
        position = node.span.start
        for mark in _FOOTNOTE.finditer(node.span.of(text)):
            span = Span(node.span.start + mark.start(), node.span.start + mark.end())
            if span.start > position:
                marked.append(Node(NodeKind.TEXT, Span(position, span.start)))
            marked.append(Node(NodeKind.OPAQUE, span, "footnote"))
            position = span.end
        if position < node.span.end:
            marked.append(Node(NodeKind.TEXT, Span(position, node.span.end)))
    return tuple(marked)


def set_apart(blocks: tuple[Block, ...], text: str, lang: str) -> tuple[Block, ...]:
    """Banner lines are no prose, and lines that begin with a dash or a bar are list items."""
    boilerplate = topic(lang, "plain_text", PlainText).boilerplate

    def kind(block: Block) -> BlockKind:
        line = block.span.of(text)
        if boilerplate and line.startswith(boilerplate):
            return BlockKind.OTHER
        return BlockKind.LIST_ITEM if _LIST_LINE.match(line) else block.kind

    return tuple(replace(block, kind=kind(block)) for block in blocks)
