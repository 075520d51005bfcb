"""The report's pictures: what English has of each counterpart, and what each would add to the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expander.alignment.verdict import Status
from expander.articles import SectionKind, file_revision, read
from expander.language import language_name
from expander.proposals.expansion import Coverage, Expansion, Page, SectionCoverage
from expander.proposals.proposal import Choice
from expander.review.page_links import revision_url


@dataclass(frozen=True, slots=True)
class PageView:
    """A revision, for a person."""

    lang: str
    language: str
    direction: str
    title: str
    revid: int | None
    date: str
    url: str | None
    requested: str | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A section of a counterpart: how many of its sentences English has, and where the parts of its bar begin and end,
    in hundredths of the longest section.
    """

    heading: str
    level: int
    twins: str
    url: str | None
    covered: int
    partial: int
    missing: int
    total: int
    parts: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """A counterpart's coverage picture, and the sentences that were left out of it."""

    page: PageView
    bars: tuple[Bar, ...]
    covered: int
    partial: int
    missing: int
    excluded: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def total(self) -> int:
        """The sentences that were compared."""
        return self.covered + self.partial + self.missing


@dataclass(frozen=True, slots=True)
class Gain:
    """A section of the English article as it would be: its sentences now, and those that each source (in the order of
    the counterparts) adds. ``parts`` as in :class:`Bar`.
    """

    heading: str
    level: int
    is_new: bool
    has: int
    adds: tuple[int, ...]
    parts: tuple[tuple[str, float, float], ...]


def page_view(page: Page) -> PageView:
    """A page, for a person."""
    return PageView(
        page.lang,
        language_name(page.lang),
        text_direction(page.lang),
        page.title,
        page.revid,
        (page.timestamp or "")[:10],
        revision_url(page),
        page.requested,
    )


def text_direction(lang: str) -> str:
    """``rtl`` or ``ltr`` from CLDR, ``auto`` where it does not know the language."""
    from babel import Locale, UnknownLocaleError

    try:
        return "rtl" if Locale.parse(lang, sep="-").text_direction == "rtl" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "auto"


def coverage_view(coverage: Coverage) -> CoverageView:
    """What English has of a counterpart, section by section."""
    body = [section for section in coverage.sections if not section.back_matter]
    longest = max((section.covered + section.partial + section.missing for section in body), default=0) or 1
    left_out: dict[str, list[str]] = {}
    for sentence in coverage.sentences:
        if sentence.verdict.status is Status.EXCLUDED:
            left_out.setdefault(sentence.verdict.reason.replace("-", " ") or "not prose", []).append(sentence.text)
    return CoverageView(
        page_view(coverage.page),
        tuple(_bar(coverage.page, section, longest) for section in body),
        coverage.count(Status.COVERED),
        coverage.count(Status.PARTIAL),
        coverage.count(Status.MISSING),
        tuple((reason, tuple(texts)) for reason, texts in left_out.items()),
    )


def _bar(page: Page, section: SectionCoverage, longest: int) -> Bar:
    counts = {"covered": section.covered, "partial": section.partial, "missing": section.missing}
    return Bar(
        section.heading,
        section.level,
        ", ".join(heading or "Lead" for heading in section.matches),
        revision_url(page, section.heading),
        section.covered,
        section.partial,
        section.missing,
        sum(counts.values()),
        _parts(counts, longest),
    )


def gains(expansion: Expansion) -> tuple[Gain, ...]:
    """The English article's sections and those that proposals would open, in page order; rejected ones add nothing."""
    page = expansion.article
    article = read(file_revision(expansion.base, page.lang, page.title))
    sources = [item.page for item in expansion.coverage]
    rows: dict[tuple[object, ...], tuple[tuple[int, int], str, int, int]] = {}
    for section in article.sections:
        if section.kind in (SectionKind.LEAD, SectionKind.BODY):
            has = len(article.sentences_of(section))
            rows[section.index,] = ((section.span.start, 1), section.heading, section.level, has)
    added: dict[tuple[object, ...], list[int]] = {}
    for proposal in expansion.proposals:
        anchor, gap = proposal.gap.anchor, proposal.gap
        row: tuple[object, ...] = (anchor.section,)
        for depth, (new, heading) in enumerate(zip(anchor.new_sections, proposal.headings, strict=False), start=1):
            row = (anchor.offset, *proposal.headings[:depth])
            rows.setdefault(row, ((anchor.offset, 0), heading, new.level, 0))
        counts = added.setdefault(row, [0] * len(sources))
        if proposal.decision.choice is not Choice.REJECTED:
            number = next(n for n, source in enumerate(sources) if (source.lang, source.title) == (gap.lang, gap.title))
            counts[number] += len(gap.sentences)
    nothing = [0] * len(sources)
    longest = max((row[3] + sum(added.get(key, nothing)) for key, row in rows.items()), default=0) or 1
    return tuple(
        _gain(heading, level, has, added.get(key, nothing), longest, is_new=len(key) > 1)
        for key, (_, heading, level, has) in sorted(rows.items(), key=lambda item: item[1][0])
    )


def _gain(heading: str, level: int, has: int, adds: Sequence[int], longest: int, *, is_new: bool) -> Gain:
    counts = {"has": has, **{f"source-{number}": count for number, count in enumerate(adds, start=1)}}
    return Gain(heading, level, is_new, has, tuple(adds), _parts(counts, longest))


def _parts(counts: Mapping[str, int], longest: int) -> tuple[tuple[str, float, float], ...]:
    """The parts of a bar: what each is, where it begins, how wide it is (hundredths of ``longest``)."""
    parts, at = [], 0.0
    for name, count in counts.items():
        width = round(100 * count / longest, 2)
        if count:
            parts.append((name, at, width))
        at = round(at + width, 2)
    return tuple(parts)
