"""Seed → the base revision and its counterparts, by asking ``fetch`` (the wiki, or a cache of it)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from expander.articles import Revision, file_revision
from expander.errors import PageMissing, WikiError, WikiUnreachable
from expander.language import language_name, languages
from expander.seed.banners import Hint, banner_hints
from expander.seed.read import Seed, SeedKind, is_file_argument, read_text_file, valid_title
from expander.values import Skipped

Fetch = Callable[[str, str], Revision]
"""(language, title) → the page's current revision. Raises PageMissing, WikiUnreachable."""


@dataclass(frozen=True, slots=True)
class Base:
    """The English text to expand, and a sentence on where it comes from if that is not plain."""

    revision: Revision
    note: str = ""


@dataclass(frozen=True, slots=True)
class Counterparts:
    """The counterpart revisions in order of preference, and the languages for which none could be used."""

    revisions: tuple[Revision, ...]
    skipped: tuple[Skipped, ...]


def find_base(seed: Seed, fetch: Fetch) -> Base:
    """The revision to expand.

    A title: the page. A wikitext file: the file. A seed text: the page's current wikitext, and the seed text itself
    where the wiki cannot be reached or has no such page. Raises WikiError for a title that is no article.
    """
    if seed.kind is SeedKind.TITLE:
        revision = fetch(seed.lang, seed.title or "")
        if revision.disambiguation:
            raise PageMissing(f"“{revision.title}” is a disambiguation page; give the title of an article.")
        return Base(revision)
    if seed.kind is SeedKind.WIKITEXT:
        return Base(file_revision(seed.text or "", seed.lang, seed.title or seed.name))
    try:
        return Base(_page_of_text(seed, fetch))
    except WikiError as error:
        title = seed.title or seed.name
        note = f"The page could not be fetched ({error}) The base of the diff is the seed text itself."
        return Base(file_revision(seed.text or "", seed.lang, title, "seed"), note)


def find_counterparts(
    seed: Seed,
    base: Revision,
    fetch: Fetch,
    wanted: Sequence[str] = (),
    named: Mapping[str, str] | None = None,
) -> Counterparts:
    """The counterparts to compare with.

    ``wanted`` are the languages of ``--from``, ``named`` the titles or files of ``--counterpart``. Without either:
    the languages that the banners name, else those that have data files, among the language links. Raises WikiError
    where not a single one can be used.
    """
    named = dict(named or {})
    hints = (*banner_hints(base.text, base.lang), *seed.hints)
    links = dict(base.langlinks) or _links_by_title(seed, base, fetch)
    chosen = tuple(dict.fromkeys((*wanted, *named))) or _default_languages(base.lang, hints, links)
    if not chosen:
        raise PageMissing(
            f"“{base.title}” names no counterpart: it has no banner, and no language link to "
            f"{' or '.join(_others(base.lang))}; name one with --counterpart LANG=TITLE."
        )
    revisions: list[Revision] = []
    skipped: list[Skipped] = []
    failures: list[WikiError] = []
    for lang in chosen:
        try:
            revisions.append(_counterpart(lang, named.get(lang), hints, links, fetch))
        except WikiError as error:
            failures.append(error)
            skipped.append(Skipped(f"{language_name(lang)} counterpart", str(error)))
    if not revisions:
        raise failures[0]
    return Counterparts(tuple(revisions), tuple(skipped))


def _page_of_text(seed: Seed, fetch: Fetch) -> Revision:
    """The page that a seed text renders: by its title, else by a language link of a counterpart it names."""
    if seed.title:
        return fetch(seed.lang, seed.title)
    failure: WikiError = PageMissing("The seed text names no page.")
    for hint in seed.hints:
        if hint.title is None:
            continue
        try:
            title = fetch(hint.lang, hint.title).langlink(seed.lang)
            if title:
                return fetch(seed.lang, title)
        except WikiError as error:
            failure = error
    raise failure


def _links_by_title(seed: Seed, base: Revision, fetch: Fetch) -> dict[str, str]:
    """Language links of the page that a file's name is the title of, if there is one."""
    if seed.kind is SeedKind.TITLE or base.origin == "wiki":
        return {}
    try:
        return dict(fetch(base.lang, base.title).langlinks)
    except WikiError:
        return {}


def _default_languages(target: str, hints: Sequence[Hint], links: Mapping[str, str]) -> tuple[str, ...]:
    from_hints = tuple(dict.fromkeys(hint.lang for hint in hints if hint.lang != target))
    return from_hints or tuple(lang for lang in _others(target) if lang in links)


def _others(target: str) -> tuple[str, ...]:
    return tuple(lang for lang in languages() if lang != target)


def _counterpart(
    lang: str, named: str | None, hints: Sequence[Hint], links: Mapping[str, str], fetch: Fetch
) -> Revision:
    if named is not None and is_file_argument(named):
        path = Path(named)
        return file_revision(read_text_file(path), lang, valid_title(path.stem))
    name = language_name(lang)
    failure: WikiError = PageMissing(
        f"No {name} counterpart is known: no banner names it and no language link leads there; "
        f"use --counterpart {lang}=TITLE."
    )
    for title in [valid_title(named)] if named else _candidates(lang, hints, links):
        try:
            revision = fetch(lang, title)
        except WikiError as error:
            failure = error if not isinstance(failure, WikiUnreachable) else failure
            continue
        if not revision.disambiguation:
            return revision
        failure = PageMissing(
            f"The {name} page “{revision.title}” is a disambiguation page; use --counterpart {lang}=TITLE."
        )
    raise failure


def _candidates(lang: str, hints: Sequence[Hint], links: Mapping[str, str]) -> Iterator[str]:
    """Titles to try: those that banners and hints give, then the language link."""
    titles = [hint.title for hint in hints if hint.lang == lang and hint.title]
    if lang in links:
        titles.append(links[lang])
    yield from dict.fromkeys(titles)
