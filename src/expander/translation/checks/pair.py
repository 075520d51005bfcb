"""A sentence and its translation as plain text, with what several checks ask of both."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from expander.language import topic
from expander.language.dates import Date, dates
from expander.language.numbers import NumberRules, Quantity, quantities
from expander.translation.checks.rules import CheckRules, rules, script
from expander.values import Finding, Severity, Span

_TIME = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)")


@dataclass(frozen=True)
class Pair:
    """``source`` in language ``source_lang`` and ``translated`` in ``target_lang``, visible text without markup.

    ``glossary`` are wordings of the source and what they are called in the target language.
    """

    source: str
    translated: str
    source_lang: str
    target_lang: str = "en"
    glossary: tuple[tuple[str, str], ...] = ()

    @cached_property
    def source_dates(self) -> tuple[Date, ...]:
        """Dates of the source."""
        return dates(self.source, self.source_lang)

    @cached_property
    def target_dates(self) -> tuple[Date, ...]:
        """Dates of the translation."""
        return dates(self.translated, self.target_lang)

    @cached_property
    def source_numbers(self) -> tuple[Quantity, ...]:
        """Numbers of the source, those in dates included."""
        return quantities(_times(self.source, self.source_lang), self.source_lang)

    @cached_property
    def target_numbers(self) -> tuple[Quantity, ...]:
        """Numbers of the translation, those in dates included."""
        return quantities(_times(self.translated, self.target_lang), self.target_lang)

    @property
    def source_rules(self) -> CheckRules:
        """What we know of the source's language."""
        return rules(self.source_lang)

    @property
    def target_rules(self) -> CheckRules:
        """What we know of the translation's language."""
        return rules(self.target_lang)

    @cached_property
    def source_script(self) -> str:
        """The script that most of the source's letters belong to, "" where it has none."""
        scripts = Counter(script(letter) for letter in self.source if letter.isalpha())
        return scripts.most_common(1)[0][0] if scripts else ""


def _times(text: str, lang: str) -> str:
    """``text`` with 7:55 as one number, as it is where it is written 7.55; nothing moves."""
    decimal = topic(lang, "numbers", NumberRules).decimal
    return _TIME.sub(lambda time: f"{time[1]}{decimal}{time[2]}", text)


def warning(code: str, message: str, span: Span | None = None) -> Finding:
    """A finding that something is probably wrong."""
    return Finding(code, Severity.WARNING, message, span)


def error(code: str, message: str, span: Span | None = None) -> Finding:
    """A finding that this cannot be published as it is."""
    return Finding(code, Severity.ERROR, message, span)
