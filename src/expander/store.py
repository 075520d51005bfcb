"""The proposal folder: every file written whole or not at all, every file read with suspicion."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from expander.errors import InputError, StorageError
from expander.proposals.expansion import Expansion

SCHEMA = 1
PROPOSAL = "proposal.json"
BASE = "base.wikitext"
_LOCK = ".lock"
_PATIENCE = 10  # seconds


class _Stored(msgspec.Struct, frozen=True):
    """``proposal.json``: ``schema`` is its format's version, raised with what old readers would misread."""

    schema: int
    expander: str
    expansion: Expansion


class _Version(msgspec.Struct, frozen=True):
    schema: int = 0


def save(folder: Path, expansion: Expansion, version: str) -> None:
    """Write ``proposal.json`` and ``base.wikitext``. Raises StorageError; what was there before is then unharmed."""
    stored = _Stored(SCHEMA, version, expansion)
    encoded = msgspec.json.format(msgspec.json.encode(stored), indent=1)
    write_files(folder, {BASE: expansion.base, PROPOSAL: encoded.decode() + "\n"})


def load(folder: Path) -> Expansion:
    """Read a proposal folder. Raises InputError where it is none, was made by another version, or is damaged."""
    path = folder / PROPOSAL
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError(
            f"{folder} is no proposal folder: it has no {PROPOSAL}; “expander expand” makes one."
        ) from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from None
    try:
        schema = msgspec.json.decode(raw, type=_Version).schema
        if schema != SCHEMA:
            raise InputError(
                f"{path} has format {schema}, this expander reads format {SCHEMA}; run “expander expand” anew."
            )
        return msgspec.json.decode(raw, type=_Stored).expansion
    except (msgspec.DecodeError, ValueError) as error:
        raise InputError(f"{path} is damaged ({error}); restore it or run “expander expand” anew.") from None


def update(folder: Path, change: Callable[[Expansion], Expansion], version: str) -> Expansion:
    """Load what the folder holds now, change it and save it, while no other expander does: two reviews of one folder
    lose none of each other's decisions. Raises InputError, StorageError, and what ``change`` raises.
    """
    from filelock import FileLock, Timeout

    try:
        with FileLock(folder / _LOCK, timeout=_PATIENCE):
            changed = change(load(folder))
            save(folder, changed, version)
            return changed
    except Timeout:
        raise StorageError(f"Another expander is writing {folder} for over {_PATIENCE} s; try again later.") from None
    except OSError as error:
        raise StorageError(f"{folder} cannot be written: {error.strerror or error}.") from None


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write text files into ``folder``, each atomically, in the given order. Raises StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            _write(folder / name, text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise StorageError(
            f"{folder} cannot be written: {error.strerror or error}; "
            "free some space or choose another folder with --out."
        ) from None


def check_writable(folder: Path) -> None:
    """Raise StorageError now rather than after an hour's work if ``folder`` cannot be written."""
    existing = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        raise StorageError(f"{folder} cannot be written; choose another folder with --out.")


def remove_file(path: Path) -> None:
    """Remove a file of an earlier run, if it is there."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()


def folder_name(title: str) -> str:
    """A file name for a page title: no separators, leading dots, control or reserved characters; at most 120 bytes."""
    name = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]+', "_", title).strip(" .") or "article"
    while len(name.encode("utf-8", "replace")) > 120:
        name = name[:-1]
    return name


def _write(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
