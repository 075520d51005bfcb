"""What changed between two texts, word by word (as wikidiff2 and delta show it)."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Literal

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text that both have, that only the old one has (``del``), or only the new one (``ins``)."""

    kind: Literal["same", "del", "ins"]
    text: str


def word_changes(old: str, new: str) -> tuple[Run, ...]:
    """``old`` → ``new`` in runs: the ``same`` and ``del`` runs give ``old``, the ``same`` and ``ins`` runs ``new``.

    Single spaces between two changed words count as changed, so that a rewritten phrase is one run.
    """
    ours, theirs = _WORD.findall(old), _WORD.findall(new)
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    runs: list[Run] = []
    removed, added = "", ""
    for _, start, end, other_start, other_end in matcher.get_opcodes():
        before, after = "".join(ours[start:end]), "".join(theirs[other_start:other_end])
        if before == after and not (before.isspace() and (removed or added) and end < len(ours)):
            runs += _changed(removed, added)
            runs.append(Run("same", before))
            removed, added = "", ""
        else:
            removed, added = removed + before, added + after
    return (*runs, *_changed(removed, added))


def _changed(removed: str, added: str) -> list[Run]:
    return [run for run in (Run("del", removed), Run("ins", added)) if run.text]
