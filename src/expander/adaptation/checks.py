"""Checks on a whole draft, each fault tied to the passage that caused it.

:func:`check_draft` looks at the text alone; :func:`check_rendering` takes what the wiki made of it (``action=parse``).
Faults that the base has already are not the draft's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from expander.adaptation.citation_check import citation_problems, is_citation
from expander.adaptation.citation_index import all_nodes
from expander.adaptation.knowledge import page_title
from expander.adaptation.markup import walk
from expander.adaptation.placement import Placed
from expander.articles.article import Article, Node, NodeKind
from expander.articles.visible import plain
from expander.articles.wikitext import parse, template_key
from expander.language import topic
from expander.values import Finding, Severity

_LOOSE = re.compile(r"\{\{|\}\}|\[\[|\]\]|</?ref\b|\{\||\|\}|</?(?:small|sub|sup|div|span|blockquote)\b", re.I)


class Scripts(msgspec.Struct, frozen=True):
    """The part of topic ``typography`` that names the scripts which English text may use, as Unicode names begin."""

    scripts: tuple[str, ...] = ("LATIN", "GREEK")


class Rendering(Protocol):
    """What the wiki made of a wikitext; titles with their namespace → whether the page exists."""

    @property
    def cite_errors(self) -> Sequence[str]:
        """Error messages of references."""

    @property
    def errors(self) -> Sequence[str]:
        """Other error messages."""

    @property
    def templates(self) -> Mapping[str, bool]:
        """Templates that are used."""

    @property
    def links(self) -> Mapping[str, bool]:
        """Pages that are linked."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a draft; ``passage`` is the id of the passage that caused it, None where that is unknown."""

    passage: str | None
    finding: Finding


def check_draft(base: Article, draft: str, passages: Sequence[Placed]) -> tuple[Fault, ...]:
    """What is wrong with a draft of ``base`` that brings ``passages`` (settled, as they stand in it), by its text
    alone.
    """
    faults = list(_references(base, draft, passages))
    for passage in passages:
        nodes = parse(passage.wikitext, "en")
        faults += (Fault(passage.id, finding) for finding in _markup(nodes, passage.wikitext))
        faults += (Fault(passage.id, finding) for finding in _words(nodes, passage.wikitext))
        faults += (Fault(passage.id, finding) for finding in _citations(nodes, passage.wikitext))
    faults += _links(base, passages)
    return tuple(faults)


def check_rendering(before: Rendering, after: Rendering, passages: Sequence[Placed]) -> tuple[Fault, ...]:
    """What the rendering of a draft shows that the rendering of its base did not."""
    faults: list[Fault] = []
    for kind, old, new in (
        ("cite-error", before.cite_errors, after.cite_errors),
        ("rendering-error", before.errors, after.errors),
    ):
        faults += [
            Fault(_named_in(message, passages), Finding(kind, Severity.ERROR, message))
            for message in (Counter(new) - Counter(old)).elements()
        ]
    for title, exists in after.templates.items():
        if not exists and title not in before.templates:
            message = f"English Wikipedia has no “{title}”."
            owner = _first(passages, _uses(title))
            faults.append(Fault(owner, Finding("template-missing", Severity.ERROR, message)))
    for title, exists in after.links.items():
        owner = _first(passages, _links_to(title))
        if not exists and title not in before.links and owner is not None:
            message = f"English Wikipedia has no “{title}”."
            faults.append(Fault(owner, Finding("link-red", Severity.NOTE, message)))
    return tuple(faults)


def _references(base: Article, draft: str, passages: Sequence[Placed]) -> Iterator[Fault]:
    """Names that are used and not defined, or defined twice with different texts."""
    bodies = _bodies(parse(draft, "en"), draft)
    before = _bodies(base.nodes, base.text)
    for name, texts in bodies.items():
        known = before.get(name, set())
        if not texts and (name not in before or known):
            yield Fault(
                _user(name, passages),
                Finding("reference-undefined", Severity.ERROR, f"The reference “{name[1]}” has no text."),
            )
        if len(texts) > 1 and len(known) <= 1:
            message = f"The reference “{name[1]}” is defined {len(texts)} times with different texts."
            yield Fault(_user(name, passages), Finding("reference-doubled", Severity.ERROR, message))


def _bodies(nodes: Iterable[Node], text: str) -> dict[tuple[str, str], set[str]]:
    """Reference (group, name) → its different texts."""
    found: dict[tuple[str, str], set[str]] = {}
    for node in all_nodes(nodes, text, "en"):
        if node.kind is NodeKind.REFERENCE and node.name:
            texts = found.setdefault((node.group, node.name), set())
            body = node.inner.of(text).strip() if node.inner is not None else ""
            texts |= {re.sub(r"\s+", " ", body)} if body else set()
    return found


def _user(name: tuple[str, str], passages: Sequence[Placed]) -> str | None:
    users = [
        passage.id
        for passage in passages
        if any(
            node.kind is NodeKind.REFERENCE and (node.group, node.name) == name
            for node in all_nodes(parse(passage.wikitext, "en"), passage.wikitext, "en")
        )
    ]
    return users[-1] if users else None


def _markup(nodes: tuple[Node, ...], text: str) -> Iterator[Finding]:
    """Brackets and tags that open or close nothing: a parser leaves them as text."""
    for node in walk(nodes):
        if node.kind is NodeKind.TEXT and (loose := _LOOSE.search(node.span.of(text))):
            yield Finding("markup-unclosed", Severity.ERROR, f"“{loose[0]}” opens or closes nothing.", node.span)
        elif node.kind is NodeKind.TEXT and "''" in node.span.of(text):
            yield Finding("markup-unclosed", Severity.ERROR, "Bold or italics are not closed.", node.span)


def _words(nodes: tuple[Node, ...], text: str) -> Iterator[Finding]:
    """Words in another script, outside references and templates."""
    allowed = topic("en", "typography", Scripts).scripts
    shown = plain([node for node in nodes if node.kind is not NodeKind.TEMPLATE], text)
    foreign = [
        word
        for word in re.findall(r"[^\W\d_]+", shown)
        if any(letter.isalpha() and not unicodedata.name(letter, "LATIN").startswith(allowed) for letter in word)
    ]
    if foreign:
        yield Finding("text-untranslated", Severity.WARNING, f"Not in English: {', '.join(foreign[:8])}.")


def _citations(nodes: tuple[Node, ...], text: str) -> Iterator[Finding]:
    for node in all_nodes(nodes, text, "en"):
        if node.kind is NodeKind.TEMPLATE and is_citation(node):
            for problem in citation_problems(node, text):
                yield Finding("citation-faulty", Severity.WARNING, f"A citation has {problem}.", node.span)


def _links(base: Article, passages: Sequence[Placed]) -> Iterator[Fault]:
    """Articles that a section links to twice because of a passage (MOS:DUPLINK)."""
    linked: dict[object, set[str]] = {}
    for passage in passages:
        home = base.sections[passage.anchor.section].body
        place = (passage.anchor.section, passage.path)
        if place not in linked:
            own = () if passage.anchor.new_sections else base.nodes
            linked[place] = {
                page_title(node.name) for node in walk(own) if node.kind is NodeKind.LINK and node.span in home
            }
        for node in walk(parse(passage.wikitext, "en")):
            if node.kind is not NodeKind.LINK or ":" in node.name:
                continue
            title = page_title(node.name)
            if title in linked[place]:
                yield Fault(
                    passage.id,
                    Finding("link-doubled", Severity.NOTE, f"The section links to “{title}” twice.", node.span),
                )
            linked[place].add(title)


def _named_in(message: str, passages: Sequence[Placed]) -> str | None:
    """The passage that uses a name which an error message quotes."""
    for name in re.findall(r'"([^"]+)"', message):
        for passage in passages:
            if name in passage.wikitext:
                return passage.id
    return None


def _first(passages: Sequence[Placed], holds: Callable[[Node], bool]) -> str | None:
    """The first passage with a node that ``holds``."""
    for passage in passages:
        if any(holds(node) for node in all_nodes(parse(passage.wikitext, "en"), passage.wikitext, "en")):
            return passage.id
    return None


def _uses(title: str) -> Callable[[Node], bool]:
    name = template_key(title.partition(":")[2] or title)
    return lambda node: node.kind is NodeKind.TEMPLATE and template_key(node.name) == name


def _links_to(title: str) -> Callable[[Node], bool]:
    return lambda node: node.kind is NodeKind.LINK and page_title(node.name) == title
