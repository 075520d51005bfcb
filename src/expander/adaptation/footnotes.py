"""Short footnotes (``{{sfn}}``) and the works that they point to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expander.adaptation.citation_index import insertion
from expander.adaptation.citation_values import pages_value
from expander.adaptation.citations import cite
from expander.adaptation.markup import template
from expander.adaptation.references import SourceReferences, clean_name
from expander.adaptation.rules import citation_rules, english_citations
from expander.articles.article import Article, BlockKind, Node, NodeKind
from expander.articles.wikitext import template_key, template_params
from expander.values import Edit, Severity

if TYPE_CHECKING:
    from expander.adaptation.passage import Passage


@dataclass(frozen=True, slots=True)
class ShortFootnote:
    """Whom a short footnote names, the year of the work, pages and volume."""

    who: tuple[str, ...]
    year: str
    pages: str
    volume: str

    @property
    def label(self) -> str:
        """``Масов 1991``."""
        return " ".join((*self.who, self.year)).strip()


def short_footnote(passage: Passage, node: Node, text: str, inline: bool = False) -> str:
    """``{{sfn}}`` and its kin, in the way in which the English article cites (WP:CITEVAR).

    A short footnote, its work brought to the list of works, where English has such; else a full reference. ``inline``:
    the full citation alone.
    """
    note = read_short_footnote(node, text, passage.lang)
    source = passage.references.counterpart.text
    work = find_work(passage.references.source, note)
    if work is None:
        passage.note(
            "short-footnote-without-work",
            f"The work “{note.label}” of a short footnote is not listed in the source.",
            Severity.WARNING,
        )
        if inline:
            return note.label
        return passage.define("", "", ", ".join(filter(None, (note.label, f"p. {note.pages}" if note.pages else ""))))
    if inline:
        return cite(passage, work, source, pages=note.pages or None) or note.label
    name, pages = pages_value(note.pages, citation_rules(passage.lang)) if note.pages else ("", "")
    place = _works_end(passage.references.article)
    if passage.references.uses_short_footnotes and place is not None and not passage.knowledge.lacks_template("Sfn"):
        entry = cite(passage, work, source, anchor=_anchor_template(note))
        if entry and not _has_work(passage.references.article, note):
            passage.edit(Edit(insertion(place), f"\n* {entry}"))
            passage.note("work-listed", f"The work “{note.label}” is added to the list of works.")
        who = {str(number): value for number, value in enumerate((*note.who, note.year), start=1) if value}
        return template("sfn", who | ({{"page": "p", "pages": "pp", "at": "loc"}[name]: pages} if name else {}))
    label = clean_name(f"{note.label} {pages}".strip(), passage.lang)
    full = cite(passage, work, source, pages=note.pages or None) or note.label
    return passage.define(passage.references.free_name(label), "", full)


def read_short_footnote(node: Node, text: str, lang: str) -> ShortFootnote:
    """The parts of a short footnote's template."""
    rules = citation_rules(lang).short_footnotes
    who: list[str] = []
    pages = volume = year = ""
    for param in template_params(node, text):
        value = param.value.strip()
        if param.positional and value:
            who.append(value)
        elif param.name.lower() in rules.pages:
            pages = value
        elif param.name.lower() in rules.volume:
            volume = value
    if who and re.match(r"\d{4}", who[-1]):
        year = who.pop()
    return ShortFootnote(tuple(who), year, pages, volume)


def find_work(source: SourceReferences, note: ShortFootnote) -> Node | None:
    """The listed work whose anchor (its own, or last names and year) the footnote names."""
    wanted = _key("".join(note.who) + note.year)
    likely = None
    for node, given in source.works:
        anchor, year = given.get("anchor", ""), given.get("year") or given.get("date", "")
        if anchor and wanted in (_key(anchor), _key(anchor + note.year if note.year in year else anchor + year)):
            return node
        whole = node.span.of(source.counterpart.text)
        if likely is None and note.who and note.year in whole and all(person in whole for person in note.who):
            likely = node
    return likely


def _anchor_template(note: ShortFootnote) -> str:
    return template(
        "sfnref", {str(number): value for number, value in enumerate((*note.who, note.year), start=1) if value}
    )


def _has_work(article: Article, note: ShortFootnote) -> bool:
    """Whether the English list names the work under the same anchor."""
    return all(part in article.text for part in (*note.who, note.year))


def _works_end(article: Article) -> int | None:
    """The end of the English list of works: its last list item that is a citation."""
    found = None
    names = {template_key(name) for name in english_citations().templates}
    for block in article.blocks:
        if block.kind is BlockKind.LIST_ITEM and any(
            node.kind is NodeKind.TEMPLATE and template_key(node.name) in names for node in block.nodes
        ):
            found = block.span.end
    return found


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower().removeprefix("citeref")
