"""Finished translations: what engines have answered, so that nothing is asked twice and a killed run goes on.

One SQLite file, committed answer by answer (a packet of sentences at a time), so that SIGKILL at any moment leaves a
whole file. Nothing in it is trusted: each row carries a checksum, a damaged row is as good as none, a damaged file is
set aside.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from expander.engines.protocol import Carrier, Translated
from expander.errors import StorageError

FILE = "translations.sqlite"
_SCHEMA = """CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, engine TEXT NOT NULL, source TEXT NOT NULL, answer TEXT NOT NULL, model TEXT NOT NULL,
    checksum TEXT NOT NULL) WITHOUT ROWID"""


def key(engine: str, model: str, source: str, target: str, carrier: Carrier, text: str) -> str:
    """What identifies an answer: the engine, the model asked for, the languages, and the text as it was sent."""
    return _digest("1", engine, model, source, target, carrier, text)


def _digest(*parts: str) -> str:
    return sha256("\0".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()


class Finished:
    """The store in ``folder``; ``readonly`` never writes (and is empty where there is no file).

    Raises StorageError where the folder cannot be used.
    """

    def __init__(self, folder: Path, *, readonly: bool = False) -> None:
        self.path = folder / FILE
        self._readonly = readonly
        self._database = self._open_readonly() if readonly else self._open()

    def __enter__(self) -> Finished:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was put is kept whether or not this is called."""
        self._database.close()

    def get(self, keys: Iterable[str]) -> dict[str, Translated]:
        """The answers that are there, whole, by key."""
        found: dict[str, Translated] = {}
        for key in dict.fromkeys(keys):
            with suppress(sqlite3.DatabaseError):  # a page that cannot be read is a miss
                row = self._database.execute(
                    "SELECT answer, model, checksum FROM answers WHERE key = ?", (key,)
                ).fetchone()
                if row and all(isinstance(cell, str) for cell in row) and _digest(key, row[0], row[1]) == row[2]:
                    found[key] = Translated(row[0], row[1])
        return found

    def put(self, engine: str, answers: Mapping[str, tuple[str, Translated]]) -> None:
        """Keep answers: key → (text as sent, answer). All of them are there afterwards, or none.

        Raises StorageError (disk full, folder gone).
        """
        if self._readonly or not answers:
            return
        rows = [
            (key, engine, text, answer.text, answer.model, _digest(key, answer.text, answer.model))
            for key, (text, answer) in answers.items()
        ]
        try:
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)", rows)
        except UnicodeEncodeError:
            return  # half a surrogate pair: such an answer is not worth keeping
        except sqlite3.Error as error:
            raise self._trouble(error) from None

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._trouble(error) from None
        try:
            return self._prepared()
        except sqlite3.OperationalError as error:
            raise self._trouble(error) from None
        except sqlite3.DatabaseError:  # not a database, or damaged beyond use: what it held is lost, no run is
            self._set_aside()
        try:
            return self._prepared()
        except sqlite3.Error as error:
            raise self._trouble(error) from None

    def _prepared(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, timeout=30.0)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            with database:
                database.execute(_SCHEMA)
            if database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("damaged")
        except BaseException:
            database.close()
            raise
        return database

    def _open_readonly(self) -> sqlite3.Connection:
        for mode in ("mode=ro", "immutable=1"):  # the latter where not even SQLite's own files can be written
            with suppress(sqlite3.Error):
                database = sqlite3.connect(f"{self.path.resolve().as_uri()}?{mode}", uri=True)
                database.execute("SELECT key FROM answers LIMIT 1")
                return database
        empty = sqlite3.connect(":memory:")
        empty.execute(_SCHEMA)
        return empty

    def _set_aside(self) -> None:
        try:
            self.path.replace(self.path.with_suffix(".damaged"))
            for suffix in ("-wal", "-shm"):
                self.path.with_name(FILE + suffix).unlink(missing_ok=True)
        except OSError as error:
            raise self._trouble(error) from None

    def _trouble(self, error: Exception) -> StorageError:
        return StorageError(
            f"Finished translations cannot be kept in {self.path.parent} ({error}); choose another folder with --cache."
        )
