"""Options and configuration → the tools that a run works with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from expander.cli.options import Options, default_memory
from expander.cli.screen import Screen
from expander.config import Config
from expander.errors import InputError

if TYPE_CHECKING:
    from expander.pipeline import Tools
    from expander.translation.memory import Memory


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
    from expander.wiki import Wiki
    from expander.world import World

    wiki = Wiki(
        config.wikis,
        cache=options.cache / "pages",
        samples=(recorded_replies(),),
        offline=options.offline,
        progress=screen.progress,
        warn=screen.warn,
    )
    chosen = get(options.engines, config.engines, offline=options.offline) if translates else []
    translator = Translator(
        chosen,
        _memory(options) if translates and remembers else None,
        options.cache / "translations",
        offline=options.offline,
        progress=lambda done, total: screen.progress("translating", done, total),
    )
    return Tools(
        World(wiki, translator, warn=screen.warn, online=not options.offline),
        open_embedder(options.cache),
        aligning=lambda done, total: screen.progress("aligning", done, total),
    )


def _memory(options: Options) -> Memory:
    from expander.translation.memory import read

    path = options.memory or default_memory()
    if options.memory is not None and not path.exists():
        raise InputError(f"The translation memory {path} does not exist.")
    return read(path)
