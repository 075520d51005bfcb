"""``expander publish``: show the edit, ask, save it, and say what happened."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import typer

from expander.cli.options import Common
from expander.cli.screen import Screen
from expander.errors import InputError

if TYPE_CHECKING:
    from expander.config import Config
    from expander.proposals.expansion import Expansion
    from expander.publication import Plan, Published


@dataclass(frozen=True, slots=True)
class PublishOptions:
    """What the user asked for."""

    folder: Path
    dry_run: bool
    target: str | None
    revised: bool
    leave_out: bool
    despite_warning: bool
    yes: bool
    opens: bool
    config: Path | None
    json: bool


def run_publish(common: Common, options: PublishOptions) -> int:
    """Publish the decided passages of a folder."""
    import msgspec

    from expander.config import load_config
    from expander.publication import Account, Wishes, publish, read_credentials
    from expander.store import load
    from expander.wiki import user_agent

    screen = Screen(common, json=options.json)
    config = load_config(options.config)
    expansion = load(options.folder)
    account = read_credentials()
    if account is None:
        _by_hand(expansion, options, config, screen)
        if options.json:
            screen.write("[]\n")
        return 0
    lang = expansion.article.lang
    wishes = Wishes(
        options.target,
        options.revised,
        options.leave_out,
        options.despite_warning,
        options.dry_run,
        _may_be_llm(config),
    )
    done = publish(
        expansion,
        Account(lang, config.endpoint(lang), account, agent=user_agent(config.contact), warn=screen.warn),
        lambda plan: _confirmed(plan, options, screen),
        wishes,
        screen.remark,
        lambda published: _report(published, screen),
    )
    if options.json:
        screen.write(msgspec.json.encode(done).decode() + "\n")
    elif options.dry_run:
        screen.remark("A dry run: nothing was saved.")
    elif not done:
        screen.remark("Nothing was saved.")
    return 0


def _confirmed(plan: Plan, options: PublishOptions, screen: Screen) -> bool:
    """Show the edit and ask. Raises InputError where nobody can be asked."""
    from expander.draft import unified_diff

    if not plan.draft.passages:
        screen.remark(f"“{plan.title}” does not exist yet; it begins as a copy of the article.")
    if plan.rebased and options.target is None:
        screen.warn(f"“{plan.title}” was changed since it was read; the passages were put into its newest revision.")
    for passage in plan.present:
        screen.warn(f"{passage}: the page has this already.")
    for item in plan.unplaced:
        screen.warn(f"{item.passage} is left out: {item.reason}")
    if not options.json and plan.draft.passages:
        screen.patch(unified_diff(plan.draft.base, plan.draft.text, plan.title.replace("/", "_")))
    screen.remark(f"\nEdit summary:\n{plan.draft.summary}")
    if plan.following:
        screen.remark(
            f"{plan.following} more {'edit follows' if plan.following == 1 else 'edits follow'} after this one."
        )
    if options.dry_run or options.yes:
        return True
    if not sys.stdin.isatty():
        raise InputError("Nobody can be asked whether to save this: run it in a terminal, or say --yes.")
    return typer.confirm(f"Save this to “{plan.title}”?", default=False, err=True)


def _report(published: Published, screen: Screen) -> None:
    screen.remark(f"Saved as revision {published.revid} of “{published.title}”.")
    if not published.exact:
        screen.warn("Somebody's edit was merged with yours, or the wiki changed the text; look at the page's history.")
    if published.talk_revid:
        screen.remark(f"The talk page “{published.talk_title}” names the sources (revision {published.talk_revid}).")
    elif published.talk:
        screen.warn(f"The talk page could not be edited ({published.talk_trouble}) Paste this there by hand:")
        screen.warn(published.talk)


def _by_hand(expansion: Expansion, options: PublishOptions, config: Config, screen: Screen) -> None:
    """Without an account: what to paste where."""
    from expander.draft import make_drafts
    from expander.publication import HOW, copy_summary, obstacles, tag_of

    drafts = [draft for draft in make_drafts(expansion) if draft.passages]
    if not drafts:
        raise InputError("No passage is accepted: decide with “expander review” first.")
    names = [
        f"draft-{number}.wikitext" if len(drafts) > 1 else "draft.wikitext" for number in range(1, len(drafts) + 1)
    ]
    for name, draft in zip(names, drafts, strict=True):
        if not _holds(options.folder / name, draft.text):
            raise InputError(f"{options.folder / name} is not what you decided by now: run “expander apply” first.")
    may_be_llm = _may_be_llm(config)
    for item in obstacles(expansion, revised=options.revised, mainspace=options.target is None, may_be_llm=may_be_llm):
        screen.warn(f"{item.message}{f' ({item.rule})' if item.rule else ''}")
    title = options.target or expansion.article.title
    url = f"{config.index(expansion.article.lang)}?title={quote(title.replace(' ', '_'))}&action=edit"
    screen.remark(f"No account is configured, so nothing is sent. {HOW}\n")
    tag = "" if options.target is None else tag_of(expansion, may_be_llm).strip()
    if options.target is not None:
        screen.remark(
            f"Or by hand: begin “{title}” as a copy of the article: paste {options.folder / 'base.wikitext'} into\n"
            f"{url}\n"
            f"{f'below {tag} as its first line, ' if tag else ''}with this edit summary:"
        )
        screen.results.print(copy_summary(expansion), markup=False)
    for number, (name, draft) in enumerate(zip(names, drafts, strict=True)):
        again = "Or by hand: paste" if number == 0 and options.target is None else "Then paste"
        below = f"below {tag} " if tag else ""
        screen.remark(f"{again} {options.folder / name} {below}into\n{url}\nwith this edit summary:")
        screen.results.print(draft.summary, markup=False)
        if options.target is None:
            screen.remark("and, after saving, with the new revision's id as insertversion, this onto the talk page:")
            screen.results.print(draft.talk, markup=False)
    if options.opens:
        typer.launch(url)


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode("utf-8", "surrogatepass")
    except OSError:
        return False


def _may_be_llm(config: Config) -> Callable[[str], bool]:
    """Whether an engine may hold a language model; one that nobody knows may."""
    from expander.engines.overview import overview

    known = {item.name: item.info.may_use_llm for item in overview(config.engines) if item.info}
    return lambda name: known.get(name, True)
