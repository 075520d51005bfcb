"""What the Action API may answer (format version 2), as far as we read it; anything else in a reply is ignored.

A reply that does not fit these shapes is refused: nothing that a server sends is trusted before msgspec has checked it.
Source: https://www.mediawiki.org/wiki/API:Query, API:Parsing_wikitext, Extension:TemplateData, Wikibase/API.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

T = TypeVar("T")
# PHP writes an empty table as [], and a description of a template that nobody wrote is full of such.
Table = dict[str, T | tuple[object, ...]] | tuple[object, ...]


def rows(table: Table[T], kind: type[T]) -> dict[str, T]:
    """The rows of a table that are what they should be."""
    named = table.items() if isinstance(table, dict) else ()
    return {name: row for name, row in named if isinstance(row, kind)}


class BlockInfo(msgspec.Struct, frozen=True):
    """Why and how long a user is blocked."""

    blockedby: str = ""
    blockreason: str = ""
    blockexpiry: str = ""


class Details(msgspec.Struct, frozen=True):
    """Where a question whether one may edit has what an edit's refusal has beside it."""

    blockinfo: BlockInfo | None = None


class SpamMatches(msgspec.Struct, frozen=True):
    """The addresses that the spam list forbids."""

    matches: tuple[str, ...] = ()


class ApiError(msgspec.Struct, frozen=True):
    """The API's own "no", with the details that some refusals of an edit carry."""

    code: str
    info: str = ""
    text: str = ""
    readonlyreason: str = ""
    blockinfo: BlockInfo | None = None
    spamblacklist: SpamMatches | None = None
    data: Details | None = None

    @property
    def block(self) -> BlockInfo | None:
        """The block that is the reason."""
        return self.blockinfo or (self.data.blockinfo if self.data else None)


class Reply(msgspec.Struct, frozen=True):
    """What every reply may hold; ``continue_`` are the parameters of the request for the rest."""

    error: ApiError | None = None
    continue_: Mapping[str, str | int] | None = msgspec.field(default=None, name="continue")


class Move(msgspec.Struct, frozen=True):
    """A title that stands for another: normalised, or a redirect."""

    source: str = msgspec.field(name="from")
    target: str = msgspec.field(name="to")


class Interwiki(msgspec.Struct, frozen=True):
    """A title that belongs to another wiki."""

    title: str
    iw: str


class LangLink(msgspec.Struct, frozen=True):
    """A link to the same subject in another language."""

    lang: str
    title: str


class Slot(msgspec.Struct, frozen=True):
    """A revision's content; None where it is hidden."""

    content: str | None = None
    contentmodel: str = "wikitext"


class RevisionReply(msgspec.Struct, frozen=True):
    """One revision; ``sha1`` is hex, of the UTF-8 content."""

    revid: int
    parentid: int = 0
    user: str = ""
    comment: str = ""
    timestamp: str = ""
    sha1: str | None = None
    slots: Mapping[str, Slot] = {}


class PageReply(msgspec.Struct, frozen=True):
    """One page of a query."""

    title: str
    ns: int = 0
    pageid: int | None = None
    missing: bool = False
    known: bool = False
    invalid: bool = False
    redirect: bool = False
    associatedpage: str = ""
    actions: Mapping[str, tuple[ApiError, ...]] = {}
    imagerepository: str = ""
    langlinks: tuple[LangLink, ...] = ()
    pageprops: Mapping[str, str] = {}
    revisions: tuple[RevisionReply, ...] = ()

    @property
    def exists(self) -> bool:
        """Whether a link to it is blue."""
        return self.known or not (self.missing or self.invalid)

    def merged(self, other: PageReply) -> PageReply:
        """This page with what a continued reply adds."""
        return msgspec.structs.replace(
            self,
            imagerepository=self.imagerepository or other.imagerepository,
            langlinks=tuple(dict.fromkeys((*self.langlinks, *other.langlinks))),
            pageprops={**self.pageprops, **other.pageprops},
            revisions=self.revisions or other.revisions,
        )


class User(msgspec.Struct, frozen=True):
    """Who we are to the wiki; ``anon`` where we are nobody."""

    name: str
    anon: bool = False


class SearchHit(msgspec.Struct, frozen=True):
    """A page that a search found."""

    title: str


class Query(msgspec.Struct, frozen=True):
    """The body of a query's reply."""

    pages: tuple[PageReply, ...] = ()
    normalized: tuple[Move, ...] = ()
    redirects: tuple[Move, ...] = ()
    converted: tuple[Move, ...] = ()
    interwiki: tuple[Interwiki, ...] = ()
    prefixsearch: tuple[SearchHit, ...] = ()
    tokens: Mapping[str, str] = {}
    userinfo: User | None = None

    @property
    def moves(self) -> tuple[Move, ...]:
        """All titles that stand for others."""
        return (*self.normalized, *self.converted, *self.redirects)


class QueryReply(Reply, frozen=True):
    """``action=query``."""

    query: Query = Query()
    curtimestamp: str = ""


class ParameterReply(msgspec.Struct, frozen=True):
    """A template's parameter."""

    aliases: tuple[str, ...] = ()
    label: str | Mapping[str, str] | None = None
    required: bool = False
    suggested: bool = False


class TemplateReply(msgspec.Struct, frozen=True):
    """A template's description."""

    title: str
    missing: bool = False
    notemplatedata: bool = False
    params: Table[ParameterReply] = ()

    @property
    def parameters(self) -> dict[str, ParameterReply]:
        """The parameters by name, in the template's order."""
        return rows(self.params, ParameterReply)


class TemplateDataReply(Reply, frozen=True):
    """``action=templatedata``."""

    pages: Table[TemplateReply] = ()
    normalized: tuple[Move, ...] = ()
    redirects: tuple[Move, ...] = ()

    @property
    def templates(self) -> tuple[TemplateReply, ...]:
        """The templates that were asked for."""
        return tuple(rows(self.pages, TemplateReply).values())


class Sitelink(msgspec.Struct, frozen=True):
    """A Wikidata item's page on a wiki."""

    title: str


class Entity(msgspec.Struct, frozen=True):
    """A Wikidata item."""

    sitelinks: Table[Sitelink] = ()

    def title(self, site: str) -> str | None:
        """The item's page on a site."""
        found = rows(self.sitelinks, Sitelink).get(site)
        return found.title if found else None


class EntitiesReply(Reply, frozen=True):
    """``action=wbgetentities``."""

    entities: Mapping[str, Entity] = {}


class ParsedLink(msgspec.Struct, frozen=True):
    """A link or transclusion of a rendered page."""

    title: str
    ns: int = 0
    exists: bool = False


class ParsedCategory(msgspec.Struct, frozen=True):
    """A category of a rendered page, without namespace."""

    category: str
    hidden: bool = False


class Parsed(msgspec.Struct, frozen=True):
    """The body of a rendering."""

    title: str
    text: str = ""
    categories: tuple[ParsedCategory, ...] = ()
    templates: tuple[ParsedLink, ...] = ()
    links: tuple[ParsedLink, ...] = ()
    parsewarnings: tuple[str, ...] = ()


class ParseReply(Reply, frozen=True):
    """``action=parse``."""

    parse: Parsed | None = None


class Login(msgspec.Struct, frozen=True):
    """The body of a login's reply."""

    result: str
    reason: str = ""


class LoginReply(Reply, frozen=True):
    """``action=login``."""

    login: Login | None = None


class Saved(msgspec.Struct, frozen=True):
    """The body of an edit's reply; a failure may name a captcha or carry a code."""

    result: str
    newrevid: int | None = None
    oldrevid: int | None = None
    nochange: bool = False
    captcha: Mapping[str, object] | None = None
    code: str = ""
    info: str = ""


class EditReply(Reply, frozen=True):
    """``action=edit``."""

    edit: Saved | None = None
