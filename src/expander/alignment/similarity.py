"""Cosines and ratio margins between two sets of unit vectors, in blocks, so that thousands of sentences fit in memory.

The ratio margin (Artetxe & Schwenk 2019, https://aclanthology.org/P19-1309/) divides a pair's cosine by the mean cosine
of both sides' nearest neighbours: a bare cosine of this kind of model is high for anything on the same subject.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Indices = NDArray[np.intp]

NEIGHBOURS = 4
_BLOCK = 512


@dataclass(frozen=True)
class Neighbourhood:
    """The English neighbours of every source sentence.

    ``best`` (n, k): indices of the k nearest English units, nearest first; ``here`` (n,) and ``there`` (m,): the mean
    cosine of each side's nearest neighbours; ``top_there`` (m, 2): the two highest cosines of every English unit.
    """

    best: Indices
    here: Vectors
    there: Vectors
    top_there: Vectors


def neighbourhood(source: Vectors, english: Vectors, k: int) -> Neighbourhood:
    """Nearest neighbours of every row of ``source`` among the rows of ``english``; both must have rows."""
    import numpy as np

    n, m = len(source), len(english)
    k, near_here, near_there = min(k, m), min(NEIGHBOURS, m), min(NEIGHBOURS, n)
    best = np.empty((n, k), np.intp)
    here = np.empty(n, np.float32)
    highest = np.full((m, max(near_there, 2)), -1.0, np.float32)
    for start in range(0, n, _BLOCK):
        cosines = source[start : start + _BLOCK] @ english.T
        order = np.argpartition(-cosines, k - 1, axis=1)[:, :k] if k < m else np.tile(np.arange(m), (len(cosines), 1))
        rank = np.argsort(-np.take_along_axis(cosines, order, 1), axis=1, kind="stable")
        best[start : start + _BLOCK] = np.take_along_axis(order, rank, 1)
        near = -np.partition(-cosines, near_here - 1, axis=1)[:, :near_here]
        here[start : start + _BLOCK] = near.mean(1)
        both = np.concatenate([highest, cosines.T], axis=1)
        highest = -np.partition(-both, highest.shape[1] - 1, axis=1)[:, : highest.shape[1]]
    highest = -np.sort(-highest, axis=1)
    return Neighbourhood(best, here, highest[:, :near_there].mean(1), highest[:, :2])
