"""``--section``: only this section of the English article or of a counterpart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from expander.articles.article import Article
from expander.errors import InputError


@dataclass(frozen=True, slots=True)
class Scope:
    """The sections that were asked for, with their subsections: (language, section index); None: all."""

    sections: frozenset[tuple[str, int]] | None = None

    def holds(self, lang: str, section: int) -> bool:
        """Whether a section is asked for."""
        return self.sections is None or (lang, section) in self.sections


def scope_of(headings: Sequence[str], article: Article, others: Sequence[Article]) -> Scope:
    """The sections with these headings (letter case does not count; "" is the lead) in any of the articles.

    Raises InputError for a heading that none of them has.
    """
    if not headings:
        return Scope()
    found: set[tuple[str, int]] = set()
    for heading in headings:
        matches = {
            (page.lang, section.index)
            for page in (article, *others)
            for section in page.sections
            if heading.strip().casefold() in (part.casefold() for part in page.section_path(section))
        }
        if not matches:
            known = sorted({section.heading for page in (article, *others) for section in page.sections[1:]})
            raise InputError(f"No article has a section “{heading}”; there are: {', '.join(known)}.")
        found |= matches
    return Scope(frozenset(found))
