"""Sections matched many-to-many by where the content of each went, and by what they are called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expander.alignment.evidence import BODY, Evidence
from expander.alignment.verdict import SectionMatch, Status, Verdict
from expander.articles.article import Article, Section, SectionKind
from expander.articles.sections import english_heading

_SHARE_HERE = 0.3  # of a section's told sentences
_SHARE_THERE = 0.5  # of what an English section tells of the counterpart
_EXTENT = 0.25  # of a section's text: what is less is no twin, just a fact or two
_FURTHER_MATCH = 0.5  # weight of a sentence's second-best match and so on
_SAME_HEADING = 0.93  # cosine of two headings that mean the same

_Went = Mapping[int, Mapping[int, float]]


def match_sections(
    article: Article, counterpart: Article, evidence: Evidence, verdicts: Sequence[Verdict]
) -> tuple[SectionMatch, ...]:
    """For the lead and every body section of the counterpart the English sections with its content, best first.

    A section belongs to another where a fair share of either's content went there. A heading that means the same
    counts too, so that a section whose content is new finds its twin; a section without a twin of its own has the one
    that those below it share.
    """
    went = _where_content_went(article, evidence, verdicts)
    there: Counter[int] = Counter()
    for places in went.values():
        there.update(places)
    sizes = _Sizes(
        Counter(sentence.section for sentence in evidence.sentences),
        Counter(unit.section for unit in evidence.units if not unit.context),
    )
    found: dict[int, dict[int, float]] = {}
    for section in counterpart.sections:
        if section.kind in BODY:
            found[section.index] = _by_content(section, went.get(section.index, {}), there, sizes)
            twin = _by_heading(article, evidence, section, counterpart.lang)
            if twin is not None:
                found[section.index][twin] = max(found[section.index].get(twin, 0.0), _SAME_HEADING)
    for section in reversed(counterpart.sections):
        below = [found.get(other.index) for other in counterpart.sections if other.parent == section.index]
        matched = [scores for scores in below if scores]
        shared = {target for scores in matched for target in scores}
        if section.index in found and not found[section.index] and len(matched) > 1 and len(shared) == 1:
            found[section.index] = {target: min(scores[target] for scores in matched) for target in shared}
    return tuple(
        SectionMatch(
            index,
            tuple(sorted(scores, key=lambda target: (-scores[target], target))),
            round(max(scores.values(), default=0.0), 4),
        )
        for index, scores in found.items()
    )


@dataclass(frozen=True)
class _Sizes:
    """How many texts each section has, here and in English."""

    here: Mapping[int, int]
    there: Mapping[int, int]


def _by_content(
    section: Section, places: Mapping[int, float], there: Mapping[int, float], sizes: _Sizes
) -> dict[int, float]:
    """English sections with a fair share of the content. The lead sums up the rest: only the lead belongs to it."""
    is_lead = section.kind is SectionKind.LEAD
    body = {target: weight for target, weight in places.items() if is_lead or target}
    total = sum(body.values())
    scores = {0: 1.0} if is_lead else {}
    for target, weight in body.items():
        share_here, share_there = weight / total, weight / there[target]
        twin_here = share_here >= _SHARE_HERE and weight >= _EXTENT * sizes.here[section.index] and not is_lead
        twin_there = share_there >= _SHARE_THERE and weight >= _EXTENT * sizes.there[target]
        if weight >= 1 and (twin_here or twin_there):
            scores[target] = max(share_here, share_there)
    return scores


def _where_content_went(article: Article, evidence: Evidence, verdicts: Sequence[Verdict]) -> _Went:
    """For every section of the counterpart: how much of it English tells in which section."""
    units = {unit.id: unit for unit in evidence.units}
    went: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for sentence, verdict in zip(evidence.sentences, verdicts, strict=True):
        if verdict.status in (Status.COVERED, Status.PARTIAL):
            for rank, match in enumerate(verdict.matches):
                section = units[match].section
                if article.sections[section].kind in BODY and not match.startswith("infobox:"):
                    went[sentence.section][section] += _FURTHER_MATCH if rank else 1.0
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
