"""What there is to know about each engine before it is used, and whether it answers (``expander engines``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from expander.engines import registry
from expander.engines.memory import INFO as MEMORY
from expander.engines.protocol import Carrier, Engine, EngineInfo, Segment, Translated
from expander.errors import ExpanderError, InputError


@dataclass(frozen=True, slots=True)
class Overview:
    """An engine, for a person.

    ``info`` is None where it cannot be made: ``missing`` says what it lacks then, and what it lacks before the default
    order uses it otherwise ("": it is ready). ``why`` is the reason for its place in the default order. ``has_key``:
    its key was found.
    """

    name: str
    why: str
    missing: str
    has_key: bool
    info: EngineInfo | None = None


def overview(config: Mapping[str, Mapping[str, object]] | None = None) -> list[Overview]:
    """All engines, in the default order; opens no socket."""
    first = Overview(MEMORY.name, "first: what editors decided", "", False, MEMORY)
    return [first, *_others(config or {})]


def _others(config: Mapping[str, Mapping[str, object]]) -> Iterator[Overview]:
    from expander.engines.settings import key_of

    why = {entry.name: entry.reason for entry in registry.ENTRIES}
    for name in registry.names():
        if name == MEMORY.name:
            continue
        missing = registry.lacks(name, config)
        try:
            [engine] = registry.get([name], config, offline=True)
            info: EngineInfo | None = engine.info
        except InputError as error:
            missing, info = missing or str(error), None
        yield Overview(name, why.get(name, "a third party's"), missing, bool(key_of(name)), info)


def check(engine: Engine, source: str = "ru", target: str = "en") -> tuple[bool, str]:
    """Ask ``engine`` to translate one word, the source language's own name: whether it did, and what it said.

    Uses the network where the engine does; never raises for what an engine does.
    """
    word = _own_name(source)
    try:
        if not engine.supports(source, target):
            return False, f"does not translate from {source} to {target}"
        [answer] = engine.translate([Segment(word)], source, target)
    except ExpanderError as error:
        return False, str(error)
    except Exception as error:  # code of others, which may fail in any way
        return False, f"broke ({type(error).__name__})"
    if isinstance(answer, Translated):
        return True, f"“{word}” became “{answer.text}”"
    if engine.info.carrier is Carrier.EXACT:
        return True, "answers from the memory"
    return False, answer.reason


def _own_name(lang: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(lang, sep="-").get_display_name(lang) or lang
    except (UnknownLocaleError, ValueError):
        return lang
