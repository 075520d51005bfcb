"""A small calibrated model: the evidence of a pair → the probability that the English unit covers the sentence.

Logistic regression; its weights are the readable file ``model.toml``, written by ``benchmarks/train_alignment.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from expander.alignment.pairs import FEATURES

if TYPE_CHECKING:
    from expander.alignment.pairs import Floats


class Weights(msgspec.Struct, frozen=True):
    """What the model file holds."""

    bias: float
    weights: Mapping[str, float]


@cache
def weights() -> Weights:
    """The shipped model."""
    return msgspec.toml.decode((files("expander.alignment") / "model.toml").read_bytes(), type=Weights)


def contributions(features: Floats) -> Floats:
    """What each feature adds to the log-odds."""
    import numpy as np

    parts: Floats = features * np.array([weights().weights[name] for name in FEATURES])
    return parts


def log_odds(features: Floats) -> Floats:
    """Log-odds that English covers, one a row of ``features``."""
    odds: Floats = contributions(features).sum(axis=1) + weights().bias
    return odds


def probability(odds: Floats) -> Floats:
    """Log-odds → probability."""
    import numpy as np

    chances: Floats = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return chances
