"""MinT, Wikimedia's machine translation service (https://www.mediawiki.org/wiki/MinT), in its html mode.

Its models (NLLB-200, OpusMT, Softcatalà, IndicTrans2) are open and no language models. A packet is one page with a
``<p>`` a sentence; MinT keeps block elements and their attributes, inside of them it may drop what it cannot place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from expander.engines.client import Failure
from expander.engines.hosted import Hosted, listed
from expander.engines.protocol import Carrier, EngineInfo, Segment
from expander.engines.settings import Settings

_PARAGRAPH = re.compile(r"<p\b[^>]*\bid=\"?s(\d+)\"?[^>]*>(.*?)</p>", re.DOTALL)
_WRAPPER = len('<p id="s000"></p>')


def _size(text: str) -> int:
    return len(text) + _WRAPPER


class Mint(Hosted):
    """MinT."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.url("https://translate.wmcloud.org")
        self._model = settings.text("model")
        self.client = settings.client("MinT", rate=2.0)

    @property
    def info(self) -> EngineInfo:
        """The html mode takes 100,000 characters; less is sent, so that an answer comes before the deadline."""
        return EngineInfo(
            name="mint",
            title="MinT (Wikimedia)",
            carrier=Carrier.MARKUP,
            max_chars=8000,
            max_segments=40,
            measure=_size,
            remote=True,
            may_use_llm=False,
            languages=("ru", "tg"),
            model=self._model,
        )

    @cached_property
    def _pairs(self) -> Mapping[str, Mapping[str, str]]:
        """Source language → target language → model."""
        reply = self.client.get(f"{self._url}/api/languages").json()
        if not isinstance(reply, dict) or not all(isinstance(targets, dict) for targets in reply.values()):
            raise Failure("answered with something that is no list of languages")
        return reply

    def supports(self, source: str, target: str) -> bool:
        """By the service's own list. Raises EngineError where it cannot be had."""
        return target in listed("MinT", lambda: self._pairs).get(source, ())

    def ask(self, segments: Sequence[Segment], source: str, target: str) -> tuple[Sequence[object], str]:
        """A paragraph a sentence, told apart by their ids."""
        content = "".join(f'<p id="s{index}">{segment.text}</p>' for index, segment in enumerate(segments))
        request = {"format": "html", "content": content, "source_language": source, "target_language": target}
        if self._model:
            request["model"] = self._model
        reply = self.client.post(f"{self._url}/api/translate", json=request).json()
        if not isinstance(reply, dict) or not isinstance(reply.get("translation"), str):
            raise Failure("answered without a translation")
        model = reply.get("model")
        found = _PARAGRAPH.findall(reply["translation"])
        if [int(number) for number, _ in found] != list(range(len(segments))):
            raise Failure(f"answered {len(segments)} sentences with {len(found)}, or in another order")
        return [text for _, text in found], model if isinstance(model, str) else ""
