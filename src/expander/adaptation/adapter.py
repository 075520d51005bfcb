"""Adaptation of one counterpart's passages to one English article."""

from __future__ import annotations

from functools import cached_property

from expander.adaptation import headings
from expander.adaptation.knowledge import Knowledge, page_title
from expander.adaptation.markup import walk
from expander.adaptation.passage import Passage
from expander.adaptation.references import References
from expander.adaptation.style import Style, style_of
from expander.articles.article import Article, NodeKind
from expander.gaps.gap import Anchor


class Adapter:
    """What all passages of a counterpart share: conventions of the English article, references, knowledge."""

    def __init__(self, article: Article, counterpart: Article, knowledge: Knowledge | None = None) -> None:
        self.article, self.counterpart = article, counterpart
        self.knowledge = knowledge or Knowledge()
        self.references = References(article, counterpart)

    @cached_property
    def style(self) -> Style:
        """The English article's conventions."""
        return style_of(self.article)

    def passage(self, anchor: Anchor | None = None) -> Passage:
        """A new passage that goes to ``anchor``."""
        new = anchor is None or bool(anchor.new_sections)
        return Passage(self, anchor, set() if new or anchor is None else set(self.linked_in(anchor.section)))

    def linked_in(self, section: int) -> frozenset[str]:
        """The titles that the English article links to in a section's own text."""
        body = self.article.sections[section].body
        return frozenset(
            page_title(node.name)
            for node in walk(self.article.nodes)
            if node.kind is NodeKind.LINK and node.span in body
        )

    def heading(self, heading: str, translated: str | None = None) -> str:
        """The English heading of a counterpart's section: from the language data, else its translation."""
        return headings.english(heading, self.counterpart.lang, translated)
