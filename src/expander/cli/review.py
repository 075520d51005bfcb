"""``expander review``: decide passage by passage, in a terminal or by options."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from expander.cli.options import Options
from expander.cli.screen import Screen
from expander.errors import InputError

if TYPE_CHECKING:
    from expander.gaps.gap import Twin
    from expander.proposals.expansion import Expansion
    from expander.proposals.lookup import Lookup
    from expander.proposals.proposal import Proposal
    from expander.review import Helpers

Change = Callable[["Expansion"], "Expansion"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the options ask for: ``accept`` ID, ``reject`` ID or ID=REASON, ``edit`` ID=FILE, ``tick`` ITEM."""

    accept: Sequence[str] = ()
    reject: Sequence[str] = ()
    edit: Sequence[str] = ()
    tick: Sequence[str] = ()
    list: bool = False

    @property
    def decide(self) -> bool:
        """Whether the options decide on anything, so that no review is begun."""
        return bool(self.accept or self.reject or self.edit or self.tick)


@dataclass(frozen=True, slots=True)
class _Kept:
    """The proposal folder, as the review wants it."""

    path: Path

    def load(self) -> Expansion:
        from expander.store import load

        return load(self.path)

    def update(self, change: Change) -> Expansion:
        from expander import __version__
        from expander.store import update

        return update(self.path, change, __version__)


def run_review(options: Options, folder: Path, wishes: Wishes) -> int:
    """Decide as the options say, or begin the review; the report then shows what was decided."""
    from expander import __version__
    from expander.review import LineKeys, TerminalKeys, render_report, session
    from expander.store import write_files

    screen = Screen(options.common, json=options.json)
    kept = _Kept(folder)
    if wishes.decide:
        expansion = kept.update(lambda expansion: _decided(expansion, wishes))
    elif wishes.list:
        expansion = kept.load()
    else:
        is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
        keys = TerminalKeys() if is_terminal else LineKeys(sys.stdin)
        screen.out.soft_wrap = False
        helpers = _helpers(kept, _as_made(options, kept.load()), screen)
        expansion = session(kept, screen.out, keys, helpers)
    if not wishes.list or wishes.decide:
        write_files(folder, {"report.html": render_report(expansion, __version__)})
    if wishes.list or wishes.decide:
        _show(expansion, screen, options.json)
    screen.remark(f"Then: expander apply '{folder}'")
    return 0


def _decided(expansion: Expansion, wishes: Wishes) -> Expansion:
    from expander.proposals.proposal import Choice
    from expander.review import decide, find, recheck, tick
    from expander.seed.read import read_text_file

    for passage in wishes.accept:
        expansion = decide(expansion, passage, Choice.ACCEPTED)
    for wish in wishes.reject:
        passage, _, reason = wish.partition("=")
        expansion = decide(expansion, passage, Choice.REJECTED, reason=reason)
    for wish in wishes.edit:
        passage, equals, name = wish.partition("=")
        if not equals:
            raise InputError(f"--edit {wish} names no file; write --edit {passage}=FILE.")
        text = read_text_file(Path(name)).replace("\r\n", "\n").strip("\n")
        expansion = decide(expansion, passage, Choice.EDITED, text, findings=recheck(find(expansion, passage), text))
    for item in wishes.tick:
        expansion = tick(expansion, item)
    return expansion


def _show(expansion: Expansion, screen: Screen, json: bool) -> None:
    import msgspec

    from expander.review import final_findings, unmodified
    from expander.review.screen import listing, summary

    shares = unmodified(expansion)
    if json:
        passages = [
            {
                "id": proposal.id,
                "decision": proposal.decision.choice,
                "reason": proposal.decision.reason,
                "section": proposal.section,
                "findings": [finding.code for finding in final_findings(proposal)],
                "text": proposal.translation,
                "unmodified": shares.passages.get(proposal.id),
            }
            for proposal in expansion.proposals
        ]
        screen.write(msgspec.json.encode(passages).decode() + "\n")
        return
    for line in listing(expansion, expansion.proposals):
        screen.out.print(line, soft_wrap=not screen.out.is_terminal)
    for sentence in summary(expansion, shares):
        screen.remark(sentence)


def _as_made(options: Options, expansion: Expansion) -> Options:
    """The options of the review; the sample's folder is reviewed with the sample's replies and memory."""
    if not expansion.sample or options.memory is not None:
        return options
    return replace(options, article=expansion.article.title, offline=True)


def _helpers(kept: _Kept, options: Options, screen: Screen) -> Helpers:
    """What makes a passage anew; the tools are opened only when an editor asks for it."""
    from expander.config import load_config
    from expander.engines.registry import get
    from expander.review import Helpers
    from expander.review.remake import from_twin, with_engine

    config = load_config(options.config)
    names = tuple(engine.info.name for engine in get(options.engines, config.engines, offline=options.offline))

    def lookup(engines: tuple[str, ...] | None, *, remembers: bool) -> Lookup:
        from expander.cli.tools import open_tools

        return open_tools(replace(options, engines=engines), config, screen, remembers=remembers).lookup

    def other_source(proposal: Proposal, twin: Twin) -> Proposal:
        return from_twin(kept.load(), proposal, twin, lookup(options.engines, remembers=True))

    def other_engine(proposal: Proposal, name: str) -> Proposal:
        return with_engine(kept.load(), proposal, lookup((name,), remembers=False))

    return Helpers(other_source=other_source, other_engine=other_engine if names else None, engines=names)
