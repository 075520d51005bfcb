"""Which part of the counterpart is which part of the English article, with the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from expander.alignment.contradictions import contradictions
from expander.alignment.embedding import Embedder, Progress
from expander.alignment.evidence import gather
from expander.alignment.quality import flags
from expander.alignment.sections import match_sections
from expander.alignment.verdict import Alignment, Contradiction, SectionMatch, Status, Verdict
from expander.alignment.verdicts import judge
from expander.articles.article import Article, Sentence

__all__ = [
    "Alignment",
    "Contradiction",
    "Embedder",
    "Progress",
    "SectionMatch",
    "Status",
    "Verdict",
    "align",
]


def align(
    article: Article,
    counterpart: Article,
    links: Mapping[str, str | None],
    embedder: Embedder,
    progress: Progress | None = None,
) -> Alignment:
    """Align ``counterpart`` with the English ``article``.

    ``links`` maps the counterpart's link targets to English titles (None or absent: no such article). ``progress`` is
    told how many texts are embedded. The result depends on nothing else: not on other counterparts, not on a cache.
    """
    evidence = gather(article, counterpart, links, embedder, progress)
    doubts = flags(counterpart)
    judgement = judge(evidence, counterpart.lang, embedder)
    judged = [replace(verdict, flags=doubts.get(verdict.sentence, ())) for verdict in judgement.verdicts]
    by_sentence = {verdict.sentence: verdict for verdict in judged}
    verdicts = tuple(
        by_sentence.get(sentence.id) or _excluded(counterpart, sentence) for sentence in counterpart.sentences
    )
    return Alignment(
        article,
        counterpart,
        match_sections(article, counterpart, evidence, judged),
        verdicts,
        tuple(contradictions(article, counterpart, evidence, judgement.conflicts)),
        evidence,
    )


def _excluded(counterpart: Article, sentence: Sentence) -> Verdict:
    kind = counterpart.sections[sentence.section].kind
    return Verdict(sentence.id, Status.EXCLUDED, reason=kind.value.replace("_", "-"))
