"""The facts of a sentence that English does not tell where it tells the rest.

A fact counts as told if it stands in a match or near it, in the infobox or a table; a figure of several digits wherever
it stands. A name that has no like-sounding twin there may be translated («Комитет», "Committee"): then a word of the
same meaning counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from expander.alignment.embedding import Embedder
from expander.alignment.evidence import Evidence
from expander.alignment.pairs import COUNTED
from expander.alignment.postings import Found
from expander.language.dates import has_relative_date

if TYPE_CHECKING:
    from expander.alignment.similarity import Vectors

_NEARBY = 2  # units around a match whose facts count as told
_TELLING = 0.8  # strength of a number that hardly occurs twice by chance
_VAGUE = 0.2  # strength of a number that may be idiom («второй половине»)
_SAME_MEANING = 0.89  # cosine of two words
_WORD = re.compile(r"[^\W\d_]{3,}")


def lacking(
    evidence: Evidence, matches: Mapping[int, Sequence[int]], embedder: Embedder
) -> Mapping[int, tuple[Found, ...]]:
    """For every sentence with ``matches`` (indices of English units) the facts that English lacks."""
    told = {index: _told(evidence, units) for index, units in matches.items()}
    open_facts = {
        index: [fact for fact in evidence.facts[index] if _is_open(evidence, fact, told[index], matches[index])]
        for index in matches
    }
    translated = _Words(evidence, open_facts, told, embedder)
    return {
        index: tuple(fact for fact in facts if fact.kind != "name" or not translated.has(fact, told[index]))
        for index, facts in open_facts.items()
    }


def _told(evidence: Evidence, matches: Sequence[int]) -> frozenset[int]:
    """The units that tell the sentence or stand near one that does, and those beside the prose."""
    units = evidence.units
    blocks = {units[match].block for match in matches}
    near = {index for match in matches for index in range(match - _NEARBY, match + _NEARBY + 1)}
    return frozenset(
        index for index, unit in enumerate(units) if index in near or unit.block in blocks or not unit.prose
    )


def _is_open(evidence: Evidence, fact: Found, told: frozenset[int], matches: Sequence[int]) -> bool:
    """Whether English seems to lack the fact, its translation apart."""
    if fact.kind not in COUNTED or not fact.units.isdisjoint(told):
        return False
    if fact.kind == "number":
        return fact.strength > _VAGUE and not (fact.units and fact.strength >= _TELLING)
    if fact.kind == "year":
        return not any(has_relative_date(evidence.units[match].words, "en") for match in matches)
    return True


class _Words:
    """Which names English has in translation, by the meaning of their words."""

    def __init__(
        self,
        evidence: Evidence,
        facts: Mapping[int, Sequence[Found]],
        told: Mapping[int, frozenset[int]],
        embedder: Embedder,
    ) -> None:
        self._units = [_words(unit.words) for unit in evidence.units]
        named = {index: [fact for fact in found if fact.kind == "name"] for index, found in facts.items()}
        wanted = {word for found in named.values() for fact in found for word in _words(fact.text)}
        there = {word for index, found in named.items() if found for unit in told[index] for word in self._units[unit]}
        words = [*sorted(wanted), *sorted(there)]
        vectors = embedder.encode(words) if wanted and there else ()
        self._vectors: dict[str, Vectors] = dict(zip(words, vectors, strict=False))

    def has(self, name: Found, told: Iterable[int]) -> bool:
        """Whether half of the name's words, or more, have one of the same meaning in the units."""
        there = {word for unit in told for word in self._units[unit] if word in self._vectors}
        words = [word for word in _words(name.text) if word in self._vectors]
        return bool(words and there) and 2 * sum(self._has_word(word, there) for word in words) >= len(words)

    def _has_word(self, word: str, there: Iterable[str]) -> bool:
        import numpy as np

        vectors = np.stack([self._vectors[other] for other in sorted(there)])
        return bool((vectors @ self._vectors[word]).max() >= _SAME_MEANING)


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.casefold() for word in _WORD.findall(text)))
