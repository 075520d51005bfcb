"""Options and configuration → the tools that a run works with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from expander.cli.options import Options, default_memory
from expander.cli.screen import Screen
from expander.config import Config
from expander.errors import InputError, StorageError
from expander.sample import is_sample, memory_path
from expander.seed import read_seed

if TYPE_CHECKING:
    from pathlib import Path

    from expander.pipeline import Tools
    from expander.proposals.expansion import Expansion
    from expander.translation.memory import Memory
    from expander.translation.tmx import Unit

_PATIENCE = 10  # seconds


def open_tools(
    options: Options, config: Config, screen: Screen, *, translates: bool = True, remembers: bool = True
) -> Tools:
    """The tools of a run, ``remembers`` with the translation memory. Raises InputError for an engine or memory that
    cannot be.
    """
    from expander.alignment.embedders import open_embedder
    from expander.engines.registry import get
    from expander.pipeline import Tools
    from expander.sample import recorded_replies
    from expander.translation.translator import Translator
    from expander.wiki import Wiki, user_agent
    from expander.world import World

    wiki = Wiki(
        config.wikis,
        cache=options.cache / "pages",
        samples=(recorded_replies(),),
        offline=options.offline,
        agent=user_agent(config.contact),
        progress=screen.progress,
        warn=screen.warn,
    )
    chosen = get(options.engines, config.engines, offline=options.offline) if translates else []
    translator = Translator(
        chosen,
        _memory(options, screen) if translates and remembers else None,
        options.cache / "translations",
        offline=options.offline,
        progress=lambda done, total: screen.progress("translating", done, total),
    )
    return Tools(
        World(wiki, translator, warn=screen.warn, online=not options.offline),
        open_embedder(options.cache),
        aligning=lambda done, total: screen.progress("aligning", done, total),
    )


def remember(expansion: Expansion, path: Path) -> int:
    """Add what the editor decided to the memory at ``path``; how many sentences were new to it. Raises InputError,
    StorageError.
    """
    from filelock import FileLock, Timeout

    from expander.review import learned
    from expander.translation.memory import read, write

    units = learned(expansion)
    if not units:
        return 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE):
            memory = read(path)
            new = [unit for unit in units if _is_new(unit, memory)]
            for unit in new:
                memory.add(unit)
            if new:
                write(memory, path)
            return len(new)
    except Timeout:
        raise StorageError(f"Another expander is writing {path} for over {_PATIENCE} s.") from None
    except OSError as error:
        raise StorageError(f"The translation memory {path} cannot be written: {error.strerror or error}.") from None


def _is_new(unit: Unit, memory: Memory) -> bool:
    """Whether the memory has other words for it, or none; where only markup differs, what it has is no worse."""
    from expander.translation.memory import words

    known = memory.exact(unit.source, unit.source_lang, unit.target_lang)
    return known is None or words(known.target) != words(unit.target)


def _memory(options: Options, screen: Screen) -> Memory:
    """The user's memory; for the sample article, which offline comes from recorded replies, the sample's below it."""
    from expander.translation.memory import Memory, read

    path = options.memory or default_memory()
    if options.memory is not None and not path.exists():
        raise InputError(f"The translation memory {path} does not exist.")
    own = read(path)
    if options.memory is not None or not options.offline or not _is_sample(options.article):
        return own
    screen.remark("This is the sample: its English comes from the translation memory that was made for it.")
    return Memory([*read(memory_path()), *own])


def _is_sample(article: str) -> bool:
    return bool(article) and is_sample(read_seed(article))
