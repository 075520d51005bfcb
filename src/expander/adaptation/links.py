"""Links to articles: English title, piping, red links with a way to the other wiki, and those that are not linked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from expander.adaptation.knowledge import Knowledge, page_title
from expander.adaptation.markup import capitalised, template, uncapitalised
from expander.language import topic
from expander.language.dates import DateRules, dates
from expander.translation.layout import read

if TYPE_CHECKING:
    from expander.adaptation.passage import Passage


class LinkRules(msgspec.Struct, frozen=True):
    """Topic ``links`` of English: prefixes that lead to sister projects, words that stay outside a link, endings of a
    label that do, the red-link template, how titles of disambiguation pages end.
    """

    sisters: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    red_link: str = "ill"
    disambiguation: str = "(disambiguation)"


def rules() -> LinkRules:
    """The link rules of English."""
    known: LinkRules = topic("en", "links", LinkRules)
    return known


def link(passage: Passage, target: str, label: str) -> str:
    """A link of the counterpart as English wikitext; ``label`` is its English text."""
    title = passage.knowledge.titles.get(page_title(target)) or ""
    before, label, after = _outside(label, title)
    return before + _link(passage, target.strip(), label) + after


def _link(passage: Passage, target: str, label: str) -> str:
    sister = _sister(target, passage.lang)
    if sister:
        return f"[[{sister}|{label}]]" if label else ""
    english = _english_interwiki(target)
    title = english or passage.knowledge.titles.get(page_title(target))
    label = label or (display(title) if title else "")
    if not label or "[[" in label:
        return label
    if not english and (is_elsewhere(target, passage.lang) or is_date(target, passage.lang)):
        return label
    if title is None:
        return red_link(passage, target, passage.lang, page_title(target), label)
    if is_date(title, "en") or passage.is_self(title):
        return label
    if title.endswith(rules().disambiguation):
        passage.note("link-ambiguous", f"“{target}” leads to the disambiguation page “{title}”; its link is left out.")
        return label
    return passage.once(title, compose(title, label), label)


def quiet_link(passage: Passage, target: str, label: str) -> str:
    """A link in text that is not translated (a reference): to the English article under its English name, else the
    label alone. Never a red link.
    """
    target = target.strip()
    if _sister(target, passage.lang):
        return f"[[{_sister(target, passage.lang)}|{label}]]"
    title = _english_interwiki(target) or passage.knowledge.titles.get(page_title(target))
    if title is None or is_date(title, "en") or is_elsewhere(target, passage.lang):
        return label
    return compose(title, display(title))


def foreign_link(passage: Passage, title: str, label: str, lang: str, foreign: str) -> str:
    """A link to a page that this counterpart lacks and the Wikipedia in ``lang`` has as ``foreign``: to English
    itself where that is English.
    """
    own = passage.knowledge.titles.get(page_title(title))
    before, label, after = _outside(label, own or foreign)
    english = own or (page_title(foreign) if lang == "en" and foreign else None)
    if english and (own or passage.knowledge.pages.get(english)):
        made = passage.once(english, compose(english, label), label)
    elif lang != "en" and foreign:
        made = red_link(passage, title, lang, foreign, label)
    else:
        passage.note("link-without-article", f"English Wikipedia has no article “{english or title}”.")
        made = label
    return before + made + after


def red_link(passage: Passage, title: str, lang: str, foreign: str, label: str) -> str:
    """``{{ill}}`` where an English name is known and free, else the label alone.

    Source: English Wikipedia, Template:Interlanguage link.
    """
    name = english_name(passage.knowledge, source_name(title, passage.lang))
    template_name = rules().red_link
    if not name or passage.knowledge.lacks_template(template_name):
        passage.note(
            "link-without-article", f"No English article is known for “{foreign}” ({lang}); its link is left out."
        )
        return label
    if passage.knowledge.pages.get(name) is not False or passage.is_self(name):
        passage.note(
            "link-without-article",
            f"“{foreign}” ({lang}) has no English article; one named “{name}” may be something else.",
        )
        return label
    parameters = {"1": name, "2": lang, "3": foreign}
    label = passage.typed(label)
    if label != name:
        parameters["lt"] = label
    return passage.once(f"{lang}:{foreign}", template(template_name, parameters), label)


def needs_title(target: str, lang: str) -> bool:
    """Whether the English title of a link's target must be looked up."""
    target = target.strip()
    outside = _sister(target, lang) or _english_interwiki(target) or is_elsewhere(target, lang) or is_date(target, lang)
    return bool(page_title(target)) and not outside


def source_name(title: str, lang: str) -> str:
    """A title as a name to translate: without parenthesis, «Surname, Given names» in speaking order."""
    name = display(page_title(title))
    inversion = topic(lang, "links", SourceLinks).inverted_name
    found = re.fullmatch(inversion, name) if inversion else None
    return f"{found['given']} {found['surname']}" if found else name


def english_name(knowledge: Knowledge, name: str) -> str | None:
    """The English name for a page title that English lacks, from its translation."""
    words = knowledge.texts.get(name)
    if not words:
        return None
    return capitalised(re.sub(r"[\[\]{}|<>#\n]", "", read(words).plain).strip(" .")) or None


class SourceLinks(msgspec.Struct, frozen=True):
    """Topic ``links`` of a source language: ``inverted_name``, a pattern with the groups ``surname`` and ``given``."""

    inverted_name: str = ""


def compose(title: str, label: str) -> str:
    """A link to ``title`` that reads ``label``, piped only where needed."""
    for own in dict.fromkeys((title, uncapitalised(title), capitalised(title))):
        if label == own:
            return f"[[{label}]]"
        ending = label.removeprefix(own)
        if ending != label and re.fullmatch(r"[a-z]+", ending):
            return f"[[{own}]]{ending}"
    return f"[[{title}|{label}]]"


def display(title: str) -> str:
    """A title without the parenthesis that tells it from others."""
    return re.sub(r"\s+\([^()]*\)$", "", title) or title


def is_date(title: str, lang: str) -> bool:
    """Whether a title is a day, a year, a decade or a century: English does not link those (MOS:DATELINK)."""
    if re.fullmatch(r"(?:AD )?\d{1,4}s?(?: BC)?", title):
        return True
    found = dates(title, lang)
    if not found:
        return False
    rest = title
    for date in reversed(found):
        rest = rest[: date.span.start] + rest[date.span.end :] if date.span.end <= len(rest) else rest
    rest = rest.strip(" .,–—-").casefold()
    return not rest or rest in {word.casefold() for word in topic(lang, "dates", DateRules).year_words}


def is_elsewhere(target: str, lang: str) -> bool:
    """Whether a target is no article of its wiki: another namespace, another wiki, or a section of the same page."""
    if target.startswith("#"):
        return True
    prefix, colon, rest = target.removeprefix(":").partition(":")
    if not colon:
        return False
    return target.startswith(":") or _is_prefix(prefix.strip(), rest, lang)


def _is_prefix(prefix: str, rest: str, lang: str) -> bool:
    known = topic(lang, "namespaces", OtherNamespaces).others + topic("en", "namespaces", OtherNamespaces).others
    return (
        bool(rest.strip())
        and not rest.startswith(" ")
        and prefix.lower().replace("_", " ") in {name.lower() for name in known}
    )


class OtherNamespaces(msgspec.Struct, frozen=True):
    """The part of topic ``namespaces`` that names the namespaces which hold no articles."""

    others: tuple[str, ...] = ()


def _english_interwiki(target: str) -> str | None:
    found = re.match(r":?\s*(?:w:)?en:\s*([^|#]+)", target, flags=re.I)
    return page_title(found[1]) if found else None


def _sister(target: str, lang: str) -> str | None:
    """A link to a sister project: a page there in the counterpart's language."""
    prefix, colon, rest = target.removeprefix(":").partition(":")
    if not colon or prefix.lower() not in rules().sisters or not rest.strip():
        return None
    if prefix.lower() in ("commons", "c", "d", "m", "mw", "species", "wikidata", "meta") or re.match(
        r"[a-z]{2,3}:", rest
    ):
        return f"{prefix}:{rest}"
    return f"{prefix}:{lang}:{rest}"


def _outside(label: str, title: str) -> tuple[str, str, str]:
    """White space, articles and endings that belong outside the link; an article of the title's own stays inside."""
    if title and label.strip() == title:
        lead, _, trail = label.partition(title)
        return lead, title, trail
    start = re.match(rf"\s*(?:(?:{'|'.join(rules().articles) or '(?!)'})\s+)?(?=\S)", label, flags=re.I)
    before = start[0] if start else ""
    rest = label[len(before) :]
    end = re.search(rf"(?:{'|'.join(map(re.escape, rules().endings)) or '(?!)'})?[\s,;:]*$", rest)
    after = end[0] if end else ""
    core = rest[: len(rest) - len(after)]
    return (before, core, after) if core else ("", label.strip(), "")
