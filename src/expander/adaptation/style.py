"""What the English article asks of text that joins it: form of dates, variety of English, white space of headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from expander.articles.article import Article, NodeKind
from expander.articles.wikitext import template_key
from expander.language import topic
from expander.language.dates import DateRules


class StyleRules(msgspec.Struct, frozen=True):
    """Topic ``style``: the templates by which an article states its conventions, in small letters."""

    dmy: tuple[str, ...] = ()
    mdy: tuple[str, ...] = ()
    varieties: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Style:
    """``day_first``: 9 April 2015 rather than April 9, 2015. ``variety``: ``british``, ``american``, ``oxford`` or ""
    (unknown). ``spaced_headings``: ``== History ==``; ``blank_after_heading``: an empty line follows it.
    """

    day_first: bool = True
    variety: str = ""
    spaced_headings: bool = True
    blank_after_heading: bool = False


def style_of(article: Article) -> Style:
    """The conventions that an article states by its templates, else those that most of its text follows."""
    rules = topic("en", "style", StyleRules)
    names = {template_key(node.name) for node in article.nodes if node.kind is NodeKind.TEMPLATE}
    text = article.text
    if names & set(rules.dmy):
        day_first = True
    elif names & set(rules.mdy):
        day_first = False
    else:
        month = "|".join(months())
        first = len(re.findall(rf"\b\d{{1,2}} (?:{month}) \d{{4}}\b", text))
        day_first = first >= len(re.findall(rf"\b(?:{month}) \d{{1,2}}, \d{{4}}\b", text))
    variety = next((rules.varieties[name] for name in sorted(names) if name in rules.varieties), "")
    headings = re.findall(r"^=+( ?)[^=\n]+?( ?)=+[ \t]*\n(\n?)", text, flags=re.M)
    spaced = sum(bool(before and after) for before, after, _ in headings)
    blank = sum(bool(line) for *_, line in headings)
    return Style(day_first, variety, 2 * spaced >= len(headings), 2 * blank > len(headings))


def months() -> Iterator[str]:
    """The English names of the months, in order."""
    return (forms[0] for forms in topic("en", "dates", DateRules).months)
