"""Which English units may cover which source sentence, and what speaks for it: one row of features a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
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
    "cosine", "margin", "lead here", "lead there", "window", "facts", "fact share", "facts lacking", "numbers",
    "numbers lacking", "names", "names lacking", "links", "references", "facts of english", "length", "beside prose",
)  # fmt: skip
NEAREST = 8  # candidates by similarity
BY_FACTS = 4  # candidates by shared facts
_NUMERIC = frozenset({"number", "day", "month", "year", "period"})


@dataclass(frozen=True)
class Side:
    """One side's texts: their vectors, the facts that they state, and where they stand.

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
    """How much a fact tells, 0…1: the fewer English units have it, the more; one that none has tells most."""
    return log(1 + size / (1 + len(found.units))) / log(1 + size)


def pair_up(source: Side, english: Side, found: Sequence[Sequence[Found]], english_facts: Sequence[float]) -> Pairs:
    """Candidates and their features. ``found`` are each source sentence's facts, ``english_facts`` the weight of the
    facts that each English unit states.
    """
    import numpy as np

    size = len(english.lengths)
    near = neighbourhood(source.vectors, english.vectors, NEAREST)
    shared = [_shared(facts, size) for facts in found]
    chosen: list[tuple[int, int]] = []
    for index, weights in enumerate(shared):
        by_facts = sorted(weights, key=lambda unit: (-weights[unit]["facts"] - weights[unit]["links"], unit))[:BY_FACTS]
        chosen += ((index, unit) for unit in sorted({*near.best[index].tolist(), *by_facts}))
    rows, columns = (np.array(side, np.intp) for side in zip(*chosen, strict=True))
    cosine = np.einsum("nd,nd->n", source.vectors[rows], english.vectors[columns])
    first, second = near.top_there[columns].T
    row_best = np.full(len(source.lengths), -1.0)
    np.maximum.at(row_best, rows, cosine)
    row_second = np.full(len(source.lengths), -1.0)
    np.maximum.at(row_second, rows, np.where(cosine < row_best[rows], cosine, -1.0))
    best, runner_up = row_best[rows], row_second[rows]
    window = np.max([_window(source, english, rows, columns, step) for step in (-1, 1)], axis=0) - cosine
    evidence = np.array([_fact_features(shared[row][column], found[row], size) for row, column in chosen])
    theirs = np.array(english_facts)[columns]
    columns_ = [
        cosine,
        np.log(cosine / ((near.here[rows] + near.there[columns]) / 2)),
        cosine - np.where(cosine >= best, runner_up, best),
        cosine - np.where(cosine >= first, second, first),
        window,
        *evidence.T,
        np.minimum(1.0, evidence[:, 0] / np.maximum(theirs, 0.5)),
        np.log((np.array(english.lengths)[columns] + 20) / (np.array(source.lengths)[rows] + 20)),
        1.0 - np.array(english.prose, float)[columns],
    ]
    return Pairs(rows, columns, np.stack(columns_, axis=1).astype(np.float64))


def _shared(facts: Sequence[Found], size: int) -> dict[int, dict[str, float]]:
    """For every English unit with a fact of the sentence: the weights of what it has."""
    shared: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for fact in facts:
        weight = weigh(fact, size)
        for unit in fact.units:
            here = shared[unit]
            if fact.kind == "link":
                here["links"] = max(here["links"], weight)
            elif fact.kind == "reference":
                here["references"] = max(here["references"], weight)
            elif fact.kind == "name part":
                here["facts"] += weight / 2
                here["names"] += weight / 2
            else:
                here["facts"] += weight
                here["numbers" if fact.kind in _NUMERIC else "names"] += weight
    return shared


def _fact_features(shared: dict[str, float], facts: Sequence[Found], size: int) -> tuple[float, ...]:
    weights = {"numbers": 0.0, "names": 0.0}
    for fact in facts:
        if fact.kind not in ("name part", "link", "reference"):
            weights["numbers" if fact.kind in _NUMERIC else "names"] += weigh(fact, size)
    total = sum(weights.values())
    have, numbers, names = shared.get("facts", 0.0), shared.get("numbers", 0.0), shared.get("names", 0.0)
    return (
        have,
        have / total if total else 0.0,
        total - have,
        numbers,
        weights["numbers"] - numbers,
        names,
        weights["names"] - names,
        shared.get("links", 0.0),
        shared.get("references", 0.0),
    )


def _window(source: Side, english: Side, rows: Indices, columns: Indices, step: int) -> Vectors:
    """The cosine of the source sentence with the English one and its neighbour in the block taken together."""
    import numpy as np

    other = np.clip(columns + step, 0, len(english.lengths) - 1)
    block = np.array(english.block)
    both = english.vectors[columns] + english.vectors[other]
    both /= np.maximum(np.linalg.norm(both, axis=1, keepdims=True), 1e-9)
    joined = np.einsum("nd,nd->n", source.vectors[rows], both)
    return np.where((block[other] == block[columns]) & (other != columns), joined, 0.0).astype(np.float32)
