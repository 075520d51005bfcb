"""British and American spelling, as the article asks (MOS:ENGVAR)."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from expander.language import topic


class SpellingRules(msgspec.Struct, frozen=True):
    """Topic ``spelling`` of English, british → american: ``stems`` and the endings that they take, ``words`` that add
    an s, and in ``ise`` the stems that Oxford spelling writes as American English does.
    """

    endings: tuple[str, ...] = ()
    ise_endings: tuple[str, ...] = ()
    stems: dict[str, str] = {}
    words: dict[str, str] = {}
    ise: dict[str, str] = {}


def respelled(text: str, variety: str) -> str:
    """``text`` in a variety of English (``british``, ``oxford``, ``american``; any other leaves it). Words with a
    capital may be names and stay.
    """
    words = _words(variety)
    return re.sub(r"\b[a-z]+\b", lambda found: words.get(found[0], found[0]), text) if words else text


@cache
def _words(variety: str) -> dict[str, str]:
    rules: SpellingRules = topic("en", "spelling", SpellingRules)
    usual = {stem + end: other + end for stem, other in rules.stems.items() for end in rules.endings}
    usual |= {word + end: other + end for word, other in rules.words.items() for end in ("", "s")}
    ise = {stem + end: other + end for stem, other in rules.ise.items() for end in rules.ise_endings}
    british = {american: word for word, american in usual.items()}
    return {
        "american": usual | ise,
        "british": british | {american: word for word, american in ise.items()},
        "oxford": british | ise,
    }.get(variety, {})
