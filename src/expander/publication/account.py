"""A logged-in account on one wiki: looks at a page, saves an edit, never twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import requests

from expander.articles.article import Revision
from expander.errors import EditRefused, WikiUnreachable
from expander.publication.credentials import BotPassword, Credentials, check_confidential
from expander.publication.refusals import captcha, refusal
from expander.wiki import user_agent
from expander.wiki.cache import ReplyCache
from expander.wiki.faults import NeverSent, Passing, Refused
from expander.wiki.lookups import RENDERING, revision
from expander.wiki.rendering import rendered
from expander.wiki.replies import ApiError, EditReply, LoginReply, PageReply, ParseReply, QueryReply, Reply, Saved
from expander.wiki.transport import Transport

R = TypeVar("R", bound=Reply)
LOOKS = (2.0, 4.0, 8.0)  # seconds before each look whether an edit arrived whose answer was lost
LAGGING = (5.0, 15.0, 30.0)  # seconds to wait where the wiki's databases lag
_LOST = frozenset({"badtoken", "assertuserfailed", "assertnameduserfailed"})


@dataclass(frozen=True, slots=True)
class Look:
    """A page as it is now. ``revision`` None: it does not exist. ``seen_at`` is the wiki's clock; ``talk`` the title of
    its talk page; ``refused`` why this account may not edit it.
    """

    title: str
    revision: Revision | None
    seen_at: str
    talk: str
    redirect: bool = False
    in_mainspace: bool = True
    refused: tuple[ApiError, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """An edit to save. ``base`` is the look that it was made from. ``text`` is the whole new page, or what is put
    before its text where ``prepends``.
    """

    base: Look
    text: str
    summary: str
    prepends: bool = False
    creates: bool = False


class Account:
    """An account on one wiki. Raises EditRefused with the wiki's reason in words, EditConflict where the page is not
    as it was looked at, WikiUnreachable.
    """

    def __init__(
        self,
        lang: str,
        endpoint: str,
        credentials: Credentials,
        *,
        session: requests.Session | None = None,
        agent: str | None = None,
        warn: Callable[[str], None] = lambda message: None,
        timeout: tuple[float, float] = (10.0, 120.0),
    ) -> None:
        check_confidential(endpoint)
        session = session or requests.Session()
        session.headers["User-Agent"] = agent or user_agent()
        if not isinstance(credentials, BotPassword):
            session.headers["Authorization"] = f"Bearer {credentials.token}"
        self.lang = lang
        self.name = ""
        self.sleep: Callable[[float], None] = time.sleep
        self._endpoint = endpoint
        self._credentials = credentials
        self._warn = warn
        self._token = ""
        self._transport = Transport(session, ReplyCache(None), timeout=timeout, warn=warn, follows_redirects=False)

    def log_in(self) -> str:
        """Log in; the account's name."""
        if isinstance(self._credentials, BotPassword):
            self._log_in_with(self._credentials)
        query = self._ask({"action": "query", "meta": "userinfo|tokens", "type": "csrf"}, QueryReply).query
        self._token = query.tokens.get("csrftoken", "")
        if query.userinfo is None or query.userinfo.anon or self._token in ("", "+\\"):
            raise EditRefused("The wiki does not accept the access token: make a new one and set it.", "login")
        self.name = query.userinfo.name
        return self.name

    def look(self, title: str) -> Look:
        """The page as it is now, redirects not followed."""
        self._be_logged_in()
        reply = self._ask(
            {
                "action": "query",
                "prop": "revisions|info",
                "titles": title,
                "rvprop": "ids|timestamp|sha1|content",
                "rvslots": "main",
                "inprop": "associatedpage",
                "intestactions": "edit",
                "intestactionsdetail": "full",
                "curtimestamp": "1",
            },
            QueryReply,
        )
        page = next(iter(reply.query.pages), PageReply(title, invalid=True))
        if page.invalid:
            raise EditRefused(f"“{title}” cannot be the title of a page.", "invalidtitle")
        found = revision(self.lang, title, page) if page.exists and page.revisions else None
        refused = page.actions.get("edit", ())
        return Look(page.title, found, reply.curtimestamp, page.associatedpage, page.redirect, page.ns == 0, refused)

    def save(self, edit: Submission, *, despite_warning: bool = False) -> int:
        """Save an edit; its revision id (that of the page where the edit changes nothing).

        Where the answer is lost, the page's history tells whether the edit arrived; only if it did not is it sent
        again. ``despite_warning``: an edit filter that only warns is answered by sending again.
        """
        self._be_logged_in()
        for _ in range(2):
            try:
                return self._sent(edit, despite_warning)
            except NeverSent:
                raise
            except WikiUnreachable as error:
                self._warn(f"{error} Looking whether the edit was saved.")
            landed = self._landed(edit)
            if landed is not None:
                return landed
            self._warn("It was not saved.")
        raise WikiUnreachable(
            f"The edit of “{edit.base.title}” was sent twice, and twice the connection broke off; it was not saved: "
            "publish again later."
        )

    def cite_errors(self, title: str, text: str) -> tuple[str, ...]:
        """The reference errors that a reader would see in this text."""
        reply = self._ask({**RENDERING, "title": title, "text": text}, ParseReply)
        return rendered(reply.parse).cite_errors if reply.parse else ()

    def _log_in_with(self, password: BotPassword) -> None:
        self._transport.session.cookies.clear()  # who has a session cannot log in
        token = self._ask({"action": "query", "meta": "tokens", "type": "login"}, QueryReply).query.tokens
        parameters = {"action": "login", "lgname": password.user, "lgpassword": password.password}
        login = self._post({**parameters, "lgtoken": token.get("logintoken", "")}, LoginReply).login
        if login is None or login.result != "Success":
            said = " ".join((login.reason if login else "").split()).rstrip(".") or "no reason given"
            raise EditRefused(
                f"The wiki does not accept the bot password of {password.user}: {said}. "
                "Make a new one at Special:BotPasswords.",
                "login",
            )

    def _be_logged_in(self) -> None:
        if not self.name:
            self.log_in()

    def _sent(self, edit: Submission, despite_warning: bool) -> int:
        """Send once; again only where the wiki says that it did nothing and why that may pass."""
        lagging = iter(LAGGING)
        renewed = False
        while True:
            try:
                return self._answered(edit, self._post(self._parameters(edit), EditReply))
            except Passing as error:
                pause = next(lagging, None)
                if error.code == "ratelimited":
                    raise refusal(edit.base.title, ApiError(error.code)) from None
                if error.code != "maxlag" or pause is None:
                    raise
                self._warn(f"{error} Waiting {pause:.0f} s.")
                self.sleep(pause)
            except Refused as error:
                if error.error.code in _LOST and not renewed:
                    renewed = True
                    self.log_in()
                elif error.error.code == "abusefilter-warning" and despite_warning:
                    despite_warning = False
                else:
                    raise refusal(edit.base.title, error.error) from None

    def _parameters(self, edit: Submission) -> Mapping[str, str]:
        base = edit.base.revision
        parameters = {
            "action": "edit",
            "title": edit.base.title,
            "prependtext" if edit.prepends else "text": edit.text,
            "summary": edit.summary,
            "starttimestamp": edit.base.seen_at,
            "assert": "user",
            "assertuser": self.name,
        }
        if base is not None and not edit.prepends:
            parameters["baserevid"] = str(base.revid)
        if not edit.prepends:
            parameters["createonly" if edit.creates else "nocreate"] = "1"
        return {**parameters, "token": self._token}

    def _answered(self, edit: Submission, reply: EditReply) -> int:
        saved = reply.edit or Saved("Failure")
        if saved.result == "Success":
            base = edit.base.revision
            if saved.newrevid is not None:
                return saved.newrevid
            if base is not None and base.revid is not None:
                return base.revid
        if saved.captcha is not None:
            raise captcha(edit.base.title)
        raise refusal(edit.base.title, ApiError(saved.code or "unknown", saved.info or "no reason given"))

    def _landed(self, edit: Submission) -> int | None:
        """The revision that an edit made: newer than its base, ours, with its summary; None: there is none. Raises
        WikiUnreachable where that cannot be found out.
        """
        since = edit.base.revision.revid or 0 if edit.base.revision else 0
        query = {"action": "query", "prop": "revisions", "titles": edit.base.title, "rvlimit": "20"}
        answered = False
        for pause in LOOKS:
            self.sleep(pause)
            try:
                reply = self._post({**query, "rvprop": "ids|user|comment"}, QueryReply)
            except WikiUnreachable:
                continue
            answered = True
            for row in (row for page in reply.query.pages for row in page.revisions):
                if row.revid > since and row.user == self.name and row.comment.split() == edit.summary.split():
                    return row.revid
        if not answered:
            raise WikiUnreachable(
                f"The connection broke off after the edit of “{edit.base.title}” was sent, and the wiki cannot be "
                "asked whether it was saved: read the page's history before you publish again."
            )
        return None

    def _ask(self, parameters: Mapping[str, str], kind: type[R]) -> R:
        """Send what changes nothing, again if need be."""
        return self._transport.send(self._endpoint, parameters, kind, post=True, patient=True)

    def _post(self, parameters: Mapping[str, str], kind: type[R]) -> R:
        return self._transport.send(self._endpoint, parameters, kind, post=True)
