"""What a run shows: progress and remarks on standard error, results on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from expander.cli.options import Common
from expander.printable import printable

if TYPE_CHECKING:
    from rich.console import Console

    from expander.draft import Draft
    from expander.proposals.expansion import Coverage, Expansion


class Screen:
    """The two streams of a run. Colour only on a terminal, and never with NO_COLOR (https://no-color.org)."""

    def __init__(self, common: Common, *, json: bool = False) -> None:
        from rich.console import Console

        self.common = common
        self.err = Console(stderr=True, highlight=False, soft_wrap=True)
        self.out = Console(highlight=False, soft_wrap=True)
        self.results = self.err if json else self.out

    def remark(self, text: str) -> None:
        """A sentence for the person, on standard error."""
        if not self.common.quiet:
            wipe_progress()
            self.err.print(printable(text), markup=False)

    def warn(self, text: str) -> None:
        """A sentence that is shown even with --quiet."""
        wipe_progress()
        self.err.print(printable(text), markup=False, style="yellow")

    def detail(self, text: str) -> None:
        """A sentence for --verbose."""
        if self.common.verbose:
            wipe_progress()
            self.err.print(printable(text), markup=False, style="dim")

    def progress(self, what: str, done: int, total: int) -> None:
        """One line that is overwritten, on a terminal only."""
        if self.common.quiet or not self.err.is_terminal:
            return
        line = f"{what} {done}/{total}"
        sys.stderr.write(f"\r\x1b[K{printable(line)}" if done < total else "\r\x1b[K")
        sys.stderr.flush()

    def write(self, text: str) -> None:
        """A result, byte for byte where it goes to a file or a pipe."""
        if sys.stdout.isatty():
            self.out.print(printable(text), markup=False, end="")
        else:
            sys.stdout.write(text)
            sys.stdout.flush()

    def changes(self, expansion: Expansion, drafts: Iterable[Draft], patch: str) -> None:
        """What drafts change: on a terminal word by word, each passage below its source; elsewhere the ``patch``."""
        if not sys.stdout.isatty():
            self.write(patch)
            return
        from expander.review.page_diff import show

        for draft in drafts:
            for line in show(expansion, draft, self.out):
                self.out.print(line, soft_wrap=False)

    def patch(self, patch: str) -> None:
        """A patch; in colour on a terminal, byte for byte elsewhere."""
        if not sys.stdout.isatty():
            self.write(patch)
            return
        styles = {"@": "cyan", "+": "green", "-": "red", "#": "dim"}
        for line in patch.split("\n")[:-1]:
            self.out.print(printable(line), markup=False, style=styles.get(line[:1], ""))

    def coverage(self, coverage: Iterable[Coverage]) -> None:
        """A table a counterpart: its sections, their size here and there, and what is missing."""
        for item in coverage:
            _coverage_table(self.results, item)

    def summary(self, expansion: Expansion) -> None:
        """Remarks that belong to a run: where the base comes from, what was skipped."""
        for note in expansion.notes:
            self.remark(note)
        for skipped in expansion.skipped:
            self.warn(f"{skipped.what}: {skipped.reason}")


def wipe_progress() -> None:
    """Remove a line of progress that work left standing when it broke off or has something to say."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _coverage_table(console: Console, coverage: Coverage) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from expander.language import language_name

    page = coverage.page
    table = Table(
        title=Text(printable(f"{language_name(page.lang)}: {page.title}"), style="bold"),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    table.add_column("Section")
    table.add_column("in English")
    for heading in ("here", "there", "covered", "partial", "missing"):
        table.add_column(heading, justify="right")
    for section in coverage.sections:
        if section.back_matter or not section.sentences:
            continue
        indent = "  " * max(0, section.level - 2)
        matches = ", ".join(match or "(lead)" for match in section.matches)
        table.add_row(
            Text(printable(indent + (section.heading or "(lead)"))),
            Text(printable(matches or "–"), style="" if matches else "dim"),
            str(section.sentences),
            str(section.english_sentences),
            Text(str(section.covered), style="green" if section.covered else "dim"),
            Text(str(section.partial), style="yellow" if section.partial else "dim"),
            Text(str(section.missing), style="red" if section.missing else "dim"),
        )
    console.print(table)
