"""The argument ARTICLE → Seed: a title, a URL, a wikitext file or a seed text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from expander.articles import file_revision, read
from expander.errors import InputError
from expander.seed.banners import Hint, banner_hints, text_hints

_WIKITEXT = frozenset({".wikitext", ".wiki"})
_SEED_TEXT = frozenset({".txt"})
_LARGEST = 8 * 1024 * 1024  # bytes; MediaWiki's own limit ($wgMaxArticleSize) is 2 MiB
_TITLE_LINE = re.compile(r"\A\s*=\s*([^=\n].*?)\s*=\s*$", re.M)
_NOT_IN_TITLES = re.compile(r"[\[\]{}|<>\x00-\x1f\x7f]")


class SeedKind(StrEnum):
    """What the user gave."""

    TITLE = "title"
    WIKITEXT = "wikitext"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Seed:
    """What the user gave, read but not yet looked up.

    ``title`` is None where a text does not tell it; ``text`` is the file's content (None for a title or URL);
    ``hints`` name counterparts, best source first; ``name`` is what the proposal folder is called where no title
    becomes known.
    """

    kind: SeedKind
    lang: str
    title: str | None
    text: str | None = None
    hints: tuple[Hint, ...] = ()
    name: str = ""


def read_seed(argument: str, lang: str = "en") -> Seed:
    """Read ARTICLE. Raises InputError where it is no usable title, URL or file."""
    argument = argument.strip()
    if not argument:
        raise InputError("The article is empty: give a page title, a page URL, or a .wikitext, .wiki or .txt file.")
    if re.match(r"https?://", argument, re.I):
        return Seed(SeedKind.TITLE, lang, _url_title(argument, lang))
    path = Path(argument)
    suffix = path.suffix.lower()
    if suffix in _WIKITEXT | _SEED_TEXT:
        text = read_text_file(path)
        return _wikitext_seed(text, path, lang) if suffix in _WIKITEXT else _text_seed(text, path, lang)
    return Seed(SeedKind.TITLE, lang, valid_title(argument))


def read_text_file(path: Path) -> str:
    """A text file's content, byte for byte (newlines are not changed).

    Raises InputError where it is missing, a folder, empty, binary, not UTF-8 or larger than 8 MiB.
    """
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder; give a file.")
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{path} is larger than 8 MiB; no wiki page is.")
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from None
    if not raw.strip():
        raise InputError(f"{path} is empty.")
    if b"\x00" in raw:
        raise InputError(f"{path} is a binary file, not text.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text (byte {error.start}); save it as UTF-8.") from None


def valid_title(title: str) -> str:
    """A page title as MediaWiki writes it. Raises InputError for what can be no title
    (https://www.mediawiki.org/wiki/Manual:Page_title).
    """
    cleaned = " ".join(title.replace("_", " ").split()).lstrip(":").strip()
    if not cleaned or _NOT_IN_TITLES.search(cleaned) or len(cleaned.encode()) > 255:
        shown = "".join(character if character.isprintable() else "?" for character in title[:80])
        raise InputError(f"“{shown}” cannot be a page title.")
    return cleaned


def parse_counterpart(argument: str) -> tuple[str, str]:
    """``LANG=TITLE-or-FILE`` → (lang, the rest). Raises InputError."""
    lang, equals, rest = argument.partition("=")
    if not equals or not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", lang.strip()) or not rest.strip():
        raise InputError(f"--counterpart {argument}: write LANG=TITLE or LANG=FILE, for example ru=Таджикистан.")
    return lang.strip(), rest.strip()


def is_file_argument(argument: str) -> bool:
    """Whether a ``--counterpart`` value names a file rather than a title."""
    return Path(argument).suffix.lower() in _WIKITEXT | _SEED_TEXT


def _url_title(url: str, lang: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise InputError(f"{url} is not a URL that can be read.") from None
    found = re.fullmatch(r"([a-z-]+)(?:\.m)?\.wikipedia\.org", host)
    if found and found[1] not in (lang, "www"):
        raise InputError(
            f"{url} is a page of {found[1]}.wikipedia.org: give the {lang} article, "
            f"and this page as --counterpart {found[1]}=TITLE."
        )
    query = parse_qs(parts.query).get("title")
    if query:
        return valid_title(query[0])
    if "/wiki/" in parts.path:
        return valid_title(unquote(parts.path.split("/wiki/", 1)[1]))
    raise InputError(f"{url} does not name a wiki page: expected …/wiki/TITLE or …?title=TITLE.")


def _wikitext_seed(text: str, path: Path, lang: str) -> Seed:
    return Seed(SeedKind.WIKITEXT, lang, None, text, banner_hints(text, lang), path.stem)


def _text_seed(text: str, path: Path, lang: str) -> Seed:
    article = read(file_revision(text, lang, path.stem, "seed"))
    if not article.sentences:
        raise InputError(f"{path} holds no sentence of an article.")
    heading = _TITLE_LINE.search(text)
    title = valid_title(heading[1]) if heading else None
    return Seed(SeedKind.TEXT, lang, title, text, text_hints(text, lang), path.stem)
