"""One passage made two, so that the editor can decide on each."""

from __future__ import annotations

from dataclasses import replace

from expander.articles import BlockKind, Sentence, file_revision, read
from expander.errors import InputError
from expander.proposals.expansion import Expansion
from expander.proposals.proposal import Choice, Decision, Proposal
from expander.review.decisions import find
from expander.values import Finding, Span


def sentences(wikitext: str) -> tuple[Sentence, ...]:
    """The sentences of a passage's English wikitext."""
    return read(file_revision(wikitext, "en", "")).sentences


def split(expansion: Expansion, passage: str, after: int) -> Expansion:
    """``expansion`` with a ``passage`` (its id) as two: its first ``after`` English sentences (``ID.1``) and the rest
    (``ID.2``).

    The source is cut with it where both have the same number of sentences; else each part keeps the whole source.
    Raises InputError where the passage cannot be cut there, or is decided already.
    """
    proposal = find(expansion, passage)
    text = proposal.wikitext
    if proposal.decision.choice is not Choice.UNDECIDED:
        raise InputError(f"{passage} is decided already; take that back before you split it.")
    if text is None or proposal.gap.kind is not BlockKind.PARAGRAPH:
        raise InputError(
            f"{passage} cannot be split: {'it is not translated' if text is None else 'it is no paragraph'}."
        )
    english = sentences(text)
    if not 0 < after < len(english):
        raise InputError(f"{passage} cannot be split after sentence {after}: it has {len(english)}.")
    start, end = _joint(text, english[after - 1].span.end, english[after].span.start)
    spans = (Span(0, start), Span(end, len(text)))
    shown = (english[:after], english[after:])
    sources = _sources(expansion, proposal, after, len(english))
    parts = []
    for number, (span, part, source) in enumerate(zip(spans, shown, sources, strict=True), start=1):
        parts.append(
            replace(
                source,
                gap=replace(source.gap, twins=()),
                id=f"{passage}.{number}",
                translation=" ".join(sentence.plain for sentence in part),
                wikitext=span.of(text),
                findings=_findings(proposal.findings, span),
                decision=Decision(),
                part_of=proposal.part_of or passage,
                joint=proposal.joint if number == 1 else text[start:end],
            )
        )
    return expansion.with_proposals(
        part for other in expansion.proposals for part in (parts if other.id == passage else (other,))
    )


def _joint(text: str, before: int, after: int) -> tuple[int, int]:
    """The white space between two sentences; a list marker after it belongs to the second."""
    between = text[before:after]
    space = len(between) - len(between.lstrip())
    return before, before + space


def _sources(expansion: Expansion, proposal: Proposal, after: int, count: int) -> tuple[Proposal, Proposal]:
    """``proposal`` twice, each with its part of the source."""
    gap = proposal.gap
    known = {sentence.verdict.sentence: sentence for coverage in expansion.coverage for sentence in coverage.sentences}
    if len(gap.sentences) != count or any(sentence not in known for sentence in gap.sentences):
        return proposal, proposal

    def part(ids: tuple[str, ...]) -> Proposal:
        chosen = [known[sentence] for sentence in ids]
        return replace(
            proposal,
            gap=replace(gap, sentences=ids),
            source_text=" ".join(sentence.text for sentence in chosen),
            source_wikitext=" ".join(sentence.wikitext for sentence in chosen),
        )

    return part(gap.sentences[:after]), part(gap.sentences[after:])


def _findings(findings: tuple[Finding, ...], span: Span) -> tuple[Finding, ...]:
    """The findings that concern the part at ``span``; those on the whole passage concern each part."""
    kept = []
    for finding in findings:
        if finding.span is None:
            kept.append(finding)
        elif finding.span in span:
            kept.append(replace(finding, span=finding.span.shifted(-span.start)))
    return tuple(kept)
