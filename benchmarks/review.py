"""What deciding costs: the report's time and size, the review's first screen, a decision, `apply`; for the labelled
sample's 36 passages and for 28 times as many.
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.journey.running import command
from tests.review.sample import sample_expansion

from expander import store
from expander.draft import make_drafts
from expander.proposals.expansion import Expansion
from expander.proposals.proposal import Choice
from expander.review import decide, render_report

RUNS = 5
TIMES = 28


def main() -> None:
    """Print the figures: medians of several runs."""
    sample = sample_expansion()
    for expansion in (sample, _longer(sample, TIMES)):
        with tempfile.TemporaryDirectory() as place:
            _measure(expansion, Path(place) / "proposal")


def _measure(expansion: Expansion, folder: Path) -> None:
    store.save(folder, expansion, "0")
    report, kept = len(render_report(expansion, "0").encode()), (folder / "proposal.json").stat().st_size
    accepted = _all(expansion)
    print(f"{len(expansion.proposals)} passages")
    print(f"  report.html      {_median(lambda: render_report(expansion, '0')):6.2f} s, {report:,} bytes")
    print(f"  proposal.json    {_median(lambda: store.load(folder)):6.2f} s to read, {kept:,} bytes")
    print(f"  a decision kept  {_median(lambda: store.update(folder, _accepted, '0')):6.2f} s")
    print(f"  make_drafts      {_median(lambda: make_drafts(accepted)):6.2f} s, everything accepted")
    print(f"  review           {_median(lambda: _first_screen(folder)):6.2f} s to the first screen, from the shell")
    print(f"  review --list    {_median(lambda: _run(folder, 'review', '--list')):6.2f} s, from the shell")
    store.save(folder, accepted, "0")
    print(f"  apply            {_median(lambda: _run(folder, 'apply')):6.2f} s, everything accepted, from the shell")


def _longer(expansion: Expansion, times: int) -> Expansion:
    """The same passages several times, each time under other ids."""
    return expansion.with_proposals(
        replace(proposal, id=f"{proposal.id}-{number}", gap=replace(proposal.gap, id=f"{proposal.gap.id}-{number}"))
        for proposal in expansion.proposals
        for number in range(times)
    )


def _accepted(expansion: Expansion) -> Expansion:
    return decide(expansion, expansion.proposals[0].id, Choice.ACCEPTED)


def _all(expansion: Expansion) -> Expansion:
    for proposal in expansion.proposals:
        if proposal.wikitext is not None:
            expansion = decide(expansion, proposal.id, Choice.ACCEPTED)
    return expansion


def _first_screen(folder: Path) -> None:
    line, options = command("review", folder, cwd=folder.parent)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(line, **pipes, **options) as review:  # type: ignore[call-overload]
        while review.stdout.read(1) != "›":
            pass
        review.kill()


def _run(folder: Path, name: str, *more: str) -> None:
    line, options = command(name, folder, *more, cwd=folder.parent)
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)  # type: ignore[call-overload]


def _median(do: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        do()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
