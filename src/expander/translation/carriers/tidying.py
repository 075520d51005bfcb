"""White space around places where a tag was taken out of an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from expander.translation.layout import Layout, Mark
from expander.translation.masked import Masked
from expander.translation.settling import inside_word

_NO_SPACE_BEFORE = ".,;:!?…)»”"
_SPACES = re.compile(r"\s{2,}")
_Gap = tuple[int, int, str]  # start, end, and the white space that should be there


def tidy(layout: Layout, masked: Masked) -> Layout:
    """``layout`` with one space, or none before punctuation, where tags left several or tore words together."""
    gaps = _gaps(layout, masked)
    if not gaps:
        return layout
    out: list[str] = []
    position = 0
    for start, end, wanted in gaps:
        out += (layout.plain[position:start], wanted)
        position = end
    out.append(layout.plain[position:])
    return Layout("".join(out), tuple(_moved(mark, gaps, masked) for mark in layout.marks), layout.broken)


def _gaps(layout: Layout, masked: Masked) -> Sequence[_Gap]:
    """Where white space must change, in order."""
    plain = layout.plain
    found: dict[int, _Gap] = {}
    standing = {mark.start for mark in layout.marks if mark.is_point and _stands_alone(mark, masked)}
    for mark in layout.marks:
        for place in {mark.start, mark.end} - standing:
            start, end = _blank_around(plain, place)
            wanted = _wanted(plain, start, end) if end > start else _torn(layout, place, masked)
            if wanted != plain[start:end]:
                found[start] = (start, end, wanted)
    for match in _SPACES.finditer(plain):  # where a token was, and is gone
        if match.start() not in found and not any(match.start() <= place <= match.end() for place in standing):
            found[match.start()] = (match.start(), match.end(), " ")
    return [found[start] for start in sorted(found)]


def _moved(mark: Mark, gaps: Sequence[_Gap], masked: Masked) -> Mark:
    def to(place: int, behind: bool) -> int:
        shift = 0
        for start, end, wanted in gaps:
            if place < start:
                break
            if place <= end:
                return start + shift + (len(wanted) if behind else 0)
            shift += len(wanted) - (end - start)
        return place + shift

    if mark.is_point:
        place = to(mark.start, _stands_alone(mark, masked))
        return Mark(mark.id, place, place)
    return Mark(mark.id, to(mark.start, True), to(mark.end, False))


def _blank_around(plain: str, place: int) -> tuple[int, int]:
    start = end = place
    while start > 0 and plain[start - 1].isspace():
        start -= 1
    while end < len(plain) and plain[end].isspace():
        end += 1
    return start, end


def _wanted(plain: str, start: int, end: int) -> str:
    if start == 0 or end == len(plain) or plain[end] in _NO_SPACE_BEFORE:
        return ""
    return plain[start:end] if end - start == 1 else " "


def _torn(layout: Layout, place: int, masked: Masked) -> str:
    """A space where an engine left none between a pair and the word beside it, and the source has one there."""
    if not inside_word(layout.plain, place):
        return ""
    origins = {mark.id: mark for mark in masked.layout.marks}
    for mark in layout.marks:
        if mark.is_point or mark.id not in origins or place not in (mark.start, mark.end):
            continue
        origin = origins[mark.id]
        edge = origin.start if place == mark.start else origin.end
        if not inside_word(masked.plain, edge):
            return " "
    return ""


def _stands_alone(mark: Mark, masked: Masked) -> bool:
    """Whether the source has a space before the point: it stands for a word, and the spaces around it are its own."""
    origin = next((entry for entry in masked.layout.marks if entry.id == mark.id), None)
    return origin is not None and masked.plain[origin.start - 1 : origin.start].isspace()
