"""The accepted passages on a newer revision of the page: a three-way merge by their anchors, where nothing is guessed.

A passage fits where both what stands before its place (the sentence, or the heading or line where no sentence does) and
what follows it are still there, unchanged and still neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from expander.articles import Article, Revision, file_revision, plain, read
from expander.draft import chosen_passages, passage_edits, passage_text
from expander.proposals.expansion import Expansion, Page
from expander.proposals.proposal import Proposal
from expander.values import Edit, Span, apply_edits

SHORTEST_TELLING = 25  # code points of visible text that are enough to know a passage again
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n+|[^\n]+")  # with the blank lines after it, which are too many to tell anything
_NEXT = re.compile(r"\s*\S+|\s*\Z")


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A passage that does not fit the page as it is now, and why."""

    passage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rebased:
    """An expansion on a newer revision: its decided passages are those that fit. ``present`` are the passages that the
    page has already.
    """

    expansion: Expansion
    unplaced: tuple[Unplaced, ...] = ()
    present: tuple[str, ...] = ()


def rebase(expansion: Expansion, current: Revision, brought: Collection[str] = ()) -> Rebased:
    """The expansion with its decided passages moved to where they belong in ``current``, but for those known to be
    ``brought`` already.
    """
    chosen = chosen_passages(expansion)
    present = {proposal.id for proposal in _present(chosen, expansion, current.text)} | set(brought)
    wanted = [proposal for proposal in chosen if proposal.id not in present]
    if current.text == expansion.base:
        return Rebased(replace(expansion, article=Page.of(current)))
    article = read(file_revision(expansion.base, expansion.article.lang, expansion.article.title))
    own = passage_edits(article, [proposal for proposal in chosen if proposal.id in present])
    reference = read(file_revision(apply_edits(expansion.base, own), article.lang, article.title))
    kept = matching(reference.text, current.text)
    moved: list[Proposal] = []
    unplaced: list[Unplaced] = []
    for proposal in wanted:
        place = _carried(proposal, own, reference, kept)
        if isinstance(place, Proposal):
            moved.append(place)
        else:
            unplaced.append(Unplaced(proposal.id, place))
    return Rebased(
        replace(expansion, article=Page.of(current), base=current.text, proposals=tuple(moved)),
        tuple(unplaced),
        tuple(sorted(present)),
    )


@dataclass(frozen=True, slots=True)
class Match:
    """``base[old : old + length] == current[new : new + length]``."""

    old: int
    new: int
    length: int


def matching(base: str, current: str) -> tuple[Match, ...]:
    """What both texts have, in order: whole lines first, then tokens of the lines that changed."""
    lines, others = _LINE.findall(base), _LINE.findall(current)
    starts, other_starts = _starts(lines), _starts(others)
    found: list[Match] = []
    for tag, one, end, other, other_end in SequenceMatcher(None, lines, others).get_opcodes():
        old, new = starts[one], other_starts[other]
        if tag == "equal":
            found.append(Match(old, new, starts[end] - old))
        elif tag == "replace":
            found += _tokens_in_common(base[old : starts[end]], current[new : other_starts[other_end]], old, new)
    return tuple(_joined(found))


def _tokens_in_common(base: str, current: str, old: int, new: int) -> Iterator[Match]:
    tokens, others = _TOKEN.findall(base), _TOKEN.findall(current)
    starts, other_starts = _starts(tokens), _starts(others)
    for block in SequenceMatcher(None, tokens, others).get_matching_blocks():
        begin = starts[block.a]
        length = starts[block.a + block.size] - begin
        if length:
            yield Match(old + begin, new + other_starts[block.b], length)


def _starts(pieces: Sequence[str]) -> list[int]:
    """The offset of each piece of a text, and of its end."""
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    return offsets


def _joined(matches: Iterable[Match]) -> Iterator[Match]:
    """Matches that touch on both sides as one."""
    last: Match | None = None
    for match in matches:
        if last and (last.old + last.length, last.new + last.length) == (match.old, match.new):
            last = Match(last.old, last.new, last.length + match.length)
        else:
            if last:
                yield last
            last = match
    if last:
        yield last


def _carried(proposal: Proposal, own: Sequence[Edit], reference: Article, kept: Sequence[Match]) -> Proposal | str:
    """The proposal with its places in the current text, or why it has none."""
    anchor = proposal.gap.anchor
    context = _context(reference, _shifted(anchor.offset, own))
    match = _holding(context, kept)
    if match is None:
        before = " ".join(context.of(reference.text).split())
        return f"what stands around its place (“{before[:160]}”) was changed, moved or removed"
    offset = _shifted(anchor.offset, own) - match.old + match.new
    edits: list[Edit] = []
    for edit in proposal.extra_edits:
        span = Span(_shifted(edit.span.start, own), _shifted(edit.span.end, own))
        match = _holding(span, kept)
        if match is None:
            return f"“{edit.span.of(reference.text)[:160]}”, which it needs to change, was changed or removed"
        edits.append(Edit(span.shifted(match.new - match.old), edit.text))
    gap = replace(proposal.gap, anchor=replace(anchor, offset=offset))
    return replace(proposal, gap=gap, extra_edits=tuple(edits))


def _context(article: Article, offset: int) -> Span:
    """What must be unchanged around a place: the sentence before it (else the line before), and the next word."""
    text = article.text
    end = len(text[:offset].rstrip())
    sentence = article.sentence_at(max(end - 1, 0))
    if sentence is not None and sentence.span.start < end <= sentence.span.end:
        start = sentence.span.start
    else:
        start = text.rfind("\n", 0, end) + 1
    following = _NEXT.match(text, offset)
    return Span(start, following.end() if following else offset)


def _holding(span: Span, kept: Sequence[Match]) -> Match | None:
    return next((match for match in kept if match.old <= span.start and span.end <= match.old + match.length), None)


def _shifted(offset: int, own: Sequence[Edit]) -> int:
    """Where an offset of the base is once our own insertions are made; what comes later stands behind them."""
    return offset + sum(len(edit.text) - len(edit.span) for edit in own if edit.span.end <= offset)


def _present(chosen: Iterable[Proposal], expansion: Expansion, current: str) -> Iterator[Proposal]:
    """The passages that somebody, perhaps we, has put into the page since."""
    lang = expansion.article.lang
    now, then = _visible(current, lang), _visible(expansion.base, lang)
    for proposal in chosen:
        seen = _visible(passage_text(proposal) or "", lang)
        if len(seen) >= SHORTEST_TELLING and seen in now and seen not in then:
            yield proposal


def _visible(wikitext: str, lang: str) -> str:
    article = read(file_revision(wikitext, lang, ""))
    return " ".join(plain(article.nodes, article.text).split())
