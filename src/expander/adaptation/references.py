"""References: bodies kept whole, English ones reused, names that do not collide, definitions brought along."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from expander.adaptation.citation_index import (
    Cited,
    EnglishReferences,
    all_nodes,
    citation_keys,
    english_references,
    insertion,
)
from expander.adaptation.citations import citation_rule, goal_values
from expander.adaptation.rules import citation_rules
from expander.adaptation.templates import rule_for
from expander.articles.article import Article, Node, NodeKind
from expander.articles.visible import plain
from expander.articles.wikitext import parse, template_key
from expander.values import Edit, Severity, Span

if TYPE_CHECKING:
    from expander.adaptation.passage import Passage


@dataclass(frozen=True)
class SourceReferences:
    """The references and listed works of a counterpart."""

    counterpart: Article

    @cached_property
    def references(self) -> tuple[Node, ...]:
        """Every reference, those that templates make too."""
        text, lang = self.counterpart.text, self.counterpart.lang
        found = (
            node if node.kind is NodeKind.REFERENCE else as_reference(node, text, lang)
            for node in all_nodes(self.counterpart.nodes, text, lang)
            if node.kind in (NodeKind.REFERENCE, NodeKind.TEMPLATE)
        )
        return tuple(node for node in found if node is not None)

    @cached_property
    def works(self) -> tuple[tuple[Node, Mapping[str, str]], ...]:
        """Every citation template, what short footnotes point to, with what it says."""
        text, lang = self.counterpart.text, self.counterpart.lang
        return tuple(
            (node, goal_values(node, text, lang))
            for node in all_nodes(self.counterpart.nodes, text, lang)
            if node.kind is NodeKind.TEMPLATE and citation_rule(node.name, lang) is not None
        )

    @cached_property
    def definitions(self) -> Mapping[tuple[str, str], Node]:
        """The named references with a body, by (group, name), and by ("", name) too; the first of a name counts."""
        found: dict[tuple[str, str], Node] = {}
        for node in self.references:
            if node.name and node.inner is not None and node.inner.of(self.counterpart.text).strip():
                found.setdefault((node.group, node.name), node)
                found.setdefault(("", node.name), node)
        return found

    def definition(self, group: str, name: str) -> Node | None:
        """The reference that gives ``name`` its text."""
        return self.definitions.get((group, name)) or self.definitions.get(("", name))


@dataclass(frozen=True)
class References:
    """What the two articles' references are to each other; made once a pair of articles.

    Names are decided for the whole counterpart at once, so that every subset of passages agrees on them.
    """

    article: Article
    counterpart: Article

    @cached_property
    def english(self) -> EnglishReferences:
        """The English article's references."""
        return english_references(self.article)

    @cached_property
    def source(self) -> SourceReferences:
        """The counterpart's references."""
        return SourceReferences(self.counterpart)

    @cached_property
    def own_names(self) -> Mapping[int, str]:
        """Names for the English references that have none, by the place of the name; made from their citations."""
        taken = {name for _, name in self.english.bodies}
        made: dict[int, str] = {}
        for cited in sorted(set(self.english.by_key.values()), key=lambda cited: cited.insert_at):
            if not cited.name:
                made[cited.insert_at] = _free(_stem(cited.body), taken)
                taken.add(made[cited.insert_at])
        return made

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The counterpart's reference name → the name in the English article."""
        taken = {name for _, name in self.english.bodies} | set(self.own_names.values())
        made: dict[str, str] = {}
        for _, name in sorted({(node.span.start, node.name) for node in self.source.references if node.name}):
            if name not in made:
                made[name] = _free(clean_name(name, self.counterpart.lang), taken)
                taken.add(made[name])
        return made

    @cached_property
    def has_notes(self) -> bool:
        """Whether the English article lists explanatory notes (``{{notelist}}``)."""
        return any(
            node.kind is NodeKind.TEMPLATE and template_key(node.name) == "notelist" for node in self.article.nodes
        )

    @cached_property
    def uses_short_footnotes(self) -> bool:
        """Whether the English article cites by short footnotes (WP:CITEVAR: new text follows that)."""
        short = {"sfn", "sfnp", "harvnb"}
        return any(node.kind is NodeKind.TEMPLATE and template_key(node.name) in short for node in self.article.nodes)

    def free_name(self, name: str) -> str:
        """A name for a reference that is new in both articles."""
        return _free(name, {used for _, used in self.english.bodies} | {*self.own_names.values(), *self.names.values()})


def reference(passage: Passage, node: Node, text: str, inline: bool = False) -> str:
    """A REFERENCE node of ``text`` as English wikitext; ``inline``: its body alone, for the inside of another."""
    references = passage.references
    name, group = node.name, node.group
    body = node.inner.of(text) if node.inner is not None else ""
    if not body.strip():
        defined = references.source.definition(group, name)
        if defined is None or defined.inner is None:
            passage.note(
                "reference-undefined",
                f"The reference “{name}” has no text anywhere in the source; it is left out.",
                Severity.ERROR,
            )
            return ""
        node, text = defined, references.counterpart.text
        body = defined.inner.of(text)
        group = group or defined.group
    if inline:
        return reference_body(passage, body)
    cited = references.english.find(citation_keys(node.content, text, passage.lang), _pages(node, text, passage.lang))
    if cited is not None and cited.group == group_name(group, references):
        return _reuse(passage, cited)
    is_note = bool(group) or text.startswith("{{", node.span.start)  # what a template makes may hold references
    adapted = _note(passage, body) if group else reference_body(passage, body, is_note)
    english = references.names.get(name, "") if name else ""
    return passage.define(english, group_name(group, references), adapted)


def is_prose(body: str, lang: str) -> bool:
    """Whether a note says something in words: more than citations and addresses."""
    nodes = parse(body, lang)
    shown = plain([node for node in nodes if node.kind not in (NodeKind.TEMPLATE, NodeKind.EXTERNAL)], body)
    return sum(letter.isalpha() for letter in shown) > len("see: ")


def _note(passage: Passage, body: str) -> str:
    """An explanatory note in English; in its own words, with a finding, where nobody translated it."""
    if is_prose(body, passage.lang):
        translated = passage.translated(body.strip())
        if translated is not None:
            return passage.typed(translated)
        passage.note("note-untranslated", "No engine translated an explanatory note.", Severity.WARNING)
    return reference_body(passage, body, is_note=True)


def as_reference(node: Node, text: str, lang: str) -> Node | None:
    """A template that makes a reference (``{{ref+|…}}``, ``{{#tag:ref|…}}``) as the reference that it makes."""
    rule, params = rule_for(node, text, lang)
    if rule is None or not rule.reference:
        return None
    given = {param.name.lower(): param for param in params}
    body, group, name = (given.get(key) for key in rule.reference)
    if body is None:
        return None
    start = text.index(body.value, node.span.start, node.span.end) if body.value else node.span.end
    inner = Span(start, start + len(body.value))
    return Node(
        NodeKind.REFERENCE,
        node.span,
        name.value.strip().strip("\"'") if name else "",
        inner,
        parse(body.value, lang, start),
        group=group.value.strip().strip("\"'") if group else "",
    )


def reference_body(passage: Passage, body: str, is_note: bool = False) -> str:
    """A reference's body: citation templates mapped, links to English articles, plain text and addresses kept. A note
    (a reference of a group) may hold references.
    """
    nodes = parse(body, passage.lang)
    return passage.untranslated(nodes, body, in_reference=not is_note).strip()


def _reuse(passage: Passage, cited: Cited) -> str:
    name = cited.name
    if not name:
        name = passage.references.own_names[cited.insert_at]
        passage.edit(Edit(insertion(cited.insert_at), f" name={quoted(name)}"))
        passage.note(
            "reference-named",
            f"A reference of the English article is named “{name}”, because this passage cites it too.",
        )
    group = f' group="{cited.group}"' if cited.group else ""
    return f"<ref name={quoted(name)}{group} />"


def _stem(body: str) -> str:
    """A name made from a citation: author or host, and year."""
    found = re.search(r"\|\s*(?:last1?|author1?|surname)\s*=\s*([^|{}\[\]]+?)\s*(?=[|}])", body)
    host = re.search(r"https?://(?:www\.)?([^/\s|]+)", body)
    year = re.search(r"(?<!\d)(?:1[89]|20)\d{2}(?!\d)", re.sub(r"https?://[^\s|\]}]+|access-?date\s*=[^|}]*", "", body))
    base = found[1] if found else host[1] if host else "reference"
    return re.sub(r"[^\w.-]+", " ", f"{base} {year[0] if year else ''}").strip()


def quoted(name: str) -> str:
    """A reference name as an attribute's value."""
    return '"' + name.replace('"', "'") + '"'


def clean_name(name: str, lang: str) -> str:
    """A name that Cite takes: no bare number, no markup characters (Help:Footnotes)."""
    plain_name = re.sub(r"""["'<>\[\]{}|#/\\=]""", "", name).strip() or lang
    return f"{lang}-{plain_name}" if plain_name.isdecimal() else plain_name


def group_name(group: str, references: References) -> str:
    """A group's English name, from data; a note joins the English article's notes where it has such a list."""
    english = citation_rules(references.counterpart.lang).groups.get(group.strip().rstrip(".").lower(), group)
    return "lower-alpha" if english == "note" and references.has_notes else english


def group_list_edit(passage: Passage, group: str) -> Edit | None:
    """The edit that gives the English article a list for ``group``, None where it has one (Cite shows an error
    without).
    """
    references = passage.references
    if not group or group in references.english.groups or (group == "lower-alpha" and references.has_notes):
        return None
    text = references.article.text
    place = re.search(r"^[ \t]*(?:<references[^>]*>|\{\{\s*(?:reflist|notelist|references)\b)", text, re.I | re.M)
    if place is None:
        return Edit(insertion(len(text)), f'\n<references group="{group}" />')
    return Edit(insertion(place.start()), f'<references group="{group}" />\n')


def _pages(node: Node, text: str, lang: str) -> str:
    templates = (child for child in node.content if child.kind is NodeKind.TEMPLATE)
    return next(filter(None, (goal_values(child, text, lang).get("pages", "") for child in templates)), "")


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
