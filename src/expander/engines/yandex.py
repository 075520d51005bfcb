"""Yandex Translate, API version 2 (https://yandex.cloud/docs/translate/api-ref/Translation/translate)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from expander.engines.client import Failure
from expander.engines.hosted import Hosted, listed, texts_of
from expander.engines.protocol import Carrier, EngineInfo, Segment
from expander.engines.settings import Settings, key_variable


class Yandex(Hosted):
    """Yandex Translate, with the API key of a service account; ``folder`` in its settings, where the key needs one."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.url("https://translate.api.cloud.yandex.net")
        self._folder = settings.text("folder")
        headers = {"Authorization": f"Api-Key {settings.key}"}
        self.client = settings.client("Yandex Translate", rate=10.0, headers=headers)

    @property
    def info(self) -> EngineInfo:
        """10,000 characters a request, 20 requests a second."""
        return EngineInfo(
            name="yandex",
            title="Yandex Translate",
            carrier=Carrier.MARKUP,
            max_chars=9_500,
            max_segments=100,
            remote=True,
            may_use_llm=True,
            key_variable=key_variable("yandex"),
            languages=("ru", "tg"),
        )

    @cached_property
    def _languages(self) -> frozenset[str]:
        reply = self.client.post(f"{self._url}/translate/v2/languages", json=self._body()).json()
        try:
            return frozenset(str(entry["code"]) for entry in reply["languages"])
        except (TypeError, KeyError):
            raise Failure("answered with something that is no list of languages") from None

    def supports(self, source: str, target: str) -> bool:
        """By the service's own list. Raises EngineError where it cannot be had."""
        return {source, target} <= listed("Yandex Translate", lambda: self._languages)

    def ask(self, segments: Sequence[Segment], source: str, target: str) -> tuple[Sequence[object], str]:
        """A list of texts."""
        body = self._body() | {
            "sourceLanguageCode": source,
            "targetLanguageCode": target,
            "format": "HTML",
            "texts": [segment.text for segment in segments],
        }
        reply = self.client.post(f"{self._url}/translate/v2/translate", json=body).json()
        return texts_of(reply, "translations"), ""

    def _body(self) -> dict[str, object]:
        return {"folderId": self._folder} if self._folder else {}
