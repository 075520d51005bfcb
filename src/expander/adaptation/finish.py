"""The last steps on a passage's English wikitext: typography, units, dates, punctuation."""

from __future__ import annotations

import re

from expander.adaptation.dates import prose_dates
from expander.adaptation.markup import map_prose
from expander.adaptation.punctuation import move_references
from expander.adaptation.rules import english_templates
from expander.adaptation.style import Style
from expander.adaptation.typography import Typographer
from expander.articles.article import NodeKind
from expander.articles.wikitext import parse, template_key

_SCALES = {"million": "e6", "billion": "e9", "thousand": "e3"}


def finish(wikitext: str, style: Style, lang: str, source: str = "", convert: bool = True) -> str:
    """English punctuation and typography for text that was translated from ``source`` (visible text in ``lang``)."""
    typographer = Typographer(lang, source, style.variety)
    text = map_prose(wikitext, typographer)
    text = map_prose(text, lambda run: prose_dates(run, style))
    text = re.sub(r"(?<=[^\s|]) {2,}(?=\[\[|\{\{|'')", " ", text)
    return _blocks_apart(move_references(_units(text, convert)).strip())


def _blocks_apart(wikitext: str) -> str:
    """Templates that are blocks (quotations) begin and end lines."""
    blocks = english_templates().block
    made = ""
    after_block = False
    for node in parse(wikitext, "en"):
        source = node.span.of(wikitext)
        is_block = node.kind is NodeKind.TEMPLATE and template_key(node.name) in blocks
        if is_block and made.strip() and not made.endswith("\n"):
            made = made.rstrip(" ") + "\n"
        elif after_block and not source.startswith("\n"):
            made, source = made + "\n", source.lstrip(" ")
        made += source
        after_block = is_block
    return made


def _units(text: str, convert: bool) -> str:
    """A number joins the unit behind it: ``143,100 {{convert||km2}}`` → ``{{convert|143,100|km2}}``."""

    def join(found: re.Match[str]) -> str:
        first, last, scale, unit = found["first"], found["last"], found["scale"], found["unit"]
        written = english_templates().units.get(unit, unit)
        if not first or not convert:
            before = "–".join(part for part in (first, last) if part) + (f"&nbsp;{scale}" if scale else "")
            return f"{before}&nbsp;{written}" if before else written
        number = f"{first}|–|{last}" if last else first
        return f"{{{{convert|{number}|{_SCALES.get(scale, '')}{unit}}}}}"

    number, space = r"\d[\d,.]*", "(?: |&nbsp;)"
    amount = rf"(?P<first>{number})(?:[–-](?P<last>{number}))?(?:{space}(?P<scale>{'|'.join(_SCALES)}))?{space}?"
    return re.sub(
        rf"(?:{amount})?" + r"\{\{convert\|\|(?P<unit>[^{}|]+)\}\}",
        join,
        text,
    )
