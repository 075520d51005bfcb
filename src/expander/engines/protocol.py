"""What an engine is.

An engine gets segments (one sentence each) in the carrier that it handles best and gives one result a segment. It is
assumed to be careless: nothing it answers is trusted before :mod:`expander.translation` has checked it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Carrier(StrEnum):
    """How masked pieces travel through an engine."""

    MARKUP = "markup"  # HTML elements that the engine promises to keep
    TOKENS = "tokens"  # placeholder tokens in the text
    LABELS = "labels"  # plain text; links are found again by their translated labels
    EXACT = "exact"  # the masked form itself (translation memory)


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence to translate: ``text`` in the engine's carrier; ``context`` the paragraph it stands in, ``topic``
    the article's title and ``glossary`` (term, translation) pairs of terms that occur in it, for engines that can use
    them.
    """

    text: str
    context: str = ""
    topic: str = ""
    glossary: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Translated:
    """An engine's answer to one segment. ``match`` is a translation memory's similarity in per cent (100: exact) and
    ``matched`` the source that it found; None and "" for machine engines.
    """

    text: str
    model: str = ""
    match: int | None = None
    matched: str = ""


@dataclass(frozen=True, slots=True)
class Untranslated:
    """This segment has no translation from this engine, and why; the next engine is asked.

    ``alone``: it was sent together with others and is worth a request of its own, to this engine, first.
    """

    reason: str
    alone: bool = False


Answer = Translated | Untranslated


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What a person should know before using an engine.

    ``max_chars`` is the largest request, in what ``measure`` counts (characters, where it is ``len``); ``key_variable``
    the environment variable that holds its key ("" where it needs none); ``remote`` whether the text leaves the
    machine; ``may_use_llm`` whether a large language model may be inside (WP:LLM). ``network`` is False where it
    never opens a socket, not even to this machine. ``languages`` are source languages known to be translated into
    English without asking anybody, () where only the engine itself can tell. ``model`` tells apart what must not be
    mixed in the cache.
    """

    name: str
    title: str
    carrier: Carrier
    max_chars: int
    remote: bool
    may_use_llm: bool
    key_variable: str = ""
    max_segments: int = 1
    measure: Callable[[str], int] = len
    network: bool = True
    languages: tuple[str, ...] = ()
    model: str = ""
    is_llm: bool = False


class Engine(Protocol):
    """A translation engine."""

    @property
    def info(self) -> EngineInfo:
        """Static facts; must not touch the network."""
        ...

    def supports(self, source: str, target: str) -> bool:
        """Whether it translates between these languages (Wikipedia codes); may consult a cached list, False where
        unknown.
        """
        ...

    def translate(self, segments: Sequence[Segment], source: str, target: str) -> list[Answer]:
        """One answer a segment, in order.

        Raises EngineLimited where the engine asks to slow down, EngineError where it cannot be used any more.
        """
        ...
