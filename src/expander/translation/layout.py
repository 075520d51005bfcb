"""Canonical masked text as plain text with intervals over it.

Everything that moves markup (carriers, settling, placing) works on intervals; tags are made of them once, at the end,
and are then well nested whatever an engine answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TAG = re.compile(r"<(/?)([0-9]{1,6})(/?)>")
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where piece ``id`` stands in a plain text, in code points; a point has ``start == end``."""

    id: int
    start: int
    end: int

    @property
    def is_point(self) -> bool:
        """Whether it covers no text."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Layout:
    """Plain text and its marks, in order of appearance. ``broken`` are ids whose opening or closing tag is missing."""

    plain: str
    marks: tuple[Mark, ...] = ()
    broken: tuple[int, ...] = ()


def escape(text: str) -> str:
    """``text`` as it stands in canonical masked text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The text that :func:`escape` made ``text`` of."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def on_one_line(text: str) -> str:
    """``text`` with a space for each line break, tab, control and zero-width character, so that it begins no line."""
    return _BREAKS.sub(" ", text)


def tokens(canonical: str) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
    """The text runs of ``canonical`` (as they stand, escaped) and the tags between them: (``open``, ``close`` or
    ``point``, id).
    """
    parts = _TAG.split(canonical)
    tags = []
    for closing, number, alone in zip(parts[1::4], parts[2::4], parts[3::4], strict=True):
        tags.append(("close" if closing else "point" if alone else "open", int(number)))
    return tuple(parts[0::4]), tuple(tags)


class Collector:
    """Builds a layout from text and tags as they come, in any order and number."""

    def __init__(self) -> None:
        self.text = ""
        self._marks: list[tuple[int, Mark]] = []
        self._open: list[tuple[int, int, int]] = []
        self._broken: list[int] = []
        self._order = 0

    def tag(self, form: str, number: int) -> None:
        """A tag at the end of the text so far; ``form`` is open, close or point."""
        self._order += 1
        here = len(self.text)
        if form == "point":
            self._marks.append((self._order, Mark(number, here, here)))
        elif form == "open":
            self._open.append((number, here, self._order))
        else:
            for index in range(len(self._open) - 1, -1, -1):
                if self._open[index][0] == number:
                    _, start, order = self._open.pop(index)
                    self._marks.append((order, Mark(number, start, here)))
                    return
            self._broken.append(number)

    def layout(self) -> Layout:
        """What has been collected."""
        marks = tuple(mark for _, mark in sorted(self._marks, key=lambda entry: entry[0]))
        return Layout(self.text, marks, (*self._broken, *(number for number, _, _ in self._open)))


def read(canonical: str) -> Layout:
    """The layout of canonical masked text; whatever is not a tag is text."""
    runs, tags = tokens(canonical)
    collector = Collector()
    collector.text = unescape(runs[0])
    for (form, number), run in zip(tags, runs[1:], strict=True):
        collector.tag(form, number)
        collector.text += unescape(run)
    return collector.layout()


def write(plain: str, marks: Iterable[Mark], around: dict[int, frozenset[int]]) -> str:
    """Canonical masked text of ``plain`` with ``marks``, which must not cross each other.

    ``around`` are the ids of the pieces around each piece in the source: a point at the very edge of a pair stands
    inside it only if it did so there. Pairs over the same text nest by number; points at one place keep their order.
    """
    ordered = list(marks)
    pairs = sorted((mark for mark in ordered if not mark.is_point), key=lambda mark: (mark.start, -mark.end, mark.id))
    points = sorted((mark for mark in ordered if mark.is_point), key=lambda mark: mark.start)
    out: list[str] = []
    stack: list[Mark] = []
    position = 0

    def text_to(end: int) -> None:
        nonlocal position
        out.append(escape(plain[position:end]))
        position = end

    def close_until(inside: frozenset[int], end: int) -> None:
        # leave every pair that ends here and does not hold what comes next
        while stack and (stack[-1].end < end or (stack[-1].end == end and stack[-1].id not in inside)):
            text_to(stack[-1].end)
            out.append(f"</{stack.pop().id}>")

    waiting = list(reversed(pairs))
    for point in points:
        inside = around.get(point.id, frozenset())
        while waiting and (waiting[-1].start < point.start or _holds(waiting[-1], point, inside)):
            pair = waiting.pop()
            close_until(frozenset(), pair.start)
            text_to(pair.start)
            out.append(f"<{pair.id}>")
            stack.append(pair)
        close_until(inside, point.start)
        text_to(point.start)
        out.append(f"<{point.id}/>")
    while waiting:
        pair = waiting.pop()
        close_until(frozenset(), pair.start)
        text_to(pair.start)
        out.append(f"<{pair.id}>")
        stack.append(pair)
    close_until(frozenset(), len(plain))
    text_to(len(plain))
    return "".join(out)


def _holds(pair: Mark, point: Mark, inside: frozenset[int]) -> bool:
    return pair.start == point.start and pair.id in inside
