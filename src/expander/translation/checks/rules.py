"""What checks know of a language: topic ``checks``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

import msgspec

from expander.language import topic


class CheckRules(msgspec.Struct, frozen=True):
    """Topic ``checks``.

    Negation: ``negations`` are words that deny (``*``: any ending), ``negation_pattern`` a regular expression for words
    that deny by their form; ``weak_negations`` and ``weak_negation_pattern`` may do so (another language may say it
    with a plain one); ``not_negations`` are expressions that look so and deny nothing.

    Subjects: a full sentence cannot begin with ``verbs_first``, nor with ``participles_first`` or a word that ends in
    ``participle_ending`` (but ``no_participles``) before one of ``participles_take``, unless a clause follows that
    begins as ``subjects_begin``.

    ``machine_messages`` are regular expressions for what engines answer instead of a translation; ``length`` is how
    much longer or shorter (times) an English translation may be; ``least_similar`` the cosine below which an embedder
    (one whose name begins so) finds that a translation from this language says something else.
    """

    negations: tuple[str, ...] = ()
    negation_pattern: str = ""
    weak_negations: tuple[str, ...] = ()
    weak_negation_pattern: str = ""
    not_negations: tuple[str, ...] = ()
    verbs_first: tuple[str, ...] = ()
    participles_first: tuple[str, ...] = ()
    participle_ending: str = ""
    no_participles: tuple[str, ...] = ()
    participles_take: tuple[str, ...] = ()
    subjects_begin: tuple[str, ...] = ()
    machine_messages: tuple[str, ...] = ()
    length: tuple[float, float] = (0.4, 2.0)
    least_similar: Mapping[str, float] = {}


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
