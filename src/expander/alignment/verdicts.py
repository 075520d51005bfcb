"""Evidence → a verdict a sentence."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from expander.alignment.conflicts import Conflict, conflicting
from expander.alignment.embedding import Embedder
from expander.alignment.evidence import Evidence
from expander.alignment.lacks import lacking, lacking_there
from expander.alignment.pairs import COUNTED
from expander.alignment.postings import Found
from expander.alignment.verdict import Status, Verdict
from expander.values import Evidence as Reason

MISSING_BELOW = 0.55  # probability that English has the sentence; so much that a deleted one is missed in 95 % of cases
_ALSO = 0.3  # chance from which a further unit covers a part, if it adds a fact
_TELLS = 0.05  # the same, if it adds one that tells by itself («567 м»)
_TELLING = 0.8
_FIGURE = 1.0  # strength of a figure that two articles do not share by chance
_MOST_MATCHES = 4


@dataclass(frozen=True)
class Judgement:
    """One verdict for every judged sentence, in page order, and the values that they give differently."""

    verdicts: tuple[Verdict, ...]
    conflicts: tuple[Conflict, ...] = ()


def judge(evidence: Evidence, lang: str, embedder: Embedder) -> Judgement:
    """Judge the sentences of a counterpart in language ``lang``.

    A value that English gives differently is a conflict, no lack; a sentence that says just that is covered.
    """
    import numpy as np

    matching = evidence.matching
    if matching is None:
        return Judgement(tuple(Verdict(sentence.id, Status.MISSING) for sentence in evidence.sentences))
    ranked = matching.ranked
    matches = {
        index: _matches(evidence.facts[index], ranked[index])
        for index in np.flatnonzero(matching.chances >= MISSING_BELOW).tolist()
    }
    for index, facts in enumerate(evidence.facts):
        if index not in matches and (figures := _figures(evidence, facts)):
            matches[index] = figures
    lacks = lacking(evidence, matches, embedder)
    conflicts = conflicting(evidence, ranked, matches, lacks, lang, embedder)
    disputed = {(conflict.sentence, conflict.value) for conflict in conflicts}
    for conflict in conflicts:
        matches.setdefault(conflict.sentence, []).append(conflict.unit)
    named = _without(disputed, lacks)
    partial = {index: matches[index] for index, facts in named.items() if facts}
    named |= _without(disputed, lacking_there(evidence, partial, embedder))
    verdicts = []
    for index, found in enumerate(ranked):
        score = float(matching.chances[index])
        verdicts.append(_verdict(evidence, index, found[0][1], score, matches.get(index, []), named.get(index, [])))
    return Judgement(tuple(verdicts), conflicts)


def _without(disputed: Container[tuple[int, str]], lacks: Mapping[int, Sequence[Found]]) -> dict[int, list[Found]]:
    """What is lacking apart from the values that English gives differently."""
    return {index: [fact for fact in lacked if (index, fact.text) not in disputed] for index, lacked in lacks.items()}


def _verdict(
    evidence: Evidence, index: int, best: int, score: float, matches: Sequence[int], lacks: Sequence[Found]
) -> Verdict:
    units = evidence.units
    score = max(score, MISSING_BELOW) if matches else score  # figures and conflicts tell what the model overlooked
    status = Status.PARTIAL if lacks else Status.COVERED if matches else Status.MISSING
    return Verdict(
        evidence.sentences[index].id,
        status,
        tuple(dict.fromkeys(units[unit].id for unit in matches)),
        units[best].text,
        round(score, 4),
        tuple(_reasons(evidence.facts[index], best, score, lacks)),
        tuple(dict.fromkeys(fact.text for fact in lacks)),
    )


def _matches(facts: Sequence[Found], candidates: Sequence[tuple[float, int]]) -> list[int]:
    """The best unit, those that add facts of the sentence, then others that are likely."""
    chosen = [candidates[0][1]]
    for chance, unit in candidates[1:]:
        added = [fact.strength for fact in facts if unit in fact.units and fact.units.isdisjoint(chosen)]
        if chance >= (_TELLS if max(added, default=0.0) >= _TELLING else _ALSO if added else 1.0):
            chosen.append(unit)
    chosen += [unit for chance, unit in candidates if chance >= MISSING_BELOW and unit not in chosen]
    return chosen[:_MOST_MATCHES]


def _figures(evidence: Evidence, facts: Sequence[Found]) -> list[int]:
    """The infobox parameters, table rows and captions that state all facts of a sentence of figures; none where they
    leave one out, or where no figure is telling.
    """
    stated = [fact for fact in facts if fact.kind in COUNTED]
    if not any(fact.kind == "number" and fact.strength >= _FIGURE for fact in stated):
        return []
    units = [[unit for unit in sorted(fact.units) if not evidence.units[unit].prose] for fact in stated]
    return list(dict.fromkeys(found[0] for found in units)) if all(units) else []


def _reasons(facts: Sequence[Found], best: int, score: float, lacks: Sequence[Found]) -> Iterator[Reason]:
    yield Reason("similarity", f"the closest English text says the same with a probability of {score:.0%}", score - 0.5)
    for fact in facts:
        if best in fact.units:
            yield Reason(fact.kind, f"“{fact.text}” is there as well", round(fact.strength, 2))
        elif fact in lacks:
            yield Reason(fact.kind, f"English does not say “{fact.text}”", -round(fact.strength, 2))
        elif not fact.units and fact.kind in COUNTED:
            yield Reason(fact.kind, f"“{fact.text}” is nowhere in the English article", -round(fact.strength, 2))
