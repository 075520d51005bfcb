"""The translation memory as an engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from expander.engines.protocol import Answer, Carrier, EngineInfo, Segment, Translated, Untranslated

if TYPE_CHECKING:
    from expander.translation.memory import Memory


class MemoryEngine:
    """Answers with what the memory holds, exactly or nearly; ``match`` tells which."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    @property
    def info(self) -> EngineInfo:
        """No limits, no network."""
        return EngineInfo(
            name="memory",
            title="Translation memory",
            carrier=Carrier.EXACT,
            max_chars=1_000_000,
            max_segments=10_000,
            remote=False,
            may_use_llm=False,
            network=False,
        )

    def supports(self, source: str, target: str) -> bool:
        """Whether it holds anything for these languages."""
        return self.memory.supports(source, target)

    def translate(self, segments: Sequence[Segment], source: str, target: str) -> list[Answer]:
        """One look-up a segment."""
        return [self._answer(segment.text, source, target) for segment in segments]

    def _answer(self, text: str, source: str, target: str) -> Answer:
        match = self.memory.nearest(text, source, target)
        if match is None:
            return Untranslated("holds nothing like it")
        return Translated(match.unit.target, match.unit.origin, match.percent, match.unit.source)
