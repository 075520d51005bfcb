"""All protocols by name."""

from tests.engines.servers.base import Protocol
from tests.engines.servers.google import Google
from tests.engines.servers.libretranslate import LibreTranslate
from tests.engines.servers.mint import Mint

PROTOCOLS: dict[str, type[Protocol]] = {kind.name: kind for kind in (Google, LibreTranslate, Mint)}
