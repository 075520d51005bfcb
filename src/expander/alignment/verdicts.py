"""Evidence → a verdict a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from expander.alignment.evidence import Evidence
from expander.alignment.model import probability
from expander.alignment.postings import Found
from expander.alignment.verdict import Status, Verdict
from expander.values import Evidence as Reason

if TYPE_CHECKING:
    pass

MISSING_BELOW = 0.5  # probability that English has the sentence
_ALSO = 0.3  # a further unit covers a part, if it adds a fact
_MOST_MATCHES = 4
_NEARBY = 2  # units around a match whose facts count as told


def judge(evidence: Evidence) -> tuple[Verdict, ...]:
    """One verdict for every judged sentence, in page order."""
    matching = evidence.matching
    if matching is None:
        return tuple(Verdict(sentence.id, Status.MISSING) for sentence in evidence.sentences)
    candidates: list[list[tuple[float, int]]] = [[] for _ in evidence.sentences]
    chances = probability(matching.odds).tolist()
    for row, column, chance in zip(
        matching.pairs.source.tolist(), matching.pairs.english.tolist(), chances, strict=True
    ):
        candidates[row].append((chance, column))
    return tuple(
        _verdict(evidence, index, sorted(found, reverse=True), float(matching.chances[index]))
        for index, found in enumerate(candidates)
    )


def _verdict(evidence: Evidence, index: int, candidates: list[tuple[float, int]], score: float) -> Verdict:
    sentence, facts, units = evidence.sentences[index], evidence.facts[index], evidence.units
    best = candidates[0][1]
    closest = units[best].text
    reasons = tuple(_reasons(facts, best, score))
    if score < MISSING_BELOW:
        return Verdict(sentence.id, Status.MISSING, (), closest, round(score, 4), reasons)
    chosen = _matches(facts, candidates)
    lacks = _lacks(evidence, facts, chosen)
    status = Status.PARTIAL if lacks else Status.COVERED
    ids = tuple(dict.fromkeys(units[unit].id for unit in chosen))
    return Verdict(sentence.id, status, ids, closest, round(score, 4), reasons, lacks)


def _matches(facts: Sequence[Found], candidates: Sequence[tuple[float, int]]) -> list[int]:
    """The best unit, and those that add facts of the sentence that it lacks."""
    chosen = [candidates[0][1]]
    for chance, unit in candidates[1:]:
        adds = any(unit in fact.units and fact.units.isdisjoint(chosen) for fact in facts)
        if len(chosen) < _MOST_MATCHES and (chance >= MISSING_BELOW or (adds and chance >= _ALSO)):
            chosen.append(unit)
    return chosen


def _lacks(evidence: Evidence, facts: Sequence[Found], chosen: Sequence[int]) -> tuple[str, ...]:
    """The facts that English does not tell near the matches."""
    told = {unit for match in chosen for unit in range(match - _NEARBY, match + _NEARBY + 1)}
    blocks = {evidence.units[unit].block for unit in chosen}
    told |= {index for index, unit in enumerate(evidence.units) if unit.block in blocks or not unit.prose}
    lacking = [
        fact for fact in facts if fact.kind not in ("name part", "link", "reference") and fact.units.isdisjoint(told)
    ]
    return tuple(dict.fromkeys(fact.text for fact in lacking))


def _reasons(facts: Sequence[Found], best: int, score: float) -> Iterator[Reason]:
    yield Reason("similarity", f"closest English text, {score:.0%} likely to say the same", round(score - 0.5, 4))
    for fact in facts:
        if best in fact.units:
            yield Reason(fact.kind, f"“{fact.text}” stands there as well", 1 / len(fact.units))
        elif not fact.units and fact.kind != "reference":
            yield Reason(fact.kind, f"“{fact.text}” stands nowhere in the English article", -1.0)
