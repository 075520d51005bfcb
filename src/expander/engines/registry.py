"""Engines by name: our own, and third parties' by entry point (group ``expander.engines``).

An entry point names a callable that takes a :class:`~expander.engines.settings.Settings` and gives an
:class:`~expander.engines.protocol.Engine`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from typing import TYPE_CHECKING

from expander.engines.protocol import Engine
from expander.errors import InputError

if TYPE_CHECKING:
    from expander.engines.settings import Settings

GROUP = "expander.engines"


@dataclass(frozen=True, slots=True)
class Entry:
    """An engine that exists: where it is made, why it stands where it does in the default order, and what it needs
    before the default order uses it (a key, an address, a package).
    """

    name: str
    place: str
    reason: str
    needs_key: bool = False
    needs_setting: tuple[str, ...] = ()  # any of these
    needs_package: str = ""


MEMORY = "memory"  # always asked first, by the translator itself

# The default order. Policy first: English Wikipedia asks more of a translation in which a language model may be
# inside (WP:LLM), so engines that are known to hold none come before those that may. Among equals, quality. The
# exception is LibreTranslate: it holds none, but what its models save in policy they cost in correction.
ENTRIES: tuple[Entry, ...] = (
    Entry("mint", "expander.engines.mint:Mint", "Wikimedia's own; open models, no LLM; ru and tg; keeps markup"),
    Entry(
        "firefox",
        "expander.engines.firefox:Firefox",
        "nothing leaves the machine, no LLM (COMET 0.843 for ru); no tg",
        needs_package="fxtranslate",
    ),
    Entry(
        "nllb",
        "expander.engines.nllb:Nllb",
        "nothing leaves the machine, no LLM; ru and tg; slow (chrF++ 57.4 and 54.6 with the 600M model)",
        needs_setting=("folder", "download"),
        needs_package="sentencepiece",
    ),
    Entry(
        "deepl",
        "expander.engines.deepl:DeepL",
        "its users chose it by getting a key; keeps markup, uses the paragraph; may hold an LLM; no tg",
        needs_key=True,
    ),
    Entry(
        "google",
        "expander.engines.google:Google",
        "best of those that need no key (COMET 0.868 for ru); ru and tg; may hold an LLM",
    ),
    Entry(
        "yandex",
        "expander.engines.yandex:Yandex",
        "needs a key; ru and tg; keeps markup; may hold an LLM",
        needs_key=True,
    ),
    Entry(
        "microsoft",
        "expander.engines.microsoft:Microsoft",
        "needs a key; keeps markup; may hold an LLM",
        needs_key=True,
    ),
    Entry(
        "libretranslate",
        "expander.engines.libretranslate:LibreTranslate",
        "one's own server: no LLM, but weak models (Argos, COMET 0.802 for ru)",
        needs_setting=("url",),
    ),
    Entry(
        "mymemory",
        "expander.engines.mymemory:MyMemory",
        "no key, but a sentence a request, 5,000 characters a day, and translations of mixed origin",
    ),
    Entry(
        "llm",
        "expander.engines.llm:Llm",
        "last: WP:LLM asks most of its translations, and who wants it says so",
        needs_setting=("model",),
    ),
)


@cache
def _third_parties() -> Mapping[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def names() -> tuple[str, ...]:
    """All engines that exist, in the default order, third parties' last."""
    own = [MEMORY, *(entry.name for entry in ENTRIES)]
    return (*own, *(name for name in sorted(_third_parties()) if name not in own))


def get(
    wanted: Iterable[str] | None, config: Mapping[str, Mapping[str, object]] | None = None, *, offline: bool = False
) -> list[Engine]:
    """The engines ``wanted``, in that order; None: those of the default order that are ready to use.

    ``config`` is the configuration's ``engines`` table. The translation memory, ``memory``, is no engine to make: the
    translator asks it first whether or not it is named, and naming it alone means to ask nobody else.

    Raises InputError for a name or a setting that cannot be.
    """
    config = config or {}
    chosen = (
        list(dict.fromkeys(wanted)) if wanted is not None else [e.name for e in ENTRIES if not lacks(e.name, config)]
    )
    return [_make(name, config.get(name, {}), offline) for name in chosen if name != MEMORY]


def lacks(name: str, config: Mapping[str, Mapping[str, object]]) -> str:
    """What an engine lacks before the default order uses it, as a clause; "" where it lacks nothing."""
    from expander.engines.settings import key_of, key_variable

    entry = next((entry for entry in ENTRIES if entry.name == name), None)
    if entry is None:
        return "" if name == MEMORY else "is used where it is named"
    if entry.needs_package and not find_spec(entry.needs_package):
        return f"needs {entry.needs_package}; install expander[{name}]"
    if entry.needs_key and not key_of(name):
        return f"needs a key in {key_variable(name)} or the keyring"
    if entry.needs_setting and not set(entry.needs_setting) & set(config.get(name, {})):
        return f"needs {' or '.join(entry.needs_setting)} in [engines.{name}]"
    return ""


def _make(name: str, values: Mapping[str, object], offline: bool) -> Engine:
    from expander.engines.settings import Settings, key_of, key_variable

    factory = _factory(name)
    if not isinstance(values, Mapping):
        raise InputError(f"[engines.{name}] must be a table of settings.")
    key = key_of(name)
    if not key and not offline and any(entry.name == name and entry.needs_key for entry in ENTRIES):
        raise InputError(f"The engine “{name}” needs a key; put it into {key_variable(name)} or the system's keyring.")
    return factory(Settings(name, values, key, offline))


def _factory(name: str) -> Callable[[Settings], Engine]:
    own = {entry.name: entry.place for entry in ENTRIES}
    if name in own:
        module, _, attribute = own[name].partition(":")
        factory: Callable[[Settings], Engine] = getattr(import_module(module), attribute)
        return factory
    if name not in _third_parties():
        raise InputError(f"There is no engine “{name}”; choose from {', '.join(names())}.")
    try:
        loaded: Callable[[Settings], Engine] = _third_parties()[name].load()
    except Exception as error:  # code of others, which may fail in any way
        raise InputError(
            f"The engine “{name}” cannot be loaded: {type(error).__name__}; reinstall its package."
        ) from None
    return loaded
