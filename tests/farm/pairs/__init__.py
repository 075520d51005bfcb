"""Article pairs with the markup of the wild: each folder an English article and its counterpart (see README.md)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.farm import sample
from tests.farm.sample import File, Page, Sample

PAIRS = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Pair:
    """An English article and its counterpart in ``lang`` (``ru`` or ``tg``), with their titles and wikitext.

    The wikitext has no blank end: MediaWiki cuts it off when a page is saved.
    """

    name: str
    lang: str
    title: str
    text: str
    english: str
    english_text: str


def pairs() -> Iterator[Pair]:
    """All pairs, by name."""
    for folder in sorted(path.parent for path in PAIRS.glob("*/en.wikitext")):
        rows = tomllib.loads((folder / "pages.toml").read_text("utf-8"))["page"]
        (row,) = (row for row in rows if row.get("article"))
        lang = row["wiki"]
        texts = [(folder / f"{wiki}.wikitext").read_text("utf-8").rstrip() for wiki in (lang, "en")]
        yield Pair(folder.name, lang, row["title"], texts[0], row["links"]["en"], texts[1])


def read() -> Sample:
    """The sample, the pairs' articles and templates, and all pages and files that they need."""
    sources = [sample.read(), sample.read(PAIRS), *(sample.read(PAIRS / pair.name) for pair in pairs())]
    pages: dict[tuple[str, str], Page] = {}
    for page in (page for source in sources for page in source.pages):
        known = pages.get((page.wiki, page.title), replace(page, text=page.text.rstrip()))
        text = max(known.text, page.text.rstrip(), key=len)  # not filler; with the linked sections
        pages[page.wiki, page.title] = replace(known, text=text, langlinks=known.langlinks or page.langlinks)
    for pair in pairs():
        for wiki, title, text in ((pair.lang, pair.title, pair.text), ("en", pair.english, pair.english_text)):
            pages[wiki, title] = replace(pages[wiki, title], text=text)
    files: dict[File, None] = dict.fromkeys(file for source in sources for file in source.files)
    return Sample(tuple(pages.values()), tuple(files))
