"""Wikis as the rest of the project sees them: pages, titles in other languages, files, templates, renderings."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from pathlib import Path

import requests

from expander import __version__
from expander.articles.article import Revision
from expander.errors import InputError, PageMissing, WikiError
from expander.wiki import lookups
from expander.wiki.cache import ReplyCache
from expander.wiki.lookups import Template, TemplateParameters, Where
from expander.wiki.rendering import Rendered, rendered
from expander.wiki.replies import EntitiesReply, PageReply, ParseReply, QueryReply
from expander.wiki.titles import Answers, Asker, batches, request_title
from expander.wiki.transport import Traffic, Transport

Progress = Callable[[str, int, int], None]

DEFAULT_ENDPOINT = "https://{lang}.wikipedia.org/w/api.php"
WIKIDATA = "https://www.wikidata.org/w/api.php"
PAGES_FRESH = timedelta(hours=1)
LOOKUPS_FRESH = timedelta(days=30)
WIKIDATA_REQUESTS = 3
_LANGUAGE = re.compile(r"[a-z]{2,12}(-[a-z0-9]{1,12})*")


def user_agent(contact: str = "") -> str:
    """What we call ourselves, as https://foundation.wikimedia.org/wiki/Policy:User-Agent_policy asks; ``contact`` is an
    e-mail address, a user page or a URL of whoever runs this.
    """
    own = re.sub(r"[^\x20-\x7e]|[()]", "", contact)[:120] or "an editor's own computer"
    return f"expander/{__version__} ({own}) python-requests/{requests.__version__} Python/{platform.python_version()}"


class Wiki:
    """A client of the wikis' Action APIs. All methods take Wikipedia language codes and raise WikiUnreachable or
    WikiError with one sentence for a person.

    ``endpoints``: API address by language (and "wikidata"), others are Wikipedia's own. ``session``: a requests session
    with whatever adapters. ``cache``: the writable folder (None: nothing is kept). ``samples``: read-only folders of
    recorded replies, read only offline, so that no live run ever takes the sample for the wiki. ``progress`` is told
    (what, done, total), ``warn`` one sentence.
    """

    def __init__(
        self,
        endpoints: Mapping[str, str] | None = None,
        *,
        session: requests.Session | None = None,
        cache: Path | None = None,
        samples: Iterable[Path] = (),
        offline: bool = False,
        agent: str | None = None,
        progress: Progress = lambda what, done, total: None,
        warn: Callable[[str], None] = lambda message: None,
        timeout: tuple[float, float] = (10.0, 60.0),
    ) -> None:
        session = session or requests.Session()
        session.headers["User-Agent"] = agent or user_agent()
        replies = ReplyCache(cache, tuple(samples) if offline else (), warn)
        self.transport = Transport(session, replies, offline=offline, timeout=timeout, warn=warn)
        self._endpoints = dict(endpoints or {})
        self._progress = progress
        self._warn = warn

    @property
    def traffic(self) -> Traffic:
        """Requests sent, replies taken from the cache, seconds waited."""
        return self.transport.traffic

    def endpoint(self, lang: str) -> str:
        """The API address of a language's wiki. Raises InputError for what is no language code."""
        if not _LANGUAGE.fullmatch(lang):
            raise InputError(f"“{lang[:40]}” is no language code of a Wikipedia, such as ru or tg.")
        return self._endpoints.get(lang) or DEFAULT_ENDPOINT.format(lang=lang)

    def reachable(self, lang: str) -> bool:
        """Whether the wiki answers now: one request, no retries; False offline."""
        try:
            self.transport.send(self.endpoint(lang), {"action": "query", "meta": "siteinfo"}, QueryReply)
        except WikiError:
            return False
        return True

    def page(self, lang: str, title: str) -> Revision:
        """The page's newest revision, redirects followed. Raises PageMissing where the wiki has no such page."""
        asked = request_title(title)
        if asked is None:
            raise PageMissing(f"“{title[:100]}” cannot be the title of a page.")
        found = self._ask(lang, (asked,), lookups.PAGE, PAGES_FRESH).page(asked)
        if found is None or not found.exists or not found.revisions:
            raise PageMissing(f"The wiki “{lang}” has no page “{asked}”{self._suggestions(lang, asked)}.")
        return lookups.revision(lang, asked, found)

    def titles(self, lang: str, targets: Iterable[str], to: str = "en") -> Mapping[str, str | None]:
        """The title in ``to`` of each link target; None where it has none, absent where it could not be asked
        (offline, not in the cache).

        Redirects are followed, ``X#Y`` is X's. Costs one request for 50 targets, and at most three more to Wikidata
        for pages that have an item and no language link.
        """
        asked = {target: request_title(target) for target in targets}
        answers = self._ask(lang, asked.values(), lookups.twins(to))
        items = self._sitelinks(lang, answers, to)
        return {
            target: lookups.twin(answers, title, to) or items.get(lookups.item(answers, title))
            for target, title in asked.items()
            if title is None or answers.covers(title)
        }

    def pages(self, lang: str, titles: Iterable[str]) -> Mapping[str, str | None]:
        """The title of the page that each title (with namespace) leads to; None where there is no such page, absent
        where it could not be asked.
        """
        asked = {title: request_title(title) for title in titles}
        answers = self._ask(lang, asked.values(), lookups.EXISTENCE)
        return {
            name: lookups.existing(answers, title)
            for name, title in asked.items()
            if title is None or answers.covers(title)
        }

    def files(self, lang: str, names: Iterable[str]) -> Mapping[str, Where | None]:
        """Where each file (name without namespace) is that the wiki can show: on the wiki itself ("local"), on Commons
        ("shared"), or nowhere (None); absent where it could not be asked.
        """
        asked = {name: request_title(f"File:{name}") for name in names}
        answers = self._ask(lang, asked.values(), lookups.FILES)
        return {
            name: lookups.where(answers, title)
            for name, title in asked.items()
            if title is None or answers.covers(title)
        }

    def templates(self, lang: str, names: Iterable[str], to: str = "en") -> Mapping[str, Template | None]:
        """Each template (name without namespace) with its twin in ``to``; None where it does not exist, absent where
        it could not be asked.
        """
        asked = {name: request_title(lookups.template_title(name)) for name in names}
        answers = self._ask(lang, asked.values(), lookups.twins(to))
        return {
            name: lookups.template(answers, title, to)
            for name, title in asked.items()
            if title is None or answers.covers(title)
        }

    def templatedata(self, lang: str, names: Iterable[str]) -> Mapping[str, TemplateParameters | None]:
        """The parameters of each template (name without namespace); None where nobody described them, absent where it
        could not be asked.
        """
        asked = {name: request_title(lookups.template_title(name)) for name in names}
        asker = Asker(self.transport, self.endpoint(lang), LOOKUPS_FRESH)
        answers = asker.templatedata(asked.values(), lookups.templatedata(lang))
        return {
            name: lookups.parameters(answers, title)
            for name, title in asked.items()
            if title is None or answers.covers(title)
        }

    def render(self, lang: str, title: str, wikitext: str) -> Rendered:
        """What the wiki would show for this wikitext at this title; nothing is saved."""
        subject = {"title": title, "text": wikitext}
        reply = self.transport.call(self.endpoint(lang), lookups.RENDERING, subject, ParseReply, PAGES_FRESH)
        if reply.parse is None:
            raise WikiError(f"The wiki “{lang}” gave no rendering of “{title[:100]}”.")
        return rendered(reply.parse)

    def _ask(
        self, lang: str, titles: Iterable[str | None], action: Mapping[str, str], fresh: timedelta = LOOKUPS_FRESH
    ) -> Answers[PageReply]:
        asker = Asker(
            self.transport,
            self.endpoint(lang),
            fresh,
            lambda done, total: self._progress(f"wiki “{lang}”", done, total),
        )
        return asker.query(titles, action)

    def _sitelinks(self, lang: str, answers: Answers[PageReply], to: str) -> Mapping[str | None, str]:
        """Wikidata item → title in ``to``, for pages that have an item but no language link."""
        endpoint = self._endpoints.get("wikidata") or ("" if lang in self._endpoints else WIKIDATA)
        items = lookups.items_without_twin(answers, to)
        if not endpoint or not items:
            return {}
        site = f"{to.replace('-', '_')}wiki"
        found: dict[str | None, str] = {}
        for batch in list(batches(items))[:WIKIDATA_REQUESTS]:
            subject = {"ids": "|".join(batch)}
            try:
                reply = self.transport.call(endpoint, lookups.sitelinks(site), subject, EntitiesReply, LOOKUPS_FRESH)
            except WikiError as error:
                if not self.transport.offline:
                    self._warn(f"{error} Going on with the wikis' own language links.")
                break
            found |= {name: title for name, row in reply.entities.items() if (title := row.title(site))}
        return found

    def _suggestions(self, lang: str, title: str) -> str:
        if self.transport.offline:
            return ""
        search = {"action": "query", "list": "prefixsearch", "pssearch": title, "pslimit": "3"}
        try:
            reply = self.transport.send(self.endpoint(lang), search, QueryReply)
        except WikiError:
            return ""
        named = " or ".join(f"“{hit.title}”" for hit in reply.query.prefixsearch[:3])
        return f"; did you mean {named}" if named else ""
