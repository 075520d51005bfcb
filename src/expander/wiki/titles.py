"""Many titles, few requests: what a wiki knows of each title, through normalisation, redirects and continuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Generic, TypeVar

from expander.errors import WikiError, WikiUnreachable
from expander.wiki.replies import Move, PageReply, QueryReply, TemplateDataReply, TemplateReply
from expander.wiki.transport import Parameters, Transport

BATCH = 50  # titles a request, the API's limit for users without the right "apihighlimits"
_NEVER = re.compile(r"[\x00-\x1f\x7f#<>\[\]|{}�]")  # https://www.mediawiki.org/wiki/Manual:$wgLegalTitleChars


MOST_PARTS = 200  # continued replies to one request: far more than 50 titles can need
P = TypeVar("P", PageReply, TemplateReply)


def request_title(target: str) -> str | None:
    """A link's target as the title to ask for: no fragment, no leading colon, NFC; None where it can be no title."""
    bare = unicodedata.normalize("NFC", target.split("#", 1)[0]).replace("_", " ")
    title = " ".join(bare.split()).removeprefix(":").strip()
    if not title or _NEVER.search(title) or len(title.encode("utf-8", "surrogatepass")) > 255:
        return None
    try:
        title.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return None
    return title


def batches(things: Iterable[str], size: int = BATCH) -> Iterator[tuple[str, ...]]:
    """Each thing once, in a fixed order (so that the same things make the same requests), cut into batches."""
    ordered = sorted(set(things))
    for start in range(0, len(ordered), size):
        yield tuple(ordered[start : start + size])


@dataclass
class Answers(Generic[P]):
    """What replies say of titles; ``interwiki``: titles that lead to another wiki, with its prefix."""

    pages: dict[str, P] = field(default_factory=dict)
    interwiki: dict[str, str] = field(default_factory=dict)
    _moves: dict[str, str] = field(default_factory=dict)

    def add(self, pages: Iterable[P], moves: Iterable[Move]) -> None:
        """Take in a reply, or a further part of one."""
        for page in pages:
            known = self.pages.get(page.title)
            if isinstance(known, PageReply) and isinstance(page, PageReply):
                self.pages[page.title] = known.merged(page)
            else:
                self.pages[page.title] = page
        for move in moves:
            self._moves[move.source] = move.target

    def final(self, title: str) -> str:
        """The title that this one stands for."""
        seen = {title}
        while (step := self._moves.get(title)) is not None and step not in seen:
            seen.add(step)
            title = step
        return title

    def page(self, title: str) -> P | None:
        """The page that a title leads to, None where no reply names it."""
        return self.pages.get(self.final(title))

    def covers(self, title: str) -> bool:
        """Whether the replies say anything of this title."""
        final = self.final(title)
        return final in self.pages or final in self.interwiki


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks one wiki. ``tell`` hears how many of how many requests are done."""

    transport: Transport
    endpoint: str
    fresh: timedelta
    tell: Callable[[int, int], None] = lambda done, total: None

    def query(self, titles: Iterable[str | None], action: Parameters) -> Answers[PageReply]:
        """What ``action=query`` says of the titles; those that are None are left out.

        Where the wiki cannot be asked, whatever kept replies say of the titles, however they were batched.
        """
        answers: Answers[PageReply] = Answers()
        wanted = tuple(batches(title for title in titles if title))
        for done, batch in enumerate(wanted):
            self.tell(done, len(wanted))
            try:
                self._query_batch(answers, batch, action)
            except WikiUnreachable as error:
                for reply in self.transport.all_kept(self.endpoint, action, QueryReply):
                    add_query(answers, reply)
                self._settle(answers, wanted, error)
                break
        self.tell(len(wanted), len(wanted))
        return answers

    def templatedata(self, titles: Iterable[str | None], action: Parameters) -> Answers[TemplateReply]:
        """What ``action=templatedata`` says of the titles, under the same rules."""
        answers: Answers[TemplateReply] = Answers()
        wanted = tuple(batches(title for title in titles if title))
        for batch in wanted:
            subject = {"titles": "|".join(batch)}
            try:
                add_templatedata(
                    answers, self.transport.call(self.endpoint, action, subject, TemplateDataReply, self.fresh)
                )
            except WikiUnreachable as error:
                for reply in self.transport.all_kept(self.endpoint, action, TemplateDataReply):
                    add_templatedata(answers, reply)
                self._settle(answers, wanted, error)
                break
        return answers

    def _query_batch(self, answers: Answers[PageReply], batch: tuple[str, ...], action: Parameters) -> None:
        subject = {"titles": "|".join(batch)}
        for _ in range(MOST_PARTS):
            reply = self.transport.call(self.endpoint, action, subject, QueryReply, self.fresh)
            add_query(answers, reply)
            if not reply.continue_:
                return
            subject = {"titles": "|".join(batch), **{name: str(value) for name, value in reply.continue_.items()}}
        raise WikiError(f"{self.endpoint} continues its answer without end; giving up.")

    def _settle(self, answers: Answers[P], wanted: tuple[tuple[str, ...], ...], error: WikiUnreachable) -> None:
        """Nothing known at all is an error; some of it must do, with a warning."""
        titles = [title for batch in wanted for title in batch]
        unknown = sum(not answers.covers(title) for title in titles)
        if unknown == len(titles):
            raise error
        if unknown:
            self.transport.warn(f"{unknown} of {len(titles)} titles could not be looked up: {error}")


def add_query(answers: Answers[PageReply], reply: QueryReply) -> None:
    """Take in a reply of ``action=query``."""
    answers.add(reply.query.pages, reply.query.moves)
    answers.interwiki.update((row.title, row.iw) for row in reply.query.interwiki)


def add_templatedata(answers: Answers[TemplateReply], reply: TemplateDataReply) -> None:
    """Take in a reply of ``action=templatedata``."""
    answers.add(reply.templates, (*reply.normalized, *reply.redirects))
