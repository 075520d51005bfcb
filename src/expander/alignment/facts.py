"""The checkable facts of a text: numbers, dates, names, links, references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from expander.articles.article import Article, Node, NodeKind
from expander.language.dates import Date, dates
from expander.language.names import Name, names
from expander.language.numbers import Quantity, quantities
from expander.values import Span

STRESS = "\u0301"
"""The combining acute that marks stress in a Russian article's first words; no letter of any word."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an article: the key of its ``title`` on English Wikipedia (None: it has none), the words it shows."""

    title: str | None
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text says that can be checked. Spans refer to its visible ``words`` (a link's: where its label occurs
    first). ``references`` are keys that are equal where two citations name one work.
    """

    words: str
    numbers: tuple[Quantity, ...]
    dates: tuple[Date, ...]
    names: tuple[Name, ...]
    links: tuple[Link, ...]
    references: tuple[str, ...]


class FactReader:
    """Reads the facts of one article's sentences.

    ``titles`` maps link targets to English titles; None for an article that is English itself.
    """

    def __init__(self, article: Article, titles: Mapping[str, str | None] | None = None) -> None:
        self._article = article
        self._titles = None if titles is None else {title_key(target): title for target, title in titles.items()}
        self._named = {
            node.name: keys
            for node in walk(article.nodes)
            if node.kind is NodeKind.REFERENCE and node.name and (keys := self._keys(node))
        }

    def read(self, words: str, nodes: Iterable[Node]) -> Facts:
        """The facts of visible ``words`` whose wikitext is ``nodes``."""
        nodes, lang = tuple(nodes), self._article.lang
        words = words.replace(STRESS, "")
        amounts = [quantity for quantity in quantities(words, lang) if not _CLOCK.search(words[: quantity.span.start])]
        measured = [quantity.span for quantity in amounts if quantity.unit and quantity.unit != "yr"]
        # «1500 крон» is no year
        when = tuple(date for date in dates(words, lang) if not (_is_year(date) and _overlaps(date.span, measured)))
        numbers = tuple(quantity for quantity in amounts if not _overlaps(quantity.span, [date.span for date in when]))
        taken = [*(date.span for date in when), *(quantity.span for quantity in numbers)]
        called = tuple(name for name in names(words, lang) if not _overlaps(name.span, taken))
        references = tuple(dict.fromkeys(self._references(nodes)))
        return Facts(words, numbers, when, called, tuple(self._links(nodes, words)), references)

    def _links(self, nodes: Iterable[Node], words: str) -> Iterator[Link]:
        for node in walk(nodes):
            if node.kind is not NodeKind.LINK or node.name.startswith("#"):
                continue
            label = "".join(part.span.of(self._article.text) for part in node.content) or node.name
            at = words.find(label)
            span = Span(at, at + len(label)) if at >= 0 else Span(0, 0)
            title = node.name if self._titles is None else self._titles.get(title_key(node.name))
            yield Link(title_key(title) if title else None, label, span)

    def _references(self, nodes: Iterable[Node]) -> Iterator[str]:
        for node in walk(nodes):
            if node.kind is NodeKind.REFERENCE:
                yield from self._keys(node) or self._named.get(node.name, ())

    def _keys(self, reference: Node) -> tuple[str, ...]:
        return tuple(reference_keys(reference.span.of(self._article.text)))


def _is_year(date: Date) -> bool:
    return date.year is not None and date.month is None and date.season is None


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


_CLOCK = re.compile(r"\d:$")  # the minutes of 11:30
_URL = re.compile(r"https?://[^\s|\]}<>\"]+", re.IGNORECASE)
_ISBN = re.compile(r"isbn\s*=?\s*([\dXx–-]{10,17})", re.IGNORECASE)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s|}\]<]+")
_ARCHIVES = re.compile(r"https?://(?:web\.archive\.org/web/[^/]+/|archive\.\w+/(?:\w+/)?)(?=https?://)", re.IGNORECASE)


def reference_keys(wikitext: str) -> Iterator[str]:
    """What identifies the works that a citation names: addresses without scheme and ``www``, ISBN digits, DOI."""
    for match in _URL.finditer(_ARCHIVES.sub("", wikitext)):
        try:
            address = urlsplit(match[0].rstrip(".,;)"))
        except ValueError:
            continue
        host = address.netloc.lower().removeprefix("www.")
        path = address.path.rstrip("/")
        if path or address.query:  # a site's front page identifies nothing
            yield f"{host}{path}?{address.query}".rstrip("?")
    for match in _ISBN.finditer(wikitext):
        digits = re.sub(r"\D", "", match[1])
        yield f"isbn:{digits[-10:-1]}"  # ISBN-13 and ISBN-10 of one edition differ in prefix and check digit
    for match in _DOI.finditer(wikitext):
        yield f"doi:{match[0].lower()}"


def title_key(title: str) -> str:
    """A page title as a key: no section, underscores or capital first letter."""
    title = title.partition("#")[0].replace("_", " ").strip().removeprefix(":")
    return title[:1].casefold() + title[1:]


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node that shows something, outer before inner, and references as a whole."""
    for node in nodes:
        yield node
        if node.kind is not NodeKind.REFERENCE:
            yield from walk(node.content)
