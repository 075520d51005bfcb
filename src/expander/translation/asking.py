"""Ask one engine: what is known already is not asked, the rest goes out in packets, what comes back is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from expander.engines.protocol import Answer, Carrier, Engine, Segment, Translated, Untranslated
from expander.errors import EngineError
from expander.translation.finished import Finished, key
from expander.translation.packing import fits, packets

PATIENCE = 3  # failed requests in a row after which an engine is not asked any more in this run

Answered = Callable[[int, Answer], None]


class Asker:
    """An engine for the length of a run. Once it is given up, only what is ``finished`` already comes from it."""

    def __init__(self, engine: Engine, *, offline: bool) -> None:
        self.engine = engine
        self.finished: Finished | None = None
        self._offline = offline
        self._given_up = ""
        self._failures = 0

    def ask(self, segments: Sequence[Segment], carrier: Carrier, source: str, target: str, answered: Answered) -> None:
        """Call ``answered(index, answer)`` once for each segment, as soon as there is an answer."""
        waiting: dict[str, list[int]] = {}
        for index, segment in enumerate(segments):
            waiting.setdefault(self._key(segment, carrier, source, target), []).append(index)
        known = self.finished.get(waiting) if self.finished and self._keeps() else {}
        for name, answer in known.items():
            for index in waiting.pop(name):
                answered(index, answer)

        def tell(first: int, answer: Answer) -> None:
            for index in waiting[names[first]]:
                answered(index, answer)

        names = {indices[0]: name for name, indices in waiting.items()}
        if reason := self._refuses(bool(names), source, target):
            for first in names:
                tell(first, Untranslated(reason))
            return
        self._ask_new(segments, names, (source, target), tell)

    def _key(self, segment: Segment, carrier: Carrier, source: str, target: str) -> str:
        info = self.engine.info
        return key(info.name, info.model, source, target, carrier, segment.text)

    def _keeps(self) -> bool:
        """The memory is its own store, and changes."""
        return self.engine.info.carrier is not Carrier.EXACT

    def _refuses(self, needed: bool, source: str, target: str) -> str:
        """Why nothing new can be asked, "" where it can."""
        if not needed or self._given_up:
            return self._given_up
        if self._offline and self.engine.info.network:
            return "is not asked offline"
        try:
            return "" if self.engine.supports(source, target) else f"does not translate from {source} to {target}"
        except EngineError as error:
            self._given_up = str(error)
        return self._given_up

    def _ask_new(
        self, segments: Sequence[Segment], names: dict[int, str], languages: tuple[str, str], tell: Answered
    ) -> None:
        info = self.engine.info
        for first in names:
            if not fits(segments[first], info):
                tell(first, Untranslated("takes no sentence that long"))
        queue = list(packets(segments, (first for first in names if fits(segments[first], info)), info))
        queue.reverse()
        while queue:
            packet = queue.pop()
            answers = self._request([segments[first] for first in packet], languages)
            self._keep(zip(packet, answers, strict=True), segments, names)
            again = [first for first, answer in zip(packet, answers, strict=True) if _alone(answer)]
            queue += [[first] for first in reversed(again)]
            for first, answer in zip(packet, answers, strict=True):
                if not _alone(answer):
                    tell(first, answer)

    def _request(self, packet: Sequence[Segment], languages: tuple[str, str]) -> list[Answer]:
        if self._given_up:
            return [Untranslated(self._given_up)] * len(packet)
        try:
            answers = self.engine.translate(packet, *languages)
        except EngineError as error:
            self._given_up = str(error)
            return [Untranslated(self._given_up)] * len(packet)
        except Exception as error:  # an engine is code of others, or wraps it: no fault of it ends the run
            self._given_up = f"{self.engine.info.title} broke ({type(error).__name__}); report it to its maker."
            return [Untranslated(self._given_up)] * len(packet)
        if len(answers) != len(packet):  # a third party's engine that breaks its promise
            answers = [Untranslated("gave another number of answers", alone=len(packet) > 1)] * len(packet)
        self._count(answers)
        return answers

    def _count(self, answers: Sequence[Answer]) -> None:
        if not self._keeps() or any(isinstance(answer, Translated) for answer in answers):
            self._failures = 0
            return
        self._failures += 1
        if self._failures >= PATIENCE:
            last = next(answer.reason for answer in answers if isinstance(answer, Untranslated))
            self._given_up = f"{self.engine.info.title} failed {PATIENCE} times in a row; the last time it {last}."

    def _keep(self, answers: Iterable[tuple[int, Answer]], segments: Sequence[Segment], names: dict[int, str]) -> None:
        if self.finished and self._keeps():
            kept = {names[first]: (segments[first].text, a) for first, a in answers if isinstance(a, Translated)}
            self.finished.put(self.engine.info.name, kept)


def _alone(answer: Answer) -> bool:
    return isinstance(answer, Untranslated) and answer.alone
