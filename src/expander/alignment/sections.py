"""Sections matched many-to-many by where the content of each went, and by what they are called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from expander.alignment.evidence import BODY, Evidence
from expander.alignment.verdict import SectionMatch, Verdict
from expander.articles.article import Article, Section, SectionKind
from expander.articles.sections import english_heading

_SEVERAL = 1.4  # sentences that make a section the home of another's content: two, one of them told elsewhere too
_SHARE_HERE = 0.1  # of a section's told sentences: two of sixty are chance
_SHARE_THERE = 0.3  # of what an English section tells of the counterpart
_EXTENT = 0.35  # of a section's text: one sentence is enough where there is hardly more
_FURTHER_MATCH = 0.5  # weight of a sentence's second-best match and so on
_CLOSEST = 0.15  # weight of the closest text of a missing sentence: it tells of the subject at least
_SAME_HEADING = 0.93  # cosine of two headings that mean the same

_Weights = Mapping[int, float]
_Went = Mapping[int, _Weights]


def match_sections(
    article: Article, counterpart: Article, evidence: Evidence, verdicts: Sequence[Verdict]
) -> tuple[SectionMatch, ...]:
    """For the lead and every body section of the counterpart the English sections with its content, best first.

    A section belongs to another where several of its sentences went, or most of a short one. A section with
    subsections stands for all that is below it, and so do the English sections it is matched with. A heading that means
    the same counts too, so that a section whose content is new finds its twin.
    """
    went = _where_content_went(article, evidence, verdicts)
    sizes = Counter(sentence.section for sentence in evidence.sentences)
    parents = {section.parent for section in counterpart.sections}
    found = []
    for section in counterpart.sections:
        if section.kind not in BODY:
            continue
        below = {other.index for other in counterpart.sections if other.span in section.span and section.index}
        below.add(section.index)
        home = _outermost(article) if section.index in parents else _itself(article)
        here = _total(home, (went.get(index, {}) for index in below))
        there = _total(home, went.values())
        scores = _by_content(section, here, there, sum(sizes[index] for index in below))
        twin = _by_heading(article, evidence, section, counterpart.lang)
        if twin is not None:
            scores[twin] = max(scores.get(twin, 0.0), _SAME_HEADING)
        ranked = tuple(sorted(scores, key=lambda target: (-scores[target], target)))
        found.append(SectionMatch(section.index, ranked, round(max(scores.values(), default=0.0), 4)))
    return tuple(found)


def _by_content(section: Section, here: _Weights, there: _Weights, size: int) -> dict[int, float]:
    """English sections that tell some of the content. The lead sums up the rest: only the lead belongs to it."""
    if section.kind is SectionKind.LEAD:
        return {0: 1.0}
    body = {target: weight for target, weight in here.items() if target}
    total = sum(body.values())
    scores = {}
    for target, weight in body.items():
        share_here, share_there = weight / total, weight / there[target]
        several = weight >= _SEVERAL and (share_here >= _SHARE_HERE or share_there >= _SHARE_THERE)
        if several or (weight >= 1 and weight >= _EXTENT * size):
            scores[target] = max(share_here, share_there)
    return scores


def _itself(article: Article) -> Mapping[int, int]:
    return {section.index: section.index for section in article.sections}


def _outermost(article: Article) -> Mapping[int, int]:
    """The outermost section around each."""
    home: dict[int, int] = {}
    for section in article.sections:
        home[section.index] = section.index if section.parent is None else home[section.parent]
    return home


def _total(home: Mapping[int, int], places: Iterable[_Weights]) -> dict[int, float]:
    """The sum of ``places``, each English section counted as its home."""
    total: dict[int, float] = defaultdict(float)
    for weights in places:
        for target, weight in weights.items():
            total[home[target]] += weight
    return total


def _where_content_went(article: Article, evidence: Evidence, verdicts: Sequence[Verdict]) -> _Went:
    """For every section of the counterpart: how much of it English tells in which section."""
    units = {unit.id: unit for unit in evidence.units}
    ranked = evidence.matching.ranked if evidence.matching is not None else ()
    went: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for index, (sentence, verdict) in enumerate(zip(evidence.sentences, verdicts, strict=True)):
        weights = [(units[match], _FURTHER_MATCH if rank else 1.0) for rank, match in enumerate(verdict.matches)]
        if not weights and ranked:
            weights = [(evidence.units[ranked[index][0][1]], _CLOSEST)]
        for unit, weight in weights:
            if article.sections[unit.section].kind in BODY and not unit.context:
                went[sentence.section][unit.section] += weight
    return went


def _by_heading(article: Article, evidence: Evidence, section: Section, lang: str) -> int | None:
    """The English section whose heading means the same."""
    if not section.heading:
        return None
    english = english_heading(section.heading, lang)
    best, twin = _SAME_HEADING, None
    for other in article.sections:
        if other.kind is not SectionKind.BODY:
            continue
        if english and other.heading.casefold() == english.casefold():
            return other.index
        cosine = float(evidence.headings[section.heading] @ evidence.headings[other.heading])
        if cosine > best:
            best, twin = cosine, other.index
    return twin
