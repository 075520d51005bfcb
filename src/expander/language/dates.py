"""Dates, years, decades, centuries and seasons, as values that can be compared across languages.

«15 (27) сентября 1868 года», "September 27, 1868" and "27 September 1868" share a day. What months and centuries are
called is data (topic ``dates``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from expander.language.knowledge import topic
from expander.language.numbers import forms_pattern, roman_value
from expander.values import Span


class DateRules(msgspec.Struct, frozen=True):
    """Topic ``dates``: forms of months, seasons and of the words for year and century (``*``: any ending).

    ``ordinals`` are endings of day and century numbers ("th"), ``ordinal_words`` written-out ones;
    ``decade_endings`` make a year a decade ("s", «-х»); ``century_number_first`` tells whether the number stands
    before the word for century. A month without day or year counts only after ``before_lone_months`` ("in May", but
    not "it may"); where none are listed, always. ``relative`` are words that stand for a year ("the following year");
    ``no_longer`` words say that something was so once ("first", "former").
    """

    months: tuple[tuple[str, ...], ...] = ()
    seasons: tuple[tuple[str, ...], ...] = ()
    year_words: tuple[str, ...] = ()
    century_words: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()
    ordinal_words: Mapping[str, int] = msgspec.field(default_factory=dict)
    decade_endings: tuple[str, ...] = ()
    before_christ: tuple[str, ...] = ()
    century_number_first: bool = True
    before_lone_months: tuple[str, ...] = ()
    relative: tuple[str, ...] = ()
    no_longer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Date:
    """A point or stretch of time as it stands in a text; what is not said is None.

    ``decade`` is the decade's first year (that of "the 1800s" may mean the century, which is given too), ``season`` 0
    (winter) … 3 (autumn). Years before Christ are negative. ``other`` is the (month, day) of the other calendar where
    both are given: «15 (27) сентября».
    """

    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    decade: int | None = None
    century: int | None = None
    season: int | None = None
    other: tuple[int, int] | None = None


_SPACE = "[ \u00a0\u2009\u202f]"
_DASH = "[-–—−]"
_YEAR = r"(?:1\d{3}|20\d{2})"
_SHORT_YEAR = 100


def dates(text: str, lang: str) -> tuple[Date, ...]:
    """All dates of ``text``, in order; both ends of a range are given apart."""
    return tuple(sorted(_grammar(lang).find(text), key=lambda date: (date.span.start, date.span.end)))


def has_relative_date(text: str, lang: str) -> bool:
    """Whether ``text`` dates something by what was said before: "the following year", "five years later"."""
    return bool(_grammar(lang).relative.search(text))


def is_of_the_past(text: str, lang: str) -> bool:
    """Whether ``text`` tells of a holder or state that it calls first or former."""
    return bool(_grammar(lang).no_longer.search(text))


class _Grammar:
    """One language's dates as regular expressions, in the order in which they claim text."""

    def __init__(self, rules: DateRules) -> None:
        self.relative = re.compile(rf"(?<!\w)(?:{_any(rules.relative)})(?!\w)", re.IGNORECASE)
        self.no_longer = re.compile(rf"(?<!\w)(?:{_any(rules.no_longer)})(?!\w)", re.IGNORECASE)
        self._ordinal_words = {word.casefold(): value for word, value in rules.ordinal_words.items()}
        self._months = [re.compile(rf"(?:{forms_pattern(forms)})\Z", re.IGNORECASE) for forms in rules.months]
        self._seasons = [re.compile(rf"(?:{forms_pattern(forms)})\Z", re.IGNORECASE) for forms in rules.seasons]
        months = _any(form for forms in rules.months for form in forms)
        month = rf"(?P<month>{months})(?!\w)\.?"
        season = rf"(?P<season>{_any(form for forms in rules.seasons for form in forms)})(?!\w)"
        year_word = rf"(?:{_any(rules.year_words)})(?!\w)\.?"
        ordinal = rf"(?:{_any(rules.ordinals)})?"
        day = rf"(?<![\w,.])(?P<day>[0-3]?\d){ordinal}"
        until = rf"(?:{_SPACE}?{_DASH}{_SPACE}?(?P<until>[0-3]?\d){ordinal})?"
        year = rf"(?:{year_word}{_SPACE})?(?P<year>{_YEAR})(?!\d)"
        number = rf"[IVX]{{1,5}}|\d{{1,2}}{ordinal}|{_any(rules.ordinal_words)}"
        centuries = (
            rf"(?:(?P<first>{number})(?:{_SPACE}?{_DASH}{_SPACE}?|{_SPACE}\w{{1,3}}{_SPACE}))?(?P<century>{number})"
        )
        word = rf"(?:{_any(rules.century_words)})(?!\w)"
        before = rf"(?:{_any(rules.before_lone_months)}){_SPACE}" if rules.before_lone_months else ""
        number_first, word_first = (
            rf"(?<!\w){centuries}(?:{_SPACE}|-){word}",
            rf"(?<!\w){word}{_SPACE}{centuries}(?!\w)",
        )
        patterns = [
            number_first if rules.century_number_first else word_first,
            r"(?<![\d.])(?P<day>[0-3]\d)\.(?P<digits>[01]\d)\.(?P<year>\d{4})(?!\d)",
            r"(?<![\d-])(?P<year>\d{4})-(?P<digits>[01]?\d)-(?P<day>[0-3]?\d)(?![\d-])",
            rf"{day}{until}{_SPACE}{month}{_SPACE}[\[(](?:\w\.{_SPACE}?\w\.{_SPACE})?(?P<new>[0-3]?\d)(?:{_DASH}(?P<new_until>[0-3]?\d))?"
            rf"{_SPACE}(?P<new_month>{months})[\])]"
            rf"(?:,?{_SPACE}{year})?",
            rf"{day}{until}(?:{_SPACE}\((?P<new>[0-3]?\d)\))?{_SPACE}(?:of{_SPACE})?{month}(?:,?{_SPACE}{year})?",
            rf"(?<!\w){month}{_SPACE}(?P<day>[0-3]?\d){ordinal}(?!\d){until}(?:,?{_SPACE}{year})?",
            rf"(?<!\w){month},?{_SPACE}(?:of{_SPACE})?{year}",
            rf"(?<!\w){season},?{_SPACE}(?:of{_SPACE})?{year}",
            rf"(?<!\w)(?P<decade>(?:1\d\d|20\d|\d)0)(?:{_any(rules.decade_endings)})(?!\w)",
            rf"(?<![\w.,])(?P<year>\d{{1,4}})(?:{_SPACE}{year_word})?{_SPACE}(?P<christ>{_any(rules.before_christ)})",
            rf"(?<![\w.,])(?P<since>{_YEAR}){_SPACE}?{_DASH}{_SPACE}?(?P<year>{_YEAR}|\d\d)(?!\d)",
            rf"(?<![\w.,]){year}(?![.,]\d)(?!{_SPACE}\d{{3}}(?!\d))",
            rf"(?<![\w.,])(?P<year>\d{{3}}){_SPACE}{year_word}",
        ]  # fmt: skip
        self._compiled = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
        # "it may" is no month, and neither is «Марта»
        self._compiled.append(re.compile(rf"(?<!\w){before}{month}"))

    def find(self, text: str) -> Iterator[Date]:
        taken = bytearray(len(text))
        for pattern in self._compiled:
            for match in pattern.finditer(text):
                if any(taken[match.start() : match.end()]):
                    continue
                found = list(self._read(match))
                if found:
                    taken[match.start() : match.end()] = b"\1" * len(match[0])
                    yield from found

    def _read(self, match: re.Match[str]) -> Iterator[Date]:
        said = {name: value for name, value in match.groupdict().items() if value}
        span = Span(*match.span())
        for name in ("first", "century"):
            if name in said and (century := self._century(said[name])):
                yield Date(span, century=century)
        if "decade" in said:
            decade = int(said["decade"])
            yield Date(span, decade=decade, century=decade // 100 + 1 if decade >= 1000 and decade % 100 == 0 else None)
        year = int(said["year"]) if "year" in said else None
        if "since" in said and year is not None:
            since = int(said["since"])
            yield Date(span, year=since)
            yield Date(span, year=year if year >= _SHORT_YEAR else since - since % _SHORT_YEAR + year)
            return
        month = self._index(self._months, said.get("month"), 1) if "month" in said else _number(said.get("digits"))
        season = self._index(self._seasons, said.get("season"), 0)
        days = [int(said[name]) for name in ("day", "until") if name in said]
        new_month = self._index(self._months, said.get("new_month"), 1) if "new_month" in said else month
        others = [(new_month, int(said[name])) for name in ("new", "new_until") if name in said and new_month]
        if any(not 1 <= day <= 31 for day in days) or (month is not None and not 1 <= month <= 12):
            return
        if year is not None and "christ" in said:
            year = -year
        for index, day in enumerate(days):
            yield Date(span, year, month, day, other=others[index] if index < len(others) else None)
        if not days and (year is not None or month is not None):
            yield Date(span, year, month, season=season)

    def _century(self, number: str) -> int | None:
        if number.casefold() in self._ordinal_words:
            return self._ordinal_words[number.casefold()]
        digits = re.match(r"\d+", number)
        if digits:
            return int(digits[0])
        return roman_value(number) if number.isupper() else None

    @staticmethod
    def _index(patterns: list[re.Pattern[str]], word: str | None, first: int) -> int | None:
        return next((index for index, pattern in enumerate(patterns, first) if word and pattern.match(word)), None)


def _any(forms: Iterable[str]) -> str:
    """An alternation of ``forms`` that matches nothing where there are none."""
    return forms_pattern(forms) or r"(?!)"


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


@cache
def _grammar(lang: str) -> _Grammar:
    return _Grammar(topic(lang, "dates", DateRules))
