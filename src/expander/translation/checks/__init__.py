"""Checks on a translated sentence: each finding says what a person should look at, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from expander.translation.checks.names import check_glossary, check_names
from expander.translation.checks.numbers import check_dates, check_numbers
from expander.translation.checks.pair import Pair
from expander.translation.checks.placing import placed
from expander.translation.checks.sense import check_negation, check_similarity, check_subject
from expander.translation.checks.text import check_leftovers, check_length, check_loops, check_machine_messages

if TYPE_CHECKING:
    from expander.values import Finding

__all__ = ["CHECKS", "Pair", "check", "check_similarity", "placed"]

CHECKS: tuple[Callable[[Pair], Iterator[Finding]], ...] = (
    check_machine_messages,
    check_leftovers,
    check_loops,
    check_length,
    check_numbers,
    check_dates,
    check_names,
    check_glossary,
    check_negation,
    check_subject,
)


def check(
    source: str,
    translated: str,
    source_lang: str,
    target_lang: str = "en",
    glossary: tuple[tuple[str, str], ...] = (),
) -> tuple[Finding, ...]:
    """Findings on ``translated``, visible text; their spans are places in it. ``glossary`` are terms of the source
    and what they are called in the target language. :func:`check_similarity` takes an embedder and many sentences.

    An answer that is no translation at all (an error page, the source) has that one finding only.
    """
    pair = Pair(source, translated, source_lang, target_lang, glossary)
    findings: list[Finding] = []
    for one in CHECKS:
        findings += one(pair)
        if any(finding.code in {"not-a-translation", "translation-empty"} for finding in findings):
            break
    return tuple(dict.fromkeys(findings))
