"""Features of pairs do not hang on how a cosine was computed."""

import numpy as np
import pytest

from expander.alignment.pairs import FEATURES, Side, pair_up

SIZE = 60


def _sides(jitter):
    """Three sets of unit vectors, half of the English ones near a source vector; ``jitter`` moves cosines so much."""
    chance = np.random.default_rng(7)
    source = chance.normal(size=(SIZE, 384))
    english = np.where(np.arange(SIZE)[:, None] % 2, source[::-1], 0) + chance.normal(size=(SIZE, 384))
    sides = [source, english, chance.normal(size=(8, 384))]
    units = [side / np.linalg.norm(side, axis=1, keepdims=True) for side in sides]
    noise = np.random.default_rng(8)
    return [(side + noise.uniform(-jitter, jitter, side.shape)).astype(np.float32) for side in units]


def _features(jitter):
    source, english, background = _sides(jitter)
    rows, ones = range(SIZE), [1] * SIZE
    return pair_up(Side(source, ones, rows, ones), Side(english, ones, rows, ones), background, [()] * SIZE)


def test_the_best_of_a_unit_leads_by_its_distance_to_the_second():
    source, english, background = _sides(0)
    pairs = _features(0)
    lead = pairs.features[:, FEATURES.index("lead there")]
    exact = source.astype(float) @ english.astype(float).T
    ground = np.sort(source.astype(float) @ background.astype(float).T)[:, -4:].mean()  # stands in for neighbours
    best = 0
    for row, unit, found in zip(pairs.source, pairs.english, lead, strict=True):
        others = [*np.delete(exact[:, unit], row), ground]
        assert found == pytest.approx(exact[row, unit] - max(others), abs=1e-4)
        best += found > 0
    assert best >= SIZE / 2


def test_rounding_moves_no_feature():
    one, other = _features(0), _features(1e-8)
    assert np.array_equal(one.source, other.source)
    assert np.array_equal(one.english, other.english)
    assert np.allclose(one.features, other.features, atol=1e-4)
