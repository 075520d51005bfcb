"""Google Translate through deep-translator: the mobile page, no key.

deep-translator asks with a bare ``requests.get``: no deadline, no waiting, no user agent. Its module is handed our
:class:`~expander.engines.client.Client` in the place of ``requests``, so the library builds the request and reads the
page, and we keep time. One GET holds several sentences, a line each: Google keeps lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote_plus

from expander.engines.client import Client, Failure, Reply
from expander.engines.hosted import Hosted
from expander.engines.library import asking
from expander.engines.protocol import Carrier, EngineInfo, Segment
from expander.engines.settings import Settings

# Where Wikipedia's code for a language is not Google's.
_CODES = {"be-tarask": "be", "he": "iw", "jv": "jw", "nb": "no", "simple": "en", "zh": "zh-CN"}
_RESULT = re.compile(r"<div[^>]*class=\"(?:t0|result-container)\"[^>]*>.*?</div>", re.DOTALL)


def _in_url(text: str) -> int:
    """What a text takes in the address, its line break included: addresses are what Google limits. deep-translator
    limits characters (5,000), so that no character counts for less than two.
    """
    return max(len(quote_plus(text, errors="replace")) + 3, 2 * (len(text) + 1))


class _Asker:
    """Stands in for ``requests`` in deep-translator."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get(self, url: str, params: dict[str, str], proxies: object = None) -> Reply:
        del proxies  # requests reads them from the environment
        reply = self._client.get(url, params=params)
        if not _RESULT.search(reply.text):
            raise Failure("answered with a page that holds no translation")
        return reply


class Google(Hosted):
    """Google Translate."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.url("https://translate.google.com/m")
        self.client = settings.client("Google Translate", rate=2.0)

    @property
    def info(self) -> EngineInfo:
        """1,500 Cyrillic letters an address, six bytes each."""
        return EngineInfo(
            name="google",
            title="Google Translate",
            carrier=Carrier.TOKENS,
            max_chars=9000,
            max_segments=50,
            measure=_in_url,
            remote=True,
            may_use_llm=True,
            languages=tuple(sorted(_languages())),
        )

    def supports(self, source: str, target: str) -> bool:
        """By deep-translator's list."""
        return {_CODES.get(source, source), _CODES.get(target, target)} <= _languages()

    def ask(self, segments: Sequence[Segment], source: str, target: str) -> tuple[Sequence[object], str]:
        """A line a sentence."""
        text = "\n".join(" ".join(segment.text.split()) for segment in segments)
        answer = self._get(text, _CODES.get(source, source), _CODES.get(target, target))
        return re.split(r"\s*\n\s*", answer) if len(segments) > 1 else [answer], ""

    def _get(self, text: str, source: str, target: str) -> str:
        from deep_translator import GoogleTranslator
        from deep_translator import google as library

        translator: Any = GoogleTranslator(source=source, target=target)
        translator._base_url = self._url
        with asking(library, _Asker(self.client)):
            answer = translator.translate(text)
        # None: the library's way to say that nothing changed (punctuation, numbers)
        return text if answer is None else str(answer)


def _languages() -> set[str]:
    from deep_translator.constants import GOOGLE_LANGUAGES_TO_CODES

    return set(GOOGLE_LANGUAGES_TO_CODES.values())
