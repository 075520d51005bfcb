"""What to tell an editor about a sentence of the memory that is nearly the same."""

from __future__ import annotations

from expander.engines.protocol import Translated
from expander.translation.memory import difference, words
from expander.values import Finding, Severity


def used(answer: Translated, source: str) -> Finding:
    """The memory's near match is the translation: the editor must make up for the difference."""
    what = f"This is the memory's translation of a sentence that is {answer.match} % like this one"
    return Finding("memory-match", Severity.WARNING, f"{what}; what differs: {_changes(answer.matched, source)}.")


def similar(answer: Translated, source: str) -> Finding:
    """The memory holds a near match beside the engine's translation."""
    what = f"The memory holds a sentence that is {answer.match} % like this one, translated as “{words(answer.text)}”"
    return Finding("memory-match", Severity.NOTE, f"{what}; what differs: {_changes(answer.matched, source)}.")


def _changes(old: str, new: str) -> str:
    return "; ".join(_change(*pair) for pair in difference(old, new)) or "the markup"


def _change(old: str, new: str) -> str:
    if old and new:
        return f"“{old}” became “{new}”"
    return f"“{new}” is new" if new else f"“{old}” is gone"
