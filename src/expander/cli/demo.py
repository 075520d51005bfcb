"""``expander demo``: the whole journey on the sample article, without a network."""

from __future__ import annotations

import tempfile
from pathlib import Path

from expander.cli.expand import run_expand
from expander.cli.options import Common, Options
from expander.cli.screen import Screen

TITLE = "Russia–Tajikistan relations"


def run_demo(common: Common, out: Path | None, *, json: bool) -> int:
    """Replay the sample's recorded replies, translate from its memory, show coverage, diff, summary and report."""
    from expander.sample import memory_path

    screen = Screen(common, json=json)
    folder = out or Path("expansions") / TITLE
    screen.remark(
        "This is a sample: articles written for expander, not the live pages. The wikis' replies were recorded from\n"
        "real MediaWikis, and the English comes from a translation memory made for the sample; no engine is asked."
    )
    with tempfile.TemporaryDirectory() as cache:
        options = Options(
            common,
            TITLE,
            out=folder,
            offline=True,
            cache=Path(cache),
            memory=memory_path(),
            engines=(),
            json=json,
        )
        status = run_expand(options, shows_coverage=True)
    if not json:
        summary = (folder / "summary.txt").read_text(encoding="utf-8")
        screen.results.print(f"\nEdit summary:\n{summary}", markup=False, end="")
        screen.results.print(f"\nReport: {(folder / 'report.html').resolve()}", markup=False)
    return status
