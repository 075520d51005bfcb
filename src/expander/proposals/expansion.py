"""Everything that one run found out about an article: what the proposal folder keeps and the report shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from expander.alignment.verdict import Alignment, Contradiction, SectionMatch, Status, Verdict
from expander.articles.article import Revision, Section, SectionKind
from expander.proposals.proposal import Proposal
from expander.proposals.sections import Scope
from expander.values import Finding, Skipped


@dataclass(frozen=True, slots=True)
class Page:
    """Which revision of which page; ``sha1`` of its UTF-8 text. ``requested`` is the title that was asked for where a
    redirect led here; ``index`` the address of its wiki's ``index.php`` where that is not its Wikipedia.
    """

    lang: str
    title: str
    revid: int | None
    timestamp: str | None
    sha1: str
    origin: str
    requested: str | None = None
    index: str = ""

    @staticmethod
    def of(revision: Revision) -> Page:
        """The page that a revision belongs to."""
        return Page(
            revision.lang,
            revision.title,
            revision.revid,
            revision.timestamp,
            revision.sha1,
            revision.origin,
            revision.redirected_from,
        )


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """How much of a counterpart's section English has; counts are sentences. ``english_sentences`` counts those of
    the matched sections.
    """

    heading: str
    level: int
    matches: tuple[str, ...]
    score: float
    sentences: int
    covered: int
    partial: int
    missing: int
    english_sentences: int
    back_matter: bool = False


@dataclass(frozen=True, slots=True)
class SentenceCoverage:
    """A counterpart's sentence and the verdict on it (``align --json``)."""

    section: str
    text: str
    wikitext: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Coverage:
    """What English has of one counterpart.

    ``text`` is the counterpart's wikitext, ``titles`` the English titles of its link targets: with them a passage can
    be made anew, and remembered, as it was when it was proposed.
    """

    page: Page
    sections: tuple[SectionCoverage, ...]
    sentences: tuple[SentenceCoverage, ...]
    contradictions: tuple[Contradiction, ...]
    text: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)

    def count(self, status: Status) -> int:
        """How many sentences have this status."""
        return sum(sentence.verdict.status is status for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Tick:
    """An item of the editor's checklist that was done, and when (ISO 8601, UTC)."""

    item: str
    ticked_at: str


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that a counterpart has apart from its text, to be taken by hand.

    ``kind`` is ``infobox``, ``category`` or ``banner``; ``value`` the English wikitext ("" where something may go),
    ``source`` what the counterpart says.
    """

    page: Page
    kind: str
    name: str
    value: str
    source: str
    reason: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Expansion:
    """The article, its counterparts, what English has of them, and the proposals in page order.

    ``skipped`` are the things that could not be done (a counterpart that is no article, a passage left untranslated);
    ``notes`` are sentences for the person (where the base text comes from, which engine translated). ``offers`` are
    taken by hand. ``checklist`` is what the editor ticked. ``per_section``: the editor wants one edit a section.
    ``sample``: the articles are the sample's recorded ones, not live pages.
    """

    article: Page
    base: str
    coverage: tuple[Coverage, ...]
    proposals: tuple[Proposal, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    offers: tuple[Offered, ...] = ()
    checklist: tuple[Tick, ...] = ()
    per_section: bool = False
    sample: bool = False

    def source(self, lang: str, title: str) -> Page:
        """The counterpart page of a proposal."""
        return next(item.page for item in self.coverage if (item.page.lang, item.page.title) == (lang, title))

    def with_proposals(self, proposals: Iterable[Proposal]) -> Expansion:
        """The same expansion with other proposals (decisions taken)."""
        return replace(self, proposals=tuple(proposals))


def coverage_of(
    alignment: Alignment, scope: Scope | None = None, titles: Mapping[str, str | None] | None = None
) -> Coverage:
    """An alignment as a table of sections and a list of sentences; of the sections in ``scope``, where one is given.
    ``titles``: link target of the counterpart → English title, None where there is none.
    """
    scope = scope or Scope()
    counterpart, english = alignment.counterpart, alignment.article
    matches = {match.section: match for match in alignment.sections}
    sections = []
    for section in counterpart.sections:
        if not _is_shown(section, matches.get(section.index), alignment, scope):
            continue
        verdicts = [alignment.by_sentence[sentence.id] for sentence in counterpart.sentences_of(section)]
        match = matches.get(section.index)
        twins = [english.sections[index] for index in match.matches] if match else []
        tally = {status: sum(verdict.status is status for verdict in verdicts) for status in Status}
        sections.append(
            SectionCoverage(
                section.heading,
                section.level,
                tuple(twin.heading for twin in twins),
                match.score if match else 0.0,
                len(verdicts),
                tally[Status.COVERED],
                tally[Status.PARTIAL],
                tally[Status.MISSING],
                sum(len(english.sentences_of(twin)) for twin in twins),
                section.kind not in (SectionKind.LEAD, SectionKind.BODY),
            )
        )
    sentences = tuple(
        SentenceCoverage(
            counterpart.sections[sentence.section].heading,
            sentence.plain,
            sentence.span.of(counterpart.text),
            alignment.by_sentence[sentence.id],
        )
        for sentence in counterpart.sentences
        if _is_shown(counterpart.sections[sentence.section], matches.get(sentence.section), alignment, scope)
    )
    return Coverage(
        Page.of(counterpart.revision),
        tuple(sections),
        sentences,
        alignment.contradictions,
        counterpart.text,
        {target: title for target, title in (titles or {}).items() if title is not None},
    )


def _is_shown(section: Section, match: SectionMatch | None, alignment: Alignment, scope: Scope) -> bool:
    english = alignment.article.lang
    return scope.holds(alignment.counterpart.lang, section.index) or any(
        scope.holds(english, index) for index in (match.matches if match else ())
    )
