"""Words of the same meaning in two languages, by their embeddings.

Single words are embedded only where a decision hangs on them: they tell less than sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from expander.alignment.embedding import Embedder

if TYPE_CHECKING:
    from expander.alignment.similarity import Vectors

SAME_MEANING = 0.91  # cosine of two words
_WORD = re.compile(r"[^\W\d_]{3,}")


def words_of(text: str) -> tuple[str, ...]:
    """The words of three letters and more, small, each once."""
    return tuple(dict.fromkeys(word.casefold() for word in _WORD.findall(text)))


class Meanings:
    """The meanings of some words. Words that were not given mean nothing."""

    def __init__(self, words: Iterable[str], embedder: Embedder) -> None:
        known = sorted(set(words))
        vectors: Sequence[Vectors] = list(embedder.encode(known)) if known else []
        self._vectors = dict(zip(known, vectors, strict=True))

    def shared(self, ones: Iterable[str], others: Iterable[str]) -> int:
        """How many of ``ones`` have a word of the same meaning among ``others``."""
        import numpy as np

        left = [self._vectors[word] for word in ones if word in self._vectors]
        right = [self._vectors[word] for word in others if word in self._vectors]
        if not left or not right:
            return 0
        return int(((np.stack(left) @ np.stack(right).T).max(axis=1) >= SAME_MEANING).sum())
