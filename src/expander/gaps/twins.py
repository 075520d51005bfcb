"""The same statement in two counterparts: found once, proposed once."""

from __future__ import annotations

from collections.abc import Iterator

from expander.alignment.evidence import compare
from expander.alignment.pairs import FEATURES
from expander.alignment.verdict import Alignment

_SAME = 0.8  # probability above which two counterparts say the same
_SAME_WITH_FACT = 0.5  # the same, where they share a telling fact
_TELLING = 0.4  # weight of a fact that tells: a day, a link, a figure that few sentences have


def same_sentences(one: Alignment, other: Alignment) -> Iterator[tuple[str, str]]:
    """Pairs of sentence ids of ``one`` and ``other`` that say the same: for each sentence of ``one`` the best."""
    if one.known is None or other.known is None:
        return
    matching = compare(one.known, other.known, one.counterpart.lang, other.counterpart.lang)
    if matching is None:
        return
    pairs = matching.pairs
    exact = pairs.features[:, FEATURES.index("exact")] >= _TELLING
    best: dict[int, tuple[float, int, bool]] = {}
    rows = zip(pairs.source.tolist(), pairs.english.tolist(), matching.odds.tolist(), exact.tolist(), strict=True)
    for row, column, odds, tells in rows:
        if row not in best or odds > best[row][0]:
            best[row] = (odds, column, tells)
    for row, (_, column, tells) in sorted(best.items()):
        if matching.chances[row] > (_SAME_WITH_FACT if tells else _SAME):
            yield one.known.sentences[row].id, other.known.sentences[column].id
