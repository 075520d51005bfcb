"""Whether an English citation template would show an error message (Help:CS1 errors), as far as its text tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from expander.adaptation.citation_values import doi_value, isbn_value, issn_value
from expander.adaptation.rules import citation_alias, english_citations
from expander.adaptation.style import months
from expander.articles.article import Node
from expander.articles.wikitext import template_key, template_params

_URLS = frozenset({"url", "chapter-url", "archive-url", "conference-url", "transcript-url"})
_MAY_HOLD_URLS = _URLS | {"id", "page", "pages", "at", "quote", "title", "script-title", "chapter", "ref", "quote-page"}
_STATUS = frozenset({"live", "dead", "deviated", "unfit", "usurped", "bot: unknown"})
_NEEDS_PERIODICAL = {"cite journal": "journal", "cite magazine": "magazine"}


def is_citation(node: Node) -> bool:
    """Whether a TEMPLATE node is an English citation template."""
    return template_key(node.name) in {template_key(name) for name in english_citations().templates}


def citation_problems(node: Node, text: str) -> tuple[str, ...]:
    """What is wrong with a citation template of English wikitext, one short sentence each."""
    name = template_key(node.name)
    given: dict[str, str] = {}
    problems: list[str] = []
    for param in template_params(node, text):
        value = param.value.strip()
        if param.positional:
            if value:
                problems.append(f"text without a parameter: “{value[:40]}”")
            continue
        canonical = citation_alias(param.name)
        if canonical is None:
            problems.append(f"unknown parameter |{param.name}=")
        elif value and canonical in given:
            problems.append(f"more than one of |{canonical}=")
        elif value:
            given[canonical] = value
    problems += _missing(name, given)
    problems += _conflicts(name, given)
    problems += _values(given)
    return tuple(problems)


def _missing(name: str, given: dict[str, str]) -> Iterator[str]:
    if not {"title", "script-title"} & given.keys():
        yield "no |title="
    if name == "cite web" and not {"url", "archive-url"} & given.keys():
        yield "no |url="
    periodical = _NEEDS_PERIODICAL.get(name)
    if periodical and not {"journal", "magazine", "newspaper", "website", "work", "periodical"} & given.keys():
        yield f"no |{periodical}="
    for dependent, needed in english_citations().needs.items():
        found = dependent in given or f"{dependent}1" in given
        if found and not any(key in given or f"{key}1" in given for key in needed):
            yield f"|{dependent}= without |{needed[0]}="


def _conflicts(name: str, given: dict[str, str]) -> Iterator[str]:
    for refused in english_citations().refuses.get(name, ()):
        if refused in given:
            yield f"|{refused}= is not for this template"
    if len({"page", "pages", "at"} & given.keys()) > 1:
        yield "more than one of |page=, |pages= and |at="
    if len({"journal", "magazine", "newspaper", "website", "work", "periodical"} & given.keys()) > 1:
        yield "more than one name of a periodical"
    if "last" in given and ("author" in given or "last1" in given):
        yield "more than one first author"
    if "url" in given and re.search(r"\[\[", given.get("title", "")):
        yield "a link inside the title besides |url="


def _values(given: dict[str, str]) -> Iterator[str]:
    for key, value in given.items():
        if key in _URLS and not re.match(r"(?:https?|ftp)://[^\s/]+\.\S+$", value):
            yield f"|{key}= is no address"
        if key in english_citations().dates and not is_citation_date(value):
            yield f"|{key}={value[:30]} is no date"
        if key not in _MAY_HOLD_URLS and re.search(r"https?://", value):
            yield f"an external link in |{key}="
    if "isbn" in given and isbn_value(given["isbn"]) is None:
        yield "|isbn= has a wrong check digit"
    if "issn" in given and issn_value(given["issn"]) is None:
        yield "|issn= has a wrong check digit"
    if "doi" in given and doi_value(given["doi"]) != given["doi"]:
        yield "|doi= is none"
    if given.get("url-status", "live") not in _STATUS:
        yield "|url-status= is unknown"
    for key in ("script-title", "script-chapter"):
        prefix = given.get(key, "ru:").partition(":")[0]
        if prefix not in english_citations().script_languages:
            yield f"|{key}= without a language"
    if "archive-url" in given and "archive-date" not in given:
        yield "|archive-url= without |archive-date="


def is_citation_date(value: str) -> bool:
    """Whether CS1 takes a date: a day, month, season or year in any form of MOS:DATES, ranges, ISO, n.d."""
    return bool(_dates().fullmatch(value))


@cache
def _dates() -> re.Pattern[str]:
    month = f"(?:{'|'.join(months())}|{'|'.join(name[:3] for name in months())})"
    season = "(?:Winter|Spring|Summer|Autumn|Fall)"
    year, day = r"(?:c\. )?\d{3,4}[a-z]?", r"\d{1,2}"
    return re.compile(
        rf"{year}|{year}–(?:{year}|\d\d)|{month} {year}|{month}–{month} {year}|{season} {year}|{day} {month} {year}"
        rf"|{month} {day}, {year}|{day}–{day} {month} {year}|{month} {day}–{day}, {year}"
        rf"|{day} {month} – {day} {month} {year}"
        r"|\d{4}-\d\d-\d\d|n\.d\.|nd"
    )
