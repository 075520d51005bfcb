"""The journey of an article: the table of contents of the code.

Seed → Articles → Alignment → Gaps → Proposals → (review, draft). Stages are pure calls on frozen values; what touches
the world (wiki, engines, embeddings) is handed in as :class:`Tools`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from expander import gaps
from expander.alignment import Embedder, align
from expander.alignment.verdict import Alignment
from expander.articles import Article, read
from expander.draft import with_faults
from expander.gaps.gap import Gap
from expander.proposals import offer, propose
from expander.proposals.expansion import Expansion, Page, coverage_of
from expander.proposals.lookup import Lookup
from expander.proposals.sections import Scope, scope_of
from expander.seed import Base, Counterparts, find_base, find_counterparts, read_seed

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for: ARTICLE, counterpart languages and pages, sections (none: all)."""

    article: str
    languages: tuple[str, ...] = ()
    counterparts: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[str, ...] = ()
    skip_unreferenced: bool = False


@dataclass(frozen=True, slots=True)
class Tools:
    """What touches the world. ``aligning`` is told how many sentences of how many are embedded."""

    lookup: Lookup
    embedder: Embedder
    aligning: Progress | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The journey's first half: the articles, and what English has of its counterparts; ``titles`` of each, as
    :meth:`Lookup.link_titles` gives them.
    """

    base: Base
    counterparts: Counterparts
    article: Article
    alignments: tuple[Alignment, ...]
    titles: tuple[Mapping[str, str | None], ...]
    scope: Scope


def compare(request: Request, tools: Tools) -> Comparison:
    """Seed → Articles → Alignment. Raises InputError, WikiError."""
    fetch = tools.lookup.page
    seed = read_seed(request.article)
    base = find_base(seed, fetch)
    counterparts = find_counterparts(seed, base.revision, fetch, request.languages, request.counterparts)
    article = read(base.revision)
    others = [read(revision) for revision in counterparts.revisions]
    scope = scope_of(request.sections, article, others)
    titles = tuple(tools.lookup.link_titles(other) for other in others)
    alignments = tuple(
        align(article, other, links, tools.embedder, tools.aligning)
        for other, links in zip(others, titles, strict=True)
    )
    return Comparison(base, counterparts, article, alignments, titles, scope)


def coverage(comparison: Comparison) -> Expansion:
    """What ``expander align`` shows: coverage, no proposals."""
    return Expansion(
        Page.of(comparison.article.revision),
        comparison.article.text,
        tuple(
            coverage_of(alignment, comparison.scope, titles)
            for alignment, titles in zip(comparison.alignments, comparison.titles, strict=True)
        ),
        skipped=comparison.counterparts.skipped,
        notes=tuple(filter(None, [comparison.base.note])),
    )


def expand(request: Request, tools: Tools) -> Expansion:
    """The whole journey up to the proposals. Raises InputError, WikiError."""
    comparison = compare(request, tools)
    found = gaps.find(comparison.article, comparison.alignments)
    wanted = [gap for gap in found if _is_wanted(gap, comparison, request)]
    made = propose(comparison.article, comparison.alignments, wanted, tools.lookup, tools.embedder)
    apart = offer(comparison.article, comparison.alignments, tools.lookup, {gap.lang for gap in found})
    return with_faults(replace(coverage(comparison), proposals=made, offers=apart), tools.lookup.render)


def _is_wanted(gap: Gap, comparison: Comparison, request: Request) -> bool:
    if request.skip_unreferenced and "unreferenced" in gap.flags:
        return False
    source = next(item.counterpart for item in comparison.alignments if item.counterpart.lang == gap.lang)
    section = source.by_id[gap.sentences[0]].section
    scope = comparison.scope
    return scope.holds(gap.lang, section) or scope.holds(comparison.article.lang, gap.anchor.section)
