"""What is wrong with the editor's own text of a passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from expander.articles import Article, Node, NodeKind, file_revision, read, visible
from expander.proposals.proposal import Proposal
from expander.review.markup import reference_urls
from expander.translation.checks import check
from expander.values import Finding, Severity, Span

# What is left over as text where markup is not closed, or closes nothing
_LOOSE = re.compile(r"\[\[|\]\]|\{\{|\}\}|</?(?:ref|nowiki|math|div|span|small|sub|sup|i|b)\b[^<>]*>?", re.IGNORECASE)


def recheck(proposal: Proposal, wikitext: str) -> tuple[Finding, ...]:
    """Findings on the editor's ``wikitext`` of a passage; spans are places in it.

    Its markup must be closed, the references of the machine's text should still be there, and its visible text passes
    the checks that every translation passes.
    """
    article = read(file_revision(wikitext, "en", ""))
    return (
        *_loose_markup(article.nodes, wikitext),
        *_headings(article.nodes),
        *_lost_references(proposal, wikitext),
        *_translation(proposal, article),
    )


def _loose_markup(nodes: Iterable[Node], text: str) -> Iterator[Finding]:
    for node in nodes:
        if node.kind is NodeKind.TEXT:
            for match in _LOOSE.finditer(text, node.span.start, node.span.end):
                message = f"“{match[0]}” here opens or closes nothing; the wiki would show it as text."
                yield Finding("markup-broken", Severity.ERROR, message, Span(*match.span()))
        elif node.kind is not NodeKind.OPAQUE:
            yield from _loose_markup(node.content, text)


def _headings(nodes: Iterable[Node]) -> Iterator[Finding]:
    for node in nodes:
        if node.kind is NodeKind.HEADING:
            message = "A heading inside a passage begins a section; what follows in the article would move into it."
            yield Finding("heading-in-passage", Severity.WARNING, message, node.span)


def _lost_references(proposal: Proposal, wikitext: str) -> Iterator[Finding]:
    kept = reference_urls(wikitext)
    for url in reference_urls(proposal.wikitext or ""):
        if url not in kept:
            message = f"The reference to {url} is no longer there; leave it out on purpose only."
            yield Finding("reference-removed", Severity.WARNING, message)


def _translation(proposal: Proposal, article: Article) -> Iterator[Finding]:
    shown = visible(article.nodes, article.text)
    for finding in check(proposal.source_text, shown.text, proposal.gap.lang):
        yield replace(finding, span=_place(finding.span, shown.offsets, len(article.text)))


def _place(span: Span | None, offsets: tuple[int, ...], length: int) -> Span | None:
    """A span of visible text as a span of the wikitext it comes from."""
    if span is None or not len(span) or span.end > len(offsets):
        return None
    return Span(offsets[span.start], min(offsets[span.end - 1] + 1, length))
