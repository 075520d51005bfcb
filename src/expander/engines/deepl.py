"""DeepL's API (https://developers.deepl.com/docs), version 2, with its HTML handling."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from expander.engines.client import Failure
from expander.engines.hosted import Hosted, listed, paragraphs, texts_of
from expander.engines.protocol import Carrier, EngineInfo, Segment
from expander.engines.settings import Settings, key_variable

_FREE, _PRO = "https://api-free.deepl.com", "https://api.deepl.com"


class DeepL(Hosted):
    """DeepL. Its newer models are language models, and which one answers is DeepL's choice."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.url(_FREE if settings.key.endswith(":fx") else _PRO)
        headers = {"Authorization": f"DeepL-Auth-Key {settings.key}"}
        self.client = settings.client("DeepL", rate=5.0, headers=headers)

    @property
    def info(self) -> EngineInfo:
        """50 texts and 128 KiB a request."""
        return EngineInfo(
            name="deepl",
            title="DeepL",
            carrier=Carrier.MARKUP,
            max_chars=20_000,
            max_segments=50,
            remote=True,
            may_use_llm=True,
            key_variable=key_variable("deepl"),
            languages=("ru",),
        )

    @cached_property
    def _languages(self) -> tuple[frozenset[str], frozenset[str]]:
        """Source and target languages, as DeepL writes them."""
        found = []
        for kind in ("source", "target"):
            reply = self.client.get(f"{self._url}/v2/languages", params={"type": kind}).json()
            try:
                found.append(frozenset(str(entry["language"]) for entry in reply))
            except (TypeError, KeyError):
                raise Failure("answered with something that is no list of languages") from None
        return found[0], found[1]

    def supports(self, source: str, target: str) -> bool:
        """By the service's own list. Raises EngineError where it cannot be had."""
        sources, targets = listed("DeepL", lambda: self._languages)
        return source.upper() in sources and any(code.split("-")[0] == target.upper() for code in targets)

    def ask(self, segments: Sequence[Segment], source: str, target: str) -> tuple[Sequence[object], str]:
        """A list of texts, with their paragraphs as context, which is not translated and costs nothing."""
        request: dict[str, object] = {
            "text": [segment.text for segment in segments],
            "source_lang": source.upper(),
            "target_lang": "EN-US" if target == "en" else target.upper(),  # plain EN is being retired
            "tag_handling": "html",
            "split_sentences": "0",
        }
        if context := paragraphs(segments):
            request["context"] = context
        reply = self.client.post(f"{self._url}/v2/translate", json=request).json()
        return texts_of(reply, "translations"), ""
