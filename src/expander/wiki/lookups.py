"""What to ask the Action API for, and what its answers mean as values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from expander.articles.article import Revision
from expander.errors import WikiError
from expander.wiki.replies import PageReply, TemplateReply
from expander.wiki.titles import Answers

Where = Literal["local", "shared"]

PAGE = {
    "action": "query",
    "prop": "revisions|langlinks|pageprops",
    "rvprop": "ids|timestamp|sha1|content",
    "rvslots": "main",
    "lllimit": "max",
    "ppprop": "disambiguation",
    "redirects": "1",
}
FILES = {"action": "query", "prop": "imageinfo", "iiprop": "mediatype", "redirects": "1"}
EXISTENCE = {"action": "query", "prop": "pageprops", "ppprop": "disambiguation", "redirects": "1"}
RENDERING = {
    "action": "parse",
    "prop": "text|categories|templates|links|parsewarnings",
    "contentmodel": "wikitext",
    "disableeditsection": "1",
    "disablelimitreport": "1",
    "disabletoc": "1",
}
_ITEM = re.compile(r"Q[1-9]\d{0,11}")


@dataclass(frozen=True, slots=True)
class Template:
    """A template that exists: its own title (with namespace, after redirects), and its twin's in another language."""

    title: str
    twin: str | None = None


@dataclass(frozen=True, slots=True)
class TemplateParameters:
    """What TemplateData says of a template: canonical parameter name → its aliases, and → its label; ``suggested``
    includes the required ones.
    """

    title: str
    aliases: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    suggested: tuple[str, ...] = ()


def twins(to: str) -> dict[str, str]:
    """Asks for the page's title in another language."""
    return {
        "action": "query",
        "prop": "langlinks|pageprops",
        "lllang": to,
        "lllimit": "max",
        "ppprop": "wikibase_item",
        "redirects": "1",
    }


def templatedata(lang: str) -> dict[str, str]:
    """Asks for templates' parameters, with labels in one language."""
    return {"action": "templatedata", "redirects": "1", "includeMissingTitles": "1", "lang": lang}


def sitelinks(site: str) -> dict[str, str]:
    """Asks Wikidata for items' pages on one site (``enwiki``)."""
    return {"action": "wbgetentities", "props": "sitelinks", "sitefilter": site}


def template_title(name: str) -> str:
    """The page that ``{{name}}`` includes: a template, or with a leading colon an article."""
    return name if name.lstrip().startswith(":") else f"Template:{name}"


def revision(lang: str, asked: str, page: PageReply) -> Revision:
    """The page's revision. Raises WikiError where its text is hidden, no wikitext, or damaged on its way."""
    newest = page.revisions[0]
    slot = newest.slots.get("main")
    if slot is None or slot.content is None:
        raise WikiError(f"The text of “{page.title}” on the wiki “{lang}” is hidden.")
    if slot.contentmodel != "wikitext":
        raise WikiError(f"“{page.title}” on the wiki “{lang}” is {slot.contentmodel}, not wikitext.")
    sha1 = hashlib.sha1(slot.content.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
    if newest.sha1 is not None and newest.sha1 != sha1:
        raise WikiError(f"The text of “{page.title}” does not fit its check sum: it was damaged on its way; try again.")
    return Revision(
        lang=lang,
        title=page.title,
        text=slot.content,
        sha1=sha1,
        revid=newest.revid,
        timestamp=newest.timestamp or None,
        langlinks=tuple((link.lang, link.title) for link in page.langlinks),
        redirected_from=asked if _key(asked) != _key(page.title) else None,
        disambiguation="disambiguation" in page.pageprops,
    )


def twin(answers: Answers[PageReply], title: str | None, to: str) -> str | None:
    """The title in another language, by language links; an interwiki link to that language is its own answer."""
    if title is None:
        return None
    final = answers.final(title)
    if answers.interwiki.get(final) == to:
        return final.split(":", 1)[1].strip() or None
    page = answers.page(title)
    return next((link.title for link in page.langlinks if link.lang == to), None) if page else None


def item(answers: Answers[PageReply], title: str | None) -> str | None:
    """The page's Wikidata item."""
    page = answers.page(title) if title else None
    return page.pageprops.get("wikibase_item") if page else None


def items_without_twin(answers: Answers[PageReply], to: str) -> tuple[str, ...]:
    """The Wikidata items of pages that have no language link."""
    found = (
        page.pageprops.get("wikibase_item", "")
        for page in answers.pages.values()
        if not any(link.lang == to for link in page.langlinks)
    )
    return tuple(name for name in found if _ITEM.fullmatch(name))


def existing(answers: Answers[PageReply], title: str | None) -> str | None:
    """The title of the existing page that ``title`` leads to."""
    page = answers.page(title) if title else None
    return page.title if page and page.exists else None


def where(answers: Answers[PageReply], title: str | None) -> Where | None:
    """Where a file is."""
    page = answers.page(title) if title else None
    if page is None or not page.imagerepository:
        return None
    return "local" if page.imagerepository == "local" else "shared"


def template(answers: Answers[PageReply], title: str | None, to: str) -> Template | None:
    """A template that exists, with its twin."""
    own = existing(answers, title)
    return Template(own, twin(answers, title, to)) if own else None


def parameters(answers: Answers[TemplateReply], title: str | None) -> TemplateParameters | None:
    """A described template's parameters."""
    page = answers.page(title) if title else None
    if page is None or page.missing or page.notemplatedata or not page.parameters:
        return None
    labels = {name: row.label for name, row in page.parameters.items() if isinstance(row.label, str)}
    return TemplateParameters(
        page.title,
        {name: row.aliases for name, row in page.parameters.items()},
        labels,
        tuple(name for name, row in page.parameters.items() if row.required or row.suggested),
    )


def _key(title: str) -> str:
    """A title as MediaWiki compares it: underscores are spaces, the first letter's case does not count."""
    spaced = " ".join(title.replace("_", " ").split())
    return spaced[:1].upper() + spaced[1:]
