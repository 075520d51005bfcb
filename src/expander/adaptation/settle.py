"""Passages that enter a draft together → the same passages, with what several of them bring brought once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from expander.adaptation.citation_index import EnglishReferences, english_references
from expander.adaptation.knowledge import page_title
from expander.adaptation.links import rules
from expander.adaptation.markup import render
from expander.adaptation.placement import Placed
from expander.adaptation.references import quoted
from expander.articles.article import Article, Node, NodeKind
from expander.articles.visible import plain
from expander.articles.wikitext import parse, template_key, template_params


def settle(article: Article, passages: Sequence[Placed]) -> tuple[Placed, ...]:
    """``passages`` (in page order) with definitions, red links and links that several bring made once.

    Of a named reference, the first passage keeps the text and the others become ``<ref name="…" />``; one that says
    something else under the same name gets a new name. A red link keeps its way to the other wiki once a page; a
    second link to an article within a section becomes plain text. Settling what is settled changes nothing.
    """
    state = _State(english_references(article))
    return tuple(replace(passage, wikitext=state.settled(passage)) for passage in passages)


@dataclass(slots=True)
class _State:
    english: EnglishReferences
    bodies: dict[tuple[str, str], str] = field(default_factory=dict)
    red: set[tuple[str, ...]] = field(default_factory=set)
    linked: dict[object, set[str]] = field(default_factory=dict)

    def settled(self, passage: Placed) -> str:
        """One passage, after those before it."""
        nodes = parse(passage.wikitext, "en")
        text = passage.wikitext
        links = self.linked.setdefault((passage.anchor.section, passage.path), set())
        renamed: dict[tuple[str, str], str] = {}

        def change(node: Node) -> str | None:
            if node.kind is NodeKind.REFERENCE:
                return self.reference(node, text, renamed)
            if node.kind is NodeKind.TEMPLATE and "<ref" in node.span.of(text):
                return self.values(node, text, renamed)
            if node.kind is NodeKind.TEMPLATE:
                return self.red_link(node, text)
            if node.kind is NodeKind.LINK:
                return _once(node, text, links)
            return None

        return render(nodes, text, change)

    def reference(self, node: Node, text: str, renamed: dict[tuple[str, str], str]) -> str | None:
        """A reference, its body left out where the draft has it already."""
        source = node.span.of(text)
        if not node.name:
            return source
        key = (node.group, node.name)
        if node.inner is None or not node.inner.of(text).strip():
            return _renamed(source, renamed[key]) if key in renamed else source
        body = _plain(node.inner.of(text))
        known = self.english.bodies.get(key, self.bodies.get(key))
        name = node.name
        number = 2
        while known is not None and _plain(known) != body:
            name = f"{node.name}-{number}"
            number += 1
            known = self.english.bodies.get((node.group, name), self.bodies.get((node.group, name)))
        if name != node.name:
            renamed[key] = name
            source = _renamed(source, name)
        if known is not None:
            group = f' group="{node.group}"' if node.group else ""
            return f"<ref name={quoted(name)}{group} />"
        self.bodies[(node.group, name)] = body
        return source

    def values(self, node: Node, text: str, renamed: dict[tuple[str, str], str]) -> str:
        """A template with the references in its values settled."""
        parts: list[str] = []
        position = node.span.start
        for param in template_params(node, text):
            parts += [text[position : param.span.start], self.value(param.value, renamed)]
            position = param.span.end
        return "".join((*parts, text[position : node.span.end]))

    def value(self, value: str, renamed: dict[tuple[str, str], str]) -> str:
        """One value, its references settled."""

        def change(node: Node) -> str | None:
            return self.reference(node, value, renamed) if node.kind is NodeKind.REFERENCE else None

        return render(parse(value, "en"), value, change)

    def red_link(self, node: Node, text: str) -> str | None:
        """``{{ill}}``: its shown text alone from the second time on."""
        if template_key(node.name) not in (rules().red_link, "interlanguage link"):
            return node.span.of(text)
        given = {param.name: param.value.strip() for param in template_params(node, text)}
        key = (given.get("2", ""), given.get("3", given.get("1", "")))
        if key in self.red:
            return given.get("lt") or given.get("1", "")
        self.red.add(key)
        return node.span.of(text)


def _once(node: Node, text: str, links: set[str]) -> str:
    if node.name.startswith((":", "#")) or ":" in node.name.partition(" ")[0]:
        return node.span.of(text)
    title = page_title(node.name)
    if title in links:
        return (
            plain((node,), text)
            if not _has_markup(node)
            else text[node.content[0].span.start : node.content[-1].span.end].replace("]]", "")
        )
    links.add(title)
    return node.span.of(text)


def _has_markup(node: Node) -> bool:
    return any(item.kind is not NodeKind.TEXT for item in node.content)


def _renamed(source: str, name: str) -> str:
    return re.sub(
        r"""(<ref\b[^>]*?\bname\s*=\s*)("[^"]*"|'[^']*'|[^\s/>]+)""",
        lambda found: found[1] + quoted(name),
        source,
        count=1,
    )


def _plain(body: str) -> str:
    return re.sub(r"\s+", "", body)
