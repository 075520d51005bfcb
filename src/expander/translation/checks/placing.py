"""Findings on a sentence's visible text → findings on the wikitext of its passage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from expander.values import Finding, Span


def placed(findings: Iterable[Finding], plain: str, wikitext: str) -> tuple[Finding, ...]:
    """``findings`` on ``plain`` with the spans of the same words in ``wikitext``, which holds the sentence with its
    markup; without a span where the words cannot be found there once.
    """
    return tuple(replace(finding, span=_place(finding.span, plain, wikitext)) for finding in findings)


def _place(span: Span | None, plain: str, wikitext: str) -> Span | None:
    """The words themselves, or, where they stand there more than once, with the words around them."""
    if span is None or not len(span):
        return None
    words = span.of(plain)
    for before, after in ((0, 0), (0, 12), (12, 0), (12, 12), (30, 30)):
        start = max(0, span.start - before)
        around = plain[start : span.end + after]
        if wikitext.count(around) == 1:
            at = wikitext.index(around) + span.start - start
            return Span(at, at + len(words))
    return None
