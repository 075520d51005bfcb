"""Citation templates of another Wikipedia → English ones (CS1), by data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from expander.adaptation import citation_values as values
from expander.adaptation.citation_fields import Citation, complete, fit, is_foreign_script, with_subtitle
from expander.adaptation.knowledge import page_title
from expander.adaptation.links import display
from expander.adaptation.markup import template, walk
from expander.adaptation.rules import CitationRules, CitationTemplate, citation_alias, citation_rules, english_citations
from expander.articles.article import Node, NodeKind
from expander.articles.visible import plain
from expander.articles.wikitext import Param, parse, template_key, template_params
from expander.values import Severity

if TYPE_CHECKING:
    from expander.adaptation.passage import Passage

_PEOPLE = frozenset({"authors", "coauthors", "author-link", "others-by"})
_TITLES = frozenset({"title", "chapter", "subtitle"})
_URLS = frozenset({"url", "chapter-url", "archive-url"})
_TIMES = frozenset({"date", "access-date", "archive-date"})


def citation_rule(name: str, lang: str) -> CitationTemplate | None:
    """The rule for a citation template of this wiki, None where it is none."""
    return citation_rules(lang).templates.get(template_key(name))


def cite(passage: Passage, node: Node, text: str, pages: str | None = None, anchor: str = "") -> str | None:
    """The English citation of a TEMPLATE node, None where no rule knows the template.

    ``pages`` replaces the page numbers (a short footnote's), ``anchor`` is what short footnotes point to. Where the
    values do not make a citation that English templates accept, plain citation text.
    """
    rules = citation_rules(passage.lang)
    spec = citation_rule(node.name, passage.lang)
    if spec is None:
        return None
    citation = Citation(spec.to)
    parameters = list(template_params(node, text))
    for param in parameters:
        if param.value.strip():
            _take(citation, passage, param, spec, rules)
    if "encyclopedia" in spec.fixed:
        citation.raw.setdefault("title", display(passage.references.counterpart.title))
    if pages is not None:
        citation.fields.pop("page", None), citation.fields.pop("at", None)
        citation.raw["pages"] = pages
    complete(citation, passage, rules)
    for name, value in spec.fixed.items():
        citation.fields.setdefault(name, _known_link(value, passage))
    if anchor:
        citation.fields["ref"] = anchor
    fit(citation)
    if citation.lost:
        passage.note("citation-parameter-lost", f"In the reference “{_short(citation)}”: {'; '.join(citation.lost)}.")
    if "title" not in citation.fields and "script-title" not in citation.fields:
        return _plain_citation(citation, passage)
    if passage.knowledge.lacks_template(citation.name):
        return _plain_citation(citation, passage)
    return template(citation.name, _ordered(citation.fields), spaced=True) + _dead_link(citation, passage)


def titles_to_translate(node: Node, text: str, lang: str, page: str) -> Iterator[str]:
    """The titles in a citation that English readers need translated; ``page`` is the title of the page it stands on."""
    spec, rules = citation_rule(node.name, lang), citation_rules(lang)
    if spec is None:
        return
    given = {_goal(param, spec, rules): _title_text(param, lang) for param in template_params(node, text)}
    if "encyclopedia" in spec.fixed and not given.get("title"):
        given["title"] = display(page)
    language = values.language_codes(given.get("language", ""), rules)
    if given.get("trans-title") or (language and language[0] != lang):
        return
    for kind in ("title", "chapter"):
        title = given.get(kind, "")
        if title and is_foreign_script(title):
            yield with_subtitle(title, given.get("subtitle", "")) if kind == "title" else title


def goal_values(node: Node, text: str, lang: str) -> dict[str, str]:
    """What a citation template says, by what it is said for (``pages``, ``year``, ``anchor`` …), as it stands."""
    spec, rules = citation_rule(node.name, lang), citation_rules(lang)
    if spec is None:
        return {}
    given = [(_goal(param, spec, rules), param.value.strip()) for param in template_params(node, text)]
    return {goal: value for goal, value in reversed(given) if goal and value}


def _goal(param: Param, spec: CitationTemplate, rules: CitationRules) -> str:
    """What a parameter is for; "" where nothing is known of it."""
    name = re.sub(r"\s+", " ", param.name).strip()
    lower = name.lower()
    return spec.parameters.get(lower) or (
        "" if param.positional else rules.parameters.get(lower) or citation_alias(name) or ""
    )


def _take(citation: Citation, passage: Passage, param: Param, spec: CitationTemplate, rules: CitationRules) -> None:
    goal = _goal(param, spec, rules)
    shown = param.name if not param.positional else param.value.strip()[:40]
    if goal.startswith("-"):
        citation.lost.append(f"|{shown}= is left out ({goal[1:]})")
        return
    if not goal:
        if not param.positional or param.value.strip():
            citation.lost.append(f"|{shown}= has no twin in English citations")
        return
    if re.fullmatch(r"(?:author|editor|translator)-link\d*", goal) and goal != "author-link":
        title = passage.knowledge.titles.get(page_title(_title_text(param, passage.lang)))
        citation.raw |= {goal: title} if title else {}
        return
    if goal in _PEOPLE:
        _take_people(citation, passage, param, goal, rules)
        return
    value = _title_text(param, passage.lang) if goal in _TITLES else _value(passage, param, goal)
    if not value:
        return
    before = citation.raw.get(goal)
    if before is None:
        citation.raw[goal] = value
    elif goal in ("issue", "volume", "pages") and value != before:
        citation.raw[goal] = f"{before}, {value}"
    elif value != before:
        citation.lost.append(f"|{shown}= says {value!r} besides {before!r}")


def _value(passage: Passage, param: Param, goal: str) -> str:
    """A value as English wikitext: inner links and templates adapted, external links as their text."""
    raw = re.sub(r"<!--.*?-->", "", param.value, flags=re.S).strip()
    if goal in _URLS or goal in _TIMES:
        return _title_text(param, passage.lang) if goal in _TIMES else raw
    adapted = passage.untranslated(parse(raw, passage.lang), raw, in_citation=True)
    return re.sub(r"\s+", " ", adapted.replace("\u00a0", " ")).strip()


def _title_text(param: Param, lang: str) -> str:
    """A title as a reader sees it: no links inside, straight outer quotes gone, safe as a template's value."""
    raw = re.sub(r"<!--.*?-->", "", param.value, flags=re.S).replace("{{!}}", "|")
    shown = plain(parse(raw, lang), raw) or raw.strip()
    shown = re.sub(r"[\u0301\u00ad]", "", shown).strip()
    if shown.startswith("«") and shown.endswith("»") and shown.count("«") == 1:
        shown = shown[1:-1]
    return re.sub(r"\{\{|\}\}|\[\[|\]\]", "", shown).strip()


def _take_people(citation: Citation, passage: Passage, param: Param, goal: str, rules: CitationRules) -> None:
    nodes = parse(param.value, passage.lang)
    shown = plain(nodes, param.value)
    if goal == "author-link":
        title = passage.knowledge.titles.get(page_title(shown))
        if title:
            citation.raw["author-link"] = title
        return
    links = {
        plain(node.content, param.value): passage.knowledge.titles.get(page_title(node.name))
        for node in walk(nodes)
        if node.kind is NodeKind.LINK
    }
    if goal == "others-by":
        _take_others(citation, shown, rules)
        return
    people, more = values.split_names(shown, rules)
    citation.et_al = citation.et_al or more
    by_name = {name: title for label, title in links.items() if title for name in values.split_names(label, rules)[0]}
    citation.authors += [(last, first, by_name.get((last, first), "")) for last, first in people]


def _take_others(citation: Citation, shown: str, rules: CitationRules) -> None:
    for role, english in sorted(rules.roles.items(), key=lambda item: -len(item[0])):
        if not shown.lower().startswith(role.lower()):
            continue
        names = shown[len(role) :].strip(" :")
        if english != "editor":
            citation.raw["others"] = f"{english} {names}"
        else:
            people, _ = values.split_names(names, rules)
            for number, (last, first) in enumerate(people, start=1):
                mark = "" if len(people) == 1 else str(number)
                citation.fields[f"editor-last{mark}" if first else f"editor{mark}"] = last
                if first:
                    citation.fields[f"editor-first{mark}"] = first
        return
    citation.raw["others"] = shown


def _ordered(fields: dict[str, str]) -> dict[str, str]:
    order = english_citations().order

    def place(name: str) -> tuple[int, int, int]:
        base = re.sub(r"\d+", "", name)
        number = re.search(r"\d+", name)
        people = (
            0
            if base in ("last", "first", "author", "author-link")
            else order.index(base)
            if base in order
            else len(order)
        )
        return people, int(number[0]) if number else 0, order.index(base) if base in order else len(order)

    return {name: fields[name] for name in sorted(fields, key=place) if fields[name]}


def _plain_citation(citation: Citation, passage: Passage) -> str:
    """Readable text for what is no valid citation."""
    fields = dict(citation.fields)
    url = fields.pop("url", "")
    title = fields.pop("script-title", "").partition(":")[2] or fields.pop("title", "")
    skipped = {"language", "trans-title", "access-date", "archive-date", "url-status", "ref", "title"}
    rest = [value for name, value in _ordered(fields).items() if name not in skipped]
    first = f"[{url} {title}]" if url and title else url or title
    passage.note("citation-as-text", f"The reference “{_short(citation)}” is kept as plain text.", Severity.WARNING)
    return ". ".join(part for part in (first, *rest) if part)


def fixed_titles(spec: CitationTemplate) -> Iterator[str]:
    """The English articles that a rule links to."""
    for value in spec.fixed.values():
        for found in re.finditer(r"\[\[([^|\]]+)", value):
            yield found[1]


def _known_link(value: str, passage: Passage) -> str:
    """A rule's own value, its link taken off where English Wikipedia is known not to have the article."""
    found = re.fullmatch(r"\[\[([^|\]]+)(?:\|([^\]]+))?\]\]", value)
    gone = found is not None and passage.knowledge.pages.get(found[1]) is False
    return (found[2] or found[1]) if found is not None and gone else value


def _dead_link(citation: Citation, passage: Passage) -> str:
    dead = citation.raw.get("-dead") and "url" in citation.fields
    return "{{dead link}}" if dead and not passage.knowledge.lacks_template("Dead link") else ""


def _short(citation: Citation) -> str:
    fields = citation.fields
    return fields.get("script-title", "").partition(":")[2] or fields.get("title") or fields.get("url") or citation.name
