"""What making proposals asks of the world; implemented at the rim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from expander.adaptation import Knowledge, Wanted
from expander.articles.article import Article, Revision
from expander.translation import Request, Translation
from expander.translation.carriers import Hints


class Lookup(Protocol):
    """Pages, titles, files, templates and translations, each asked for in batches."""

    def page(self, lang: str, title: str) -> Revision:
        """A page's current revision. Raises PageMissing, WikiUnreachable."""
        ...

    def link_titles(self, counterpart: Article) -> Mapping[str, str]:
        """Link target of the counterpart → English title, for those that have one."""
        ...

    def knowledge(self, wanted: Wanted, lang: str) -> Knowledge:
        """What the wikis know of the things ``wanted`` of the counterpart in ``lang`` (its texts are translated)."""
        ...

    def translate(self, requests: Sequence[Request], lang: str, hints: Hints) -> list[Translation]:
        """A translation a request, in order."""
        ...
