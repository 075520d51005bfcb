"""Where English has a fact: for every fact of a source sentence the English units that say the same.

Facts are looked up, never compared pair by pair, so that the cost grows with the length of the articles, not with its
square.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from expander.alignment.facts import Facts, Link
from expander.language.dates import Date
from expander.language.names import Name, exonyms, name_similarity, romanise, sound, sounds_close
from expander.language.numbers import Quantity, base_value, same_quantity
from expander.values import Span

Units = frozenset[int]
_NOWHERE: Units = frozenset()
_WORD = re.compile(r"[^\W_]+")
_DATE_STRENGTHS = {"day": 1.0, "year": 0.7, "number": 0.8, "month": 0.6, "period": 0.6}
_IDIOM = 3
_PART_STRENGTH = 0.5
_ROUNDING = 0.03  # how far apart, relatively, rounded or converted figures may lie


@dataclass(frozen=True, slots=True)
class Found:
    """A fact of a source sentence (as it stands there) and the English units that say it.

    ``kind`` is ``number``, ``year``, ``day``, ``month``, ``period`` (decade, century, season), ``name``,
    ``name part`` (another word of a name, where English has it), ``link`` or ``reference``. ``strength`` (0…1) tells
    how unlikely it is that two texts share it by chance: a year less than a day, «7» less than «6400 МВт». ``begins``
    marks a single capitalised word at the sentence's beginning, which may be no name.
    """

    kind: str
    text: str
    span: Span
    units: Units
    strength: float = 1.0
    begins: bool = False


class Postings:
    """The facts of one article's units (``english``, in language ``there``) by content, to be looked up with facts of
    language ``lang``.
    """

    def __init__(self, english: Sequence[Facts], lang: str, there: str = "en") -> None:
        self._lang = lang
        self._words: dict[str, set[int]] = defaultdict(set)
        self._dates: dict[tuple[str, int], set[int]] = defaultdict(set)
        self._titles: dict[str, set[int]] = defaultdict(set)
        self._references: dict[str, set[int]] = defaultdict(set)
        numbers: list[tuple[float, int, Quantity]] = []
        capitals: set[str] = set()
        for unit, facts in enumerate(english):
            self._add(unit, facts, there)
            for quantity in facts.numbers:
                numbers += {(value, unit, quantity) for value in (quantity.value, base_value(quantity))}
            capitals.update(part for name in facts.names for word in name.words for part in _parts(word, there))
        self._numbers = sorted(numbers, key=lambda entry: entry[:2])
        self._values = [value for value, _, _ in self._numbers]
        self._sounds: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))  # by first consonant
        for word in sorted(capitals):
            for reading in sound(word):
                self._sounds[reading[:1]][reading].append(word)
        self.with_word = cache(self._with_word)

    def _add(self, unit: int, facts: Facts, there: str) -> None:
        """Note where words, dates, links and references stand."""
        exonyms_there = (exonym for name in facts.names for word in name.words for exonym in exonyms(word, there))
        for word in _WORD.findall(romanise(facts.words, there)):
            self._words[word].add(unit)
        for exonym in exonyms_there:
            for part in _parts(exonym, "en"):
                self._words[part].add(unit)
        for date in facts.dates:
            for key in date_keys(date):
                self._dates[key].add(unit)
        for link in facts.links:
            if link.title:
                self._titles[link.title].add(unit)
        for reference in facts.references:
            self._references[reference].add(unit)

    def find(self, facts: Facts) -> Iterator[Found]:
        """The facts of a source sentence in the order in which it states them, then its links and references."""
        linked = {link: self._with_title(link.title) for link in facts.links if link.title}
        stated = [*self._found_dates(facts), *self._found_numbers(facts), *self._found_names(facts, linked)]
        yield from sorted(stated, key=lambda found: (found.span.start, found.span.end, found.kind))
        for link, units in linked.items():
            yield Found("link", link.label, link.span, units)
        for reference in facts.references:
            yield Found("reference", reference, Span(0, 0), frozenset(self._references.get(reference, ())))

    def _found_dates(self, facts: Facts) -> Iterator[Found]:
        for date in facts.dates:
            text = date.span.of(facts.words)
            for kind, key in _components(date):
                units = frozenset().union(*(self._dates.get(item, ()) for item in key))
                if kind == "year" and date.year and not units:  # «1430 орудий» looks like a year
                    units = self._with_value(Quantity(date.year, "", date.span))
                    kind = "number" if units else kind
                said = _without_year(text, date) if kind in ("day", "month") else text
                yield Found(kind, said, date.span, units, _DATE_STRENGTHS[kind])

    def _found_numbers(self, facts: Facts) -> Iterator[Found]:
        for quantity in facts.numbers:
            units = self._with_value(quantity)
            if not quantity.unit and quantity.value.is_integer():
                units |= frozenset(self._dates.get(("year", int(quantity.value)), ()))
            yield Found("number", quantity.span.of(facts.words), quantity.span, units, _strength(quantity))

    def _found_names(self, facts: Facts, linked: dict[Link, Units]) -> Iterator[Found]:
        for name in facts.names:
            by_link = (units for link, units in linked.items() if _overlap(link.span, name.span))
            whole = frozenset().union(self._with_name(name), *by_link)
            yield Found("name", name.text, name.span, whole, begins=name.first)
            for word in name.words[:-1]:
                if units := self.with_word(word) - whole:
                    yield Found("name part", word, name.span, units, _PART_STRENGTH)

    def _with_value(self, quantity: Quantity) -> Units:
        found: set[int] = set()
        for value in {quantity.value, base_value(quantity)}:
            low, high = sorted((value * (1 - _ROUNDING), value * (1 + _ROUNDING)))
            entries = self._numbers[bisect_left(self._values, low) : bisect_right(self._values, high)]
            found.update(unit for _, unit, other in entries if same_quantity(quantity, other))
        return frozenset(found)

    def _with_name(self, name: Name) -> Units:
        """Units with the name's last word (a surname, the head of a term) or with two of its words."""
        by_word = [self.with_word(word) for word in name.words]
        twice = Counter(unit for units in by_word for unit in units)
        return by_word[-1] | {unit for unit, times in twice.items() if times > 1}

    def _with_title(self, title: str) -> Units:
        """Units that link to the title or write it out; a disambiguating bracket is not written out."""
        words = _WORD.findall(romanise(re.sub(r"\s*\(.*\)$", "", title), "en"))
        return frozenset(self._titles.get(title, ())) | self._with_all(words)

    def _with_all(self, words: Iterable[str]) -> Units:
        postings = [self._words.get(word, set()) for word in words]
        return frozenset(set.intersection(*postings)) if postings else _NOWHERE

    def _with_word(self, word: str) -> Units:
        """Units with this word of a name, in whatever form English has it."""
        found: set[int] = set()
        for english in exonyms(word, self._lang):
            found |= self._with_all(_WORD.findall(romanise(english, "en")))
        parts = [
            frozenset().union(*(self._words[match] for match in self._alike(part))) for part in _parts(word, self._lang)
        ]
        return frozenset(found) | (frozenset.intersection(*parts) if parts else _NOWHERE)

    def _alike(self, romanised: str) -> Iterator[str]:
        candidates = {
            word
            for reading in sound(romanised)
            for other, words in self._sounds.get(reading[:1], {}).items()
            if sounds_close(reading, other)
            for word in words
        }
        return (word for word in candidates if name_similarity(romanised, word))


def date_keys(date: Date) -> Iterator[tuple[str, int]]:
    """Keys under which a date is found again: year, day of the year, month of the year, decade, century, season."""
    for kind, keys in _components(date):
        yield from keys
        if kind == "day" and date.year and date.month:
            yield ("month", date.year * 12 + date.month)
    if date.month:
        yield ("any month", date.month)
        if date.year:  # a day in July 1906 is in the summer of 1906
            yield ("season", date.year * 4 + date.month % 12 // 3)


def _components(date: Date) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
    """What a date says, part by part: (kind, the keys that say the same)."""
    if date.year is not None:
        yield "year", (("year", date.year),)
    if date.month and date.day:
        days = [(date.month, date.day), *([date.other] if date.other else [])]
        yield "day", tuple(("day", month * 100 + day) for month, day in days)
    elif date.month and date.year:
        yield "month", (("month", date.year * 12 + date.month),)
    elif date.month:
        yield "month", (("any month", date.month),)
    if date.season is not None and date.year:
        yield "period", (("season", date.year * 4 + date.season),)
    if date.decade is not None:
        yield "period", (("decade", date.decade % 100),)
    if date.century is not None:
        yield "period", (("century", date.century),)


def _without_year(text: str, date: Date) -> str:
    return re.sub(rf"[,\s]*\b{abs(date.year)}\b.*", "", text) if date.year else text


def _parts(word: str, lang: str) -> tuple[str, ...]:
    return tuple(part for part in _WORD.findall(romanise(word, lang)) if len(part) > 1)


def _strength(quantity: Quantity) -> float:
    """Each digit that is written adds to it, so does a unit. Small number words and ordinals are often idiom, and the
    hour of the day is written in too many ways («14 часов», "two o'clock").
    """
    if quantity.unit == "h" or (quantity.word and quantity.value <= _IDIOM):
        return 0.2
    digits = 1 if quantity.word else len(str(round(abs(quantity.value) / quantity.ulp)))
    return min(1.0, 0.2 + 0.2 * digits + (0.2 if quantity.unit else 0.0))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
