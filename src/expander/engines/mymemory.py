"""MyMemory (https://mymemory.translated.net/doc/spec.php) through deep-translator: no key, few words a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from expander.engines.client import Client, Failure, Reply
from expander.engines.hosted import Hosted
from expander.engines.library import asking
from expander.engines.protocol import Carrier, EngineInfo, Segment
from expander.engines.settings import Settings
from expander.errors import EngineLimited


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


class _Asker:
    """Stands in for ``requests`` in deep-translator; MyMemory says what is wrong in replies with status 200."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get(self, url: str, params: dict[str, str], proxies: object = None) -> Reply:
        del proxies  # requests reads them from the environment
        reply = self._client.get(url, params=params)
        said = reply.json()
        data = said.get("responseData") if isinstance(said, dict) else None
        if not isinstance(data, dict):
            raise Failure("answered without a translation")
        status = str(said.get("responseStatus", ""))
        if status == "429" or said.get("quotaFinished") is True:
            raise EngineLimited("MyMemory has given us all it gives in a day; wait, or use another engine.")
        if status != "200" or not isinstance(data.get("translatedText"), str):
            raise Failure(f"answered with status {status[:3] or 'unknown'} inside its reply")
        if not data["translatedText"].strip():
            raise Failure("answered with an empty text")
        return reply


class MyMemory(Hosted):
    """MyMemory: others' translations where it has them, else a machine's that it does not name.

    ``email`` in its settings raises what it gives in a day from 5,000 to 50,000 characters.
    """

    def __init__(self, settings: Settings) -> None:
        self._url = settings.url("https://api.mymemory.translated.net/get")
        self._email = settings.text("email")
        self.client = settings.client("MyMemory", rate=2.0)

    @property
    def info(self) -> EngineInfo:
        """500 bytes a request."""
        return EngineInfo(
            name="mymemory",
            title="MyMemory",
            carrier=Carrier.TOKENS,
            max_chars=499,
            max_segments=1,
            measure=_bytes,
            remote=True,
            may_use_llm=True,
            languages=tuple(sorted(_codes())),
        )

    def supports(self, source: str, target: str) -> bool:
        """By deep-translator's list."""
        return {source, target} <= _codes().keys()

    def ask(self, segments: Sequence[Segment], source: str, target: str) -> tuple[Sequence[object], str]:
        """One text."""
        from deep_translator import MyMemoryTranslator
        from deep_translator import mymemory as library

        [segment] = segments
        translator: Any = MyMemoryTranslator(
            source=_codes()[source], target=_codes()[target], email=self._email or None
        )
        translator._base_url = self._url
        with asking(library, _Asker(self.client)):
            return [translator.translate(" ".join(segment.text.split()))], ""


def _codes() -> dict[str, str]:
    """Wikipedia's code → MyMemory's, which names a country as well; the first one listed for a language."""
    from deep_translator.constants import MY_MEMORY_LANGUAGES_TO_CODES

    codes: dict[str, str] = {"en": "en-US"}
    for code in MY_MEMORY_LANGUAGES_TO_CODES.values():
        codes.setdefault(code.split("-")[0], code)
    return codes
