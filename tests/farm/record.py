"""Record the farm's answers, given under the real addresses, as the read-only layer ``cache/sample``."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import requests

from expander.alignment.embedders import open_embedder
from expander.articles.article import Node, NodeKind, Revision
from expander.articles.wikitext import parse
from expander.pipeline import Request, Tools, expand
from expander.sample import memory_path
from expander.translation import memory
from expander.translation.translator import Translator
from expander.wiki import Template, TemplateParameters, Where, Wiki
from expander.wiki.cache import ReplyCache
from expander.world import World
from tests.farm import sample
from tests.farm.farm import Farm
from tests.farm.hosts import adapters

RECORDED = Path(__file__).parents[2] / "cache" / "sample"
WHEN = datetime(2024, 1, 2, tzinfo=UTC)  # of every recording, so that the files change only where the answers do
TITLE = "Russia–Tajikistan relations"


class NotedWiki(Wiki):
    """A wiki that notes what it is asked."""

    def __init__(self, session: requests.Session) -> None:
        super().__init__(session=session)
        self.asked: dict[tuple[str, ...], set[str]] = {}

    def _note(self, kind: tuple[str, ...], things: Iterable[str]) -> list[str]:
        listed = list(things)
        self.asked.setdefault(kind, set()).update(listed)
        return listed

    def page(self, lang: str, title: str) -> Revision:
        self._note(("page", lang), [title])
        return super().page(lang, title)

    def titles(self, lang: str, targets: Iterable[str], to: str = "en") -> Mapping[str, str | None]:
        return super().titles(lang, self._note(("titles", lang, to), targets), to)

    def pages(self, lang: str, titles: Iterable[str]) -> Mapping[str, str | None]:
        return super().pages(lang, self._note(("pages", lang), titles))

    def files(self, lang: str, names: Iterable[str]) -> Mapping[str, Where | None]:
        return super().files(lang, self._note(("files", lang), names))

    def templates(self, lang: str, names: Iterable[str], to: str = "en") -> Mapping[str, Template | None]:
        return super().templates(lang, self._note(("templates", lang, to), names), to)

    def templatedata(self, lang: str, names: Iterable[str]) -> Mapping[str, TemplateParameters | None]:
        return super().templatedata(lang, self._note(("templatedata", lang), names))

    def ask_again(self, wiki: Wiki) -> None:
        """Ask another wiki all of it, each kind at once: few files, which change only where a question is new."""
        for (method, lang, *to), things in sorted(self.asked.items()):
            if method == "page":
                for title in sorted(things):
                    wiki.page(lang, title)
            else:
                getattr(wiki, method)(lang, sorted(things), *to)


def record(farm: Farm, calls: Callable[[Wiki], object], into: Path = RECORDED) -> int:
    """Replace ``into`` by the answers to what ``calls`` asks of its wiki; how many there are.

    Every kept file is an answer of a real MediaWiki, as it came but for its layout; only the time of fetching is set
    to a fixed one. Offline, a run may ask for any selection of the titles, however they are batched here.
    """
    session = requests.Session()
    for prefix, adapter in adapters(farm.endpoints).items():
        session.mount(prefix, adapter)
    noted = NotedWiki(session)
    calls(noted)
    with tempfile.TemporaryDirectory() as scratch:
        noted.ask_again(Wiki(session=session, cache=Path(scratch)))
        fetched = ReplyCache(Path(scratch))
        into.mkdir(parents=True, exist_ok=True)
        for old in into.glob("*.json"):
            old.unlink()
        kept = ReplyCache(into)
        keys = fetched.responses.keys_with("")
        for key in keys:
            answer = fetched.responses[key]
            kept.keep(key, answer.url, answer.content, expires=None, fetched=WHEN)
    return len(keys)


def sample_calls(wiki: Wiki) -> None:
    """What any run on the sample can ask."""
    _mentioned(wiki)
    _journeys(wiki)


def _mentioned(wiki: Wiki) -> None:
    """The three articles under every name they have, and all that they mention."""
    english = wiki.page("en", TITLE)
    articles = [english, *(wiki.page(lang, title) for lang, title in english.langlinks)]
    for row in sample.read().pages:
        if row.text.startswith("#REDIRECT") and any(f"[[{article.title}]]" in row.text for article in articles):
            wiki.page(row.wiki, row.title)
    for article in articles:
        nodes = list(_all(parse(article.text, article.lang)))
        templates = _names(nodes, NodeKind.TEMPLATE)
        targets = _names(nodes, NodeKind.LINK)
        files = [name.partition(":")[2] for name in _names(nodes, NodeKind.FILE)]
        found = wiki.titles(article.lang, targets)
        twins = wiki.templates(article.lang, templates)
        english_templates = [row.twin.partition(":")[2] for row in twins.values() if row and row.twin]
        wiki.files("en", files)
        wiki.templatedata(article.lang, templates)
        wiki.templatedata("en", english_templates)
        wiki.pages("en", [title for title in found.values() if title])
        wiki.pages("en", [row.twin for row in twins.values() if row and row.twin])


def _journeys(wiki: Wiki) -> None:
    """The sample's journeys, from each seed and from the title, with both counterparts and with each alone."""
    articles = [TITLE, *map(str, sorted(sample.SAMPLE.parent.glob("*.txt")))]
    with tempfile.TemporaryDirectory() as scratch:
        translator = Translator([], memory.read(memory_path()), Path(scratch) / "translations")
        tools = Tools(World(wiki, translator), open_embedder(Path(scratch)))
        for article, languages in itertools.product(articles, ((), ("ru",), ("tg",))):
            expand(Request(article, languages), tools)


def _all(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        yield node
        yield from _all(node.content)


def _names(nodes: Iterable[Node], kind: NodeKind) -> list[str]:
    return sorted({node.name for node in nodes if node.kind is kind and node.name})
