"""What checks know of a language: topic ``checks``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import msgspec

from expander.language import topic


class CheckRules(msgspec.Struct, frozen=True):
    """Topic ``checks``.

    ``negations`` are words that deny (``*``: any ending), ``negation_prefixes`` beginnings that do; ``not_negations``
    are expressions with such a word that deny nothing. ``machine_messages`` are regular expressions for what engines
    answer instead of a translation. ``verbs_first`` are words that cannot begin a full sentence: where one does, the
    subject is missing. ``length`` is how much longer or shorter (times) an English translation may be.
    """

    negations: tuple[str, ...] = ()
    negation_prefixes: tuple[str, ...] = ()
    not_negations: tuple[str, ...] = ()
    machine_messages: tuple[str, ...] = ()
    verbs_first: tuple[str, ...] = ()
    length: tuple[float, float] = (0.4, 2.0)


def rules(lang: str) -> CheckRules:
    """What is known of ``lang``."""
    found: CheckRules = topic(lang, "checks", CheckRules)
    return found


@lru_cache(maxsize=4096)
def script(letter: str) -> str:
    """The Unicode script of a letter, as the first word of its character name: LATIN, CYRILLIC, ARABIC …"""
    return unicodedata.name(letter, "").split(" ", 1)[0]


@cache
def words_pattern(forms: tuple[str, ...], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Whole words or expressions: any of ``forms``, where ``*`` at the end stands for any ending."""
    parts = [re.escape(form.removesuffix("*")) + (r"\w*" if form.endswith("*") else "") for form in forms]
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(parts, key=len, reverse=True)) or '(?!)'})(?!\w)", flags)
