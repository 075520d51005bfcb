"""All protocols by name."""

from tests.engines.servers.base import Protocol
from tests.engines.servers.deepl import DeepL
from tests.engines.servers.google import Google
from tests.engines.servers.libretranslate import LibreTranslate
from tests.engines.servers.llm import Llm
from tests.engines.servers.microsoft import Microsoft
from tests.engines.servers.mint import Mint
from tests.engines.servers.mymemory import MyMemory
from tests.engines.servers.yandex import Yandex

_ALL = (DeepL, Google, LibreTranslate, Llm, Microsoft, Mint, MyMemory, Yandex)
PROTOCOLS: dict[str, type[Protocol]] = {kind.name: kind for kind in _ALL}

# What a user must set beside the address.
SETTINGS: dict[str, dict[str, str]] = {"llm": {"model": "tiny"}}
