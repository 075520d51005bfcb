"""Embeddings kept by content, so that a second run does not compute them again.

One SQLite file: SQLite serialises concurrent runs. The key is the digest of the model's name and the text, each value
half-precision numbers and their CRC-32. Whatever is wrong with the file, the worst that happens is that vectors are
computed again: a cache never stops a run.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from expander.alignment.embedding import Embedder, Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from expander.alignment.embedding import Vectors

_WAIT = 10.0  # seconds to wait for another run that is writing
_KEYS_A_QUERY = 500
_KEPT_AT_ONCE = 512


class CachedEmbedder:
    """Another embedder with a memory in ``path``.

    Vectors pass through half precision on the first run as on later ones, so that a verdict never depends on whether
    the cache was warm.
    """

    def __init__(self, embedder: Embedder, path: Path) -> None:
        self._embedder = embedder
        self._path = path

    @property
    def name(self) -> str:
        """The name of the embedder behind."""
        return self._embedder.name

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See :class:`~expander.alignment.embedding.Embedder`; only texts that are not cached are computed."""
        import numpy as np

        wanted = {_key(self.name, text): text for text in texts}
        found = self._read(wanted)
        absent = {key: text for key, text in wanted.items() if key not in found}
        fresh = self._compute(absent, progress)
        if len({len(vector) for vector in (*found.values(), *fresh.values())}) > 1:  # not all of one model: damaged
            found, fresh = {}, self._compute(wanted, progress)
        found |= fresh
        if not texts:
            return np.zeros((0, 0), np.float32)
        vectors = np.stack([found[_key(self.name, text)] for text in texts]).astype(np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)

    def _compute(self, texts: Mapping[bytes, str], progress: Progress | None) -> dict[bytes, NDArray[np.float16]]:
        """Compute and keep vectors, some at a time: who interrupts a long run loses little."""
        import numpy as np

        keys = list(texts)
        computed: dict[bytes, NDArray[np.float16]] = {}
        for start in range(0, len(keys), _KEPT_AT_ONCE):
            part = keys[start : start + _KEPT_AT_ONCE]
            told = _shifted(progress, start, len(keys))
            vectors = self._embedder.encode([texts[key] for key in part], told).astype(np.float16)
            fresh = dict(zip(part, vectors, strict=True))
            self._write({key: vector.tobytes() for key, vector in fresh.items()})
            computed |= fresh
        return computed

    def _read(self, wanted: Iterable[bytes]) -> dict[bytes, NDArray[np.float16]]:
        keys = list(wanted)
        found: dict[bytes, NDArray[np.float16]] = {}
        try:
            with self._open() as connection:
                for start in range(0, len(keys), _KEYS_A_QUERY):
                    part = keys[start : start + _KEYS_A_QUERY]
                    marks = ",".join("?" * len(part))
                    query = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"  # noqa: S608 - marks are ours
                    found |= {
                        key: vector
                        for key, blob in connection.execute(query, part)
                        if (vector := _unpack(blob)) is not None
                    }
        except (sqlite3.Error, OSError):
            return {}
        return found

    def _write(self, rows: Mapping[bytes, bytes]) -> None:
        packed = [(key, zlib.crc32(body).to_bytes(4, "big") + body) for key, body in rows.items()]
        with contextlib.suppress(sqlite3.Error, OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._insert(packed)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise  # locked, full or read-only: nothing is wrong with the file
                self._path.unlink()
                self._insert(packed)

    def _insert(self, rows: Sequence[tuple[bytes, bytes]]) -> None:
        with self._open() as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=_WAIT)
        try:
            with connection:
                yield connection
        finally:
            connection.close()


def _shifted(progress: Progress | None, start: int, total: int) -> Progress | None:
    """Progress of a part, told as progress of the whole."""
    return None if progress is None else lambda done, _: progress(start + done, total)


def _key(model: str, text: str) -> bytes:
    return blake2b(f"{model}\0{text}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _unpack(blob: object) -> NDArray[np.float16] | None:
    """The vector of a stored value, None where the value was damaged."""
    import numpy as np

    if not isinstance(blob, bytes) or len(blob) < 6 or zlib.crc32(blob[4:]) != int.from_bytes(blob[:4], "big"):
        return None
    vector = np.frombuffer(blob[4:], np.float16)
    return vector if np.isfinite(vector).all() else None
