"""Numbers, units and dates must say the same in both languages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from expander.language import topic
from expander.language.dates import Date, DateRules
from expander.language.numbers import Quantity, comparable, same_quantity
from expander.translation.checks.pair import Pair, warning
from expander.translation.checks.rules import words_pattern
from expander.translation.wording import quote
from expander.values import Finding, Span

_LAST_CENTURY = 30
_CENTURY = 100
_AFTER_YEARS = 3000
_UNSAID = frozenset({"", "yr", "mo", "wk", "d", "h", "min", "s"})  # "aged 32", "at 7"
_SMALL = 10  # words for smaller numbers are often said otherwise (both, a pair, twice)


def check_numbers(pair: Pair) -> Iterator[Finding]:
    """``number-changed``, ``number-missing``, ``number-invented``, ``unit-changed``."""
    ours = _outside(pair.source_numbers, pair.source_dates)
    theirs = list(pair.target_numbers)
    missing: list[Quantity] = []
    for index, quantity in enumerate(ours):
        match = _take(quantity, ours[index + 1 :], theirs)
        if match is None:
            missing.append(quantity)
        else:
            theirs.remove(match)
            yield from _unit(pair, quantity, match)
    free = [entry for entry in _outside(theirs, pair.target_dates) if not _in_source(entry, pair)]
    for quantity in missing:
        source = quote(quantity.span.of(pair.source))
        if free:
            other = min(free, key=lambda entry: (entry.word, _distance(entry, quantity)))
            free.remove(other)
            message = f"{source} of the source has become {quote(other.span.of(pair.translated))}; correct the number."
            yield warning("number-changed", message, other.span)
        elif not (quantity.word and quantity.value <= _SMALL):
            yield warning("number-missing", f"The number {source} of the source is missing; add it.")
    for quantity in free:
        if not quantity.word:
            message = f"The source does not say {quote(quantity.span.of(pair.translated))}; check the number."
            yield warning("number-invented", message, quantity.span)


def check_dates(pair: Pair) -> Iterator[Finding]:
    """``year-missing``, ``date-changed``."""
    theirs = list(pair.target_dates)
    for date in pair.source_dates:
        source = quote(date.span.of(pair.source))
        if date.year is not None and not _is_amount(date, pair) and not _has_year(date.year, pair):
            span = next(
                (other.span for other in theirs if other.year and not _has(pair.source_dates, year=other.year)), None
            )
            yield warning("year-missing", f"The year {abs(date.year)} of {source} is missing; correct the date.", span)
        if date.day is not None and date.month is not None:
            if not any((other.month, other.day) == (date.month, date.day) for other in theirs):
                yield _changed(source, _near(theirs, date, pair))
        elif date.month is not None and not _has_month(date.month, pair):
            yield _changed(source, _near(theirs, date, pair))
        if date.century is not None and abs(date.century) <= _LAST_CENTURY and not _has_century(date.century, pair):
            yield _changed(source, _near(theirs, date, pair))
        if date.decade is not None and not _has_decade(date.decade, pair):
            yield _changed(source, _near(theirs, date, pair))


def _changed(source: str, span: Span | None) -> Finding:
    return warning("date-changed", f"The date {source} of the source is not in the translation; correct it.", span)


def _outside(numbers: Iterable[Quantity], dates: Sequence[Date]) -> list[Quantity]:
    """Numbers that are not part of a date."""
    return [
        entry
        for entry in numbers
        if not any(date.span.start < entry.span.end and entry.span.start < date.span.end for date in dates)
    ]


def _take(quantity: Quantity, following: Sequence[Quantity], theirs: Sequence[Quantity]) -> Quantity | None:
    """The number of the translation that says the same: best one with the same unit."""
    same = [entry for entry in theirs if _same(quantity, entry)]
    if not same and not quantity.unit and following and following[0].ulp > quantity.ulp:
        scale = following[0].ulp if following[0].value >= following[0].ulp else 1.0  # с 10 до 15 млн
        same = [entry for entry in theirs if math.isclose(entry.value, quantity.value * scale)]
    if not same:
        same = [entry for entry in theirs if comparable(quantity, entry) and same_quantity(quantity, entry)]
    return min(same, key=lambda entry: entry.unit != quantity.unit, default=None)


def _same(one: Quantity, other: Quantity) -> bool:
    return math.isclose(one.value, other.value, rel_tol=1e-9)


def _unit(pair: Pair, ours: Quantity, theirs: Quantity) -> Iterator[Finding]:
    after = pair.translated[theirs.span.end :].lstrip(" \u00a0-")[:1]
    lost = ours.unit not in _UNSAID and not theirs.unit and (ours.unit == "%" or not after.isalpha())
    related = ours.unit.startswith(theirs.unit) or theirs.unit.startswith(ours.unit)  # ° and °C
    changed = not related and not same_quantity(ours, theirs)
    if lost or changed:
        source, target = quote(ours.span.of(pair.source)), quote(theirs.span.of(pair.translated))
        yield warning("unit-changed", f"{source} of the source has become {target}; correct the unit.", theirs.span)


def _in_source(quantity: Quantity, pair: Pair) -> bool:
    """Whether the source says this number anywhere, in a date or as a word."""
    return any(_same(quantity, entry) for entry in pair.source_numbers)


def _distance(one: Quantity, other: Quantity) -> float:
    """How unlike two values are; the digits count, not the scale."""
    if one.value == 0 or other.value == 0:
        return abs(one.value - other.value)
    return abs(math.log10(abs(one.value / other.value)))


def _is_amount(date: Date, pair: Pair) -> bool:
    """Whether it is no year but an amount: 1251 млн."""
    within = (entry for entry in pair.source_numbers if date.span in entry.span)
    return any(entry.unit or entry.ulp > 1 for entry in within)


def _has(dates: Iterable[Date], year: int) -> bool:
    return any(date.year == year for date in dates)


def _has_year(year: int, pair: Pair) -> bool:
    return _has(pair.target_dates, year) or any(entry.value == abs(year) for entry in pair.target_numbers)


def _has_month(month: int, pair: Pair) -> bool:
    if any(date.month == month for date in pair.target_dates):
        return True
    names = topic(pair.target_lang, "dates", DateRules).months
    return month <= len(names) and words_pattern(names[month - 1]).search(pair.translated) is not None


def _has_century(century: int, pair: Pair) -> bool:
    return any(date.century == century for date in pair.target_dates) or any(
        entry.value in (abs(century), (abs(century) - 1) * 100) for entry in pair.target_numbers
    )


def _has_decade(decade: int, pair: Pair) -> bool:
    said = [date.decade for date in pair.target_dates if date.decade is not None]
    said += [int(entry.value) for entry in pair.target_numbers if 0 <= entry.value < _AFTER_YEARS]
    return any(_same_decade(decade, other) for other in said)


def _same_decade(one: int, other: int) -> bool:
    """Whether both are the same decade; «90-е» has no century."""
    return one == other or (min(one, other) < _CENTURY and one % _CENTURY == other % _CENTURY)


def _near(dates: Sequence[Date], date: Date, pair: Pair) -> Span | None:
    """The date of the translation that stands for ``date``, as far as can be told."""
    unmatched = [other for other in dates if not any(_equal(other, ours) for ours in pair.source_dates)]
    return min(unmatched, key=lambda other: abs(other.span.start - date.span.start)).span if unmatched else None


def _equal(one: Date, other: Date) -> bool:
    return (one.year, one.month, one.day, one.decade, one.century) == (
        other.year,
        other.month,
        other.day,
        other.decade,
        other.century,
    )
