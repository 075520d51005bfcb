"""Dates of citations and of running text, in the form that the article uses."""

from __future__ import annotations

import re

from expander.adaptation.style import Style, months
from expander.language import topic
from expander.language.dates import Date, DateRules, dates
from expander.values import Span

_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d{2})(?!\d)")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


def written(date: Date, style: Style) -> str:
    """A date as English text: ``9 April 2015``, ``April 9, 2015``, ``April 2015``, ``2015``."""
    if date.year is None and date.month is None:
        return ""
    if date.month is None:
        return str(date.year)
    month = tuple(months())[date.month - 1]
    if date.day is None:
        return f"{month} {date.year}" if date.year else month
    if date.year is None:
        return f"{date.day} {month}" if style.day_first else f"{month} {date.day}"
    return f"{date.day} {month} {date.year}" if style.day_first else f"{month} {date.day}, {date.year}"


def citation_date(value: str, lang: str, style: Style) -> str | None:
    """The date of a citation in the article's form; None where it cannot be read as a whole.

    Reads ISO dates, dotted ones, those of the source language, years, ranges of years and of days.
    """
    value = re.sub(r"\s+", " ", value.replace("\u00a0", " ")).strip(" .,;")
    if re.fullmatch(r"\d{4}", value):
        return value
    years = re.fullmatch(r"(\d{4})\s*[-–—]\s*(\d{4}|\d{2})", value)
    if years and not (len(years[2]) == 2 and int(years[2]) <= 12 and "-" in value):
        return f"{years[1]}–{years[2]}"
    numeric = _NUMERIC.fullmatch(value)
    if numeric:
        return _checked(_date(int(numeric[3]), int(numeric[2]), int(numeric[1])), style)
    month = _ISO_MONTH.fullmatch(value)
    if month:
        return _checked(_date(int(month[1]), int(month[2]), None), style)
    for language in dict.fromkeys((lang, "en")):
        made = _worded(value, language, style)
        if made:
            return made
    return None


def _worded(value: str, lang: str, style: Style) -> str | None:
    found = dates(value, lang)
    if not found:
        return _lone_month(value, lang)
    rest = value[: found[0].span.start] + value[found[-1].span.end :]
    if rest.strip(" .,") and rest.strip(" .,").casefold() not in topic(lang, "dates", DateRules).year_words:
        return None
    if len(found) == 1 and found[0].century is None and found[0].decade is None and found[0].season is None:
        return written(found[0], style) or None
    if len(found) == 2 and found[0].span == found[1].span and found[0].day and found[1].day:
        last = written(found[1], style)
        return last.replace(str(found[1].day), f"{found[0].day}–{found[1].day}", 1)
    return None


def _lone_month(value: str, lang: str) -> str | None:
    for number, forms in enumerate(topic(lang, "dates", DateRules).months):
        if any(
            value.casefold() == form or (form.endswith("*") and value.casefold().startswith(form[:-1].casefold()))
            for form in forms
        ):
            return tuple(months())[number]
    return None


def month_of(value: str, lang: str) -> str | None:
    """The English name of a month given by name or number; None where it is neither."""
    value = value.strip(" .")
    if value.isdecimal():
        return tuple(months())[int(value) - 1] if 1 <= int(value) <= len(tuple(months())) else None
    return _lone_month(value, lang) or _lone_month(value, "en")


def year_of(value: str) -> str | None:
    """The first year in a text."""
    found = _YEAR.search(value)
    return found[1] if found else None


def _date(year: int, month: int, day: int | None) -> Date:
    """A date that did not stand in a text."""
    return Date(Span(0, 0), year, month, day)


def _checked(date: Date, style: Style) -> str | None:
    sound = 1 <= (date.month or 1) <= 12 and 1 <= (date.day or 1) <= 31
    return written(date, style) if sound else None


def prose_dates(text: str, style: Style) -> str:
    """Full dates of running text in the article's form (MOS:DATEUNIFY)."""
    names = "|".join(months())
    if style.day_first:
        return re.sub(rf"\b({names}) (\d{{1,2}})(?:st|nd|rd|th)?, (\d{{4}})\b(?!–)", r"\2 \1 \3", text)
    text = re.sub(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({names}),? (\d{{4}})\b(?!–)(?=[,.;:!?)]|\s*$)", r"\2 \1, \3", text)
    return re.sub(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({names}),? (\d{{4}})\b(?!–)", r"\2 \1, \3,", text)
