"""What a draft changes in the page, to be read by a person: word by word, with the sentences around it.

``changes.diff`` is for programs; a paragraph is one line there, shown twice. Here each change stands once, in its
section, below the passage that it comes from.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expander.articles import file_revision, read
from expander.draft.draft import Draft, passage_text
from expander.language import language_name
from expander.proposals.expansion import Expansion
from expander.proposals.proposal import Proposal
from expander.review import screen
from expander.review.decisions import final_findings
from expander.review.words import Run, word_changes

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_HINT = 40  # characters at a passage's beginning that tell it from others
_LEADING = re.compile(r"(?:^=+[^=\n]+=+\s+)*(?:^[*#:;]+ *)?\Z", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Change:
    """Adjacent lines that changed: the section they stand in, and the runs, what stayed cut down to the sentences next
    to a change.
    """

    section: str
    runs: tuple[Run, ...]


def page_changes(base: str, draft: str) -> tuple[Change, ...]:
    """The changes from ``base`` to ``draft``, in page order."""
    old, new = base.splitlines(keepends=True), draft.splitlines(keepends=True)
    changes, section, seen = [], "", 0
    for kind, start, end, other_start, other_end in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        section = _section(new[seen:other_start]) or section
        seen = other_start
        if kind == "equal":
            continue
        runs = word_changes("".join(old[start:end]), "".join(new[other_start:other_end]))
        before = [] if _stayed(runs[0]) else [Run("same", _nearest(reversed(old[:start])))]
        after = [] if _stayed(runs[-1]) else [Run("same", _nearest(old[end:]))]
        changes.append(Change(section, tuple(_shortened((*before, *runs, *after)))))
    return tuple(changes)


def show(expansion: Expansion, draft: Draft, console: Console) -> Iterator[RenderableType]:
    """The changes of a draft for ``console``: each passage below its source and findings."""
    from rich.rule import Rule

    own = [proposal for proposal in expansion.proposals if proposal.id in draft.passages]
    for change in page_changes(draft.base, draft.text):
        yield ""
        yield Rule(screen.text(change.section or "Lead", "bold"), align="left", style="dim")
        for proposal, runs in _by_passage(change.runs, own):
            if proposal is not None:
                yield _provenance(proposal)
                yield from (screen.finding_line(finding) for finding in final_findings(proposal))
            yield screen.runs_line(runs, screen.is_plain(console))


def _provenance(proposal: Proposal) -> RenderableType:
    place = f", {proposal.source_section}" if proposal.source_section else ""
    engines = f"; translated by {', '.join(proposal.engines)}" if proposal.engines else ""
    return screen.text(f"{proposal.id}: {language_name(proposal.gap.lang)}{place}{engines}", "cyan")


def _by_passage(
    runs: Iterable[Run], proposals: Sequence[Proposal]
) -> Iterator[tuple[Proposal | None, tuple[Run, ...]]]:
    """``runs`` cut before each passage; None: what stands before the first, or belongs to none."""
    passage: Proposal | None = None
    gathered: list[Run] = []
    for run in runs:
        cuts = _beginnings(run.text, proposals) if run.kind == "ins" else []
        at = 0
        for place, proposal in cuts:
            gathered += [Run("ins", run.text[at:place])] if place > at else []
            if gathered:
                yield passage, tuple(gathered)
            passage, gathered, at = proposal, [], place
        gathered.append(Run(run.kind, run.text[at:]))
    yield passage, tuple(gathered)


def _beginnings(added: str, proposals: Sequence[Proposal]) -> list[tuple[int, Proposal]]:
    """Where each passage begins in new text, with the headings that it opens."""
    found = []
    for proposal in proposals:
        hint = (passage_text(proposal) or "").lstrip("*#:; ")[:_HINT]
        place = added.find(hint) if hint else -1
        if place >= 0:
            before = _LEADING.search(added, 0, place)
            found.append((before.start() if before else place, proposal))
    return sorted(found, key=lambda item: item[0])


def _section(lines: Iterable[str]) -> str:
    """The last heading of ``lines``, "" where there is none."""
    headings = [line.strip().strip("=").strip() for line in lines if line.startswith("==")]
    return headings[-1] if headings else ""


def _stayed(run: Run) -> bool:
    """Whether the run is context: words that stayed."""
    return run.kind == "same" and bool(run.text.strip())


def _nearest(lines: Iterable[str]) -> str:
    """The first line with anything in it."""
    return next((line for line in lines if line.strip()), "")


def _shortened(runs: Sequence[Run]) -> Iterator[Run]:
    """``runs`` with long stretches of what stayed cut to the sentences next to a change."""
    for index, run in enumerate(runs):
        if run.kind != "same" or not run.text.strip():
            yield run
            continue
        first, last = _edges(run.text)
        if index == 0:
            yield Run("same", last if last.strip() == run.text.strip() else f"… {last}")
        elif index == len(runs) - 1:
            yield Run("same", first if first.strip() == run.text.strip() else f"{first} …\n")
        else:
            yield run if len(first) + len(last) >= len(run.text) else Run("same", f"{first} … {last}")


def _edges(text: str) -> tuple[str, str]:
    """The first and the last sentence of ``text``, with the white space at its ends."""
    found = read(file_revision(text, "en", "")).sentences
    if not found:
        return text, text
    return text[: found[0].span.end], text[found[-1].span.start :]
