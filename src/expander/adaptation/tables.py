"""Tables and rows with translated cells, their structure untouched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from expander.adaptation.markup import render, source_of, walk
from expander.adaptation.numbers import english_number
from expander.articles.article import Article, BlockKind, Node, NodeKind
from expander.articles.visible import plain
from expander.values import Severity

if TYPE_CHECKING:
    from expander.adaptation.passage import Passage


def table(passage: Passage, nodes: Iterable[Node]) -> str | None:
    """The counterpart's table, or those of its rows that ``nodes`` cover, in English: rows alone where they join an
    English table, else with the table's opening, caption and header rows. None where a cell is untranslated.
    """
    counterpart = passage.adapter.counterpart
    found = whole_table(nodes, counterpart)
    if found is None:
        return None
    whole, rows = found
    untranslated: list[str] = []

    def change(node: Node) -> str | None:
        if node.kind is NodeKind.CELL:
            return _cell(passage, node, counterpart.text, untranslated)
        if node.kind is NodeKind.ROW and _is_data(node) and node not in rows:
            return ""
        return None

    parts = rows if _joins_table(passage) else [whole]
    made = render(parts, counterpart.text, change).strip()
    if untranslated:
        passage.note("cell-untranslated", f"No engine translated the cell “{untranslated[0]}”.", Severity.WARNING)
        return None
    return made


def whole_table(nodes: Iterable[Node], counterpart: Article) -> tuple[Node, list[Node]] | None:
    """The table that ``nodes`` (it, or a part of it) belong to, and the rows of data that they cover."""
    spans = [node.span for node in nodes if node.kind in (NodeKind.TABLE, NodeKind.ROW)]
    if not spans:
        return None
    start, end = spans[0].start, spans[-1].end
    for candidate in walk(counterpart.nodes):
        if candidate.kind is NodeKind.TABLE and candidate.span.start <= start and end <= candidate.span.end:
            rows = [node for node in candidate.content if node.kind is NodeKind.ROW and _is_data(node)]
            covered = [row for row in rows if row.span.start < end and start < row.span.end]
            if covered:
                return candidate, covered
    return None


def cell_texts(nodes: Iterable[Node], counterpart: Article) -> Iterator[str]:
    """The wikitext of the cells that need translation."""
    found = whole_table(nodes, counterpart)
    if found is None:
        return
    whole, rows = found
    for part in whole.content:
        if part.kind is NodeKind.ROW and _is_data(part) and part not in rows:
            continue
        for cell in walk((part,)):
            if cell.kind is NodeKind.CELL and _has_words(cell, counterpart.text):
                yield source_of(cell.content, counterpart.text).strip()


def _cell(passage: Passage, node: Node, text: str, untranslated: list[str]) -> str:
    source = source_of(node.content, text)
    if not source.strip():
        return node.span.of(text)
    if _has_words(node, text):
        words = passage.translated(source.strip())
        if words is None:
            untranslated.append(plain(node.content, text))
            return ""
        words = words.replace("\n", " ") if "\n" not in source.strip() else words
    else:
        number = english_number(source.strip(), passage.lang, group=False)
        words = number if number != source.strip() else passage.untranslated(node.content, text).strip()
    lead = source[: len(source) - len(source.lstrip())]
    trail = source[len(source.rstrip()) :]
    opening = text[node.span.start : node.content[0].span.start]
    closing = text[node.content[-1].span.end : node.span.end]
    return f"{opening}{lead}{words}{trail}{closing}"


def _has_words(cell: Node, text: str) -> bool:
    return any(letter.isalpha() for letter in plain(cell.content, text))


def _is_data(row: Node) -> bool:
    return any(cell.kind is NodeKind.CELL and cell.name == "td" for cell in row.content)


def _joins_table(passage: Passage) -> bool:
    anchor = passage.anchor
    if anchor is None or anchor.new_sections:
        return False
    blocks = passage.adapter.article.blocks
    return any(block.kind is BlockKind.TABLE and block.span.start < anchor.offset < block.span.end for block in blocks)
