"""Points that stayed behind or were lost, put back at the end of the sentence or clause where they stood.

Places of source and translation are compared by what both have: numbers, Latin words, pairs already placed. Between
these landmarks places are interpolated; a point then goes to the nearest end of a clause of the same sort.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from expander.translation.layout import Layout, Mark
from expander.translation.settling import word_end

_LANDMARK = re.compile(r"\d+|[A-Za-z][A-Za-z'’-]{2,}")
_SORTS = (",،", ";", ":", "—–-", ")]", '»”"“', ".!?…")
_FINAL = re.compile(r"[\s.!?…:;,。]*$")
_FINAL_QUOTED = re.compile(r"[\s.!?…:;,。»”\"'’)\]]*$")
_QUOTES = re.compile(r"[»”\"'’)\]]")
_REACH = 0.2  # how far, in parts of the sentence, a clause's end may be from where it is expected
_LEAST_REACH = 12


class Placer:
    """Finds places of one sentence's points in its translation."""

    def __init__(self, source: Layout, target: str, placed: Iterable[Mark]) -> None:
        self.source, self.target = source.plain, target
        self.placed = {mark.id: mark for mark in placed}
        self.origins = {mark.id: mark for mark in source.marks}
        self.landmarks = self._landmarks()

    def is_at_home(self, point: Mark) -> bool:
        """Whether a point that came back stands at the end of a clause as it does in the source, or does not there."""
        position = self.origins[point.id].start
        if not _ends_clause(self.source, position):
            return True
        return _ends_clause(self.target, point.start) or any(
            mark.end == point.start and self.origins[number].end == position for number, mark in self.placed.items()
        )

    def place(self, position: int, end: int | None = None) -> tuple[int, bool]:
        """Where source place ``position`` (up to ``end``, where text stands there) is in the translation, and whether
        its clause was found (else: the end of the sentence).
        """
        before, after = self.source[:position], self.source[position if end is None else end :]
        if not _says(after):
            return self._at_end(after), True
        if not _says(before):
            return len(self.target) - len(self.target.lstrip()), True
        attached = self._behind_pair(position)
        if attached is not None:
            return attached, True  # a link moves within its sentence, and what stands behind it moves along
        expected = self._expected(position)
        reach = max(_LEAST_REACH, _REACH * len(self.target))
        for candidates in self._candidates(before, after):
            if candidates:
                best = min(candidates, key=lambda place: (abs(place - expected), place))
                if abs(best - expected) <= reach:
                    return best, True
                break
        if self._is_mid_clause(before, after) and self._is_near_landmark(position):
            return word_end(self.target, round(expected)), True
        return self._at_end(""), False

    def place_anywhere(self, position: int) -> int:
        """The end of the word where source place ``position`` is to be expected, for what nobody sees."""
        return word_end(self.target, min(len(self.target), max(0, round(self._expected(position)))))

    def _at_end(self, rest: str) -> int:
        """Before the last full stop where ``rest`` of the source has one, else at the very end."""
        target = self.target.rstrip()
        if target.endswith(rest.strip()):
            return len(target) - len(rest.strip())
        pattern = _FINAL_QUOTED if _QUOTES.search(rest) else _FINAL
        found = pattern.search(target)
        return found.start() if found and _says(target[: found.start()]) else len(target)

    def _behind_pair(self, position: int) -> int | None:
        """After a placed pair that ends just here in the source."""
        for number, origin in self.origins.items():
            if origin.end == position and not origin.is_point and number in self.placed:
                return word_end(self.target, self.placed[number].end)
        return None

    def _candidates(self, before: str, after: str) -> Iterable[list[int]]:
        following, preceding = after.lstrip()[:1], before.rstrip()[-1:]
        for sort in _SORTS:
            if following in sort:
                yield [match.start() for match in re.finditer(rf"[ \u00a0]*[{re.escape(sort)}]", self.target)]
        for sort in _SORTS:
            if preceding in sort:
                yield [match.end() for match in re.finditer(f"[{re.escape(sort)}]", self.target)]

    def _is_mid_clause(self, before: str, after: str) -> bool:
        following, preceding = after.lstrip()[:1], before.rstrip()[-1:]
        return preceding.isalnum() and following.isalnum()

    def _is_near_landmark(self, position: int) -> bool:
        return any(abs(position - place) <= _LEAST_REACH // 4 for place, _ in self.landmarks[1:-1])

    def _landmarks(self) -> Sequence[tuple[int, int]]:
        """Places that source and translation share, both in ascending order."""
        shared = [
            (self.origins[number].end, mark.end) for number, mark in self.placed.items() if number in self.origins
        ]
        ours, theirs = _unique(self.source), _unique(self.target)
        shared += [(ours[word], theirs[word]) for word in ours.keys() & theirs.keys()]
        return ((0, 0), *_ascending(sorted(shared)), (len(self.source), len(self.target)))

    def _expected(self, position: int) -> float:
        index = bisect_right([place for place, _ in self.landmarks], position) - 1
        index = min(index, len(self.landmarks) - 2)
        (left, here), (right, there) = self.landmarks[index], self.landmarks[index + 1]
        return here + (there - here) * (position - left) / max(1, right - left)


def _ends_clause(text: str, position: int) -> bool:
    before, after = text[:position].rstrip()[-1:], text[position:].lstrip()[:1]
    return not after or not (after.isalnum() and (before.isalnum() or not before))


def _says(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _unique(text: str) -> dict[str, int]:
    """Landmarks that occur once, and where they end."""
    found: dict[str, list[int]] = {}
    for match in _LANDMARK.finditer(text):
        found.setdefault(match[0].casefold(), []).append(match.end())
    return {word: places[0] for word, places in found.items() if len(places) == 1}


def _ascending(pairs: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """The longest run of ``pairs`` (sorted by the first) that ascends in both."""
    best: list[tuple[int, int | None]] = []
    for index, (here, there) in enumerate(pairs):
        length, previous = 1, None
        for earlier in range(index):
            if pairs[earlier][0] < here and pairs[earlier][1] < there and best[earlier][0] + 1 > length:
                length, previous = best[earlier][0] + 1, earlier
        best.append((length, previous))
    at: int | None = max(range(len(best)), key=lambda index: best[index][0]) if best else None
    run: list[tuple[int, int]] = []
    while at is not None:
        run.append(pairs[at])
        at = best[at][1]
    run.reverse()
    return run
