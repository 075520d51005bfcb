"""What must be looked up and translated before passages can be adapted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from expander.adaptation import links
from expander.adaptation.citations import citation_rule, fixed_titles, titles_to_translate
from expander.adaptation.files import file_name, file_texts
from expander.adaptation.footnotes import find_work, read_short_footnote
from expander.adaptation.knowledge import Knowledge, Wanted, page_title
from expander.adaptation.references import SourceReferences, as_reference, is_prose
from expander.adaptation.rules import citation_alias, citation_rules
from expander.adaptation.tables import cell_texts
from expander.adaptation.templates import bare_name, rule_for
from expander.articles.article import Article, Node, NodeKind
from expander.articles.visible import plain
from expander.articles.wikitext import Param, parse, template_key, template_params


def wanted(nodes: Iterable[Node], counterpart: Article, known: Knowledge | None = None) -> Wanted:
    """What is not ``known`` yet of the things that adapting ``nodes`` of ``counterpart`` needs.

    Ask again with what was found until the answer is empty: that a link has no English article asks for a translation
    of its title, and that for a look at whether the name is taken.
    """
    collector = _Collector(counterpart, known or Knowledge())
    collector.nodes(nodes, counterpart.text, spoken=True)
    return collector.answer()


class _Collector:
    """Walks nodes and notes what is unknown, in order and once."""

    def __init__(self, counterpart: Article, known: Knowledge) -> None:
        self.counterpart, self.lang, self.known = counterpart, counterpart.lang, known
        self.source = SourceReferences(counterpart)
        self.links: dict[str, None] = {}
        self.files: dict[str, None] = {}
        self.templates: dict[str, None] = {}
        self.pages: dict[str, None] = {}
        self.texts: dict[str, None] = {}
        self.seen: set[tuple[str, bool]] = set()

    def answer(self) -> Wanted:
        known = self.known
        return Wanted(
            tuple(title for title in self.links if title not in known.titles),
            tuple(name for name in self.files if name not in known.files),
            tuple(name for name in self.templates if name not in known.templates),
            tuple(title for title in self.pages if title not in known.pages),
            tuple(text for text in self.texts if text not in known.texts),
        )

    def nodes(self, nodes: Iterable[Node], text: str, spoken: bool) -> None:
        """``spoken``: the words are translated (else they are a reference's)."""
        for node in nodes:
            if node.kind is NodeKind.LINK:
                self.link(node, spoken)
            elif node.kind is NodeKind.FILE:
                self.file(node, text)
            elif node.kind is NodeKind.TEMPLATE:
                self.template(node, text, spoken)
            elif node.kind is NodeKind.REFERENCE:
                self.reference(node, text)
            elif node.kind is NodeKind.TABLE:
                for source in cell_texts((node,), self.counterpart):
                    self.text(source)
            elif node.kind is NodeKind.OPAQUE and node.name == "gallery" and node.inner is not None:
                self.gallery(node.inner.of(text))
            elif node.content:
                self.nodes(node.content, text, spoken)

    def fragment(self, source: str, spoken: bool = True) -> None:
        """A piece of wikitext that is looked into by itself."""
        if (source, spoken) not in self.seen:
            self.seen.add((source, spoken))
            self.nodes(parse(source, self.lang), source, spoken)

    def text(self, source: str) -> None:
        if source:
            self.texts[source] = None
            self.fragment(source)

    def link(self, node: Node, spoken: bool) -> None:
        if links.needs_title(node.name, self.lang):
            self.title(page_title(node.name), red=spoken)

    def title(self, title: str, red: bool) -> None:
        self.links[title] = None
        if red and title in self.known.titles and self.known.titles[title] is None:
            self.red_link(title)

    def red_link(self, title: str) -> None:
        name = links.source_name(title, self.lang)
        self.texts[name] = None
        self.pages[f"Template:{page_title(links.rules().red_link)}"] = None
        english = links.english_name(self.known, name)
        if english:
            self.pages[english] = None

    def file(self, node: Node, text: str) -> None:
        self.files[file_name(node.name)] = None
        for source in file_texts(node, text, self.lang):
            self.text(source)

    def gallery(self, inner: str) -> None:
        for line in inner.split("\n"):
            name, _, caption = line.strip().partition("|")
            if name:
                self.files[file_name(name.partition(":")[2] or name)] = None
                self.text(caption.strip())

    def reference(self, node: Node, text: str) -> None:
        if node.inner is None or not node.inner.of(text).strip():
            defined = self.source.definition(node.group, node.name)
            if defined is None or defined.inner is None:
                return
            node, text = defined, self.counterpart.text
        body = node.inner.of(text).strip() if node.inner is not None else ""
        if node.group and is_prose(body, self.lang):
            self.text(body)
        self.nodes(node.content, text, spoken=False)

    def template(self, node: Node, text: str, spoken: bool) -> None:
        spec = citation_rule(node.name, self.lang)
        rule, params = rule_for(node, text, self.lang)
        if template_key(node.name) in citation_rules(self.lang).short_footnotes.templates:
            work = find_work(self.source, read_short_footnote(node, text, self.lang))
            if work is not None:
                self.pages["Template:Sfn"] = None
                self.citation(work, self.counterpart.text, template_params(work, self.counterpart.text))
        elif spec is not None:
            self.citation(node, text, params)
        elif rule is not None and rule.reference:
            reference = as_reference(node, text, self.lang)
            if reference is not None:
                self.reference(reference, text)
        elif rule is None:
            self.twin(node, params, spoken)
        elif rule.link:
            self.foreign_link(rule.link, rule.link_language, params)
        else:
            if rule.to or rule.unit:
                self.pages[f"Template:{page_title(rule.to or 'convert')}"] = None
            if not rule.drop:
                for param in params:
                    self.value(param, rule.values.get(param.name.lower()) or rule.values.get("*", "keep"), spoken)

    def citation(self, node: Node, text: str, params: tuple[Param, ...]) -> None:
        source = node.span.of(text)
        if (source, False) in self.seen:
            return
        self.seen.add((source, False))
        spec = citation_rule(node.name, self.lang)
        if spec is not None:
            for name in dict.fromkeys(
                (spec.to, *citation_rules(self.lang).kinds.values(), "cite web", "cite news", "dead link")
            ):
                self.pages[f"Template:{page_title(name)}"] = None
            self.pages |= dict.fromkeys(fixed_titles(spec))
        for title in titles_to_translate(node, text, self.lang, self.counterpart.title):
            self.texts[title] = None
        goals = citation_rules(self.lang).parameters
        for param in params:
            if "author-link" in (goals.get(param.name.lower()) or citation_alias(param.name) or ""):
                self.links[page_title(plain(parse(param.value, self.lang), param.value))] = None
            elif param.value.strip():
                self.fragment(param.value, spoken=False)

    def twin(self, node: Node, params: tuple[Param, ...], spoken: bool) -> None:
        name = bare_name(node.name)
        self.templates[name] = None
        if self.known.templates.get(name):
            for param in params:
                self.value(param, "text" if spoken and re.search(r"[^\W\d_a-zA-Z]", param.value) else "keep", spoken)
        elif node.content:
            for param in params:
                self.fragment(param.value, spoken)

    def value(self, param: Param, kind: str, spoken: bool) -> None:
        raw = param.value.strip()
        if kind == "title":
            self.title(page_title(raw), red=False)
            if self.known.titles.get(page_title(raw), "") is None:
                self.texts[raw] = None
        elif kind == "text" and spoken:
            self.text(raw)
        elif raw:
            self.fragment(raw, spoken=False)

    def foreign_link(self, positions: tuple[str, ...], language: str, params: tuple[Param, ...]) -> None:
        values = {param.name.lower(): param.value.strip() for param in params}
        title, shown, lang, foreign = (
            next((values[name] for name in names.split("|") if values.get(name)), "") for names in positions
        )
        if not title:
            return
        self.links[page_title(title)] = None
        self.texts[shown or title] = None
        if (lang or language).lower() == "en":
            self.pages[page_title(re.sub(r"^:?[a-z-]+:", "", foreign) or title)] = None
        elif self.known.titles.get(page_title(title), "") is None:
            self.red_link(page_title(title))
