"""Links and formatting found again by the words that translate their label.

Candidates are what the caller knows (the English title of a link's target, the engine's own translation of the label),
the label's numbers and dates, Latin words, and its sound in Latin letters. A pair goes around the window of words that
resembles a candidate most; where the same words occur twice, the relative place decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from expander.language.dates import Date, dates
from expander.language.names import exonyms, name_similarity, romanise
from expander.language.numbers import quantities, same_quantity
from expander.translation.layout import Mark
from expander.translation.masked import Masked, Piece
from expander.translation.wording import resemblance, unqualified, weight, word_places
from expander.translation.wording import words as words_of
from expander.values import Span

Hints = Callable[[Piece], Sequence[str]]
"""English wordings that a piece's label may have: the title of its target, a translation of the label."""

_BREAK = re.compile(r"[,;:()\[\]–—]\s|\s[(\[–—]")
_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"]+)[»”“\"]")
_ENOUGH = 0.6
_ENOUGH_OF_TITLE = 0.45  # a text often has just the surname of a person whose title is the whole name
_DISTANCE = 0.2  # what standing at the other end of the sentence costs
_SURE = 0.8
_UNSURE = 0.75
_YEAR_WORD = 6
_JOINS = "-‑’'"


@dataclass(frozen=True, slots=True)
class Found:
    """Where a piece's words stand, and how sure that is (0…1)."""

    mark: Mark
    score: float

    @property
    def is_sure(self) -> bool:
        """Whether nobody needs to look."""
        return self.score >= _SURE


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str


def no_hints(_piece: Piece) -> Sequence[str]:
    """Nothing is known about any label."""
    return ()


def locate(
    lost: Sequence[Piece], masked: Masked, plain: str, taken: Sequence[Mark], hints: Hints, target: str
) -> tuple[Found, ...]:
    """Places in ``plain`` (language ``target``) for pairs that came back without marks; fewer than ``lost`` where the
    words of some cannot be found.
    """
    words = tuple(_Word(match.start(), match.end(), match[0].casefold()) for match in word_places(plain))
    origins = {mark.id: mark for mark in masked.layout.marks}
    options: list[Found] = []
    for piece in lost:
        origin = origins[piece.id]
        there = (origin.start + origin.end) / (2 * max(1, len(masked.plain)))
        for found in _options(piece, masked, plain, words, hints, target):
            here = (found.mark.start + found.mark.end) / (2 * max(1, len(plain)))
            mark = _whole_words(found.mark, plain)
            if plain[: mark.end].endswith(".") and not masked.label(piece).endswith("."):
                mark = replace(mark, end=mark.end - 1)  # a date's «May.» at the end of a sentence
            options.append(Found(mark, found.score - _DISTANCE * abs(here - there)))
    kept: list[Found] = []
    marks = list(taken)
    for option in sorted(options, key=lambda found: (-found.score, found.mark.id, found.mark.start)):
        if all(_compatible(option.mark, mark, masked) for mark in marks):
            kept.append(option)
            marks.append(option.mark)
    return tuple(kept)


def _whole_words(mark: Mark, plain: str) -> Mark:
    """With what is joined to its first and last word by hyphens."""
    start, end = mark.start, mark.end
    while start > 1 and plain[start - 1] in _JOINS and plain[start - 2].isalnum():
        start -= 1
        while start and plain[start - 1].isalnum():
            start -= 1
    while end + 1 < len(plain) and plain[end] in _JOINS and plain[end + 1].isalnum():
        end += 1
        while end < len(plain) and plain[end].isalnum():
            end += 1
    return Mark(mark.id, start, end)


def _compatible(mark: Mark, other: Mark, masked: Masked) -> bool:
    if mark.id == other.id:
        return False
    if mark.end <= other.start or other.end <= mark.start or other.is_point:
        return True
    if other.id in masked.ancestors(masked.pieces[mark.id - 1]):
        return other.start <= mark.start and mark.end <= other.end
    if mark.id in masked.ancestors(masked.pieces[other.id - 1]):
        return mark.start <= other.start and other.end <= mark.end
    return False


def _options(
    piece: Piece, masked: Masked, plain: str, words: Sequence[_Word], hints: Hints, target: str
) -> Iterator[Found]:
    label = masked.label(piece)
    origin = next(mark for mark in masked.layout.marks if mark.id == piece.id)
    outside = masked.plain[: origin.start] + masked.plain[origin.end :]
    if words and not any(character.isalnum() for character in outside):
        yield Found(Mark(piece.id, words[0].start, words[-1].end), 1.0)
    yield from _by_value(piece.id, label, masked.lang, plain, target)
    yield from _by_quotes(piece.id, origin, masked.plain, plain)
    yield from _literally(piece.id, label, plain)
    long_label = len(words_of(label))
    for hint in hints(piece):
        for wording in dict.fromkeys((hint, unqualified(hint))):
            wanted = [word.casefold() for word in words_of(wording)]
            enough = _ENOUGH_OF_TITLE if len(wanted) > long_label else _ENOUGH
            for score, start, end in _windows(wanted, words, resemblance):
                if score >= enough and (_BREAK.search(wording) or not _BREAK.search(plain, start, end)):
                    yield Found(Mark(piece.id, start, end), score)
    wanted, heard = _by_sound(label, masked.lang)
    for score, start, end in _windows(wanted, words, heard):
        if score >= _ENOUGH:
            yield Found(Mark(piece.id, start, end), score * 0.95 if score > _SURE else min(score, _UNSURE))


def _by_value(number: int, label: str, lang: str, plain: str, target: str) -> Iterator[Found]:
    """A number or date that says the same, where the label is nothing but that («1992 года», «8 апреля», «16 млрд»)."""
    if not any(character.isdigit() for character in label):
        return
    digits = re.sub(r"\W", "", label)
    values, own = quantities(label, lang), dates(label, lang)
    if digits.isdigit():
        for match in word_places(plain):
            if re.sub(r"\W", "", match[0]) == digits:
                yield Found(Mark(number, *match.span()), 1.0)
    elif len(values) == 1 and _is_all(label, values[0].span) and (values[0].unit or len(own) != 1):
        for quantity in quantities(plain, target):
            if same_quantity(values[0], quantity):
                yield Found(Mark(number, quantity.span.start, quantity.span.end), 0.9)
    elif len(own) == 1 and _is_all(label, own[0].span):
        yield from _by_date(number, own[0], label, plain, target)


def _by_date(number: int, own: Date, label: str, plain: str, target: str) -> Iterator[Found]:
    wanted = (own.year, own.month, own.day, own.decade, own.century)
    for date in dates(plain, target):
        have = (date.year, date.month, date.day, date.decade, date.century)
        if have == wanted:
            yield Found(Mark(number, date.span.start, date.span.end), 1.0)
        elif all(one is None or one == other for one, other in zip(wanted, have, strict=True)):
            yield from _part_of_date(number, label, plain, date.span.start, date.span.end)


def _is_all(label: str, span: Span) -> bool:
    """Whether at most one short word (the one for year) stands beside ``span``."""
    rest = words_of(label[: span.start] + " " + label[span.end :])
    return len(rest) <= 1 and all(len(word) <= _YEAR_WORD for word in rest)


def _part_of_date(number: int, label: str, plain: str, start: int, end: int) -> Iterator[Found]:
    """«1992 год» within "8 April 1992": the digits that both have; «8 апреля»: the rest before the year."""
    digits = re.findall(r"\d+", label)
    inside = plain[start:end]
    for match in re.finditer(r"\d+", inside):
        if match[0] == digits[-1] and len(match[0]) == 4:
            yield Found(Mark(number, start + match.start(), start + match.end()), 1.0)
            return
    day_month = re.sub(r",?\s*\d{4}$", "", inside)
    if re.search(rf"\b{digits[0]}\b", day_month):
        yield Found(Mark(number, start, start + len(day_month)), 1.0)


def _literally(number: int, label: str, plain: str) -> Iterator[Found]:
    """The label as it stands: symbols, Latin words."""
    pattern = rf"(?<!\w){re.escape(label)}(?!\w)"
    return (Found(Mark(number, *match.span()), 0.95) for match in re.finditer(pattern, plain))


def _by_quotes(number: int, origin: Mark, source: str, plain: str) -> Iterator[Found]:
    """The words in quotation marks, where source and translation have equally many quotations."""
    ours, theirs = list(_QUOTED.finditer(source)), list(_QUOTED.finditer(plain))
    if len(ours) == len(theirs):
        for one, other in zip(ours, theirs, strict=True):
            if (one.start(1), one.end(1)) == (origin.start, origin.end):
                yield Found(Mark(number, other.start(1), other.end(1)), 0.85)
            elif (one.start(), one.end()) == (origin.start, origin.end):
                yield Found(Mark(number, other.start(), other.end()), 0.85)


def _by_sound(label: str, lang: str) -> tuple[list[str], Callable[[str, str], float]]:
    wanted = words_of(label)

    def heard(word: str, have: str) -> float:
        return _sound_resemblance(word, have, lang)

    return wanted, heard


@lru_cache(maxsize=65536)
def _sound_resemblance(word: str, have: str, lang: str) -> float:
    known = [part for english in exonyms(word, lang) for part in english.casefold().split()]
    if any(resemblance(have, part) for part in known):
        return 1.0
    if word[0].islower() and not word.isascii():
        return 0.0  # common words are translated, not spelled in other letters
    return name_similarity(romanise(word, lang), have)


def _windows(
    wanted: Sequence[str], words: Sequence[_Word], alike: Callable[[str, str], float]
) -> Iterator[tuple[float, int, int]]:
    """Windows of ``words`` that begin and end with a wanted word: score, start, end."""
    if not wanted or not words:
        return
    alikes = [[alike(want, word.folded) for word in words] for want in wanted]
    best = [max(column) for column in zip(*alikes, strict=True)]
    hits = [index for index, value in enumerate(best) if value > 0]
    ends = {wanted[0], wanted[-1]}
    edges = [index for index in hits if weight(words[index].folded) >= 1 or words[index].folded in ends]
    weights = [weight(want) for want in wanted]
    for first in edges:
        for last in edges:
            if first <= last <= first + len(wanted) + 1:
                matched, used = _matched(alikes, weights, range(first, last + 1))
                extra = sum(weight(words[index].folded) for index in range(first, last + 1) if index not in used)
                yield matched / (sum(weights) + extra), words[first].start, words[last].end


def _matched(alikes: Sequence[Sequence[float]], weights: Sequence[float], window: range) -> tuple[float, set[int]]:
    """The weight of what is found in the window and the words that count, each for one wanted word."""
    used: set[int] = set()
    total = 0.0
    for share, row in zip(weights, alikes, strict=True):
        index = max((index for index in window if index not in used), key=lambda at: row[at], default=None)
        if index is not None and row[index] > 0:
            used.add(index)
            total += share * row[index]
    return total, used
