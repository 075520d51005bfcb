"""The world as the stages ask for it: wikis, engines and embeddings behind one object (:class:`Lookup`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from expander.adaptation import Knowledge, TemplateData, Wanted
from expander.articles.article import Article, Node, NodeKind, Revision
from expander.errors import WikiUnreachable
from expander.translation.carriers import Hints
from expander.translation.translator import Request, Translation, Translator
from expander.wiki import Rendered, Template, TemplateParameters, Where, Wiki

T = TypeVar("T")
Warn = Callable[[str], None]


class World:
    """Implements :class:`~expander.proposals.lookup.Lookup`.

    A look-up that the wiki does not answer costs a warning, once: what is not known is not linked, and said so. Only
    a page that cannot be had at all stops the run.
    """

    def __init__(
        self,
        wiki: Wiki,
        translator: Translator,
        target: str = "en",
        warn: Warn = lambda text: None,
        *,
        online: bool = True,
    ) -> None:
        self._wiki, self._translator, self._target, self._warn, self._online = wiki, translator, target, warn, online
        self._warned = False

    @property
    def traffic(self) -> str:
        """How many requests the run cost, for a person."""
        sent = self._wiki.traffic.requests
        return (
            f"{sent} request{'' if sent == 1 else 's'} to the wikis, {self._wiki.traffic.kept} answers from the cache"
        )

    def page(self, lang: str, title: str) -> Revision:
        """A page's current revision. Raises PageMissing, WikiUnreachable."""
        return self._wiki.page(lang, title)

    def link_titles(self, counterpart: Article) -> Mapping[str, str | None]:
        """Link target of the counterpart → English title; None where it has none."""
        targets = dict.fromkeys(node.name for node in _links(counterpart.nodes))
        nothing: Mapping[str, str | None] = {}
        return self._asked(lambda: self._wiki.titles(counterpart.lang, targets, self._target), nothing)

    def knowledge(self, wanted: Wanted, lang: str) -> Knowledge:
        """What the wikis know of links, files, templates and pages; 50 a request."""
        wiki, target = self._wiki, self._target
        nothing: Mapping[str, str | None] = {}
        no_files: Mapping[str, Where | None] = {}
        no_templates: Mapping[str, Template | None] = {}
        titles = self._asked(lambda: wiki.titles(lang, wanted.links, target), nothing)
        files = self._asked(lambda: wiki.files(target, wanted.files), no_files)
        pages = self._asked(lambda: wiki.pages(target, wanted.pages), nothing)
        found = self._asked(lambda: wiki.templates(lang, wanted.templates, target), no_templates)
        twins = {name: _bare(item.twin) if item and item.twin else None for name, item in found.items()}
        return Knowledge(
            titles=titles,
            files={name: where is not None for name, where in files.items()},
            templates=twins,
            pages={title: final is not None for title, final in pages.items()},
            parameters=self._parameters(target, [twin for twin in twins.values() if twin]),
            source_parameters=self._parameters(lang, [name for name, twin in twins.items() if twin]),
        )

    def render(self, title: str, wikitext: str) -> Rendered | None:
        """What the wiki makes of ``wikitext``; None offline, where only what was recorded is known."""
        return self._asked(lambda: self._wiki.render(self._target, title, wikitext), None) if self._online else None

    def translate(self, requests: Sequence[Request], lang: str, hints: Hints) -> list[Translation]:
        """A translation a request, in order; what no engine could translate says why."""
        return self._translator.translate(requests, lang, self._target, hints) if requests else []

    def _parameters(self, lang: str, names: Sequence[str]) -> dict[str, TemplateData]:
        if not names:
            return {}
        nothing: Mapping[str, TemplateParameters | None] = {}
        found = self._asked(lambda: self._wiki.templatedata(lang, names), nothing)
        return {name: TemplateData(data.aliases, data.labels) for name, data in found.items() if data}

    def _asked(self, ask: Callable[[], T], otherwise: T) -> T:
        try:
            return ask()
        except WikiUnreachable as error:
            if not self._warned:
                self._warn(f"Links, files and templates could not all be looked up: {error}")
            self._warned = True
            return otherwise


def _links(nodes: Sequence[Node]) -> list[Node]:
    """All links to articles, also those inside references, templates' shown text and tables."""
    return [found for node in nodes for found in ([node] if node.kind is NodeKind.LINK else []) + _links(node.content)]


def _bare(title: str) -> str:
    """A template's name without its namespace."""
    return title.partition(":")[2] or title
