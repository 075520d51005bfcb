"""What engines behind a server have in common: ask for a packet of texts, check what comes back, say what is wrong."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import TypeVar

from expander.engines.client import Client, Failure
from expander.engines.protocol import Answer, EngineInfo, Segment, Translated, Untranslated
from expander.errors import EngineError

# Pages of servers and proxies that arrive in the place of a translation, often with status 200.
_ERROR_PAGE = re.compile(
    r"<!doctype html|<html[\s>]|<head[\s>]|Error \d{3} \([A-Z][\w ]+\)!!1|That’s an error\.|That's an error\."
    r"|^\s*(?:\d{3} )?(?:Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out|Too Many Requests)\s*$"
    r"|unusual traffic from your computer network|MYMEMORY WARNING|QUERY LENGTH LIMIT EXCEEDED|INVALID LANGUAGE PAIR",
    re.IGNORECASE,
)


def error_page(text: str) -> bool:
    """Whether ``text`` is a server's error page rather than a translation."""
    return bool(_ERROR_PAGE.search(text))


def checked(text: object, segment: Segment, model: str = "") -> Answer:
    """One answer, if it can be a translation at all; what it says is judged elsewhere."""
    if not isinstance(text, str):
        return Untranslated("answered with something that is no text")
    if segment.text.strip() and not text.strip():
        return Untranslated("answered with an empty text")
    if error_page(text) and not error_page(segment.text):
        return Untranslated("answered with an error page instead of a translation")
    return Translated(text, model)


T = TypeVar("T")


def listed(title: str, languages: Callable[[], T]) -> T:
    """What ``languages`` gives; raises EngineError where the server has no usable list of them."""
    try:
        return languages()
    except Failure as failure:
        raise EngineError(f"{title} {failure} when asked for its languages; try later or use another engine.") from None


def paragraphs(segments: Sequence[Segment], most: int = 4000) -> str:
    """The paragraphs that the sentences stand in, each once, as far as ``most`` characters allow."""
    contexts = dict.fromkeys(segment.context for segment in segments if segment.context)
    return "\n\n".join(contexts)[:most]


def texts_of(reply: object, field: str) -> list[object]:
    """The ``text`` of each entry of ``reply[field]``; raises Failure where there is no such list."""
    entries = reply.get(field) if isinstance(reply, dict) else None
    if not isinstance(entries, list):
        raise Failure("answered without a translation")
    return [entry.get("text") if isinstance(entry, dict) else None for entry in entries]


class Hosted(ABC):
    """An engine behind a server. Subclasses say how to ask; here it is turned into one answer a segment."""

    client: Client

    @property
    @abstractmethod
    def info(self) -> EngineInfo:
        """See Engine."""

    @abstractmethod
    def supports(self, source: str, target: str) -> bool:
        """See Engine."""

    @abstractmethod
    def ask(self, segments: Sequence[Segment], source: str, target: str) -> tuple[Sequence[object], str]:
        """One request: the translations as they came, in order, and the model that made them.

        Raises Failure where this request came to nothing, EngineLimited and EngineError as Engine.translate.
        """

    def translate(self, segments: Sequence[Segment], source: str, target: str) -> list[Answer]:
        """See Engine; ``segments`` go out as one request, which must keep to the limits in ``info``."""
        several = len(segments) > 1
        try:
            texts, model = self.ask(segments, source, target)
        except Failure as failure:
            return [Untranslated(str(failure), alone=several)] * len(segments)
        if len(texts) != len(segments):
            reason = f"answered {len(segments)} sentences with {len(texts)}"
            return [Untranslated(reason, alone=several)] * len(segments)
        answers = [checked(text, segment, model) for text, segment in zip(texts, segments, strict=True)]
        if several:
            return [Untranslated(a.reason, alone=True) if isinstance(a, Untranslated) else a for a in answers]
        return answers
