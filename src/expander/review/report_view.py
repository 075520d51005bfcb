"""What the report shows of an Expansion, as plain values for its template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from expander.alignment.verdict import Contradiction
from expander.draft.draft import passage_text
from expander.language import language_name
from expander.proposals.expansion import Expansion, Offered, SentenceCoverage
from expander.proposals.proposal import Choice, Proposal
from expander.review import markup
from expander.review.decisions import CHECKLIST, final_findings
from expander.review.exchange import SCHEMA, fingerprint
from expander.review.page_links import revision_url
from expander.review.report_pictures import CoverageView, Gain, PageView, coverage_view, gains, page_view
from expander.review.words import Run, word_changes
from expander.values import Finding, Severity

_WORTH_SHOWING = 0.2  # of the second and third closest English sentence


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence of English that comes close to one of the source."""

    text: str
    score: str


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage with all that a person needs to judge it."""

    proposal: Proposal
    page: PageView
    number: int
    source_url: str | None
    wikitext: tuple[markup.Run, ...]
    changes: tuple[Run, ...]
    findings: tuple[Finding, ...]
    near: tuple[Near, ...]
    evidence: tuple[str, ...]
    urls: tuple[str, ...]
    flags: tuple[str, ...]
    new_section: str

    @property
    def severity(self) -> str:
        """The gravest of the findings, ``none`` without one."""
        return next((level.value for level in Severity if any(f.severity is level for f in self.findings)), "none")


@dataclass(frozen=True, slots=True)
class Group:
    """Passages that go to one English section."""

    section: str
    is_new: bool
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """The same fact with two values."""

    page: PageView
    fact: Contradiction


@dataclass(frozen=True, slots=True)
class OfferView:
    """Something to take by hand."""

    page: PageView
    offer: Offered


@dataclass(frozen=True, slots=True)
class View:
    """The whole page."""

    article: PageView
    expansion: Expansion
    gains: tuple[Gain, ...]
    coverage: tuple[CoverageView, ...]
    groups: tuple[Group, ...]
    contradictions: tuple[ContradictionView, ...]
    offers: tuple[OfferView, ...]
    untranslated: tuple[PassageView, ...]
    languages: str
    severities: Mapping[str, int]
    codes: tuple[tuple[str, int], ...]
    checklist: tuple[tuple[str, str, bool], ...]
    state: Mapping[str, Any]


def view(expansion: Expansion) -> View:
    """The page of ``expansion``."""
    passages = tuple(_passage(expansion, proposal, n) for n, proposal in enumerate(expansion.proposals, start=1))
    codes = Counter(code for passage in passages for code in {finding.code for finding in passage.findings})
    ticked = {entry.item for entry in expansion.checklist}
    return View(
        page_view(expansion.article),
        expansion,
        gains(expansion),
        tuple(coverage_view(item) for item in expansion.coverage),
        tuple(_groups(passages)),
        tuple(ContradictionView(page_view(c.page), fact) for c in expansion.coverage for fact in c.contradictions),
        tuple(OfferView(page_view(offer.page), offer) for offer in expansion.offers),
        tuple(passage for passage in passages if passage.proposal.wikitext is None),
        _listed([language_name(item.page.lang) for item in expansion.coverage]),
        Counter(passage.severity for passage in passages),
        tuple(sorted(codes.items())),
        tuple((item.id, item.text, item.id in ticked) for item in CHECKLIST),
        _state(expansion),
    )


def _passage(expansion: Expansion, proposal: Proposal, number: int) -> PassageView:
    gap = proposal.gap
    page = expansion.source(gap.lang, gap.title)
    text, machine, findings = passage_text(proposal), proposal.wikitext, final_findings(proposal)
    edited = proposal.decision.choice is Choice.EDITED
    sentences = [sentence for c in expansion.coverage if c.page == page for sentence in c.sentences]
    own = [sentence for sentence in sentences if sentence.verdict.sentence in gap.sentences]
    return PassageView(
        proposal,
        page_view(page),
        number,
        revision_url(page, proposal.source_section),
        markup.runs(text or "", findings),
        word_changes(machine or "", text or "") if edited else (),
        tuple(sorted(findings, key=lambda finding: list(Severity).index(finding.severity))),
        tuple(_near(own)),
        _evidence(proposal, own),
        markup.reference_urls(text or proposal.source_wikitext),
        tuple(flag.replace("-", " ") for flag in gap.flags),
        " › ".join(proposal.headings),
    )


def _near(sentences: Iterable[SentenceCoverage]) -> Iterable[Near]:
    best: dict[str, float] = {}
    for sentence in sentences:
        if sentence.verdict.closest:
            best[sentence.verdict.closest] = max(best.get(sentence.verdict.closest, 0.0), sentence.verdict.score)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    for text, score in (*ranked[:1], *(item for item in ranked[1:3] if item[1] > _WORTH_SHOWING)):
        yield Near(text, f"{score:.0%}")


def _evidence(proposal: Proposal, sentences: Iterable[SentenceCoverage]) -> tuple[str, ...]:
    texts = [f"English lacks: {', '.join(proposal.gap.lacks)}"] if proposal.gap.lacks else []
    texts += [evidence.text for evidence in proposal.gap.evidence]
    texts += [evidence.text for sentence in sentences for evidence in sentence.verdict.evidence]
    return tuple(dict.fromkeys(texts))


def _groups(passages: Iterable[PassageView]) -> Iterable[Group]:
    def key(passage: PassageView) -> tuple[str, bool]:
        return passage.proposal.section, bool(passage.new_section)

    for (section, is_new), group in groupby(passages, key):
        yield Group(section, is_new, tuple(group))


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "no other"


def _state(expansion: Expansion) -> Mapping[str, Any]:
    """What the page's script needs: the machine's texts and the decisions in the folder."""
    return {
        "schema": SCHEMA,
        "base": expansion.article.sha1,
        "title": expansion.article.title,
        "passages": [
            {
                "id": proposal.id,
                "of": fingerprint(proposal),
                "machine": proposal.wikitext,
                "choice": proposal.decision.choice.value,
                "wikitext": proposal.decision.wikitext,
                "reason": proposal.decision.reason,
                "decided_at": proposal.decision.decided_at,
            }
            for proposal in expansion.proposals
        ],
        "checklist": {entry.item: entry.ticked_at for entry in expansion.checklist},
    }
