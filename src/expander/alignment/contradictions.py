"""Same fact, different value: what the two articles state of one thing, and do not agree on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from expander.alignment.evidence import Evidence
from expander.alignment.verdict import Contradiction, Verdict
from expander.articles.article import Article


def contradictions(
    article: Article, counterpart: Article, evidence: Evidence, verdicts: Sequence[Verdict]
) -> Iterator[Contradiction]:
    """Values that a sentence and its match give differently."""
    yield from ()
