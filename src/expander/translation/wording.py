"""Words and how much two of one language resemble each other."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*|[^\W_]+(?:['’][^\W_]+)?")
_QUALIFIER = re.compile(r"\s*\([^()]*\)\s*$|,.*$")
_LIGHT = 3


def words(text: str) -> list[str]:
    """The words and numbers of ``text``, in order."""
    return _WORD.findall(text)


def word_places(text: str) -> list[re.Match[str]]:
    """The words and numbers of ``text`` with their places."""
    return list(_WORD.finditer(text))


def weight(word: str) -> float:
    """How much a word says: short ones are mostly prepositions and articles."""
    return 0.3 if len(word) <= _LIGHT and word.isalpha() else 1.0 + 0.1 * min(len(word), 10)


def significant(text: str) -> list[str]:
    """The words of ``text`` that say something."""
    return [word for word in words(text) if weight(word) >= 1]


def unqualified(title: str) -> str:
    """A title without what tells it apart: ``Vakhsh (river)``, ``Rasht, Tajikistan``."""
    return _QUALIFIER.sub("", title) or title


@lru_cache(maxsize=65536)
def resemblance(one: str, other: str) -> float:
    """How much two lower-case words of one language resemble each other: 1 for equal ones, less for other endings,
    0 for different words.
    """
    one, other = one.removesuffix("'s").removesuffix("’s"), other.removesuffix("'s").removesuffix("’s")
    if one == other:
        return 1.0
    longer, common = max(len(one), len(other)), 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        common += 1
    return common / longer if common >= max(3, 0.6 * longer) else 0.0


def quote(text: str, most: int = 60) -> str:
    """``text`` in quotation marks for a message, without control characters, cut at ``most`` characters."""
    shown = " ".join("".join(letter for letter in text if letter.isprintable() or letter.isspace()).split())
    return f"“{shown}”" if len(shown) <= most else f"“{shown[: most - 1]}…”"
