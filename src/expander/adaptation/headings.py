"""Headings in English: from language data, else translated; sentence case (MOS:HEADINGS)."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from expander.articles.sections import english_heading
from expander.articles.visible import plain
from expander.articles.wikitext import parse
from expander.language import topic


class CaseRules(msgspec.Struct, frozen=True):
    """Topic ``capitals`` of English: words that are small in titles, and those that keep their capital."""

    small: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()


def english(heading: str, lang: str, translated: str | None = None) -> str:
    """The English heading for ``heading`` of a page in ``lang``; its translation in sentence case where the data has
    none, the heading itself where there is no translation.
    """
    return english_heading(heading, lang) or (sentence_case(translated, heading) if translated else heading)


def sentence_case(heading: str, source: str = "") -> str:
    """A heading as plain text without final stop. Where a translator capitalised every word and the ``source`` has no
    more names than are known to be names, the others become small.
    """
    text = re.sub(r"\s+", " ", re.sub(r"[=\n]", " ", plain(parse(heading, "en"), heading))).strip().rstrip(".:").strip()
    words = text.split(" ")
    rules = topic("en", "capitals", CaseRules)
    main = [word for word in words if word[:1].isalpha() and word not in rules.small]
    titled = len(main) > 1 and all(word[:1].isupper() for word in main)
    names = sum(word[:1].isupper() for word in source.split()[1:])
    kept = [word in _capitals() or word in rules.capital or not word[1:].islower() for word in words]
    if titled and names <= sum(kept[1:]):
        words[1:] = [word if keep else word.lower() for word, keep in zip(words[1:], kept[1:], strict=True)]
    shown = " ".join(words)
    return shown[:1].upper() + shown[1:]


@cache
def _capitals() -> frozenset[str]:
    """Names of languages and territories that are one word (CLDR)."""
    from babel import Locale

    english_locale = Locale("en")
    names = (*english_locale.languages.values(), *english_locale.territories.values())
    return frozenset(name for name in names if " " not in name)
