"""Whether the translation says the same of the same: denials kept, subjects not dropped, meaning close."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expander.translation.checks.pair import Pair, warning
from expander.translation.checks.rules import CheckRules, words_pattern
from expander.translation.wording import quote
from expander.values import Finding, Span

if TYPE_CHECKING:
    from expander.alignment.embedding import Embedder

_FEW_WORDS = 3


def check_negation(pair: Pair) -> Iterator[Finding]:
    """``negation-lost`` and ``negation-added``: one side denies something and the other does not."""
    ours, theirs = _denials(pair.source, pair.source_rules), _denials(pair.translated, pair.target_rules)
    if ours.plain and not theirs.any:
        word = quote(ours.plain[0].of(pair.source))
        yield warning("negation-lost", f"The source says {word}, the translation denies nothing; check the meaning.")
    if theirs.plain and not ours.any:
        word = quote(theirs.plain[0].of(pair.translated))
        message = f"The translation says {word}, the source denies nothing; check the meaning."
        yield warning("negation-added", message, theirs.plain[0])


def check_subject(pair: Pair) -> Iterator[Finding]:
    """``subject-missing``: the translation begins with a verb, as sentences with a dropped subject do."""
    words = pair.translated.split(maxsplit=1)
    if len(words) < 2 or not pair.source.rstrip().endswith((".", "!", "…")):
        return
    first = words[0].strip("\"“'(")
    rules = pair.target_rules
    if first in rules.verbs_first or _begins_without_subject(first, words[1], rules):
        message = f"The sentence begins with {quote(first)} and has no subject; say who or what."
        yield warning("subject-missing", message, Span(0, len(words[0])))


def check_similarity(pairs: Sequence[Pair], embedder: Embedder) -> list[Finding | None]:
    """``meaning``: source and translation lie apart in the embedder's space; one finding or None a pair, in order.

    How far apart is too far depends on the embedder and the language (topic ``checks``); where it is not known for
    both, nothing is said.
    """
    if not any(_least(pair, embedder.name) for pair in pairs):
        return [None] * len(pairs)
    vectors = embedder.encode([*(pair.source for pair in pairs), *(pair.translated for pair in pairs)])
    cosines = (vectors[: len(pairs)] * vectors[len(pairs) :]).sum(axis=1)
    return [_distant(pair, float(cosine), embedder.name) for pair, cosine in zip(pairs, cosines, strict=True)]


def _least(pair: Pair, embedder: str) -> float | None:
    """The least cosine that is known for the embedder or its family, whose name begins as its own."""
    known = pair.source_rules.least_similar.items()
    return next((least for family, least in known if embedder.startswith(family)), None)


def _distant(pair: Pair, cosine: float, embedder: str) -> Finding | None:
    least = _least(pair, embedder)
    if least is None or cosine >= least or len(pair.source.split()) < _FEW_WORDS:
        return None
    message = f"Source and translation seem to say different things (similarity {cosine:.2f}); compare them."
    return warning("meaning", message)


@dataclass(frozen=True, slots=True)
class _Denials:
    """Where a text surely denies something, and whether it may do so anywhere."""

    plain: tuple[Span, ...]
    any: bool


def _denials(text: str, rules: CheckRules) -> _Denials:
    kept = words_pattern(rules.not_negations).sub(lambda match: " " * len(match[0]), text)
    plain = [Span(*match.span()) for match in words_pattern(rules.negations).finditer(kept)]
    if rules.negation_pattern:
        plain += [Span(*match.span()) for match in re.finditer(rules.negation_pattern, kept, re.IGNORECASE)]
    weak = words_pattern(rules.weak_negations).search(text)
    if not weak and rules.weak_negation_pattern:
        weak = re.search(rules.weak_negation_pattern, text, re.IGNORECASE)
    return _Denials(tuple(sorted(plain)), bool(plain) or weak is not None)


def _begins_without_subject(first: str, rest: str, rules: CheckRules) -> bool:
    """Whether it is a participle (with a preposition behind it, so no attribute) and no clause with a subject follows:
    "Founded in 1932, the city …" has one.
    """
    participle = first in rules.participles_first or (
        bool(rules.participle_ending) and first.endswith(rules.participle_ending) and first not in rules.no_participles
    )
    words = rest.split()
    if not participle or words[0] not in rules.participles_take:
        return False
    verbs = {verb.lower() for verb in rules.verbs_first}
    for clause in rest.split(", ")[1:]:
        said = clause.split()
        if said and (said[0].lower() in rules.subjects_begin or said[0][0].isupper() or verbs & set(said)):
            return False
    return True
