"""What changes of the English article do to verdicts that they should not touch, and to the one that they should."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from benchmarks.gold import Pair
from benchmarks.measures import Share
from expander.alignment import Alignment, Status, align
from expander.alignment.embedding import Embedder
from expander.articles import Article, Section, SectionKind, file_revision, read
from expander.values import Edit, Span, apply_edits

UNRELATED = """
== Cultivation of quinoa ==
The plant's growth is highly variable because of the number of subspecies and landraces. It is generally undemanding
and resistant to high altitude, and is grown from coastal regions to over 4,000 m in the Andes near the equator. Optimal
growth takes place in cool climates with temperatures between −4 °C during the night and near 35 °C during the day.
"""
DELETIONS = 12  # sentences deleted a pair, of each sort


def table(pairs: Sequence[Pair], embedder: Embedder) -> str:
    """The figures as text."""
    swapped, added, unmatched, matched = Share(), Share(), Share(), Share()
    for pair in pairs:
        before = align(pair.article, pair.counterpart, pair.links, embedder)
        for text in _swaps(pair.article):
            swapped += _flips(before, _again(pair, text, embedder))
        added += _flips(before, _again(pair, _with_section(pair.article), embedder))
        touched = {match for verdict in before.verdicts for match in verdict.matches}
        chance = random.Random(0)
        free = [sentence for sentence in _prose(pair.article) if sentence.id not in touched]
        for sentence in chance.sample(free, min(DELETIONS, len(free))):
            unmatched += _flips(before, _again(pair, _without(pair.article, [sentence.span]), embedder))
        for verdict in chance.sample(_single(before), min(DELETIONS, len(_single(before)))):
            spans = [pair.article.by_id[match].span for match in verdict.matches]
            after = _again(pair, _without(pair.article, spans), embedder).by_sentence[verdict.sentence]
            matched.add(after.status in (Status.MISSING, Status.PARTIAL))
    return f"""stability (verdicts that change between covered or partial and missing; {len(pairs)} pairs)
  sections swapped                           {swapped}
  an unrelated section added                 {added}
  an unmatched English sentence deleted      {unmatched}
  the covering sentence deleted: now missing or partial  {matched}"""


def _flips(before: Alignment, after: Alignment) -> Share:
    flips = Share()
    for one, other in zip(before.verdicts, after.verdicts, strict=True):
        if one.status is not Status.EXCLUDED:
            flips.add((one.status is Status.MISSING) != (other.status is Status.MISSING))
    return flips


def _again(pair: Pair, text: str, embedder: Embedder) -> Alignment:
    article = read(file_revision(text, pair.article.lang, pair.article.title))
    return align(article, pair.counterpart, pair.links, embedder)


def _prose(article: Article) -> list:
    return [
        item
        for item in article.sentences
        if article.sections[item.section].kind in (SectionKind.LEAD, SectionKind.BODY)
    ]


def _single(alignment: Alignment) -> list:
    """Verdicts of covered sentences whose matches are all sentences."""
    known = alignment.article.by_id
    return [
        verdict
        for verdict in alignment.verdicts
        if verdict.status is Status.COVERED and verdict.matches and all(match in known for match in verdict.matches)
    ]


def _top(article: Article) -> list[Section]:
    return [part for part in article.sections if part.kind is SectionKind.BODY and part.parent is None]


def _swaps(article: Article) -> Iterator[str]:
    """Neighbouring top-level sections change places."""
    text = article.text
    for one, other in zip(_top(article)[::2], _top(article)[1::2], strict=False):
        yield text[: one.span.start] + other.span.of(text) + one.span.of(text) + text[other.span.end :]


def _with_section(article: Article) -> str:
    end = _top(article)[-1].span.end if _top(article) else len(article.text)
    return apply_edits(article.text, [Edit(Span(end, end), UNRELATED + "\n")])


def _without(article: Article, spans: Sequence[Span]) -> str:
    return apply_edits(article.text, [Edit(span, "") for span in sorted(set(spans))])
