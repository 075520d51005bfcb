"""What references cite: addresses, DOIs and ISBNs as keys that can be compared, and where an article cites them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from expander.adaptation.citation_values import doi_value, isbn_value
from expander.adaptation.markup import walk
from expander.adaptation.rules import citation_alias, citation_rules
from expander.articles.article import Article, Node, NodeKind
from expander.articles.wikitext import parse, template_params
from expander.values import Span

_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|yclid|ref|from)$")
_ARCHIVED = re.compile(r"^https?://(?:web\.archive\.org/web|archive\.(?:today|ph|is|org))/[\w*]+/(?=https?:)", re.I)


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference of the English article. ``name`` "" where it has none; ``insert_at`` is the place of a name in its
    opening tag; ``pages`` what its citation says of pages.
    """

    name: str
    group: str
    insert_at: int
    body: str
    keys: frozenset[str]
    pages: str


@dataclass(frozen=True)
class EnglishReferences:
    """The references of the English article: by key, by name, and all names in use (with their group)."""

    by_key: Mapping[str, Cited]
    bodies: Mapping[tuple[str, str], str]
    groups: frozenset[str]

    def find(self, keys: Iterable[str], pages: str) -> Cited | None:
        """The English reference that cites the same thing, with the same pages or none asked for."""
        for key in sorted(keys):
            cited = self.by_key.get(key)
            if cited and (not pages or not key.startswith("isbn:") or digits(pages) == digits(cited.pages)):
                return cited
        return None


def digits(text: str) -> tuple[str, ...]:
    """The numbers of a text: what two ways of writing pages share."""
    return tuple(re.findall(r"\d+", text))


def english_references(article: Article) -> EnglishReferences:
    """Index the references of an article."""
    by_key: dict[str, Cited] = {}
    bodies: dict[tuple[str, str], str] = {}
    groups = set()
    for node in all_nodes(article.nodes, article.text, article.lang):
        if node.kind is not NodeKind.REFERENCE:
            continue
        groups.add(node.group)
        if node.inner is None:
            continue
        body = node.inner.of(article.text)
        if node.name:
            bodies.setdefault((node.group, node.name), body)
        keys = citation_keys(node.content, article.text)
        cited = Cited(
            node.name, node.group, node.span.start + len("<ref"), body, keys, cited_pages(node.content, article.text)
        )
        for key in keys:
            known = by_key.get(key)
            if known is None or (cited.name and not known.name):
                by_key[key] = cited
    return EnglishReferences(by_key, bodies, frozenset(groups))


def all_nodes(nodes: Iterable[Node], text: str, lang: str) -> Iterator[Node]:
    """Every node of a text, those inside template parameters and reference lists too, with spans of ``text``."""
    for node in walk(nodes):
        yield node
        inside = node.span.of(text)
        if node.kind is NodeKind.TEMPLATE and "<ref" in inside and not node.content:
            for param in template_params(node, text):
                yield from all_nodes(parse(param.value, lang, param.span.start), text, lang)
        elif node.kind is NodeKind.OPAQUE and node.name == "references" and node.inner is not None:
            yield from all_nodes(parse(node.inner.of(text), lang, node.inner.start), text, lang)


def citation_keys(nodes: Iterable[Node], text: str, lang: str = "en") -> frozenset[str]:
    """What a reference's body cites, if it is one thing: ``url:…``, ``doi:…``, ``isbn:…``; nothing where it bundles
    several sources.
    """
    sources: list[set[str]] = []
    for node in nodes:
        if node.kind is NodeKind.TEMPLATE:
            keys = set(_template_keys(node, text, lang))
            if keys:
                sources.append(keys)
        elif node.kind is NodeKind.EXTERNAL:
            key = url_key(node.name)
            if key:
                sources.append({key})
        elif node.kind is NodeKind.FORMAT:
            inner = citation_keys(node.content, text, lang)
            if inner:
                sources.append(set(inner))
    return frozenset(sources[0]) if len(sources) == 1 else frozenset()


def cited_pages(nodes: Iterable[Node], text: str) -> str:
    """The pages that the citation of a reference names, as they stand."""
    for node in nodes:
        if node.kind is NodeKind.TEMPLATE:
            for param in template_params(node, text):
                if param.name.lower() in ("page", "pages", "p", "pp", "at") and param.value.strip():
                    return param.value.strip()
    return ""


def _template_keys(node: Node, text: str, lang: str) -> Iterator[str]:
    rules = citation_rules(lang)
    for param in template_params(node, text):
        value = param.value.strip()
        goal = rules.parameters.get(param.name.lower()) or citation_alias(param.name)
        if re.match(r"https?://|//", value) and goal not in ("archive-url", "chapter-url"):
            key = url_key(value.split()[0])
            if key:
                yield key
        if goal == "doi" and (doi := doi_value(value)):
            yield f"doi:{doi.lower()}"
        elif goal == "isbn" and (isbn := isbn_value(value)):
            yield f"isbn:{_isbn_core(isbn)}"


def _isbn_core(isbn: str) -> str:
    """The part that the 10-digit and the 13-digit form of an ISBN share."""
    plain = re.sub(r"\D", "", isbn[:-1])
    return plain.removeprefix("978") if len(plain) == 12 else plain


def url_key(url: str) -> str | None:
    """An address as it is compared: no scheme, ``www.``, tracking, fragment, trailing slash, archive; the DOI of a
    resolver's address. None for a bare host: that cites a site, not a page.
    """
    url = _ARCHIVED.sub("", url.strip())
    try:
        parts = urlsplit(url if "//" in url else "//" + url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    if host in ("doi.org", "dx.doi.org"):
        doi = doi_value(parts.path)
        return f"doi:{doi.lower()}" if doi else None
    query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.match(part.partition("=")[0]))
    path = unquote(parts.path).rstrip("/")
    if not host or not (path or query):
        return None
    return f"url:{host.lower()}{path}{'?' + query if query else ''}"


def insertion(at: int) -> Span:
    """An empty span."""
    return Span(at, at)
