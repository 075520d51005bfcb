"""Headings → sections, and which of them are back matter."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import msgspec

from expander.articles.article import Node, NodeKind, Section, SectionKind
from expander.articles.visible import plain
from expander.language import topic
from expander.values import Span


class Headings(msgspec.Struct, frozen=True):
    """Headings of a language: those of back matter by kind, and the English twins of the usual ones."""

    back_matter: dict[str, tuple[str, ...]] = {}
    english: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class _Heading:
    title: str
    level: int
    span: Span


def read_sections(nodes: tuple[Node, ...], text: str, lang: str) -> tuple[Section, ...]:
    """The lead and every section below it, in page order; each knows its parent."""
    headings = [
        _Heading(plain(node.content, text), node.level, node.span) for node in nodes if node.kind is NodeKind.HEADING
    ]
    lead_start = 0
    if headings and headings[0].level == 1 and not text[: headings[0].span.start].strip():
        lead_start = headings.pop(0).span.end  # a plain-text rendering begins with the page's title
    ends = [heading.span.start for heading in headings] + [len(text)]
    lead = Section(0, "", 1, Span(0, ends[0]), Span(lead_start, ends[0]), kind=SectionKind.LEAD)
    sections = [lead]
    open_sections: list[int] = []
    for index, heading in enumerate(headings, start=1):
        while open_sections and sections[open_sections[-1]].level >= heading.level:
            open_sections.pop()
        parent = open_sections[-1] if open_sections else None
        kind = section_kind(heading.title, lang)
        if kind is SectionKind.BODY and parent is not None:
            kind = sections[parent].kind  # what stands below References is back matter too
        end = next((other.span.start for other in headings[index:] if other.level <= heading.level), len(text))
        body = Span(heading.span.end, ends[index])
        span = Span(heading.span.start, end)
        sections.append(Section(index, heading.title, heading.level, span, body, heading.span, parent, kind))
        open_sections.append(index)
    return tuple(sections)


def section_kind(heading: str, lang: str) -> SectionKind:
    """What a section with this heading is for, in any language that the data files know."""
    return _kinds(lang).get(_key(heading), SectionKind.BODY)


def english_heading(heading: str, lang: str) -> str | None:
    """The heading that English Wikipedia uses for a section with this heading, None where no data file knows it."""
    return _english(lang).get(_key(heading))


@cache
def _kinds(lang: str) -> dict[str, SectionKind]:
    known = (topic("en", "headings", Headings), topic(lang, "headings", Headings))
    return {
        _key(title): SectionKind(kind)
        for headings in known
        for kind, titles in headings.back_matter.items()
        for title in titles
    }


@cache
def _english(lang: str) -> dict[str, str]:
    return {_key(title): english for title, english in topic(lang, "headings", Headings).english.items()}


def _key(heading: str) -> str:
    return " ".join(unicodedata.normalize("NFC", heading).casefold().rstrip(":").split())
