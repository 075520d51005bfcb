"""The options of a run, as the user gave them, checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from expander.errors import InputError

if TYPE_CHECKING:
    from expander.pipeline import Request


@dataclass(frozen=True, slots=True)
class Common:
    """Options of every command."""

    quiet: bool = False
    verbose: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """What ``expand`` and ``align`` were asked for; ``engines`` None: the default order."""

    common: Common
    article: str
    languages: tuple[str, ...] = ()
    counterparts: Mapping[str, str] = field(default_factory=dict)
    engines: tuple[str, ...] | None = None
    sections: tuple[str, ...] = ()
    out: Path | None = None
    offline: bool = False
    cache: Path = Path("cache")
    memory: Path | None = None
    config: Path | None = None
    json: bool = False
    skip_unreferenced: bool = False

    def request(self) -> Request:
        """What the pipeline is asked for."""
        from expander.pipeline import Request

        return Request(self.article, self.languages, self.counterparts, self.sections, self.skip_unreferenced)

    @staticmethod
    def of(
        common: Common,
        article: str,
        languages: str | None,
        counterparts: Sequence[str] | None,
        engines: str | None,
        sections: Sequence[str] | None,
        out: Path | None,
        offline: bool,
        cache: Path | None,
        memory: Path | None,
        config: Path | None,
        json: bool,
        skip_unreferenced: bool,
    ) -> Options:
        """Check and complete the options of a command. Raises InputError."""
        from expander.seed import parse_counterpart

        return Options(
            common,
            article,
            _languages(languages),
            dict(map(parse_counterpart, counterparts or ())),
            _names(engines) if engines is not None else None,
            tuple(sections or ()),
            out,
            offline,
            cache or default_cache(),
            memory,
            config,
            json,
            skip_unreferenced,
        )


def default_cache() -> Path:
    """``./cache`` where it exists, else the user's cache folder."""
    here = Path("cache")
    return here if here.is_dir() else Path(platformdirs.user_cache_dir("expander"))


def default_memory() -> Path:
    """The user's translation memory."""
    return Path(platformdirs.user_data_dir("expander")) / "memory.tmx"


def _languages(argument: str | None) -> tuple[str, ...]:
    from expander.language import language_name

    codes = _names(argument)
    for code in codes:
        if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", code) or language_name(code) == code:
            raise InputError(f"--from {code}: no such language; write Wikipedia's language codes, as in --from ru,tg.")
    return codes


def _names(argument: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in (argument or "").split(",") if name.strip()))
