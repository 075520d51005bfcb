"""The pages of ``seeds/sample`` as the wikis get them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "seeds" / "sample"
WIKIS = ("en", "ru", "tg")
TEMPLATE = {"en": "Template", "ru": "Шаблон", "tg": "Шаблон"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of one wiki; ``langlinks`` are (language, title) pairs, kept beside the text as Wikidata keeps them."""

    wiki: str
    title: str
    text: str
    langlinks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A file that one wiki holds; ``commons`` is the one whose files all others see."""

    wiki: str
    name: str


@dataclass(frozen=True, slots=True)
class Sample:
    """All that the farm is loaded with, in the order of loading (which fixes the revision ids)."""

    pages: tuple[Page, ...]
    files: tuple[File, ...]


def read(folder: Path = SAMPLE) -> Sample:
    """The sample: articles, then templates, then the pages they link to."""
    listed = tomllib.loads((folder / "pages.toml").read_text("utf-8"))
    pages = {(page.wiki, page.title): page for page in (*_articles(folder), *_templates(folder))}
    for row in listed.get("page", []):
        for page in _linked(row):
            known = pages.get((page.wiki, page.title), page)
            pages[page.wiki, page.title] = replace(known, langlinks=page.langlinks)
    for row in listed.get("redirect", []):
        page = Page(row["wiki"], row["title"], f"#REDIRECT [[{row['target']}]]\n")
        pages[page.wiki, page.title] = page
    files = tuple(File(row["wiki"], row["name"]) for row in listed.get("file", []))
    return Sample(tuple(pages.values()), files)


def _articles(folder: Path) -> Iterator[Page]:
    for wiki in WIKIS:
        for path in sorted((folder / wiki).glob("*.wikitext")):
            yield Page(wiki, path.stem, path.read_text("utf-8"))


def _templates(folder: Path) -> Iterator[Page]:
    """``templates/en/Cite web.wikitext``; a subpage lies in a folder; ``*.lua`` is a Scribunto module."""
    for wiki in WIKIS:
        top = folder / "templates" / wiki
        for path in sorted(path for path in top.rglob("*") if path.suffix in {".wikitext", ".lua"}):
            namespace = "Module" if path.suffix == ".lua" else TEMPLATE[wiki]
            name = path.relative_to(top).with_suffix("").as_posix()
            yield Page(wiki, f"{namespace}:{name}", path.read_text("utf-8"))


def _linked(row: dict[str, object]) -> Iterator[Page]:
    """A subject's page on each wiki that has one, each with language links to the others."""
    titles = {row["wiki"]: row["title"], **row.get("links", {})}  # type: ignore[dict-item]
    for wiki, title in titles.items():
        lines = [f"'''{title}'''."]
        if wiki == row["wiki"]:
            lines += [f"== {heading} ==\n{heading}." for heading in row.get("sections", [])]  # type: ignore[attr-defined]
        if row.get("disambiguation"):
            lines.append("__DISAMBIG__")
        others = tuple((other, name) for other, name in titles.items() if other != wiki)
        yield Page(wiki, title, "\n\n".join(lines) + "\n", others)
