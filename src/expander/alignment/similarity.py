"""Cosines and margins between two sets of unit vectors, in blocks, so that thousands of sentences fit in memory.

The margin (Artetxe & Schwenk 2019, https://aclanthology.org/P19-1309/, as a distance) is how far a pair's cosine lies
above the mean cosine of both sides' nearest neighbours: a bare cosine is high for anything on the same subject. A stub
has no neighbours: sentences on other subjects (``background.txt``) stand in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
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
    cosine of each side's nearest neighbours; ``ground`` (n,): the highest cosine with the background; ``top_there``
    (m, 2): the two highest cosines of every English unit.
    """

    best: Indices
    here: Vectors
    there: Vectors
    ground: Vectors
    top_there: Vectors


def neighbourhood(source: Vectors, english: Vectors, background: Vectors, k: int) -> Neighbourhood:
    """Nearest neighbours of every row of ``source`` among the rows of ``english``; all three must have rows."""
    import numpy as np

    n, m = len(source), len(english)
    k = min(k, m)
    best = np.empty((n, k), np.intp)
    here = np.empty(n, np.float32)
    grounds = _highest(source @ background.T, NEIGHBOURS)
    highest = np.full((m, NEIGHBOURS), grounds.mean(), np.float32)
    for start in range(0, n, _BLOCK):
        cosines = source[start : start + _BLOCK] @ english.T
        order = np.argsort(-cosines, axis=1, kind="stable")[:, :k]
        best[start : start + _BLOCK] = order
        near = np.concatenate([np.take_along_axis(cosines, order, 1), grounds[start : start + _BLOCK]], axis=1)
        here[start : start + _BLOCK] = _highest(near, NEIGHBOURS).mean(1)
        highest = _highest(np.concatenate([highest, cosines.T], axis=1), NEIGHBOURS)
    return Neighbourhood(best, here, highest.mean(1), grounds[:, 0], highest[:, :2])


def _highest(cosines: Vectors, k: int) -> Vectors:
    """The ``k`` highest of each row, highest first."""
    import numpy as np

    top: Vectors = -np.sort(np.partition(-cosines, k - 1, axis=1)[:, :k], axis=1)
    return top


@cache
def background_sentences() -> tuple[str, ...]:
    """English sentences on this and that."""
    text = (files("expander.alignment") / "background.txt").read_text(encoding="utf-8")
    return tuple(text.splitlines())
