"""The same statement in two counterparts: found once, proposed once."""

from __future__ import annotations

from collections.abc import Iterator

from expander.alignment.evidence import compare
from expander.alignment.verdict import Alignment

_SAME = 0.5  # probability above which two counterparts say the same


def same_sentences(one: Alignment, other: Alignment) -> Iterator[tuple[str, str]]:
    """Pairs of sentence ids of ``one`` and ``other`` that say the same: for each sentence of ``one`` the best."""
    if one.known is None or other.known is None:
        return
    matching = compare(one.known, other.known, one.counterpart.lang, other.counterpart.lang)
    if matching is None:
        return
    best: dict[int, tuple[float, int]] = {}
    columns, odds = matching.pairs.english.tolist(), matching.odds.tolist()
    for row, column, chance in zip(matching.pairs.source.tolist(), columns, odds, strict=True):
        if row not in best or chance > best[row][0]:
            best[row] = (chance, column)
    for row, (_, column) in sorted(best.items()):
        if matching.chances[row] > _SAME:
            yield one.known.sentences[row].id, other.known.sentences[column].id
