"""The same statement in two counterparts: found once, proposed once."""

from __future__ import annotations

from collections.abc import Iterator

from expander.alignment.evidence import compare
from expander.alignment.verdict import Alignment

_SAME = 0.0  # log-odds above which two counterparts say the same


def same_sentences(one: Alignment, other: Alignment) -> Iterator[tuple[str, str]]:
    """Pairs of sentence ids of ``one`` and ``other`` that say the same: each other's best, or one in two parts."""
    if one.known is None or other.known is None:
        return
    compared = compare(one.known, other.known, one.counterpart.lang, other.counterpart.lang)
    if compared is None:
        return
    pairs, odds = compared
    best: dict[int, tuple[float, int]] = {}
    for row, column, chance in zip(pairs.source.tolist(), pairs.english.tolist(), odds.tolist(), strict=True):
        if chance > _SAME and chance > best.get(row, (_SAME, 0))[0]:
            best[row] = (chance, column)
    for row, (_, column) in sorted(best.items()):
        yield one.known.sentences[row].id, other.known.sentences[column].id
