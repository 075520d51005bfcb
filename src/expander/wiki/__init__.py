"""The wikis: a client of the MediaWiki Action API, with a cache that a person can read.

>>> wiki = Wiki(cache=Path("cache"))                                             # doctest: +SKIP
>>> wiki.page("ru", "Российско-таджикистанские отношения").title                 # doctest: +SKIP
'Российско-таджикские отношения'
"""

from __future__ import annotations

from expander.wiki.client import Wiki, user_agent
from expander.wiki.lookups import Template, TemplateParameters, Where
from expander.wiki.rendering import Rendered
from expander.wiki.transport import Traffic

__all__ = ["Rendered", "Template", "TemplateParameters", "Traffic", "Where", "Wiki", "user_agent"]
