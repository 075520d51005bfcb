"""Drafts → revisions: look, rebase, show, ask, save, and name the sources on the talk page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from expander.draft import Draft, Source, decided, make_drafts, talk_template
from expander.errors import EditConflict, ExpanderError, InputError
from expander.proposals.expansion import Expansion
from expander.publication.account import Account, Look, Submission
from expander.publication.gate import obstacles
from expander.publication.rebase import Unplaced, rebase
from expander.publication.refusals import refusal

TRIES = 4  # times that the page may change between showing the draft and saving it
LLM_TAG = "{{LLM-assisted translation}}\n"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the next edit would be: ``draft`` from the page as it is ``now``.

    ``rebased``: the page changed since the passages were proposed. ``unplaced`` are passages that fit no more,
    ``present`` those that the page has already. ``following`` counts the edits after this one (one a section, or one
    a source). A ``draft`` without passages: the page begins as a copy of the article.
    """

    title: str
    now: Look
    draft: Draft
    rebased: bool = False
    unplaced: tuple[Unplaced, ...] = ()
    present: tuple[str, ...] = ()
    following: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """A saved edit. ``exact``: the page's text is the draft's. ``talk`` is the template for the talk page,
    ``talk_revid`` the revision that brought it, None where it is not due or could not be saved (``talk_trouble``).
    """

    title: str
    revid: int
    passages: tuple[str, ...]
    summary: str
    exact: bool = True
    talk_title: str = ""
    talk: str = ""
    talk_revid: int | None = None
    talk_trouble: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to publish. ``target``: another page than the article. ``leave_out``: publish what fits where the rest does
    not. ``revised``, ``despite_warning``: see :mod:`gate` and :meth:`Account.save`.
    """

    target: str | None = None
    revised: bool = False
    leave_out: bool = False
    despite_warning: bool = False
    dry_run: bool = False
    may_be_llm: Callable[[str], bool] = field(default=lambda engine: True)


Confirm = Callable[[Plan], bool]
Tell = Callable[[str], None]


def publish(
    expansion: Expansion,
    account: Account,
    confirm: Confirm,
    wishes: Wishes | None = None,
    tell: Tell = lambda message: None,
    saved: Callable[[Published], None] = lambda published: None,
) -> tuple[Published, ...]:
    """Publish the decided passages, each edit after ``confirm`` has shown it; nothing is saved in a dry run.

    Each edit is reported to ``saved`` at once. Raises InputError where a rule forbids it, EditConflict where passages
    do not fit the page any more, EditRefused, WikiUnreachable.
    """
    wishes = wishes or Wishes()
    title = wishes.target or expansion.article.title
    now = account.look(title)
    _check_rules(expansion, wishes, mainspace=now.in_mainspace)
    if wishes.target and now.revision is None:
        copy = _copy(expansion, now, wishes)
        if not confirm(copy) or wishes.dry_run:
            return ()
        account.save(Submission(now, copy.draft.text, copy.draft.summary, creates=True))
    done: list[Published] = []
    for _ in range(TRIES + len(make_drafts(expansion))):
        brought = {passage for published in done for passage in published.passages}
        plan = prepare(expansion, account, title, brought, leave_out=wishes.leave_out)
        if plan is None or not confirm(plan) or wishes.dry_run:
            return tuple(done)
        if (published := _saved(plan, account, wishes, tell)) is not None:
            if title == expansion.article.title:
                published = _with_talk(published, plan, account)
            done.append(published)
            saved(published)
    raise EditConflict(f"“{title}” changes faster than it can be edited; nothing more was saved: publish again later.")


def prepare(
    expansion: Expansion, account: Account, title: str, brought: Collection[str] = (), *, leave_out: bool = False
) -> Plan | None:
    """The next edit, None where the page has all decided passages."""
    now = account.look(title)
    if now.revision is None:
        raise EditConflict(f"“{title}” was deleted; nothing was saved: read the wiki's deletion log.")
    if now.redirect:
        raise EditConflict(f"“{title}” has become a redirect; nothing was saved: expand the page that it leads to.")
    if now.refused:
        raise refusal(title, now.refused[0])
    rebased = rebase(expansion, now.revision, brought)
    if rebased.unplaced and not leave_out:
        listed = "; ".join(f"{item.passage}: {item.reason}" for item in rebased.unplaced)
        raise EditConflict(
            f"“{title}” was changed since it was read, and not every passage fits any more; nothing was saved "
            f"({listed}). Run “expander expand” anew, or publish the rest with --leave-out."
        )
    drafts = make_drafts(rebased.expansion)
    draft = drafts[0]
    if draft.text == draft.base:
        return None
    _check_references(account, title, draft)
    return Plan(
        title,
        now,
        draft,
        now.revision.text != expansion.base,
        rebased.unplaced,
        rebased.present,
        len(drafts) - 1,
    )


def _check_rules(expansion: Expansion, wishes: Wishes, *, mainspace: bool) -> None:
    against = obstacles(expansion, revised=wishes.revised, mainspace=mainspace, may_be_llm=wishes.may_be_llm)
    if against:
        reasons = " ".join(f"{item.message}{f' ({item.rule})' if item.rule else ''}" for item in against)
        raise InputError(f"Nothing is published. {reasons}")


def _check_references(account: Account, title: str, draft: Draft) -> None:
    """A draft must not show a reference error that the page did not have."""
    before = account.cite_errors(title, draft.base)
    new = [error for error in account.cite_errors(title, draft.text) if error not in before]
    if new:
        raise InputError(f"Nothing is published: the draft would show “{new[0]}”; edit the passage that has it.")


def _saved(plan: Plan, account: Account, wishes: Wishes, tell: Tell) -> Published | None:
    """The saved edit; None where the page changed since the plan was made."""
    base = plan.now.revision
    newest = account.look(plan.title)
    if base is None or newest.revision is None or newest.revision.revid != base.revid:
        tell(f"“{plan.title}” was changed while the draft was shown; here it is anew.")
        return None
    try:
        submission = Submission(newest, plan.draft.text, plan.draft.summary)
        revid = account.save(submission, despite_warning=wishes.despite_warning)
    except EditConflict as conflict:
        tell(f"{conflict} Looking at the page anew.")
        return None
    after = account.look(plan.title).revision
    exact = after is not None and after.revid == revid and after.text == plan.draft.text.rstrip()
    return Published(plan.title, revid, plan.draft.passages, plan.draft.summary, exact)


def _with_talk(published: Published, plan: Plan, account: Account) -> Published:
    """Name the sources on the talk page; where that fails, the edit stands and the text is handed back."""
    text = talk_template(plan.draft.sources, published.revid, plan.draft.section)
    published = replace(published, talk_title=plan.now.talk, talk=text)
    try:
        now = account.look(plan.now.talk)
        if now.refused:
            raise refusal(now.title, now.refused[0])
        if now.revision is not None and text.strip() in now.revision.text:
            return replace(published, talk_revid=now.revision.revid)
        summary = _talk_summary(published.revid, plan.draft.sources)
        return replace(published, talk_revid=account.save(Submission(now, text, summary, prepends=True)))
    except ExpanderError as error:
        return replace(published, talk_trouble=str(error))


def _talk_summary(revid: int, sources: tuple[Source, ...]) -> str:
    named = " and ".join(f"[[:{source.lang}:{source.title}]]" for source in sources)
    return f"Attribution of [[Special:Diff/{revid}]], translated from {named}"[:500]


def _copy(expansion: Expansion, now: Look, wishes: Wishes) -> Plan:
    """The target page begins as a copy of the article, attributed as WP:CWW asks."""
    tag = "" if now.in_mainspace else tag_of(expansion, wishes.may_be_llm)
    text = tag + expansion.base
    return Plan(now.title, now, Draft("", text, summary=copy_summary(expansion)), following=len(make_drafts(expansion)))


def copy_summary(expansion: Expansion) -> str:
    """The edit summary of a page that begins as a copy of the article."""
    article = expansion.article
    return (
        f"Copied content from [[{article.title}]] (revision {article.revid}); see that page's history for attribution"
    )


def tag_of(expansion: Expansion, may_be_llm: Callable[[str], bool]) -> str:
    """The tag on top of a page that is no article, where a language model may have translated; else ""."""
    engines = {name for proposal in expansion.proposals if decided(proposal) for name in proposal.engines}
    return LLM_TAG if any(map(may_be_llm, engines)) else ""
