"""The facts of a sentence that English does not tell where it tells the rest.

A fact counts as told if it stands in a match or near it, in the infobox or a table; a figure of several digits wherever
it stands. A name that has no like-sounding twin there may be translated («Комитет», "Committee"): then a word of the
same meaning counts, unless the name links to an article that English names nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from expander.alignment.embedding import Embedder
from expander.alignment.evidence import Evidence
from expander.alignment.pairs import COUNTED
from expander.alignment.postings import Found
from expander.alignment.words import Meanings, words_of
from expander.language.dates import has_relative_date

_NEARBY = 2  # units around a match whose facts count as told
_BESIDE = 1  # the same, if the sentence lacks another fact
_TELLING = 0.8  # strength of a number that hardly occurs twice by chance
_VAGUE = 0.2  # strength of a number that may be idiom («второй половине»)


def lacking(
    evidence: Evidence, matches: Mapping[int, Sequence[int]], embedder: Embedder
) -> Mapping[int, tuple[Found, ...]]:
    """For every sentence with ``matches`` (indices of English units) the facts that English lacks."""
    return _lacking(evidence, matches, {index: _told(evidence, units) for index, units in matches.items()}, embedder)


def lacking_there(
    evidence: Evidence, matches: Mapping[int, Sequence[int]], embedder: Embedder
) -> Mapping[int, tuple[Found, ...]]:
    """The same for sentences of which English lacks something: what it tells only further off counts as lacking too.
    Whoever adds such a sentence writes it again.
    """
    told = {index: _around(evidence, units, _BESIDE) for index, units in matches.items()}
    return _lacking(evidence, matches, told, embedder)


def _lacking(
    evidence: Evidence, matches: Mapping[int, Sequence[int]], told: Mapping[int, frozenset[int]], embedder: Embedder
) -> dict[int, tuple[Found, ...]]:
    """For every sentence with ``matches`` the facts that the units in ``told`` lack."""
    open_facts = {
        index: [fact for fact in evidence.facts[index] if _is_open(evidence, fact, told[index], matches[index])]
        for index in matches
    }
    translatable = {index: _translatable(facts, evidence.facts[index]) for index, facts in open_facts.items()}
    there = {index: _words_there(evidence, told[index]) for index, facts in translatable.items() if facts}
    words = {word for facts in translatable.values() for fact in facts for word in words_of(fact.text)}
    meanings = Meanings(words.union(*there.values()), embedder)
    return {
        index: tuple(
            fact
            for fact in facts
            if fact not in translatable[index] or not _is_translated(fact, there[index], meanings)
        )
        for index, facts in open_facts.items()
    }


def _translatable(facts: Iterable[Found], stated: Iterable[Found]) -> list[Found]:
    """Names among ``facts``, except labels of links to articles that English neither links to nor names."""
    unknown = {fact.text for fact in stated if fact.kind == "link" and not fact.units}
    return [fact for fact in facts if fact.kind == "name" and fact.text not in unknown]


def _is_translated(name: Found, there: Iterable[str], meanings: Meanings) -> bool:
    """Whether half of the name's words, or more, have one of the same meaning."""
    words = words_of(name.text)
    return bool(words) and 2 * meanings.shared(words, there) >= len(words)


def _words_there(evidence: Evidence, units: Iterable[int]) -> frozenset[str]:
    return frozenset(word for unit in units for word in words_of(evidence.units[unit].words))


def _told(evidence: Evidence, matches: Sequence[int]) -> frozenset[int]:
    """The units that tell the sentence or stand near one that does, and those beside the prose."""
    units = evidence.units
    blocks = {units[match].block for match in matches}
    others = (index for index, unit in enumerate(units) if unit.block in blocks or not unit.prose)
    return _around(evidence, matches, _NEARBY).union(others)


def _around(evidence: Evidence, matches: Sequence[int], distance: int) -> frozenset[int]:
    """The matches and the units up to ``distance`` before and behind each."""
    near = {index for match in matches for index in range(match - distance, match + distance + 1)}
    return frozenset(near.intersection(range(len(evidence.units))))


def _is_open(evidence: Evidence, fact: Found, told: frozenset[int], matches: Sequence[int]) -> bool:
    """Whether English seems to lack the fact, its translation apart."""
    if fact.kind not in COUNTED or not fact.units.isdisjoint(told):
        return False
    if fact.kind == "number":
        return fact.strength > _VAGUE and not (fact.units and fact.strength >= _TELLING)
    if fact.kind == "year":
        return not any(has_relative_date(evidence.units[match].words, "en") for match in matches)
    return True
