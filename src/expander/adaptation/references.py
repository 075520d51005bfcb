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
from expander.adaptation.citations import citation_rule, cite
from expander.adaptation.rules import citation_rules
from expander.articles.article import Article, Node, NodeKind
from expander.articles.visible import plain
from expander.articles.wikitext import parse, template_key, template_params
from expander.values import Edit, Severity

if TYPE_CHECKING:
    from expander.adaptation.passage import Passage


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
    def nodes(self) -> tuple[Node, ...]:
        """Every reference of the counterpart."""
        text, lang = self.counterpart.text, self.counterpart.lang
        return tuple(node for node in all_nodes(self.counterpart.nodes, text, lang) if node.kind is NodeKind.REFERENCE)

    @cached_property
    def definitions(self) -> Mapping[tuple[str, str], Node]:
        """The counterpart's named references with a body, by (group, name); the first of a name counts."""
        found: dict[tuple[str, str], Node] = {}
        for node in self.nodes:
            if node.name and node.inner is not None and node.inner.of(self.counterpart.text).strip():
                found.setdefault((node.group, node.name), node)
                found.setdefault(("", node.name), node)
        return found

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
        for _, name in sorted({(node.span.start, node.name) for node in self.nodes if node.name}):
            if name not in made:
                made[name] = _free(clean_name(name, self.counterpart.lang), taken)
                taken.add(made[name])
        return made

    @cached_property
    def bibliography(self) -> tuple[Node, ...]:
        """The works that the counterpart's short footnotes point to."""
        return works_of(self.counterpart)

    @cached_property
    def uses_short_footnotes(self) -> bool:
        """Whether the English article cites by short footnotes (WP:CITEVAR: new text follows that)."""
        short = {"sfn", "sfnp", "harvnb"}
        return any(node.kind is NodeKind.TEMPLATE and template_key(node.name) in short for node in self.article.nodes)


def reference(passage: Passage, node: Node, text: str) -> str:
    """A REFERENCE node of ``text`` as English wikitext."""
    references = passage.references
    name, group = node.name, node.group
    body = node.inner.of(text) if node.inner is not None else ""
    if not body.strip():
        defined = references.definitions.get((group, name)) or references.definitions.get(("", name))
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
    cited = references.english.find(citation_keys(node.content, text), _pages(node, text, passage.lang))
    if cited is not None and cited.group == group_name(group, passage.lang):
        return _reuse(passage, cited)
    adapted = reference_body(passage, body)
    english = references.names.get(name, "") if name else ""
    return passage.define(english, group_name(group, passage.lang), adapted)


def reference_body(passage: Passage, body: str) -> str:
    """A reference's body: citation templates mapped, links to English articles, plain text and addresses kept."""
    return passage.untranslated(parse(body, passage.lang), body, in_reference=True).strip()


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


def group_name(group: str, lang: str) -> str:
    """A group's English name, from data."""
    return citation_rules(lang).groups.get(group.strip().rstrip(".").lower(), group)


def group_list_edit(passage: Passage, group: str) -> Edit | None:
    """The edit that gives the English article a list for ``group``, None where it has one (else Cite shows an error)."""
    article = passage.references.article
    if not group or group in passage.references.english.groups:
        return None
    lists = re.compile(r"^[ \t]*(?:<references[^>]*/?>|\{\{\s*(?:reflist|notelist|references)\b)", re.I | re.M)
    place = lists.search(article.text)
    at = place.start() if place else len(article.text)
    return Edit(insertion(at), f'<references group="{group}" />\n' if place else f'\n<references group="{group}" />')


def short_footnote(passage: Passage, node: Node, text: str) -> str:
    """``{{sfn}}`` and its kin: kept, with the work they point to listed too, where English cites so; else a full
    reference.
    """
    rules = citation_rules(passage.lang).short_footnotes
    who, year, pages = [], "", ""
    for param in template_params(node, text):
        value = param.value.strip()
        if param.positional and value:
            who.append(value)
        elif param.name.lower() in rules.pages:
            pages = value
    if who and re.match(r"\d{4}", who[-1]):
        year = who.pop()
    work = _work(passage, who, year)
    if work is None:
        passage.note(
            "short-footnote-without-work",
            f"The work “{' '.join(who)} {year}” of a short footnote is not listed in the source.",
            Severity.WARNING,
        )
        return passage.define(
            "", "", ", ".join(filter(None, (" ".join((*who, year)).strip(), f"p. {pages}" if pages else "")))
        )
    name = clean_name(" ".join((*who, year, pages.replace("—", "–"))).strip(), passage.lang)
    source = passage.references.counterpart.text
    full = cite(passage, work, source, pages=pages or None) or plain((work,), source)
    return passage.define(name, "", full)


def _work(passage: Passage, who: list[str], year: str) -> Node | None:
    """The listed work whose anchor (``ref=``, or last names and year) a short footnote names."""
    source, lang = passage.references.counterpart.text, passage.lang
    wanted = _anchor("".join(who) + year)
    best = None
    for node in passage.references.bibliography:
        given = {param.name.lower(): param.value.strip() for param in template_params(node, source)}
        year_there = given.get("год") or given.get("year") or given.get("date", "")[:4]
        anchor = given.get("ref", "")
        if (anchor and _anchor(anchor) in (wanted, wanted.removesuffix(year))) or _anchor(
            anchor + year_there
        ) == wanted:
            return node
        rest = node.span.of(source)
        if (
            best is None
            and who
            and all(person in rest for person in who)
            and year in rest
            and citation_rule(node.name, lang)
        ):
            best = node
    return best


def _anchor(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower().removeprefix("citeref")


def _pages(node: Node, text: str, lang: str) -> str:
    names = {name for name, goal in citation_rules(lang).parameters.items() if goal == "pages"}
    for child in node.content:
        if child.kind is NodeKind.TEMPLATE:
            for param in template_params(child, text):
                if param.name.lower() in names and param.value.strip():
                    return param.value.strip()
    return ""


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def definitions_of(counterpart: Article, name: str) -> tuple[Node, ...]:
    """The references of a page that define ``name``."""
    return tuple(
        node
        for node in all_nodes(counterpart.nodes, counterpart.text, counterpart.lang)
        if node.kind is NodeKind.REFERENCE and node.name == name and node.inner is not None
    )


def works_of(counterpart: Article) -> tuple[Node, ...]:
    """The citation templates of a page: what its short footnotes point to."""
    return tuple(
        node
        for node in all_nodes(counterpart.nodes, counterpart.text, counterpart.lang)
        if node.kind is NodeKind.TEMPLATE and citation_rule(node.name, counterpart.lang) is not None
    )
