"""Points that stayed behind or were lost, put back at the end of the sentence or clause where they stood.

Source and translation are compared by what both have: pairs already placed, punctuation, numbers, Latin words, names.
Between these landmarks places are interpolated; a point goes to the nearest end of a clause of the same sort.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from expander.language.names import name_similarity, romanise
from expander.translation.layout import Layout, Mark
from expander.translation.settling import word_end

_LANDMARK = re.compile(r"\d+|[A-Za-z][A-Za-z'’-]{2,}")
_NAME = re.compile(r"[^\W\d_]{3,}")
_SORTS = (",،", ";", ":", "—–", "(", ")]", '»”"“', ".!?…")
_FINAL = re.compile(r"[\s.!?…:;,。]*$")
_FINAL_QUOTED = re.compile(r"[\s.!?…:;,。»”\"'’)\]]*$")
_QUOTES = re.compile(r"[»”\"'’)\]]")
_CLOSING = "»”\"'’“"
_REACH = 0.2  # how far, in parts of the sentence, a clause's end may be from where it is expected
_LEAST_REACH = 12
_SAME_NAME = 0.7


class Placer:
    """Finds places of one sentence's points in its translation; ``lang`` is the source's language."""

    def __init__(self, source: Layout, lang: str, target: str, placed: Iterable[Mark]) -> None:
        self.source, self.lang, self.target = source.plain, lang, target
        self.placed = {mark.id: mark for mark in placed}
        self.origins = {mark.id: mark for mark in source.marks}

    def is_at_home(self, point: Mark) -> bool:
        """Whether a point that came back stands at the end of a clause as it does in the source, or does not there."""
        position = self.origins[point.id].start
        if not _ends_clause(self.source, position):
            return True
        return _ends_clause(self.target, point.start) or self._behind_pair(position) == point.start

    def place(self, position: int, end: int) -> tuple[int, bool]:
        """Where source place ``position`` (up to ``end``, where text stands there) is in the translation, and whether
        it was found for sure (else: the end of the clause or sentence).
        """
        before, after = self.source[:position], self.source[end:]
        if not _says(after):
            return self._at_end(after), True
        if not _says(before):
            return len(self.target) - len(self.target.lstrip()), True
        attached = self._behind_pair(position)
        if attached is not None:
            return attached, True  # a link moves within its sentence, and what stands behind it moves along
        found = self._at_punctuation(position, before, after)
        if found is not None:
            return found, True
        landmark = next((there for here, there in self._landmarks[1:-1] if here == position), None)
        if landmark is not None:
            return word_end(self.target, landmark), True
        return self._end_of_clause(position), False

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
        """After a placed pair that ends just here in the source, and the quotation mark that closes after it."""
        for number, origin in self.origins.items():
            closed = self.source[origin.end : position]
            if origin.is_point or number not in self.placed or origin.end > position or closed.strip(_CLOSING):
                continue
            place = word_end(self.target, self.placed[number].end)
            while closed and self.target[place : place + 1] in _CLOSING and place < len(self.target):
                place += 1
            return place
        return None

    def _at_punctuation(self, position: int, before: str, after: str) -> int | None:
        """At the punctuation that stands there in the source: the one with the same number where both texts have
        equally many of its sort, else the nearest one within reach.
        """
        following, preceding = after.lstrip()[:1], before.rstrip()[-1:]
        for sort in _SORTS:
            follows, precedes = following in sort, preceding in sort
            if not (follows or precedes):
                continue
            ours, theirs = _places(sort, self.source), _places(sort, self.target)
            at = len(before.rstrip()) - 1 if precedes else len(self.source) - len(after.lstrip())
            if len(ours) == len(theirs) and at in ours:
                return self._beside(theirs[ours.index(at)], precedes)
            expected = self._expected(position)
            best = min(theirs, key=lambda place: abs(place - expected), default=None)
            if best is not None and abs(best - expected) <= max(_LEAST_REACH, _REACH * len(self.target)):
                return self._beside(best, precedes)
        return None

    def _beside(self, mark: int, behind: bool) -> int:
        return mark + 1 if behind else len(self.target[:mark].rstrip())

    def _end_of_clause(self, position: int) -> int:
        """The first end of a clause or sentence after the place where ``position`` is to be expected."""
        after = word_end(self.target, min(len(self.target), max(0, round(self._expected(position)))))
        following = re.compile(r"[ \u00a0]*[,;:.!?…)](?=\s|$)|[ \u00a0]*[—–]\s").search(self.target, after)
        return following.start() if following else self._at_end("")

    @cached_property
    def _landmarks(self) -> Sequence[tuple[int, int]]:
        """Places that source and translation share, both in ascending order."""
        shared = {(self.origins[number].end, mark.end) for number, mark in self.placed.items()}
        for sort in _SORTS:
            ours, theirs = _places(sort, self.source), _places(sort, self.target)
            if len(ours) == len(theirs):
                shared |= set(zip(ours, theirs, strict=True))
        numbers, others = _unique(_LANDMARK, self.source), _unique(_LANDMARK, self.target)
        shared |= {(numbers[word], others[word]) for word in numbers.keys() & others.keys()}
        shared |= set(self._names())
        return ((0, 0), *_ascending(sorted(shared)), (len(self.source), len(self.target)))

    def _names(self) -> Iterable[tuple[int, int]]:
        """The ends of names that sound alike in both."""
        theirs = {word: place for word, place in _unique(_NAME, self.target).items() if word.isascii()}
        for word, place in _unique(_NAME, self.source).items():
            if self.source[place - len(word)].isupper() and not word.isascii():
                heard = romanise(word, self.lang)
                alike = [other for other in theirs if name_similarity(heard, other) >= _SAME_NAME]
                if len(alike) == 1:
                    yield place, theirs[alike[0]]

    def _expected(self, position: int) -> float:
        index = bisect_right([place for place, _ in self._landmarks], position) - 1
        index = min(index, len(self._landmarks) - 2)
        (left, here), (right, there) = self._landmarks[index], self._landmarks[index + 1]
        return here + (there - here) * (position - left) / max(1, right - left)


def _says(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _ends_clause(text: str, position: int) -> bool:
    before, after = text[:position].rstrip(_CLOSING + " ")[-1:], text[position:].lstrip(_CLOSING + " ")[:1]
    return not after or not (after.isalnum() and (before.isalnum() or not before))


def _places(sort: str, text: str) -> list[int]:
    """Where punctuation of this sort stands; marks inside numbers and words are none."""
    return [
        index
        for index, character in enumerate(text)
        if character in sort and not (text[index - 1 : index].isalnum() and text[index + 1 : index + 2].isalnum())
    ]


def _unique(pattern: re.Pattern[str], text: str) -> dict[str, int]:
    """What ``pattern`` finds once, folded, and where it ends."""
    found: dict[str, list[int]] = {}
    for match in pattern.finditer(text):
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
    return run[::-1]
