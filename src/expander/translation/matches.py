"""What to tell an editor about where a translation comes from."""

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


def by_model(model: str) -> Finding:
    """A large language model made the translation; English Wikipedia's rule for that is WP:LLM-assisted translation."""
    message = (
        f"A large language model ({model}) translated this: WP:LLM asks you to know both languages, to check each "
        "claim against its source, and to look for what the model made up."
    )
    return Finding("llm-translation", Severity.NOTE, message)


def _changes(old: str, new: str) -> str:
    return "; ".join(_change(*pair) for pair in difference(old, new)) or "the markup"


def _change(old: str, new: str) -> str:
    if old and new:
        return f"“{old}” became “{new}”"
    return f"“{new}” is new" if new else f"“{old}” is gone"
