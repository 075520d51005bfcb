"""White space around places where a tag was taken out of an answer."""

from __future__ import annotations

from expander.translation.layout import Layout, Mark
from expander.translation.masked import Masked
from expander.translation.settling import inside_word

_NO_SPACE_BEFORE = ".,;:!?…)»”"


def tidy(layout: Layout, masked: Masked) -> Layout:
    """``layout`` with one space, or none before punctuation, where the tags left several or tore words together."""
    plain = layout.plain
    places = sorted(
        {
            place
            for mark in layout.marks
            for place in (mark.start, mark.end)
            if not (mark.is_point and _stands_alone(mark, masked))
        }
    )
    gaps: list[tuple[int, int, str]] = []
    for place in places:
        start, end = _blank_around(plain, place)
        if gaps and start < gaps[-1][1]:
            continue
        wanted = _wanted(plain, start, end) if end > start else _torn(layout, place, masked)
        if wanted != plain[start:end]:
            gaps.append((start, end, wanted))
    if not gaps:
        return layout
    out: list[str] = []
    position = 0
    for start, end, wanted in gaps:
        out += (plain[position:start], wanted)
        position = end
    out.append(plain[position:])

    def moved(place: int, to_end: bool) -> int:
        shift = 0
        for start, end, wanted in gaps:
            if place < start:
                break
            if start <= place <= end:
                return start + shift + (len(wanted) if to_end else 0)
            shift += len(wanted) - (end - start)
        return place + shift

    marks = tuple(
        Mark(mark.id, place := moved(mark.start, _stands_alone(mark, masked)), place)
        if mark.is_point
        else Mark(mark.id, moved(mark.start, True), moved(mark.end, False))
        for mark in layout.marks
    )
    return Layout("".join(out), marks, layout.broken)


def _blank_around(plain: str, place: int) -> tuple[int, int]:
    start = end = place
    while start > 0 and plain[start - 1].isspace():
        start -= 1
    while end < len(plain) and plain[end].isspace():
        end += 1
    return start, end


def _wanted(plain: str, start: int, end: int) -> str:
    if end - start == 1 and plain[end : end + 1] not in _NO_SPACE_BEFORE:
        return plain[start:end]
    return "" if start == 0 or end == len(plain) or plain[end] in _NO_SPACE_BEFORE else " "


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
