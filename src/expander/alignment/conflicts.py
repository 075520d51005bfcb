"""Same fact, different value: what a sentence states of a thing, and English states otherwise.

Four sorts: a ``quantity`` (population, amount) in a match or beside the prose; a ``year`` or ``day`` of the same
event; a ``name`` in the same office. Values that the other article has elsewhere are no conflict: they belong to
something else.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from expander.alignment.embedding import Embedder
from expander.alignment.evidence import Evidence
from expander.alignment.facts import Facts
from expander.alignment.postings import Found
from expander.alignment.units import Unit
from expander.alignment.words import Meanings, words_of
from expander.language.dates import Date, has_relative_date, is_of_the_past
from expander.language.names import Name, exonyms, name_similarity, romanise
from expander.language.numbers import Quantity, base_value, comparable, same_quantity
from expander.values import Span

_FACTOR = 1.5  # how far apart two values of one quantity may lie
_TELLING = 0.6  # strength of a number that can contradict
_YEARS = 5  # how far apart two dates of one event may lie
_CLAUSE = 20  # characters; a shorter clause says nothing by itself
_BARE = 2  # words beside the figures
_SAME_STATEMENT = 0.8  # cosine of two statements without their names
_ORDER = 0.05  # what the order of the names around two persons counts beside the cosine
_LIKELY = 0.02  # chance of a pair below which a figure beside the prose is about something else


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value of a sentence (an index) and the value that an English unit (an index) gives instead."""

    kind: str
    sentence: int
    unit: int
    value: str
    english: str


def conflicting(
    evidence: Evidence,
    candidates: Sequence[Sequence[tuple[float, int]]],
    matches: Mapping[int, Sequence[int]],
    lacks: Mapping[int, Sequence[Found]],
    lang: str,
    embedder: Embedder,
) -> tuple[Conflict, ...]:
    """The conflicts of all sentences. ``candidates`` are (chance, unit) pairs of each sentence, likeliest first."""
    found = [*_quantities(evidence, candidates, matches, lacks, embedder), *_dates(evidence, matches, lacks, lang)]
    return (*found, *_holders(evidence, candidates, lang, embedder))


def _quantities(
    evidence: Evidence,
    candidates: Sequence[Sequence[tuple[float, int]]],
    matches: Mapping[int, Sequence[int]],
    lacks: Mapping[int, Sequence[Found]],
    embedder: Embedder,
) -> Iterator[Conflict]:
    ours, theirs = _Numbers(evidence.stated), _Numbers(evidence.unit_facts)
    possible: list[tuple[int, int, Quantity, Quantity]] = []
    for index, facts in enumerate(evidence.stated):
        lacking = {fact.span for fact in _lacking_numbers(evidence.facts[index], lacks.get(index))}
        if not lacking:
            continue
        chances = {unit: chance for chance, unit in candidates[index]}
        for quantity in facts.numbers:
            if quantity.span not in lacking:
                continue
            for unit, other in theirs.near(quantity):
                matched = unit in matches.get(index, ())
                bare = _is_bare(evidence.units[unit])
                near = matched or bare or (quantity.unit and chances.get(unit, 0.0) >= _LIKELY)
                if near and _same_sort(quantity, other) and not ours.has(other):
                    possible.append((index, unit, quantity, other))
    meanings = Meanings(_words(evidence, possible), embedder)
    best: dict[tuple[int, int], tuple[float, Conflict]] = {}
    for index, unit, quantity, other in possible:
        chance = next((chance for chance, candidate in candidates[index] if candidate == unit), 0.0)
        alike = meanings.shared(words_of(evidence.units[unit].text), words_of(evidence.sentences[index].plain))
        if unit not in matches.get(index, ()) and chance < _LIKELY and not alike:
            continue
        score = chance + alike - abs(quantity.value - other.value) / abs(quantity.value)
        value, english = quantity.span.of(evidence.stated[index].words), other.span.of(evidence.unit_facts[unit].words)
        key = (index, quantity.span.start)
        if key not in best or score > best[key][0]:
            best[key] = (score, Conflict("quantity", index, unit, value, english))
    yield from (conflict for _, conflict in best.values())


def _lacking_numbers(facts: Sequence[Found], lacks: Sequence[Found] | None) -> Iterator[Found]:
    """The telling numbers that English lacks; of a missing sentence, those that it has nowhere."""
    for fact in facts if lacks is None else lacks:
        if fact.kind == "number" and fact.strength >= _TELLING and not fact.units:
            yield fact


def _is_bare(unit: Unit) -> bool:
    """Whether a unit is hardly more than figures: an infobox parameter or a table row."""
    return not unit.prose and len(words_of(unit.words)) <= _BARE


def _same_sort(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers can be values of one thing: of one dimension, or both plain and not small; no ordinals."""
    if one.word or other.word:
        return False
    return comparable(one, other) or (not one.unit and not other.unit and min(abs(one.value), abs(other.value)) >= 100)


def _words(evidence: Evidence, possible: Sequence[tuple[int, int, Quantity, Quantity]]) -> Iterator[str]:
    for index, unit, _, _ in possible:
        yield from words_of(evidence.units[unit].text)
        yield from words_of(evidence.sentences[index].plain)


class _Numbers:
    """The numbers of several texts, by their size."""

    def __init__(self, texts: Sequence[Facts]) -> None:
        numbers = [(place, quantity) for place, facts in enumerate(texts) for quantity in facts.numbers]
        self._ordered = sorted(numbers, key=lambda entry: (base_value(entry[1]), entry[0]))
        self._values = [base_value(quantity) for _, quantity in self._ordered]

    def near(self, quantity: Quantity) -> Sequence[tuple[int, Quantity]]:
        """Those that another article could give for the same thing, with the place of their text."""
        value = base_value(quantity)
        low, high = sorted((value / _FACTOR, value * _FACTOR))
        return self._ordered[bisect_left(self._values, low) : bisect_right(self._values, high)]

    def has(self, quantity: Quantity) -> bool:
        """Whether the same is among them."""
        return any(same_quantity(quantity, other) for _, other in self.near(quantity))


def _dates(
    evidence: Evidence, matches: Mapping[int, Sequence[int]], lacks: Mapping[int, Sequence[Found]], lang: str
) -> Iterator[Conflict]:
    """A sentence and its best match that date one event, and just one, differently."""
    for index, units in matches.items():
        lacking = {fact.kind for fact in lacks.get(index, ())}
        if "number" in lacking or lacking.isdisjoint(("year", "day")):
            continue  # what differs in an amount too is another event
        ours, theirs = evidence.stated[index].dates, evidence.unit_facts[units[0]].dates
        words = evidence.unit_facts[units[0]].words
        if len(ours) != 1 or len(theirs) != 1 or has_relative_date(words, "en"):
            continue
        if kind := _differ(ours[0], theirs[0]):
            value, english = ours[0].span.of(evidence.stated[index].words), theirs[0].span.of(words)
            yield Conflict(kind, index, units[0], value, english)


def _differ(one: Date, other: Date) -> str:
    if (one.month is None) != (other.month is None) or (one.day is None) != (other.day is None):
        return ""
    if one.year and other.year and one.year != other.year:
        return "year" if abs(one.year - other.year) <= _YEARS else ""
    if one.day and other.day and one.month == other.month and one.day != other.day:
        return "" if one.other or other.other else "day"
    return ""


def _holders(
    evidence: Evidence, candidates: Sequence[Sequence[tuple[float, int]]], lang: str, embedder: Embedder
) -> Iterator[Conflict]:
    """Statements that are the same but for the name of a person."""
    possible: list[tuple[int, Name, int, Name]] = []
    for index, stated in enumerate(evidence.stated):
        persons = [name for name in stated.names if _is_person(name) and _is_unknown(name, evidence.facts[index])]
        if not persons or stated.dates or is_of_the_past(stated.words, lang):
            continue
        if (holder := _in_infobox(evidence, candidates[index], index, lang)) is not None:
            unit, other = holder
            yield Conflict("name", index, unit, persons[0].text, other.text)
            continue
        for unit in _nearby(evidence, candidates[index]):
            if evidence.units[unit].prose and not is_of_the_past(evidence.unit_facts[unit].words, "en"):
                others = _persons(evidence, unit, index, lang)
                possible += ((index, person, unit, other) for person in persons for other in others)
    if not possible:
        return
    ours = embedder.encode([_without(evidence.stated[index].words, person) for index, person, _, _ in possible])
    theirs = embedder.encode([_without(evidence.unit_facts[unit].words, other) for _, _, unit, other in possible])
    cosines = (ours * theirs).sum(axis=1).tolist()
    likeness = [
        cosine + _ORDER * _same_order(evidence, entry, lang) for cosine, entry in zip(cosines, possible, strict=True)
    ]
    taken: set[tuple[int, int]] = set()  # of each sentence, the places of its persons and the units given to them
    for cosine, (index, person, unit, other) in sorted(zip(likeness, possible, strict=True), key=lambda item: -item[0]):
        places = {(index, person.span.start), (index, -1 - unit)}
        if cosine >= _SAME_STATEMENT and taken.isdisjoint(places):
            taken |= places
            yield Conflict("name", index, unit, person.text, other.text)


def _in_infobox(
    evidence: Evidence, candidates: Sequence[tuple[float, int]], index: int, lang: str
) -> tuple[int, Name] | None:
    """The likeliest unit and the person in it, where it is an infobox parameter that names just the holder."""
    if not candidates:
        return None
    unit = candidates[0][1]
    others = _persons(evidence, unit, index, lang)
    if others and evidence.units[unit].context and _is_bare(evidence.units[unit]):
        return unit, others[0]
    return None


def _persons(evidence: Evidence, unit: int, index: int, lang: str) -> list[Name]:
    """The persons of an English unit whom the sentence does not name."""
    names = evidence.unit_facts[unit].names
    return [name for name in names if _is_person(name) and not _is_told(name, evidence, index, lang)]


def _nearby(evidence: Evidence, candidates: Sequence[tuple[float, int]]) -> list[int]:
    """Candidate units and those beside them: who holds one office often stands next to who holds its counterpart."""
    beside = (place for _, unit in candidates for place in (unit, unit - 1, unit + 1))
    return [unit for unit in dict.fromkeys(beside) if 0 <= unit < len(evidence.units)]


def _is_person(name: Name) -> bool:
    return len(name.words) >= 2


def _is_unknown(name: Name, facts: Sequence[Found]) -> bool:
    return any(fact.kind == "name" and fact.span == name.span and not fact.units for fact in facts)


def _is_told(name: Name, evidence: Evidence, index: int, lang: str) -> bool:
    """Whether the sentence has a word of an English name."""
    words = [romanise(word, "en") for word in name.words]
    ours = [romanise(word, lang) for own in evidence.stated[index].names for word in own.words]
    return any(name_similarity(word, other) for word in words for other in ours)


def _same_order(evidence: Evidence, entry: tuple[int, Name, int, Name], lang: str) -> int:
    """1 where both clauses name the same things in the same order, -1 in the reverse («посол России в Таджикистане» is
    not the ambassador of Tajikistan to Russia), 0 where they do not share two.
    """
    index, person, unit, other = entry
    ours = _words_around(evidence.stated[index], person)
    theirs = [romanise(word, "en") for word in _words_around(evidence.unit_facts[unit], other)]
    places = []
    for word in ours:
        forms = (romanise(word, lang), *(romanise(english, "en") for english in exonyms(word, lang)))
        place = next((n for n, their in enumerate(theirs) if any(name_similarity(form, their) for form in forms)), None)
        if place is not None and place not in places:
            places.append(place)
    if len(places) < 2:
        return 0
    return 1 if places == sorted(places) else -1


def _words_around(facts: Facts, name: Name) -> list[str]:
    """The words of the other names in the clause about ``name``."""
    clause = _clause(facts.words, name)
    return [word for other in facts.names if other.span in clause and other.span != name.span for word in other.words]


def _clause(words: str, name: Name) -> Span:
    """The clause about ``name``; the whole text where it is too short to say anything."""
    start = max(words.rfind(mark, 0, name.span.start) for mark in ",;(") + 1
    ends = [end for mark in ",;)" if (end := words.find(mark, name.span.end)) >= 0]
    end = min(ends, default=len(words))
    rest = f"{words[start : name.span.start]}{words[name.span.end : end]}".strip()
    return Span(start, end) if len(rest) >= _CLAUSE else Span(0, len(words))


def _without(words: str, name: Name) -> str:
    """The clause about ``name``, with X in its place."""
    clause = _clause(words, name)
    return f"{words[clause.start : name.span.start]}X{words[name.span.end : clause.end]}".strip()
