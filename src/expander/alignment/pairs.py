"""Which English units may cover which source sentence, and what speaks for it: one row of features a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from expander.alignment.postings import Found
from expander.alignment.similarity import neighbourhood

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from expander.alignment.similarity import Vectors

    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]

FEATURES = (
    "cosine", "margin", "lead here", "lead there", "window", "fact share", "facts lacking", "exact", "numbers",
    "numbers lacking", "names lacking", "links", "references", "length", "beside prose",
)  # fmt: skip
"""What is known of a pair: similarities, then the weight of the facts that both state or English lacks, then its form.

``lead here`` and ``lead there``: how far the cosine lies above the best other one of the sentence and of the unit;
``window``: what the unit's neighbours in its paragraph add to the cosine; ``exact``: the most telling fact that both
state; ``length``: of the unit, relative to the sentence's, as a logarithm.
"""
NEAREST = 8  # candidates by similarity
BY_FACTS = 4  # candidates by shared facts
COUNTED = frozenset({"number", "day", "month", "year", "period", "name"})
"""Kinds of facts that a sentence can lack."""
_NUMERIC = COUNTED - {"name"}
_ROUNDING = 1e-5  # the same cosine computed in another order differs by less


@dataclass(frozen=True)
class Side:
    """One side's texts: their vectors, lengths in characters, and where they stand.

    ``block`` tells which texts stand together; ``prose`` is False for table rows, infobox parameters, captions.
    """

    vectors: Vectors
    lengths: Sequence[int]
    block: Sequence[int]
    prose: Sequence[bool]


@dataclass(frozen=True)
class Pairs:
    """Candidate pairs, ordered by source sentence: ``source`` and ``english`` are indices, ``features`` rows of
    :data:`FEATURES`.
    """

    source: Indices
    english: Indices
    features: Floats


def weigh(found: Found, size: int) -> float:
    """How much a fact tells, 0…1: its strength, less where many of the ``size`` English units have it."""
    return found.strength * log(1 + size / (1 + len(found.units))) / log(1 + size)


def pair_up(source: Side, english: Side, background: Vectors, found: Sequence[Sequence[Found]]) -> Pairs:
    """Candidates and their features; ``found`` are each source sentence's facts. Both sides must have texts."""
    import numpy as np

    size = len(english.lengths)
    near = neighbourhood(source.vectors, english.vectors, background, NEAREST)
    shared = [_shared(facts, size) for facts in found]
    totals = [_totals(facts, size) for facts in found]
    chosen: list[tuple[int, int]] = []
    for index, weights in enumerate(shared):
        by_facts = sorted(weights, key=lambda unit: (-weights[unit]["facts"] - weights[unit]["links"], unit))[:BY_FACTS]
        chosen += ((index, unit) for unit in sorted({*near.best[index].tolist(), *by_facts}))
    rows, columns = (np.array(side, np.intp) for side in zip(*chosen, strict=True))
    cosine = np.einsum("nd,nd->n", source.vectors[rows], english.vectors[columns])
    evidence = np.array([_evidence(shared[row].get(column, {}), totals[row]) for row, column in chosen])
    windows = [np.maximum(cosine, _window(source, english, rows, columns, step)) for step in (-1, 1)]
    features = [
        cosine,
        cosine - (near.here[rows] + near.there[columns]) / 2,
        _lead(cosine, rows, near.ground),
        _beyond_rival(cosine, *near.top_there[columns].T),
        np.max(windows, axis=0) - cosine,
        *evidence.T,
        np.log((np.array(english.lengths)[columns] + 20) / (np.array(source.lengths)[rows] + 20)),
        1.0 - np.array(english.prose, float)[columns],
    ]
    return Pairs(rows, columns, np.stack(features, axis=1).astype(np.float64))


def _shared(facts: Sequence[Found], size: int) -> Mapping[int, dict[str, float]]:
    """For every English unit with a fact of the sentence: the weights of what it has."""
    shared: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for fact in facts:
        weight = weigh(fact, size)
        for unit in fact.units:
            here = shared[unit]
            if fact.kind in ("link", "reference"):
                here[f"{fact.kind}s"] = max(here[f"{fact.kind}s"], weight)
            else:
                here["facts"] += weight
                here["numbers" if fact.kind in _NUMERIC else "names"] += weight
                here["exact"] = max(here["exact"], weight)
    return shared


def _totals(facts: Sequence[Found], size: int) -> dict[str, float]:
    """The weights of what the sentence states."""
    totals = {"numbers": 0.0, "names": 0.0}
    for fact in facts:
        if fact.kind in COUNTED:
            totals["numbers" if fact.kind in _NUMERIC else "names"] += weigh(fact, size)
    return totals


def _evidence(shared: Mapping[str, float], totals: Mapping[str, float]) -> tuple[float, ...]:
    """The features from ``fact share`` to ``references``."""
    numbers, names, have = (shared.get(kind, 0.0) for kind in ("numbers", "names", "facts"))
    total = totals["numbers"] + totals["names"]
    return (
        min(1.0, have / total) if total else 0.0,
        max(0.0, total - have),
        shared.get("exact", 0.0),
        numbers,
        max(0.0, totals["numbers"] - numbers),
        max(0.0, totals["names"] - names),
        shared.get("links", 0.0),
        shared.get("references", 0.0),
    )


def _lead(cosine: Vectors, rows: Indices, ground: Vectors) -> Vectors:
    """How far each cosine lies above the best other one in its row, or above the background's."""
    import numpy as np

    best, second = ground.copy(), ground.copy()
    np.maximum.at(best, rows, cosine)
    np.maximum.at(second, rows, np.where(cosine < best[rows], cosine, -1.0))
    return _beyond_rival(cosine, best[rows], second[rows])


def _beyond_rival(cosine: Vectors, best: Vectors, second: Vectors) -> Vectors:
    """How far each cosine lies above the best other one: ``best``, or ``second`` where it is the best itself."""
    import numpy as np

    lead: Vectors = cosine - np.where(cosine > best - _ROUNDING, second, best)
    return lead


def _window(source: Side, english: Side, rows: Indices, columns: Indices, step: int) -> Vectors:
    """The cosine of the source sentence with the English one and its neighbour in the block taken together, -1 where
    there is none.
    """
    import numpy as np

    other = np.clip(columns + step, 0, len(english.lengths) - 1)
    block = np.array(english.block)
    both = english.vectors[columns] + english.vectors[other]
    both /= np.maximum(np.linalg.norm(both, axis=1, keepdims=True), 1e-9)
    joined = np.einsum("nd,nd->n", source.vectors[rows], both)
    return np.where((block[other] == block[columns]) & (other != columns), joined, -1.0).astype(np.float32)
