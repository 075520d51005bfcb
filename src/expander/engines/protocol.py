"""What an engine is.

An engine gets segments (one sentence each) in the carrier that it handles best and gives one result a segment. It is
assumed to be careless: nothing it answers is trusted before :mod:`expander.translation` has checked it.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    """One sentence to translate: ``text`` in the engine's carrier; ``context`` the paragraph it stands in, for
    engines that can use it.
    """

    text: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Translated:
    """An engine's answer to one segment. ``match`` is a translation memory's similarity in per cent (100: exact);
    None for machine engines.
    """

    text: str
    model: str = ""
    match: int | None = None


@dataclass(frozen=True, slots=True)
class Untranslated:
    """This segment has no translation from this engine, and why; the next engine is asked."""

    reason: str


Answer = Translated | Untranslated


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What a person should know before using an engine.

    ``max_chars`` is the largest request in characters; ``key_variable`` the environment variable that holds its key
    ("" where it needs none); ``remote`` whether the text leaves the machine; ``may_use_llm`` whether a large language
    model may be inside (WP:LLM).
    """

    name: str
    title: str
    carrier: Carrier
    max_chars: int
    remote: bool
    may_use_llm: bool
    key_variable: str = ""
    max_segments: int = 1


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
