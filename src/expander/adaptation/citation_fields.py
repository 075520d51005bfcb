"""What was said of a source → the fields of an English citation."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from expander.adaptation import citation_values as values
from expander.adaptation.dates import citation_date, month_of, year_of
from expander.adaptation.dates import written as written_date
from expander.adaptation.rules import CitationRules, citation_rules, english_citations
from expander.language.dates import Date
from expander.values import Span

if TYPE_CHECKING:
    from expander.adaptation.passage import Passage


@dataclass(slots=True)
class Citation:
    """A citation being made: English parameters, raw material, and what could not be kept."""

    name: str
    fields: dict[str, str] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    authors: list[tuple[str, str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    et_al: bool = False


def complete(citation: Citation, passage: Passage, rules: CitationRules) -> None:
    """Make the English fields of what was taken from the source."""
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


def _finish_people(citation: Citation) -> None:
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


def _finish_titles(citation: Citation, passage: Passage) -> None:
    raw, fields = citation.raw, citation.fields
    codes = values.language_codes(raw.pop("language", ""), citation_rules(passage.lang))
    title = with_subtitle(raw.pop("title", ""), raw.pop("subtitle", ""))
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
            passage.titles |= {value: translated} if translated else {}
        if translated:
            fields[f"trans-{kind}"] = _safe(translated)
    foreign = [code for code in codes if code != "en"]
    if foreign:
        fields["language"] = ", ".join(codes)


def _finish_urls(citation: Citation) -> None:
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


def _finish_times(citation: Citation, passage: Passage, rules: CitationRules) -> None:
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


def _finish_numbers(citation: Citation, rules: CitationRules) -> None:
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


def fit(citation: Citation) -> None:
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


def _choose_template(citation: Citation) -> None:
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


def with_subtitle(title: str, subtitle: str) -> str:
    """``Title: subtitle``."""
    return f"{title.rstrip('. ')}: {subtitle}" if title and subtitle else title or subtitle


def _safe(value: str) -> str:
    """A value that cannot break out of its parameter."""
    return value.replace("|", "{{!}}") if "|" in re.sub(r"\{\{.*?\}\}|\[\[.*?\]\]", "", value) else value


def is_foreign_script(text: str) -> bool:
    """Whether most letters of ``text`` are not Latin."""
    letters = [letter for letter in text if letter.isalpha()]
    latin = sum("LATIN" in unicodedata.name(letter, "") for letter in letters)
    return 2 * latin < len(letters)
