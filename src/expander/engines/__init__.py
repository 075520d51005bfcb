"""Machine translation engines: one protocol, one file an engine, a registry (``engines.get``).

Services that have an API are asked through our own :mod:`~expander.engines.client`, which keeps deadlines, paces and
secrets; deep-translator reads those that have none worth the name (Google's page, MyMemory). Its clients of the others
cannot serve: DeepL's sends the key in the address of a GET request, which DeepL refuses since January 2026 (DeepL's
change notices of March and November 2025); Yandex's speaks an API that is closed (deep-translator's issue 293);
Microsoft's and LibreTranslate's send one sentence a request and lose what the server says when it limits.
"""

from expander.engines.registry import get, names

__all__ = ["get", "names"]
