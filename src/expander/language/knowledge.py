"""Load ``data/<lang>/<topic>.toml`` into typed, frozen structs."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from expander.errors import InputError

T = TypeVar("T")

_DATA = files("expander.language") / "data"
_CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


@cache
def topic(lang: str, name: str, shape: type[T]) -> T:
    """What we know of ``name`` (``headings``, ``numbers`` …) in language ``lang``, as a frozen ``shape``.

    Without a data file, ``shape()`` with its defaults. Raises InputError where ``lang`` is no language code,
    msgspec.ValidationError where a data file does not have the shape (a mistake of ours, found by the tests).
    """
    if not _CODE.fullmatch(lang):
        raise InputError(f"“{lang}” is not a language code; write the code of a Wikipedia, such as ru or tg.")
    source = _DATA / lang / f"{name}.toml"
    if not source.is_file():
        return shape()
    return msgspec.toml.decode(source.read_bytes(), type=shape)


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages that have data files."""
    return tuple(sorted(entry.name for entry in _DATA.iterdir() if entry.is_dir() and _CODE.fullmatch(entry.name)))


@cache
def language_name(lang: str) -> str:
    """The language's English name from CLDR (``Russian``, ``Tajik``); the code itself where CLDR knows none."""
    from babel import Locale, UnknownLocaleError

    name = Locale("en").languages.get(lang)
    if name:
        return str(name)
    try:
        return Locale.parse(lang, sep="-").get_display_name("en") or lang
    except (UnknownLocaleError, ValueError):
        return lang


@cache
def language_code(english_name: str) -> str | None:
    """The code of the language that English calls this (``Russian`` → ``ru``), None where CLDR knows none."""
    from babel import Locale

    names = {str(name).casefold(): str(code).replace("_", "-") for code, name in Locale("en").languages.items()}
    return names.get(" ".join(english_name.split()).casefold())
