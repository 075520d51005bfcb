"""The translation memory: what editors have decided, found again exactly or nearly."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from expander.engines.protocol import Translated
from expander.errors import StorageError
from expander.translation.layout import read as layout
from expander.translation.tmx import Unit, dumps, loads

LEAST_MATCH = 75  # per cent; below, reading a match costs an editor more than it saves
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Match:
    """A unit of the memory and how like its source is to what was looked for, in per cent (100: the same)."""

    unit: Unit
    percent: int


class Memory:
    """Units in order; of two with the same source the later one counts."""

    def __init__(self, units: Iterable[Unit] = ()) -> None:
        self._units: dict[tuple[str, str], dict[str, Unit]] = {}
        self._words: dict[tuple[str, str], dict[str, str]] = {}  # what near matches are looked for in
        for unit in units:
            self.add(unit)

    def __iter__(self) -> Iterator[Unit]:
        for pair in self._units.values():
            yield from pair.values()

    def __len__(self) -> int:
        return sum(map(len, self._units.values()))

    def add(self, unit: Unit) -> None:
        """Remember ``unit``; it replaces one of the same source."""
        languages, key = (unit.source_lang, unit.target_lang), _key(unit.source)
        pair = self._units.setdefault(languages, {})
        pair.pop(key, None)
        pair[key] = unit
        self._words.setdefault(languages, {})[key] = words(unit.source)

    def supports(self, source: str, target: str) -> bool:
        """Whether it holds anything for these languages."""
        return bool(self._units.get((source, target)))

    def exact(self, text: str, source: str, target: str) -> Unit | None:
        """The unit whose source is the masked ``text``, white space aside."""
        return self._units.get((source, target), {}).get(_key(text))

    def nearest(self, text: str, source: str, target: str, least: int = LEAST_MATCH) -> Match | None:
        """The unit most like the masked ``text``: its words are compared, markup only makes an exact match a near one.

        The measure is the indel similarity of rapidfuzz (2 · common / total length), rounded down, at most 99.
        """
        if unit := self.exact(text, source, target):
            return Match(unit, 100)
        from rapidfuzz import fuzz, process

        choices = self._words.get((source, target), {})
        best = process.extractOne(words(text), choices, scorer=fuzz.ratio, score_cutoff=least)
        if best is None:
            return None
        return Match(self._units[source, target][best[2]], min(99, int(best[1])))

    def answer(self, text: str, source: str, target: str) -> Translated | None:
        """The same as an engine's answer."""
        match = self.nearest(text, source, target)
        if match is None:
            return None
        return Translated(match.unit.target, match.unit.origin, match.percent, match.unit.source)


def _key(masked: str) -> str:
    return " ".join(masked.split())


def words(masked: str) -> str:
    """A masked text without its markup."""
    return layout(masked).plain


def difference(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """What words ``new`` has in the place of which of ``old``: (("2009", "2010"), …); markup is left aside."""
    before, after = _WORD.findall(words(old)), _WORD.findall(words(new))
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return tuple((" ".join(before[i:j]), " ".join(after[k:m])) for tag, i, j, k, m in opcodes if tag != "equal")


def read(path: Path) -> Memory:
    """The memory in a TMX file; an empty one where there is no file yet.

    Raises InputError where the file is no TMX, StorageError where it cannot be read.
    """
    try:
        return Memory(loads(path.read_bytes(), str(path)))
    except FileNotFoundError:
        return Memory()
    except OSError as error:
        raise StorageError(f"The translation memory {path} cannot be read ({error.strerror}).") from None


def write(memory: Memory, path: Path) -> None:
    """Write ``memory`` to ``path`` all at once: whoever reads it, or kills us, sees the old file or the new one.

    Raises StorageError where that cannot be done; the old file is then untouched.
    """
    partial = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False, newline="\n") as file:
            partial = Path(file.name)
            file.write(dumps(memory))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        if partial is not None:
            partial.unlink(missing_ok=True)
        raise StorageError(
            f"The translation memory {path} cannot be written ({error.strerror}); choose another with --memory."
        ) from None
