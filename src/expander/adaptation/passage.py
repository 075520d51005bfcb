"""One passage on its way into English: where each piece of markup gets its English form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from expander.adaptation import files, footnotes, links, references, tables, templates
from expander.adaptation.citations import cite
from expander.adaptation.finish import finish
from expander.adaptation.knowledge import Knowledge, page_title
from expander.adaptation.markup import map_prose, render, template
from expander.adaptation.rules import citation_rules
from expander.adaptation.style import Style
from expander.adaptation.typography import Typographer
from expander.articles.article import Node, NodeKind
from expander.articles.visible import plain
from expander.articles.wikitext import parse, template_key
from expander.gaps.gap import Anchor
from expander.translation import Piece, mask, unmask
from expander.values import Edit, Finding, Severity

if TYPE_CHECKING:
    from expander.adaptation.adapter import Adapter


@dataclass(frozen=True, slots=True)
class Adapted:
    """A passage as it would stand in the English article. ``extra_edits`` are edits elsewhere in the article that it
    needs (an English reference that gets a name, a list for a group of notes): equal ones of several passages are
    one. ``findings`` are each thing that was changed, left out, or is doubtful.
    """

    wikitext: str
    findings: tuple[Finding, ...] = ()
    extra_edits: tuple[Edit, ...] = ()


@dataclass(slots=True)
class Passage:
    """State of one passage; give its :meth:`render` to ``translation.unmask`` sentence by sentence, then
    :meth:`finish` the joined text.

    ``linked`` are the English titles already linked where the passage goes. A passage stands for itself: it brings
    every definition that it needs; :func:`expander.adaptation.settle` takes out what others bring too.
    """

    adapter: Adapter
    anchor: Anchor | None = None
    linked: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    defined: dict[tuple[str, str], str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    translating: int = 0

    @property
    def lang(self) -> str:
        """The counterpart's language."""
        return self.adapter.counterpart.lang

    @property
    def knowledge(self) -> Knowledge:
        """What is known of the wikis."""
        return self.adapter.knowledge

    @property
    def style(self) -> Style:
        """The English article's conventions."""
        return self.adapter.style

    @property
    def references(self) -> references.References:
        """The references of both articles."""
        return self.adapter.references

    def render(self, piece: Piece, label: str) -> str:
        """A masked piece as English wikitext around its translated ``label``; what ``unmask`` calls."""
        if piece.kind is NodeKind.CELL:
            label = _padded(label, piece.label)
        if piece.paired and piece.kind not in (NodeKind.LINK, NodeKind.TEMPLATE, NodeKind.EXTERNAL):
            return f"{piece.before}{label}{piece.after}"
        nodes = parse(piece.source, self.lang)
        if len(nodes) != 1:
            return piece.source if piece.kind is NodeKind.OPAQUE else label
        return self.node(nodes[0], piece.source, label)

    def node(self, node: Node, text: str, label: str) -> str:
        """A node of ``text`` as English wikitext around its translated ``label``."""
        if node.kind is NodeKind.LINK:
            return links.link(self, node.name, label)
        if node.kind is NodeKind.EXTERNAL:
            return f"[{node.name} {label}]" if label else node.span.of(text)
        if node.kind is NodeKind.REFERENCE:
            return references.reference(self, node, text)
        if node.kind is NodeKind.TEMPLATE:
            return self.template(node, text, label)
        if node.kind is NodeKind.FILE:
            return files.file_link(self, node, text)
        if node.kind is NodeKind.COMMENT:
            self.note(
                "comment-left-out",
                f"A comment for the source's editors is left out: {node.span.of(text)[4:-3].strip()[:80]}",
            )
            return ""
        if node.kind in (NodeKind.CATEGORY, NodeKind.LANGLINK):
            self.note("link-left-out", f"[[{node.name}]] is left out of the text.")
            return ""
        if node.kind is NodeKind.OPAQUE and node.name == "gallery":
            return self.gallery(node, text)
        return node.span.of(text)

    def template(self, node: Node, text: str, label: str, inline: bool = False) -> str:
        """A TEMPLATE node: short footnote, citation, or any other; ``inline``: inside a reference, which may not hold
        another.
        """
        if template_key(node.name) in citation_rules(self.lang).short_footnotes.templates:
            return footnotes.short_footnote(self, node, text, inline)
        reference = references.as_reference(node, text, self.lang)
        if reference is not None:
            return references.reference(self, reference, text, inline)
        made = cite(self, node, text)
        return made if made is not None else templates.adapt_template(self, node, text, label)

    def gallery(self, node: Node, text: str) -> str:
        """``<gallery>``: the files that exist, with English captions."""
        if node.inner is None:
            return node.span.of(text)
        lines = []
        for line in node.inner.of(text).split("\n"):
            name, bar, caption = line.strip().partition("|")
            if not name:
                continue
            name = files.file_name(name.partition(":")[2] or name)
            if not self.knowledge.files.get(name):
                self.note(
                    "file-missing", f"The file “{name}” is neither on Commons nor on English Wikipedia; it is left out."
                )
                continue
            shown = self.translated(caption.strip()) if bar and caption.strip() else ""
            lines.append(f"File:{name}|{shown}" if shown else f"File:{name}")
        opening = text[node.span.start : node.inner.start]
        return f"{opening}\n" + "".join(f"{line}\n" for line in lines) + "</gallery>" if lines else ""

    def table(self, nodes: Iterable[Node], text: str = "") -> str | None:
        """A table of the counterpart, or the rows of it that ``nodes`` cover; None where a cell is untranslated."""
        return tables.table(self, nodes)

    def untranslated(
        self, nodes: Iterable[Node], text: str, in_reference: bool = False, in_citation: bool = False
    ) -> str:
        """``nodes`` with their words as they are and their markup in English: the inside of references and values."""

        def change(node: Node) -> str | None:
            if node.kind is NodeKind.LINK:
                return links.quiet_link(self, node.name, plain(node.content, text))
            if node.kind is NodeKind.TEMPLATE:
                shown = self.untranslated(node.content, text) if node.content else node.shown
                return self.template(node, text, shown, inline=in_reference)
            if node.kind is NodeKind.EXTERNAL and node.inner is None:
                return re.sub(r"<!--.*?(?:-->|$)", "", node.span.of(text), flags=re.S)
            if node.kind is NodeKind.EXTERNAL and in_citation:
                return plain(node.content, text) if node.content else node.name
            if node.kind is NodeKind.FILE and not (in_reference or in_citation):
                return files.file_link(self, node, text)
            if node.kind in (NodeKind.COMMENT, NodeKind.FILE, NodeKind.CATEGORY, NodeKind.LANGLINK):
                return ""
            if node.kind is NodeKind.REFERENCE:
                return "" if in_citation else references.reference(self, node, text, inline=in_reference)
            return None

        return render(nodes, text, change)

    def translated(self, fragment: str) -> str | None:
        """The English wikitext of a fragment of the counterpart, None where nobody translated it."""
        words = self.knowledge.texts.get(fragment)
        if words is None or self.translating > 3:
            return None
        self.translating += 1
        made = unmask(words, mask(parse(fragment, self.lang), fragment, self.lang), self.render)
        self.translating -= 1
        self.findings += made.findings
        return made.wikitext.strip()

    def typed(self, words: str) -> str:
        """Running text with English typography, for places that the last step does not see: values of templates."""
        return map_prose(words, Typographer(self.lang, words, self.style.variety))

    def translated_text(self, fragment: str) -> str | None:
        """The same, without markup."""
        words = self.translated(fragment)
        return self.typed(plain(parse(words, "en"), words)) if words else None

    def once(self, title: str, linked: str, label: str) -> str:
        """A link, unless the place where the passage goes, or the passage, links to ``title`` already."""
        key = page_title(title)
        if key in self.linked:
            return label
        self.linked.add(key)
        return linked

    def is_self(self, title: str) -> bool:
        """Whether ``title`` is the English article."""
        article = self.adapter.article
        names = (article.title, article.revision.redirected_from or article.title)
        return page_title(title) in map(page_title, names)

    def define(self, name: str, group: str, body: str) -> str:
        """A reference with its body; the second of a name in this passage is a reuse. A note that holds references is
        written as a parser function: a tag may not hold its like (Help:Footnotes).
        """
        edit = references.group_list_edit(self, group)
        if edit:
            self.edit(edit)
        attributes = f" name={references.quoted(name)}" if name else ""
        attributes += f' group="{group}"' if group else ""
        if name and (group, name) in self.defined:
            return f"<ref{attributes} />"
        if name:
            self.defined[(group, name)] = body
        if "<ref" in body or "{{sfn" in body:
            named = {"group": group, "name": name}
            return template("#tag:ref", {"1": body} | {key: value for key, value in named.items() if value})
        return f"<ref{attributes}>{body}</ref>"

    def edit(self, edit: Edit) -> None:
        """Ask for an edit elsewhere in the article."""
        if edit not in self.edits:
            self.edits.append(edit)

    def note(self, code: str, message: str, severity: Severity = Severity.NOTE) -> None:
        """Tell the editor something; the same thing once."""
        finding = Finding(code, severity, message)
        if finding not in self.findings:
            self.findings.append(finding)

    def finish(self, wikitext: str, source: str = "") -> Adapted:
        """The joined sentences with English punctuation and typography. ``source`` is the visible text that they
        were translated from: it tells a decimal comma from one between thousands.
        """
        if self.titles:
            titles = "; ".join(f"“{english}” ({title})" for title, english in self.titles.items())
            self.note(
                "title-translated", f"Titles of sources are translated by machine; check |trans-title=: {titles}."
            )
        done = finish(wikitext, self.style, self.lang, source, convert=not self.knowledge.lacks_template("Convert"))
        return Adapted(done, tuple(self.findings), tuple(self.edits))


def _padded(label: str, source: str) -> str:
    """``label`` with the white space around it that the source has: a cell's layout."""
    lead = source[: len(source) - len(source.lstrip())]
    trail = source[len(source.rstrip()) :]
    return f"{lead}{label.strip()}{trail}" if source.strip() else source
