"""What making proposals asks of the world; implemented at the rim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from expander.adaptation import Knowledge, Wanted
from expander.adaptation.checks import Rendering
from expander.articles.article import Article, Revision
from expander.translation.carriers import Hints
from expander.translation.translator import Request, Translation


class Lookup(Protocol):
    """Pages, titles, files, templates and translations, each asked for in batches."""

    @property
    def traffic(self) -> str:
        """What the run cost the wikis, for a person."""
        ...

    def page(self, lang: str, title: str) -> Revision:
        """A page's current revision. Raises PageMissing, WikiUnreachable."""
        ...

    def link_titles(self, counterpart: Article) -> Mapping[str, str | None]:
        """Link target of the counterpart → English title; None where it has none."""
        ...

    def knowledge(self, wanted: Wanted, lang: str) -> Knowledge:
        """What the wikis know of the links, files, templates and pages ``wanted`` of a counterpart in ``lang``."""
        ...

    def render(self, title: str, wikitext: str) -> Rendering | None:
        """What the wiki of the article makes of ``wikitext``; None where it cannot be asked."""
        ...

    def translate(self, requests: Sequence[Request], lang: str, hints: Hints) -> list[Translation]:
        """A translation a request, in order."""
        ...
