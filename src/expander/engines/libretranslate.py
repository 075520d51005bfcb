"""LibreTranslate (https://docs.libretranslate.com), one's own server or a public one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from expander.engines.client import Failure
from expander.engines.hosted import Hosted, listed
from expander.engines.protocol import Carrier, EngineInfo, Segment
from expander.engines.settings import Settings, key_variable


class LibreTranslate(Hosted):
    """LibreTranslate: Argos models, no language models."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.url("https://libretranslate.com")
        self.client = settings.client("LibreTranslate", rate=2.0)

    @property
    def info(self) -> EngineInfo:
        """Servers may set lower limits of their own; what is refused together is asked one by one."""
        return EngineInfo(
            name="libretranslate",
            title="LibreTranslate",
            carrier=Carrier.MARKUP,
            max_chars=5000,
            max_segments=25,
            remote=True,
            may_use_llm=False,
            key_variable=key_variable("libretranslate"),
            languages=("ru",),
        )

    @cached_property
    def _pairs(self) -> Mapping[str, frozenset[str]]:
        reply = self.client.get(f"{self._url}/languages").json()
        try:
            return {str(entry["code"]): frozenset(map(str, entry["targets"])) for entry in reply}
        except (TypeError, KeyError):
            raise Failure("answered with something that is no list of languages") from None

    def supports(self, source: str, target: str) -> bool:
        """By the server's own list. Raises EngineError where it cannot be had."""
        return target in listed("LibreTranslate", lambda: self._pairs).get(source, ())

    def ask(self, segments: Sequence[Segment], source: str, target: str) -> tuple[Sequence[object], str]:
        """A list of texts in one request."""
        request = {"q": [segment.text for segment in segments], "source": source, "target": target, "format": "html"}
        if self.client.secret:
            request["api_key"] = self.client.secret
        reply = self.client.post(f"{self._url}/translate", json=request).json()
        texts = reply.get("translatedText") if isinstance(reply, dict) else None
        if not isinstance(texts, list):
            raise Failure("answered without a translation")
        return texts, "argos"
