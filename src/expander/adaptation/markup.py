"""Reading and writing bits of wikitext."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from expander.articles.article import Node, NodeKind
from expander.articles.wikitext import parse
from expander.values import Span

_SPOKEN = frozenset({NodeKind.FORMAT, NodeKind.LINK, NodeKind.EXTERNAL, NodeKind.HEADING})
_CONTAINERS = frozenset({NodeKind.TABLE, NodeKind.ROW, NodeKind.CELL})


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node, outer before inner, in source order."""
    for node in nodes:
        yield node
        yield from walk(node.content)


def render(nodes: Iterable[Node], text: str, replacement: Callable[[Node], str | None]) -> str:
    """``nodes`` as wikitext, each one that ``replacement`` has an answer for replaced by it; None goes inside."""

    def made(node: Node) -> str:
        answer = replacement(node)
        return inside(node, text, made) if answer is None else answer

    return "".join(made(node) for node in nodes)


def inside(node: Node, text: str, made: Callable[[Node], str]) -> str:
    """``node`` with each of the nodes of its content as ``made`` makes it, and its own markup around and between
    them.
    """
    parts: list[str] = []
    position = node.span.start
    for child in node.content:
        parts += (text[position : child.span.start], made(child))
        position = child.span.end
    return "".join((*parts, text[position : node.span.end]))


def map_prose(wikitext: str, change: Callable[[str], str]) -> str:
    """``wikitext`` with ``change`` made to each stretch of running text that a reader sees; markup, link targets,
    references and templates stay as they are.
    """
    nodes = parse(wikitext, "en")
    return "".join(_map(node, wikitext, change) for node in nodes)


def _map(node: Node, text: str, change: Callable[[str], str]) -> str:
    if node.kind is NodeKind.TEXT:
        return change(node.span.of(text))
    if node.kind is NodeKind.LINK and "|" not in text[node.span.start : node.span.end]:
        return node.span.of(text)  # its text is its target
    if node.kind is NodeKind.EXTERNAL and node.inner is None:
        return node.span.of(text)
    if node.kind in _SPOKEN | _CONTAINERS and node.content:
        return inside(node, text, lambda item: _map(item, text, change))
    return node.span.of(text)


def template(name: str, parameters: Mapping[str, str], spaced: bool = False) -> str:
    """Write a template. Parameters with numbers for names are positional where that is safe; an empty value is
    written too.
    """
    parts = [name]
    expected = 1
    for key, value in parameters.items():
        if key == str(expected) and "=" not in _outside_markup(value):
            parts.append(value)
            expected += 1
        else:
            parts.append(f"{key}={value}")
    return "{{" + (" |" if spaced else "|").join(parts) + "}}"


def _outside_markup(value: str) -> str:
    return re.sub(r"\{\{.*?\}\}|\[\[.*?\]\]|<[^>]*>", "", value, flags=re.S)


def split_parts(nodes: Iterable[Node], text: str) -> list[list[Node]]:
    """Cut nodes at the pipes of their top-level text: the options of a file."""
    parts: list[list[Node]] = [[]]
    for node in nodes:
        if node.kind is not NodeKind.TEXT:
            parts[-1].append(node)
            continue
        start = node.span.start
        for index, piece in enumerate(node.span.of(text).split("|")):
            if index:
                parts.append([])
            if piece:
                parts[-1].append(replace(node, span=Span(start, start + len(piece))))
            start += len(piece) + 1
    return parts


def source_of(nodes: Iterable[Node], text: str) -> str:
    """The wikitext of adjacent nodes."""
    return "".join(node.span.of(text) for node in nodes)


def uncapitalised(text: str) -> str:
    """With a small first letter."""
    return text[:1].lower() + text[1:]


def capitalised(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]
