"""Consecutive missing sentences of one paragraph, list or table form a passage."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

from expander.alignment.verdict import Alignment, Status, Verdict
from expander.articles.article import BlockKind, Sentence
from expander.values import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of one counterpart that enter English together, or not at all.

    ``whole`` tells that they are all that their paragraph, list or table holds.
    """

    alignment: Alignment
    sentences: tuple[Sentence, ...]
    kind: BlockKind
    whole: bool

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts of the sentences."""
        return tuple(self.alignment.by_sentence[sentence.id] for sentence in self.sentences)

    @property
    def span(self) -> Span:
        """The sentences in the counterpart's text; for a whole list or table the blocks with their markup."""
        first, last = self.sentences[0], self.sentences[-1]
        if self.kind is BlockKind.PARAGRAPH:
            return Span(first.span.start, last.span.end)
        blocks = self.alignment.counterpart.blocks
        if self.kind is BlockKind.TABLE and not self.whole:
            return Span(first.span.start, last.span.end)
        return Span(blocks[first.block].span.start, blocks[last.block].span.end)

    @property
    def introduces(self) -> bool:
        """Whether its last sentence introduces the list below it."""
        last = self.sentences[-1]
        if self.kind is not BlockKind.PARAGRAPH or not last.plain.endswith(":"):
            return False
        below = self.alignment.counterpart.blocks[last.block + 1 : last.block + 2]
        return any(block.kind is BlockKind.LIST_ITEM and block.section == last.section for block in below)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What English lacks, where the sentences are partial ones."""
        return tuple(fact for verdict in self.verdicts for fact in verdict.lacks)


def passages(alignment: Alignment, without: Collection[str] = ()) -> Iterator[Passage]:
    """The passages of ``alignment`` in page order; sentences ``without`` count as if English had them."""
    article = alignment.counterpart
    for _, members in groupby(article.sentences, key=lambda sentence: _container(alignment, sentence)):
        together = tuple(members)
        kind = article.blocks[together[0].block].kind
        for status, run in groupby(together, key=lambda sentence: _status(alignment, sentence, without)):
            sentences = tuple(run)
            whole = len(sentences) == len(together)
            if status is Status.MISSING and kind is BlockKind.TABLE and not whole:
                yield from _rows(alignment, sentences, together)
            elif status is Status.MISSING:
                yield Passage(alignment, sentences, kind, whole)
            elif status is Status.PARTIAL and kind is not BlockKind.TABLE:
                for sentence in sentences:
                    yield Passage(alignment, (sentence,), kind, whole=len(together) == 1)


def _status(alignment: Alignment, sentence: Sentence, without: Collection[str]) -> Status:
    return Status.COVERED if sentence.id in without else alignment.by_sentence[sentence.id].status


def _container(alignment: Alignment, sentence: Sentence) -> tuple[int, int]:
    """What the sentence stands in: its block, or the first item of its list; (section, block)."""
    blocks = alignment.counterpart.blocks
    index = sentence.block
    while (
        blocks[index].kind is BlockKind.LIST_ITEM
        and index
        and blocks[index - 1].kind is BlockKind.LIST_ITEM
        and blocks[index - 1].section == sentence.section
        and not alignment.counterpart.text[blocks[index - 1].span.end : blocks[index].span.start].count("\n\n")
    ):
        index -= 1
    return sentence.section, index


def _rows(alignment: Alignment, missing: tuple[Sentence, ...], table: tuple[Sentence, ...]) -> Iterator[Passage]:
    """Rows can enter an English table that has the others; where English has none, they are no passage."""
    english = alignment.article
    tables = {block.index for block in english.blocks if block.kind is BlockKind.TABLE}
    for row in table:
        matches = alignment.by_sentence[row.id].matches
        if any(match in english.by_id and english.by_id[match].block in tables for match in matches):
            yield Passage(alignment, missing, BlockKind.TABLE, whole=False)
            return
