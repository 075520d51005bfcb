"""Sections matched many-to-many by where the content of each went, and by what they are called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from expander.alignment.evidence import BODY, Evidence
from expander.alignment.verdict import SectionMatch, Status, Verdict
from expander.articles.article import Article
from expander.articles.sections import english_heading

_SHARE = 0.25  # of a section's covered sentences, or of the English section's covering ones
_SAME_HEADING = 0.93  # cosine of two headings that mean the same


def match_sections(
    article: Article, counterpart: Article, evidence: Evidence, verdicts: Sequence[Verdict]
) -> tuple[SectionMatch, ...]:
    """For every body section of the counterpart (the lead too) the English sections with its content.

    A section belongs to another where a fair share of either's content went there; a heading that means the same
    counts as content, so that a section without sentences of its own still finds its twin.
    """
    went = _where_content_went(article, evidence, verdicts)
    there: Counter[int] = Counter()
    for places in went.values():
        there.update(places)
    matches = []
    for section in counterpart.sections:
        if section.kind not in BODY:
            continue
        places = went.get(section.index, Counter())
        scores = {
            target: max(weight / sum(places.values()), weight / there[target]) for target, weight in places.items()
        }
        strong = {target: score for target, score in scores.items() if score >= _SHARE and places[target] >= 1}
        twin = _twin(article, evidence, section.heading, counterpart.lang) if section.heading else 0
        if twin is not None and (article.sections[twin].span or True):
            strong[twin] = max(strong.get(twin, 0.0), _SAME_HEADING)
        ordered = sorted(strong, key=lambda target: (-strong[target], target))
        best = max(strong.values(), default=max(scores.values(), default=0.0))
        matches.append(SectionMatch(section.index, tuple(ordered), round(min(1.0, best), 4)))
    return tuple(matches)


def _where_content_went(
    article: Article, evidence: Evidence, verdicts: Sequence[Verdict]
) -> Mapping[int, Counter[int]]:
    """For every section of the counterpart: how many of its sentences English tells in which section."""
    place = {unit.id: unit for unit in evidence.units}
    went: dict[int, Counter[int]] = defaultdict(Counter)
    for sentence, verdict in zip(evidence.sentences, verdicts, strict=True):
        if verdict.status in (Status.COVERED, Status.PARTIAL):
            for rank, match in enumerate(verdict.matches):
                if place[match].prose:
                    went[sentence.section][place[match].section] += 1 if rank == 0 else 0.5  # type: ignore[assignment]
    return went


def _twin(article: Article, evidence: Evidence, heading: str, lang: str) -> int | None:
    """The English section whose heading means the same."""
    english = english_heading(heading, lang)
    best, best_section = _SAME_HEADING, None
    for section in article.sections:
        if section.kind not in BODY or not section.heading:
            continue
        if english and section.heading.casefold() == english.casefold():
            return section.index
        cosine = float(evidence.headings[heading] @ evidence.headings[section.heading])
        if cosine > best:
            best, best_section = cosine, section.index
    return best_section
