"""A small calibrated model: evidence → the probability that English covers a sentence.

Two logistic regressions. The first weighs the evidence of a pair; the second looks at a sentence's best pair among the
others. Their weights are the readable file ``model.toml``, written by ``benchmarks/train_alignment.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from expander.alignment.pairs import FEATURES, Pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from expander.alignment.pairs import Floats

SENTENCE_FEATURES = ("pair", "parallel", "lead here in parallel", "lead there in parallel")
"""What is known of a sentence: the log-odds of its best pair; how far the articles run in parallel; and, as far as they
do, how far the log-odds lie above the next best of the sentence and of the English unit.
"""
_FLOOR, _CEILING = -8.0, 6.0  # log-odds beyond these say no more
_PARALLEL = (0.8, 1.0)  # share of neighbouring matches in the same order, rescaled to -1…1: from none to all


class Weights(msgspec.Struct, frozen=True):
    """A logistic regression: log-odds are ``bias`` + the sum of weight × feature."""

    bias: float
    weights: Mapping[str, float]


class Model(msgspec.Struct, frozen=True):
    """What the model file holds."""

    pair: Weights
    sentence: Weights


@cache
def model() -> Model:
    """The shipped model."""
    return msgspec.toml.decode((files("expander.alignment") / "model.toml").read_bytes(), type=Model)


def pair_odds(features: Floats) -> Floats:
    """Log-odds that the English unit covers the sentence, one a row of ``features``."""
    return _odds(model().pair, FEATURES, features)


def sentence_odds(features: Floats) -> Floats:
    """Log-odds that English covers the sentence, one a row of ``features`` (see :func:`sentence_features`)."""
    return _odds(model().sentence, SENTENCE_FEATURES, features)


def probability(odds: Floats) -> Floats:
    """Log-odds → probability."""
    import numpy as np

    chances: Floats = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return chances


def sentence_features(pairs: Pairs, odds: Floats, prose: Sequence[bool], size: int) -> Floats:
    """:data:`SENTENCE_FEATURES` of ``size`` source sentences.

    In a translation every English sentence covers one source sentence, in order: there, exclusiveness is evidence.
    In articles that grew apart it is none. ``prose`` tells which English units are sentences.
    """
    import numpy as np

    clipped = np.clip(odds, _FLOOR, _CEILING)
    best, second = _two_highest(clipped, pairs.source, size)
    best_there, second_there = _two_highest(clipped, pairs.english, len(prose))
    order = np.lexsort((pairs.english, -clipped, pairs.source))
    first = order[np.unique(pairs.source[order], return_index=True)[1]]
    match = pairs.english[first]
    rival = np.where(best >= best_there[match], second_there[match], best_there[match])
    parallel = parallelism(pairs, np.array(prose, bool), size)
    columns = [best, np.full(size, parallel), (best - second) * parallel, (best - rival) * parallel]
    return np.stack(columns, axis=1)


def parallelism(pairs: Pairs, prose: NDArray[np.bool_], size: int) -> float:
    """0 for articles that grew apart … 1 for a translation: how many neighbours among the matches that are each
    other's best stand in the same order.
    """
    import numpy as np

    margin = pairs.features[:, FEATURES.index("margin")]
    here, _ = _two_highest(margin, pairs.source, size)
    there, _ = _two_highest(margin, pairs.english, len(prose))
    mutual = (margin >= here[pairs.source]) & (margin >= there[pairs.english]) & prose[pairs.english]
    matches = pairs.english[mutual]
    if len(matches) < 3:
        return 0.0
    in_order = 2 * float(np.mean(matches[1:] > matches[:-1])) - 1
    low, high = _PARALLEL
    return min(1.0, max(0.0, (in_order - low) / (high - low)))


def _odds(weights: Weights, names: Sequence[str], features: Floats) -> Floats:
    import numpy as np

    odds: Floats = features @ np.array([weights.weights.get(name, 0.0) for name in names]) + weights.bias
    return odds


def _two_highest(values: Floats, groups: NDArray[np.intp], size: int) -> tuple[Floats, Floats]:
    """The highest and the second highest value of each group; the floor where there is none."""
    import numpy as np

    highest, second = np.full(size, _FLOOR), np.full(size, _FLOOR)
    order = np.lexsort((-values, groups))
    ordered, group = values[order], groups[order]
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    highest[group[starts]] = ordered[starts]
    following = starts + 1
    following = following[following < len(group)]
    following = following[group[following] == group[following - 1]]
    second[group[following]] = ordered[following]
    return highest, second
