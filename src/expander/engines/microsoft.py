"""Microsoft's Translator, text API version 3
(https://learn.microsoft.com/azure/ai-services/translator/text-translation/reference/v3/translate).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from expander.engines.client import Failure
from expander.engines.hosted import Hosted, listed, texts_of
from expander.engines.protocol import Carrier, EngineInfo, Segment
from expander.engines.settings import Settings, key_variable


class Microsoft(Hosted):
    """Microsoft Translator; ``region`` in its settings, where the key belongs to one."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.url("https://api.cognitive.microsofttranslator.com")
        headers = {"Ocp-Apim-Subscription-Key": settings.key}
        if region := settings.text("region"):
            headers["Ocp-Apim-Subscription-Region"] = region
        self.client = settings.client("Microsoft Translator", rate=5.0, headers=headers)

    @property
    def info(self) -> EngineInfo:
        """1,000 texts and 50,000 characters a request; less is sent, so that an answer comes before the deadline."""
        return EngineInfo(
            name="microsoft",
            title="Microsoft Translator",
            carrier=Carrier.MARKUP,
            max_chars=20_000,
            max_segments=100,
            remote=True,
            may_use_llm=True,
            key_variable=key_variable("microsoft"),
            languages=("ru",),
        )

    @cached_property
    def _languages(self) -> frozenset[str]:
        parameters = {"api-version": "3.0", "scope": "translation"}
        reply = self.client.get(f"{self._url}/languages", params=parameters).json()
        try:
            return frozenset(map(str, reply["translation"]))
        except (TypeError, KeyError):
            raise Failure("answered with something that is no list of languages") from None

    def supports(self, source: str, target: str) -> bool:
        """By the service's own list. Raises EngineError where it cannot be had."""
        return {source, target} <= listed("Microsoft Translator", lambda: self._languages)

    def ask(self, segments: Sequence[Segment], source: str, target: str) -> tuple[Sequence[object], str]:
        """A list of texts."""
        parameters = {"api-version": "3.0", "from": source, "to": target, "textType": "html"}
        body = [{"Text": segment.text} for segment in segments]
        reply = self.client.post(f"{self._url}/translate", params=parameters, json=body).json()
        if not isinstance(reply, list):
            raise Failure("answered without a translation")
        return [(texts_of(entry, "translations") or [None])[0] for entry in reply], ""
