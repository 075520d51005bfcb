"""The review's desk: the passage that lies on it, and what the editor's actions have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from expander.articles import Article, file_revision, read
from expander.gaps.gap import Twin
from expander.proposals.expansion import Expansion, SentenceCoverage
from expander.proposals.proposal import Choice, Decision, Proposal
from expander.review import screen
from expander.review.decisions import decide, find, replaced
from expander.review.editing import Editor, system_editor
from expander.review.keys import Keys
from expander.values import Finding

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


class Folder(Protocol):
    """The proposal folder. ``update`` loads what is there *now*, changes it and saves it, while nobody else does: two
    reviews of one folder lose none of each other's decisions.
    """

    def load(self) -> Expansion:
        """What is kept now."""

    def update(self, change: Callable[[Expansion], Expansion]) -> Expansion:
        """Change what is kept now. Raises StorageError, and what ``change`` raises; then nothing has changed."""


@dataclass(frozen=True, slots=True)
class Helpers:
    """What the review can ask for beyond the folder; without a function, its key says that it cannot be had.

    ``other_source`` makes the passage anew from a twin, ``other_engine`` with the engine of that name (one of
    ``engines``); both return a proposal that takes the place of the old one, or raise ExpanderError.
    """

    edit: Editor = system_editor
    other_source: Callable[[Proposal, Twin], Proposal] | None = None
    other_engine: Callable[[Proposal, str], Proposal] | None = None
    engines: tuple[str, ...] = ()


class DecidedElsewhere(Exception):
    """The passage was decided on, or changed, in another review since it was shown."""


class Desk:
    """One passage at a time; every decision is written before the next passage is shown."""

    def __init__(self, folder: Folder, console: Console, keys: Keys, helpers: Helpers) -> None:
        self.folder, self.console, self.keys, self.helpers = folder, console, keys, helpers
        self.expansion = folder.load()
        self.decided: list[str] = []  # passages decided on in this review, for undo
        self.at = 0
        self.advance(from_here=True)

    @property
    def passage(self) -> Proposal:
        """The passage on the desk."""
        return self.expansion.proposals[self.at]

    @cached_property
    def base(self) -> Article:
        """The English article."""
        return read(file_revision(self.expansion.base, self.expansion.article.lang, self.expansion.article.title))

    def show(self) -> None:
        """Print the passage."""
        place = (self.at + 1, len(self.expansion.proposals))
        self.console.print(screen.passage(self.passage, place, self.compared(), self.console))

    def compared(self) -> list[SentenceCoverage]:
        """The passage's sentences, as they were compared with English."""
        own = set(self.passage.gap.sentences)
        every = (sentence for coverage in self.expansion.coverage for sentence in coverage.sentences)
        return [sentence for sentence in every if sentence.verdict.sentence in own]

    def say(self, what: RenderableType, style: str = "") -> None:
        """Print a sentence (made harmless), or what the screen made."""
        self.console.print(screen.text(what, style) if isinstance(what, str) else what)

    def asks(self, question: str) -> bool:
        """Whether the editor answers yes; any key but y is no."""
        self.say(question)
        self.console.print("[y/n] ", end="", markup=False)
        answer = self.keys.key()
        self.say(answer)
        return answer in {"y", "Y"}

    def choose(self, options: Sequence[str], none: str) -> int | None:
        """Which of ``options`` the editor wants; the only one needs no question."""
        if len(options) < 2:
            if not options:
                self.say(none)
            return 0 if options else None
        for number, option in enumerate(options, start=1):
            self.say(f"  {number}  {option}")
        answer = (self.keys.line(f"Which one? (1–{len(options)}) ") or "").strip()
        return int(answer) - 1 if answer.isdecimal() and 0 < int(answer) <= len(options) else None

    def keep(
        self, choice: Choice, wikitext: str | None = None, reason: str = "", findings: Sequence[Finding] = ()
    ) -> None:
        """Write the decision on this passage."""
        passage = self.passage.id
        self.update(lambda kept: decide(kept, passage, choice, wikitext, reason, findings))
        self.decided.append(passage)

    def exchange(self, made: Proposal) -> None:
        """Put another text in the passage's place, undecided."""
        passage = replace(made, id=self.passage.id, decision=Decision())
        self.update(lambda kept: replaced(kept, passage))

    def update(self, change: Callable[[Expansion], Expansion]) -> None:
        """Change the folder. Raises DecidedElsewhere where this passage is no longer what was shown."""
        shown = self.passage

        def checked(kept: Expansion) -> Expansion:
            if find(kept, shown.id) != shown:
                raise DecidedElsewhere
            return change(kept)

        self.refresh(self.folder.update(checked))

    def refresh(self, expansion: Expansion) -> None:
        """Take over what the folder holds now, and stay at this passage (at the first part of a split one)."""
        passage = self.passage.id
        self.expansion = expansion
        ids = [proposal.id for proposal in expansion.proposals]
        first_part = next((index for index, other in enumerate(ids) if other.startswith(f"{passage}.")), None)
        self.at = ids.index(passage) if passage in ids else first_part or 0

    def advance(self, from_here: bool = False) -> bool:
        """Go to the next undecided passage, round to the beginning; False where there is none."""
        count = len(self.expansion.proposals)
        for step in range(0 if from_here else 1, count):
            index = (self.at + step) % count
            if self.expansion.proposals[index].decision.choice is Choice.UNDECIDED:
                self.at = index
                return True
        return False
