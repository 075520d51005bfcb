"""Passages → edits of the base text: the right blank lines, list markers and headings, nothing else touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from expander.adaptation.style import Style, style_of
from expander.articles.article import Article, Block, BlockKind
from expander.gaps.gap import Anchor
from expander.values import Edit, Span


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage that enters the draft: ``id`` its proposal's, ``headings`` the English headings of
    ``anchor.new_sections`` (same order), ``extra_edits`` the edits elsewhere that it needs.
    """

    id: str
    anchor: Anchor
    kind: BlockKind
    wikitext: str
    headings: tuple[str, ...] = ()
    extra_edits: tuple[Edit, ...] = ()

    @property
    def path(self) -> tuple[tuple[str, int], ...]:
        """The new sections that it stands in: English heading and level, outermost first. Two sources' sections with
        one English heading are one.
        """
        sections = self.anchor.new_sections
        headings = (*self.headings, *(section.heading for section in sections[len(self.headings) :]))
        return tuple((" ".join(name.split()), item.level) for name, item in zip(headings, sections, strict=False))


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a passage really enters, without breaking anything, and how: ``join``, ``row``, ``item`` or ``block``."""

    offset: int
    how: str


def place(article: Article, passages: Sequence[Placed]) -> tuple[tuple[str, Edit], ...]:
    """An insertion for each passage (by its id), in the order in which they stand in the draft.

    ``passages`` come in the order in which they should read where several share a place. A new section that several
    open is opened by the first of them. Where an anchor lies inside a table, list or paragraph that the passage would
    cut, it enters behind it. ``extra_edits`` are not included: see :func:`extra_edits`.
    """
    spots = {passage.id: _spot(article, passage) for passage in passages}
    rank = {"join": 0, "row": 0, "item": 1, "block": 1}
    order = sorted(
        range(len(passages)),
        key=lambda index: (
            spots[passages[index].id].offset,
            rank[spots[passages[index].id].how],
            _branch(passages, index, spots),
            index,
        ),
    )
    made: list[tuple[str, Edit]] = []
    groups: dict[int, list[Placed]] = {}
    for index in order:
        groups.setdefault(spots[passages[index].id].offset, []).append(passages[index])
    for offset, group in groups.items():
        made += _texts(article, offset, group, {passage.id: spots[passage.id].how for passage in group})
    return tuple(made)


def extra_edits(passages: Iterable[Placed]) -> tuple[Edit, ...]:
    """The edits elsewhere that the passages need, equal ones once."""
    return tuple(dict.fromkeys(edit for passage in passages for edit in passage.extra_edits))


def _branch(passages: Sequence[Placed], index: int, spots: dict[str, _Spot]) -> tuple[int, ...]:
    """Sorts passages of new sections by section, a section's own text before its subsections."""
    here = spots[passages[index].id].offset
    path = passages[index].path
    return tuple(
        1
        + next(
            number
            for number, other in enumerate(passages)
            if spots[other.id].offset == here and other.path[:depth] == path[:depth]
        )
        for depth in range(1, len(path) + 1)
    )


def _spot(article: Article, passage: Placed) -> _Spot:
    base, anchor = article.text, passage.anchor
    offset = _outside_headings(article, min(max(anchor.offset, 0), len(base)))
    if passage.wikitext.startswith("|-"):
        row = _row_place(article, offset)
        if row is not None:
            return _Spot(row, "row")
    around = next((block for block in article.blocks if block.span.start < offset < block.span.end), None)
    if (
        anchor.joins
        and not anchor.new_sections
        and passage.kind is BlockKind.PARAGRAPH
        and not _is_block(passage.wikitext)
    ):
        if _begins_paragraph(article, offset):
            return _Spot(offset, "join")
        end = len(base[:offset].rstrip())
        if (
            end
            and not _ends_heading(article, end)
            and (around is None or around.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM))
        ):
            return _Spot(end, "join")
    if around is not None:
        offset = around.span.end
    offset = len(base[:offset].rstrip())
    is_item = passage.kind is BlockKind.LIST_ITEM and not anchor.new_sections
    before = _block_before(article, offset)
    if not is_item and before is not None and before.kind is BlockKind.LIST_ITEM and before.span.end == offset:
        offset = _list_end(article, before)
    return _Spot(offset, "item" if passage.kind is BlockKind.LIST_ITEM else "block")


def _texts(article: Article, offset: int, group: list[Placed], how: dict[str, str]) -> list[tuple[str, Edit]]:
    """The insertions at one offset, in order."""
    base, style = article.text, style_of(article)
    made: list[tuple[str, str]] = []
    opened: tuple[tuple[str, int], ...] = ()
    previous = _what_stands_before(article, offset)
    for passage in group:
        kind = how[passage.id]
        text = (
            _with_marker(article, offset, passage) if passage.kind is BlockKind.LIST_ITEM else passage.wikitext.strip()
        )
        if kind == "join":
            at_start = _begins_paragraph(article, offset)
            made.append((passage.id, f"{text} " if at_start else f" {text}"))
            continue
        if kind == "row":
            made.append((passage.id, f"\n{text}"))
            continue
        opening = ""
        for heading, level in _to_open(passage.path, opened):
            opening += _gap(previous, "heading", style) + _heading(heading, level, style)
            previous = "heading"
        opened = passage.path
        made.append((passage.id, opening + _gap(previous, kind, style) + text))
        previous = kind
    inline = all(how[passage.id] in ("join", "row") for passage in group)
    if made:
        last, text = made[-1]
        made[-1] = (
            last,
            text + (_join_end(base, offset, text) if inline else _end(article, offset, previous, group[-1])),
        )
    return [(name, Edit(Span(offset, offset), text)) for name, text in made]


def _to_open(path: tuple[tuple[str, int], ...], opened: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    common = 0
    while common < min(len(path), len(opened)) and path[common] == opened[common]:
        common += 1
    return path[common:]


def _heading(heading: str, level: int, style: Style) -> str:
    marks, space = "=" * min(max(level, 2), 6), " " if style.spaced_headings else ""
    return f"{marks}{space}{heading}{space}{marks}"


def _gap(previous: str, kind: str, style: Style) -> str:
    """The white space between what stands before and what comes."""
    if previous == "start":
        return ""
    if previous == "heading":
        return "\n\n" if style.blank_after_heading and kind != "heading" else "\n"
    return "\n" if kind == "item" and previous in ("item", "paragraph") else "\n\n"


def _what_stands_before(article: Article, offset: int) -> str:
    if not article.text[:offset].strip():
        return "start"
    if _ends_heading(article, offset):
        return "heading"
    before = _block_before(article, offset)
    if before is not None and before.span.end == offset:
        return {BlockKind.LIST_ITEM: "item", BlockKind.PARAGRAPH: "paragraph"}.get(before.kind, "block")
    return "block"


def _end(article: Article, offset: int, previous: str, last: Placed) -> str:
    """The white space that must follow the last passage at this place."""
    rest = article.text[offset:]
    if not rest.strip():
        return "" if rest.startswith("\n") or not rest else "\n"
    newlines = len(rest) - len(rest.lstrip("\n")) if rest.startswith("\n") else 0
    following = next((block for block in article.blocks if block.span.start >= offset), None)
    next_offset = offset + len(rest) - len(rest.lstrip())
    is_block = following is not None and following.span.start == next_offset
    if previous == "item" and is_block and following is not None and following.kind is BlockKind.LIST_ITEM:
        return "" if newlines else "\n"
    touching = (
        is_block
        and following is not None
        and following.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TEMPLATE)
    )
    wanted = 2 if touching or not is_block or last.anchor.new_sections else 1
    if previous == "block" and is_block and following is not None and following.kind is BlockKind.LIST_ITEM:
        wanted = 1  # a list may follow its paragraph at once
    return "\n" * max(0, wanted - newlines)


def _join_end(base: str, offset: int, text: str) -> str:
    following = base[offset : offset + 1]
    return " " if following and not following.isspace() and not text.endswith(" ") else ""


def _with_marker(article: Article, offset: int, passage: Placed) -> str:
    """A list item with the marker that its new neighbours have, else its own, else ``*``."""
    found = re.match(r"([*#:;]*)\s*(.*)", passage.wikitext.strip(), flags=re.S)
    own, text = (found[1], found[2]) if found else ("", passage.wikitext.strip())
    neighbours = [
        block
        for block in article.blocks
        if block.kind is BlockKind.LIST_ITEM
        and not passage.anchor.new_sections
        and (block.span.end == offset or _touches(article, offset, block))
    ]
    marker = next(
        (found[0] for block in neighbours if (found := re.match(r"[*#:;]+", block.span.of(article.text)))), own or "*"
    )
    return f"{marker} {text}"


def _touches(article: Article, offset: int, block: Block) -> bool:
    return block.span.start >= offset and article.text[offset : block.span.start] in ("\n", "\n\n")


def _row_place(article: Article, offset: int) -> int | None:
    """The end of the table row around ``offset``: before the next row, or before the table's end."""
    table = next(
        (
            block
            for block in article.blocks
            if block.kind is BlockKind.TABLE and block.span.start <= offset <= block.span.end
        ),
        None,
    )
    if table is None:
        return None
    closing = article.text.rfind("\n|}", table.span.start, table.span.end)
    following = article.text.find("\n|-", max(offset - 1, table.span.start), table.span.end)
    places = [place for place in (following, closing) if place >= 0]
    return min(places) if places else None


def _list_end(article: Article, item: Block) -> int:
    end = item.span.end
    for block in article.blocks[item.index + 1 :]:
        if block.kind is not BlockKind.LIST_ITEM or article.text[end : block.span.start].strip(" \t") != "\n":
            break
        end = block.span.end
    return end


def _block_before(article: Article, offset: int) -> Block | None:
    return next((block for block in reversed(article.blocks) if block.span.end <= offset), None)


def _ends_heading(article: Article, offset: int) -> bool:
    return any(section.heading_span is not None and section.heading_span.end == offset for section in article.sections)


def _outside_headings(article: Article, offset: int) -> int:
    spans = (section.heading_span for section in article.sections if section.heading_span is not None)
    return next((span.end for span in spans if span.start < offset < span.end), offset)


def _begins_paragraph(article: Article, offset: int) -> bool:
    return any(block.span.start == offset and block.kind is BlockKind.PARAGRAPH for block in article.blocks)


def _is_block(wikitext: str) -> bool:
    """Whether a passage's markup must begin a line of its own."""
    return bool(re.match(r"\s*(?:[*#:;]|\{\||\|-|==|<gallery|<blockquote)", wikitext))
