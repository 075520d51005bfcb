"""``expander expand``: the whole journey up to the proposal folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from expander.cli.options import Options
from expander.cli.screen import Screen

if TYPE_CHECKING:
    from expander.config import Config
    from expander.proposals.expansion import Expansion, Page

UNTRANSLATED = 4


def run_expand(options: Options, *, shows_coverage: bool = False) -> int:
    """Expand, write the folder, show the diff; 4 where passages are left untranslated."""
    from expander import __version__
    from expander.cli.tools import open_tools
    from expander.config import load_config
    from expander.draft import make_drafts, translated
    from expander.folder import carry_over, write_proposal
    from expander.pipeline import expand
    from expander.store import check_writable, folder_name, load

    screen = Screen(options.common, json=options.json)
    config = load_config(options.config)
    if options.out:
        check_writable(options.out)
    tools = open_tools(options, config, screen)
    expansion = _located(expand(options.request(), tools), options, config)
    folder = options.out or Path("expansions") / folder_name(expansion.article.title)
    if (folder / "proposal.json").exists():
        expansion = carry_over(load(folder), expansion)
    files = write_proposal(folder, expansion, __version__)
    screen.summary(expansion)
    screen.detail(tools.lookup.traffic)
    if shows_coverage or options.common.verbose:
        screen.coverage(expansion.coverage)
    if options.json:
        screen.write((folder / "proposal.json").read_text(encoding="utf-8"))
    else:
        screen.changes(expansion, make_drafts(expansion, translated), files["changes.diff"])
    return _conclude(expansion, folder, screen)


def _located(expansion: Expansion, options: Options, config: Config) -> Expansion:
    """``expansion`` with what later commands must know of the wikis that it comes from."""
    from expander.sample import is_sample
    from expander.seed import read_seed

    def located(page: Page) -> Page:
        return replace(page, index=config.index(page.lang) if page.lang in config.wikis else "")

    return replace(
        expansion,
        article=located(expansion.article),
        coverage=tuple(replace(item, page=located(item.page)) for item in expansion.coverage),
        sample=options.offline and is_sample(read_seed(options.article)),
    )


def _conclude(expansion: Expansion, folder: Path, screen: Screen) -> int:
    proposals = expansion.proposals
    left = [proposal for proposal in proposals if proposal.wikitext is None]
    if not proposals:
        screen.remark("Nothing is missing: English has everything that the counterparts have.")
    else:
        screen.remark(f"{len(proposals)} passages are proposed in {folder}; look at {folder / 'report.html'},")
        screen.remark(f"then decide: expander review '{folder}'")
    if expansion.offers:
        screen.remark(
            f"{len(expansion.offers)} infobox values, categories and banners are offered apart, in the report."
        )
    if left:
        screen.warn(f"{len(left)} of them could not be translated: {left[0].untranslated}")
    return UNTRANSLATED if left else 0
