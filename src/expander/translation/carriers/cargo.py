"""What travels through an engine, and what stays behind to be put back by its place.

References, comments and tags stand at the ends of sentences and clauses: they stay behind wherever their place can be
found again. A point in the middle of a clause that a reader sees (a formula, a foreign name) travels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from expander.articles.article import NodeKind
from expander.engines.protocol import Carrier
from expander.translation.layout import Layout, Mark
from expander.translation.masked import Masked
from expander.values import Span

_SHOWN = frozenset({NodeKind.OPAQUE, NodeKind.TEMPLATE, NodeKind.EXTERNAL, NodeKind.ARGUMENT})
_BRACKETS = re.compile(r"[ \u00a0]*(?:\([\s,;:—–-]*\)|\[[\s,;:—–-]*\])")
_BEFORE_NO_SPACE = ".,;:!?…»)”"


@dataclass(frozen=True, slots=True)
class Group:
    """Brackets that hold nothing but points, or a point with its space: they stay behind as a whole. ``span`` is
    their place in the source's plain text.
    """

    span: Span
    points: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Cargo:
    """``layout`` is what travels. ``groups`` stay with the text around their points; other points just stay."""

    layout: Layout
    groups: tuple[Group, ...]


def load(masked: Masked, carrier: Carrier) -> Cargo:
    """What of ``masked`` travels with ``carrier``."""
    layout = masked.layout
    if carrier is Carrier.EXACT:
        return Cargo(layout, ())
    groups = list(_groups(layout))
    grouped = {point.id for group in groups for point in group.points}
    behind = [
        mark for mark in layout.marks if mark.is_point and mark.id not in grouped and _stays(mark, masked, carrier)
    ]
    cuts = [group.span for group in groups]
    for mark in tuple(behind):
        space = _space_left(layout.plain, mark.start)
        if space is None or any(space.start < cut.end and cut.start < space.end for cut in cuts):
            continue
        cuts.append(space)
        if masked.pieces[mark.id - 1].kind in _SHOWN:  # its space comes back with it
            groups.append(Group(space, (mark,)))
            behind.remove(mark)
    stay = {mark.id for mark in behind} | {point.id for group in groups for point in group.points}
    carried = [
        mark for mark in layout.marks if mark.id not in stay and (mark.is_point or carrier is not Carrier.LABELS)
    ]
    return Cargo(_without(layout.plain, carried, cuts), tuple(groups))


def _groups(layout: Layout) -> Iterable[Group]:
    points = [mark for mark in layout.marks if mark.is_point]
    for match in _BRACKETS.finditer(layout.plain) if points else ():
        inside = tuple(mark for mark in points if match.start() < mark.start < match.end())
        if inside:
            yield Group(Span(*match.span()), inside)


def _stays(mark: Mark, masked: Masked, carrier: Carrier) -> bool:
    before, after = masked.plain[: mark.start], masked.plain[mark.start :]
    kind = masked.pieces[mark.id - 1].kind
    if kind is NodeKind.COMMENT or not _says(before) or not _says(after):
        return True
    if carrier is not Carrier.LABELS:
        return False
    # «более 6 км{{нет АИ}} и» is a tag, «площадь {{число}} км» a word
    return kind not in _SHOWN or (
        kind is NodeKind.TEMPLATE and not before[-1:].isspace() and before[-1:] not in '(«„“"'
    )


def _says(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _space_left(plain: str, position: int) -> Span | None:
    """The space that a point at ``position`` leaves behind before punctuation, or at the beginning or end."""
    after = plain[position : position + 1]
    if not position:
        return Span(0, 1) if after.isspace() else None
    if plain[position - 1].isspace() and (not after or after.isspace() or after in _BEFORE_NO_SPACE):
        return Span(position - 1, position)
    return None


def _without(plain: str, marks: Iterable[Mark], cuts: Iterable[Span]) -> Layout:
    """``plain`` without ``cuts``, and the marks moved along."""
    ordered = sorted(cuts)
    kept: list[str] = []
    position = 0
    for cut in ordered:
        kept.append(plain[position : cut.start])
        position = cut.end
    kept.append(plain[position:])

    def moved(place: int) -> int:
        return place - sum(min(cut.end, place) - cut.start for cut in ordered if cut.start < place)

    return Layout("".join(kept), tuple(Mark(mark.id, moved(mark.start), moved(mark.end)) for mark in marks))
