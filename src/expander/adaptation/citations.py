"""Citation templates of another Wikipedia → English ones (CS1), by data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from expander.adaptation import citation_values as values
from expander.adaptation.dates import citation_date, month_of, year_of
from expander.adaptation.dates import written as written_date
from expander.adaptation.knowledge import page_title
from expander.adaptation.markup import template, walk
from expander.adaptation.rules import CitationRules, CitationTemplate, citation_alias, citation_rules, english_citations
from expander.articles.article import Node, NodeKind
from expander.articles.visible import plain
from expander.articles.wikitext import Param, parse, template_key, template_params
from expander.language.dates import Date
from expander.values import Severity, Span

if TYPE_CHECKING:
    from expander.adaptation.passage import Passage

_PEOPLE = frozenset({"authors", "coauthors", "author-link", "others-by"})
_TITLES = frozenset({"title", "chapter", "subtitle"})
_URLS = frozenset({"url", "chapter-url", "archive-url"})
_TIMES = frozenset({"date", "access-date", "archive-date"})


@dataclass(slots=True)
class _Citation:
    """A citation being made: English parameters, raw material, and what could not be kept."""

    name: str
    fields: dict[str, str] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    authors: list[tuple[str, str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    et_al: bool = False


def citation_rule(name: str, lang: str) -> CitationTemplate | None:
    """The rule for a citation template of this wiki, None where it is none."""
    return citation_rules(lang).templates.get(template_key(name))


def cite(passage: Passage, node: Node, text: str, pages: str | None = None, anchor: str = "") -> str | None:
    """The English citation of a TEMPLATE node, None where no rule knows the template.

    ``pages`` replaces the page numbers (a short footnote's), ``anchor`` is what short footnotes point to. Where the values do not make a citation that English
    templates accept, plain citation text.
    """
    rules = citation_rules(passage.lang)
    spec = citation_rule(node.name, passage.lang)
    if spec is None:
        return None
    citation = _Citation(spec.to)
    parameters = list(template_params(node, text))
    for param in parameters:
        if param.value.strip():
            _take(citation, passage, param, spec, rules)
    if pages is not None:
        citation.fields.pop("page", None), citation.fields.pop("at", None)
        citation.raw["pages"] = pages
    _finish(citation, passage, rules)
    for name, value in spec.fixed.items():
        citation.fields.setdefault(name, _known_link(value, passage))
    if anchor:
        citation.fields["ref"] = anchor
    _fit(citation)
    for reason in citation.lost:
        passage.note("citation-parameter-lost", f"In the reference “{_short(citation)}”: {reason}.")
    if "title" not in citation.fields and "script-title" not in citation.fields:
        return _plain_citation(citation, passage)
    if passage.knowledge.lacks_template(citation.name):
        return _plain_citation(citation, passage)
    return template(citation.name, _ordered(citation.fields), spaced=True) + _dead_link(citation, passage)


def titles_to_translate(node: Node, text: str, lang: str) -> Iterator[str]:
    """The titles in a citation that English readers need translated."""
    spec, rules = citation_rule(node.name, lang), citation_rules(lang)
    if spec is None:
        return
    given = {_goal(param, spec, rules): _title_text(param, lang) for param in template_params(node, text)}
    language = values.language_codes(given.get("language", ""), rules)
    if given.get("trans-title") or (language and language[0] != lang):
        return
    for kind in ("title", "chapter"):
        title = given.get(kind, "")
        if title and is_foreign_script(title):
            yield _with_subtitle(title, given.get("subtitle", "")) if kind == "title" else title


def goal_values(node: Node, text: str, lang: str) -> dict[str, str]:
    """What a citation template says, by what it is said for (``pages``, ``year``, ``anchor`` …), as it stands."""
    spec, rules = citation_rule(node.name, lang), citation_rules(lang)
    if spec is None:
        return {}
    given = [(_goal(param, spec, rules), param.value.strip()) for param in template_params(node, text)]
    return {goal: value for goal, value in reversed(given) if goal and value}


def is_foreign_script(text: str) -> bool:
    """Whether most letters of ``text`` are not Latin."""
    letters = [letter for letter in text if letter.isalpha()]
    latin = sum("LATIN" in unicodedata.name(letter, "") for letter in letters)
    return 2 * latin < len(letters)


def _goal(param: Param, spec: CitationTemplate, rules: CitationRules) -> str:
    """What a parameter is for; "" where nothing is known of it."""
    name = re.sub(r"\s+", " ", param.name).strip()
    lower = name.lower()
    return spec.parameters.get(lower) or (
        "" if param.positional else rules.parameters.get(lower) or citation_alias(name) or ""
    )


def _take(citation: _Citation, passage: Passage, param: Param, spec: CitationTemplate, rules: CitationRules) -> None:
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


def _take_people(citation: _Citation, passage: Passage, param: Param, goal: str, rules: CitationRules) -> None:
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


def _take_others(citation: _Citation, shown: str, rules: CitationRules) -> None:
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


def _finish(citation: _Citation, passage: Passage, rules: CitationRules) -> None:
    raw, fields = citation.raw, citation.fields
    kind = rules.kinds.get(raw.pop("kind", "").lower())
    if kind:
        citation.name = kind
    work = raw.pop("journal-or-edition", None)
    if work:
        raw.setdefault("edition" if citation.name == "cite book" else "journal", work)
    _finish_people(citation)
    _finish_titles(citation, passage)
    _finish_urls(citation)
    _finish_times(citation, passage, rules)
    _finish_numbers(citation, rules)
    raw.pop("anchor", "")
    status = rules.dead.get(raw.pop("dead", "").lower(), "")
    if status and "archive-url" in fields:
        fields["url-status"] = status
    elif status == "dead":
        raw["-dead"] = "yes"
    place = raw.pop("location", "")
    if place and place not in rules.words.no_place:
        fields["location"] = rules.places.get(place, place)
    if "format" in raw:
        raw["format"] = raw["format"].upper()
    for name, value in raw.items():
        if not name.startswith("-"):
            fields.setdefault(name, value)


def _finish_people(citation: _Citation) -> None:
    fields = citation.fields
    linked = citation.raw.pop("author-link", "")
    several = len(citation.authors) > 1 or "last2" in citation.raw
    for number, (last, first, title) in enumerate(citation.authors, start=1):
        mark = str(number) if several else ""
        fields[f"last{mark}" if first else f"author{mark}"] = last
        if first:
            fields[f"first{mark}"] = first
        link = title or (linked if number == 1 else "")
        if link:
            fields[f"author-link{mark}"] = link
    if linked and not citation.authors and "last" in citation.raw:
        fields["author-link"] = linked
    if citation.et_al:
        fields["display-authors"] = "etal"


def _finish_titles(citation: _Citation, passage: Passage) -> None:
    raw, fields = citation.raw, citation.fields
    codes = values.language_codes(raw.pop("language", ""), citation_rules(passage.lang))
    title = _with_subtitle(raw.pop("title", ""), raw.pop("subtitle", ""))
    chapter = raw.pop("chapter", "")
    if not title and chapter:
        title, chapter = chapter, ""
    original = raw.pop("original", "")
    if original and is_foreign_script(title) and not is_foreign_script(original):
        raw.setdefault("trans-title", original)
    elif original:
        citation.lost.append(f"the title in the work's own language, {original!r}, is left out")
    if not codes and is_foreign_script(title) and title:
        codes = (passage.lang,)
    for kind, value in (("title", title), ("chapter", chapter)):
        if not value:
            continue
        script = codes[0] if codes else passage.lang
        if is_foreign_script(value) and script in english_citations().script_languages:
            fields[f"script-{kind}"] = f"{script}:{_safe(value)}"
        else:
            fields[kind] = _safe(value)
        translated = raw.pop("trans-title", "") if kind == "title" else ""
        if not translated and is_foreign_script(value) and script == passage.lang:
            translated = passage.translated_text(value) or ""
            if translated:
                passage.note(
                    "title-translated", f"The title “{value}” of a source is translated by machine: “{translated}”."
                )
        if translated:
            fields[f"trans-{kind}"] = _safe(translated)
    foreign = [code for code in codes if code != "en"]
    if foreign:
        fields["language"] = ", ".join(codes)


def _finish_urls(citation: _Citation) -> None:
    raw, fields = citation.raw, citation.fields
    for name in ("url", "chapter-url", "archive-url"):
        value = raw.pop(name, "")
        address = values.url_value(value) if value else None
        if address:
            fields[name] = address
        elif value:
            citation.lost.append(f"|{name}={value[:60]} is no address")
    if "url" not in fields and "archive-url" in fields:
        fields["url"] = fields.pop("archive-url")
    if "url" not in fields and "chapter-url" in fields and not {"chapter", "script-chapter"} & fields.keys():
        fields["url"] = fields.pop("chapter-url")
    if fields.get("archive-url") == fields.get("url"):
        fields.pop("archive-url", None)


def _finish_times(citation: _Citation, passage: Passage, rules: CitationRules) -> None:
    raw, fields, style = citation.raw, citation.fields, passage.style
    parts = [raw.pop(name, "") for name in ("day", "month", "year")]
    if not raw.get("date"):
        month = month_of(parts[1], passage.lang) if parts[1] else None
        raw["date"] = " ".join(part for part in (parts[0] if month else "", month or "", parts[2]) if part)
    opened = " ".join(raw.pop(name, "") for name in ("access-day", "access-month", "access-year")).strip()
    raw.setdefault("access-date", re.sub(r"\s+", " ", opened))
    for name in ("date", "access-date", "archive-date"):
        value = raw.pop(name, "")
        if not value:
            continue
        date = citation_date(value, passage.lang, style)
        if value in rules.words.no_date:
            date = "n.d."
        elif date is None and name == "date" and year_of(value):
            date = year_of(value)
            citation.lost.append(f"of the date {value!r} only the year is kept")
        if date:
            fields[name] = date
        elif date is None:
            citation.lost.append(f"|{name}={value[:40]} is no date that can be read")
    if "archive-url" in fields and "archive-date" not in fields:
        time = values.archive_time(fields["archive-url"])
        if time:
            fields["archive-date"] = written_date(Date(Span(0, 0), *time), style)
        else:
            citation.lost.append(f"the archived copy {fields.pop('archive-url')} has no date")


def _finish_numbers(citation: _Citation, rules: CitationRules) -> None:
    raw, fields = citation.raw, citation.fields
    pages = raw.pop("pages", "")
    if pages:
        name, value = values.pages_value(pages, rules)
        fields[name] = value
    columns = raw.pop("columns", "")
    if columns and not {"page", "pages", "at"} & fields.keys():
        fields["at"] = f"{rules.words.column} {values.en_dashes(columns)}"
    if "edition" in raw:
        raw["edition"] = values.edition_value(raw["edition"], rules)
    for name, check in (("isbn", values.isbn_value), ("issn", values.issn_value), ("doi", values.doi_value)):
        value = raw.pop(name, "")
        good = check(value) if value else None
        if good:
            fields[name] = good
        elif value:
            raw["id"] = ", ".join(filter(None, (raw.get("id"), f"{name.upper()} {value}")))


def _fit(citation: _Citation) -> None:
    """Choose a template that takes these parameters, and drop what none of it takes."""
    _choose_template(citation)
    fields, rules = citation.fields, english_citations()
    if "website" in fields and "work" in fields:
        citation.lost.append(f"|work={fields.pop('work')} is left out beside |website=")
    if "author" in fields and "last" in fields:
        fields.pop("author")
    for name in rules.refuses.get(citation.name, ()):
        if name in fields:
            citation.lost.append(f"|{name}={fields.pop(name)} is not for {{{{{citation.name}}}}}")
    for name, needed in rules.needs.items():
        if name in fields and not any(other in fields or f"{other}1" in fields for other in needed):
            citation.lost.append(f"|{name}={fields.pop(name)} cannot stand without |{needed[0]}=")


def _choose_template(citation: _Citation) -> None:
    """The kind of work decides; a journal's name or an address that is missing overrules it."""
    fields = citation.fields
    if citation.name == "cite journal" and "journal" not in fields:
        citation.name = "cite web" if "url" in fields else "cite book"
    if citation.name == "cite news" and "journal" in fields:
        fields.setdefault("work", fields.pop("journal"))
    if citation.name == "cite web":
        for other in ("journal", "edition"):
            if other in fields:
                fields.setdefault("website", fields.pop(other))
        if "url" not in fields:
            citation.name = "cite news" if {"website", "work", "newspaper"} & fields.keys() else "cite book"
    if citation.name == "cite book" and {"journal", "newspaper", "magazine"} & fields.keys():
        citation.name = "cite journal" if "journal" in fields else "cite news"


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


def _plain_citation(citation: _Citation, passage: Passage) -> str:
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


def _dead_link(citation: _Citation, passage: Passage) -> str:
    dead = citation.raw.get("-dead") and "url" in citation.fields
    return "{{dead link}}" if dead and not passage.knowledge.lacks_template("Dead link") else ""


def _with_subtitle(title: str, subtitle: str) -> str:
    return f"{title.rstrip('. ')}: {subtitle}" if title and subtitle else title or subtitle


def _safe(value: str) -> str:
    """A value that cannot break out of its parameter."""
    return value.replace("|", "{{!}}") if "|" in re.sub(r"\{\{.*?\}\}|\[\[.*?\]\]", "", value) else value


def _short(citation: _Citation) -> str:
    fields = citation.fields
    return fields.get("script-title", "").partition(":")[2] or fields.get("title") or fields.get("url") or citation.name
