"""The translation memory as an engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from expander.engines.protocol import Answer, Carrier, EngineInfo, Segment, Translated, Untranslated

INFO = EngineInfo(
    name="memory",
    title="Translation memory",
    carrier=Carrier.EXACT,
    max_chars=1_000_000,
    max_segments=10_000,
    remote=False,
    may_use_llm=False,
    network=False,
)


class Remembers(Protocol):
    """What the engine asks of a memory (:class:`expander.translation.memory.Memory`)."""

    def supports(self, source: str, target: str) -> bool:
        """Whether it holds anything for these languages."""
        ...

    def answer(self, text: str, source: str, target: str) -> Translated | None:
        """The translation of the sentence that is most like the masked ``text``, None where none is."""
        ...


class MemoryEngine:
    """Answers with what the memory holds, exactly or nearly; ``match`` tells which."""

    def __init__(self, memory: Remembers) -> None:
        self.memory = memory

    @property
    def info(self) -> EngineInfo:
        """No limits, no network."""
        return INFO

    def supports(self, source: str, target: str) -> bool:
        """Whether the memory holds anything for these languages."""
        return self.memory.supports(source, target)

    def translate(self, segments: Sequence[Segment], source: str, target: str) -> list[Answer]:
        """One look-up a segment."""
        nothing = Untranslated("holds nothing like it")
        return [self.memory.answer(segment.text, source, target) or nothing for segment in segments]
