"""The language data of adaptation: what citation templates, other templates and file options become."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from expander.articles.wikitext import template_key
from expander.language import topic


class CitationTemplate(msgspec.Struct, frozen=True):
    """How one citation template is mapped; see the comments of ``ru/citations.toml``."""

    to: str
    parameters: dict[str, str] = {}
    fixed: dict[str, str] = {}


class CitationWords(msgspec.Struct, frozen=True):
    """Words that citations of a language use."""

    et_al: tuple[str, ...] = ()
    no_date: tuple[str, ...] = ()
    no_place: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    column: str = "column"
    edition: str = ""


class ShortFootnotes(msgspec.Struct, frozen=True):
    """Templates like ``{{sfn}}`` and the parameters that hold page and volume."""

    templates: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    volume: tuple[str, ...] = ()


class CitationRules(msgspec.Struct, frozen=True):
    """Topic ``citations`` of a source language. ``also``: the language whose rules count where this one has none."""

    also: str = ""
    templates: dict[str, CitationTemplate] = {}
    parameters: dict[str, str] = {}
    kinds: dict[str, str] = {}
    dead: dict[str, str] = {}
    languages: dict[str, str] = {}
    places: dict[str, str] = {}
    roles: dict[str, str] = {}
    groups: dict[str, str] = {}
    words: CitationWords = CitationWords()
    short_footnotes: ShortFootnotes = ShortFootnotes()


class EnglishCitations(msgspec.Struct, frozen=True):
    """Topic ``cs1`` of English: what its citation templates accept."""

    templates: tuple[str, ...] = ()
    script_languages: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    needs: dict[str, tuple[str, ...]] = {}
    refuses: dict[str, tuple[str, ...]] = {}
    aliases: dict[str, tuple[str, ...]] = {}


class Rule(msgspec.Struct, frozen=True):
    """What becomes of a template; see the comments of ``ru/templates.toml``."""

    names: tuple[str, ...]
    to: str = ""
    parameters: dict[str, str] | None = None
    values: dict[str, str] = {}
    fixed: dict[str, str] = {}
    compose: dict[str, str] = {}
    around: str = ""
    date: tuple[str, ...] = ()
    text: str = ""
    unit: str = ""
    reference: tuple[str, ...] = ()
    link: tuple[str, ...] = ()
    link_language: str = "en"
    language: str = ""
    language_parameter: str = "1"
    languages: dict[str, str] = {}
    drop: str = ""
    drop_parameters: tuple[str, ...] = ()


class TemplateRules(msgspec.Struct, frozen=True):
    """Topic ``templates``. ``also`` as for citations; ``inline`` are English templates that follow the text like a
    reference; ``units`` how a unit is written where ``{{convert}}`` is missing; ``red_link`` the template of a link
    to another wiki.
    """

    also: str = ""
    rule: tuple[Rule, ...] = ()
    inline: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    units: dict[str, str] = {}


class FileRules(msgspec.Struct, frozen=True):
    """Topic ``files``: the wiki's words for image options → the English ones."""

    options: dict[str, str] = {}


@cache
def citation_rules(lang: str) -> CitationRules:
    """The citation rules of a language, those of its ``also`` language filled in."""
    own: CitationRules = topic(lang, "citations", CitationRules)
    if not own.also:
        return own
    other = citation_rules(own.also)
    merged = {
        name: {**getattr(other, name), **getattr(own, name)}
        for name in ("templates", "parameters", "kinds", "dead", "languages", "places", "roles", "groups")
    }
    filled: CitationRules = msgspec.structs.replace(own, **merged)
    return filled


@cache
def english_citations() -> EnglishCitations:
    """What English citation templates accept."""
    known: EnglishCitations = topic("en", "cs1", EnglishCitations)
    return known


@cache
def template_rule(name: str, lang: str) -> Rule | None:
    """The rule for a template of this wiki, None where the data has none."""
    return _rules(lang).get(template_key(name))


@cache
def _rules(lang: str) -> dict[str, Rule]:
    own = topic(lang, "templates", TemplateRules)
    known = dict(_rules(own.also)) if own.also else {}
    return known | {name: rule for rule in own.rule for name in rule.names}


@cache
def english_templates() -> TemplateRules:
    """What the data says of English templates."""
    known: TemplateRules = topic("en", "templates", TemplateRules)
    return known


@cache
def file_options(lang: str) -> dict[str, str]:
    """Image options of a wiki → English ones; English words work on every wiki."""
    return {**topic("en", "files", FileRules).options, **topic(lang, "files", FileRules).options}


@cache
def citation_alias(name: str) -> str | None:
    """The CS1 name of a citation parameter however it is written (``accessdate`` → ``access-date``, ``authorlink2`` →
    ``author-link2``); None where CS1 has none such.
    """
    return _citation_names().get(_plain_key(name)) or _numbered(name)


def _numbered(name: str) -> str | None:
    key = _plain_key(name)
    number = re.search(r"\d+", key)
    if not number:
        return None
    known = _citation_names().get(key[: number.start()] + "#" + key[number.end() :])
    return known.replace("#", number[0]) if known else None


@cache
def _citation_names() -> dict[str, str]:
    names = {}
    for canonical, aliases in english_citations().aliases.items():
        for name in (canonical, *aliases):
            names[_plain_key(name)] = canonical
            if "#" in name:
                names[_plain_key(name.replace("#", ""))] = canonical.replace("#", "")
    return names


def _plain_key(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).lower()
