"""Gaps → proposals: mask, translate, unmask into English markup, check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from expander.adaptation import Adapter, Knowledge, Wanted, wanted
from expander.adaptation.headings import english as english_heading
from expander.alignment import Embedder
from expander.alignment.verdict import Alignment, Status
from expander.articles.article import Article, BlockKind, Node, NodeKind, Sentence
from expander.articles.visible import clip, plain
from expander.articles.wikitext import parse
from expander.gaps.gap import Gap
from expander.language import language_name
from expander.proposals.gathering import gather, no_hints
from expander.proposals.lookup import Lookup
from expander.proposals.proposal import Proposal
from expander.translation import Masked, mask, unmask
from expander.translation.checks import Pair, check, check_similarity, placed
from expander.translation.glossary import enforce, hints, terms
from expander.translation.layout import escape
from expander.translation.layout import read as layout
from expander.translation.translator import Request, Translation
from expander.values import Finding, Severity

_MAY_BE_TOLD = 0.3  # probability that English has a sentence, from which the editor is told


def propose(
    article: Article,
    alignments: Sequence[Alignment],
    gaps: Sequence[Gap],
    lookup: Lookup,
    embedder: Embedder | None = None,
) -> tuple[Proposal, ...]:
    """A proposal for each gap, in the order of ``gaps``; what could not be translated says why and has no wikitext.

    ``embedder`` tells where a machine's translation seems to say something else than its source.
    """
    headings: dict[str, str] = {}
    for alignment in alignments:
        headings = _english_headings(alignment.counterpart, gaps, lookup) | headings
    made: dict[str, Proposal] = {}
    for alignment in alignments:
        counterpart = alignment.counterpart
        own = [gap for gap in gaps if (gap.lang, gap.title) == (counterpart.lang, counterpart.title)]
        if own:
            made |= _Workshop(article, counterpart, lookup, own, headings, embedder).proposals()
            made |= {gap.id: _with_doubts(made[gap.id], alignment) for gap in own}
    return tuple(made[gap.id] for gap in gaps)


def _english_headings(counterpart: Article, gaps: Sequence[Gap], lookup: Lookup) -> dict[str, str]:
    """English headings of those sections of ``counterpart`` that gaps (its own or another's) would open."""
    own = {section.heading for section in counterpart.sections}
    wants = dict.fromkeys(new.heading for gap in gaps for new in gap.anchor.new_sections if new.heading in own)
    requests = [Request(Masked(escape(heading), lang=counterpart.lang)) for heading in wants]
    answers = lookup.translate(requests, counterpart.lang, no_hints)
    return {
        heading: english_heading(heading, counterpart.lang, layout(answer.text).plain if answer.text else None)
        for heading, answer in zip(wants, answers, strict=True)
    }


@dataclass(frozen=True, slots=True)
class _Masked:
    """A sentence ready for an engine."""

    sentence: Sentence
    masked: Masked


class _Workshop:
    """The passages of one counterpart: everything is looked up and translated in batches, then put together."""

    def __init__(
        self,
        article: Article,
        counterpart: Article,
        lookup: Lookup,
        gaps: Sequence[Gap],
        headings: Mapping[str, str],
        embedder: Embedder | None,
    ) -> None:
        self.article, self.counterpart, self.lookup, self.gaps = article, counterpart, lookup, gaps
        self.headings, self.embedder = headings, embedder
        self.distant: dict[str, Finding] = {}  # canonical masked text → its translation seems to say something else
        self.nodes = {gap.id: self._nodes(gap) for gap in gaps}
        gathered = gather(article, counterpart, lookup, self._wants)
        self.made_by = gathered.made_by
        self.adapter = Adapter(article, counterpart, gathered.knowledge)

    def proposals(self) -> dict[str, Proposal]:
        """A proposal a gap, by id."""
        sentences = {
            gap.id: [self._mask(self.counterpart.by_id[number]) for number in gap.sentences]
            for gap in self.gaps
            if gap.kind is not BlockKind.TABLE
        }
        requests = [self._request(item) for items in sentences.values() for item in items]
        known = hints(self.adapter.knowledge.titles, self._titles)
        answers = iter(self.lookup.translate(requests, self.counterpart.lang, known))
        translated = {key: [next(answers) for _ in items] for key, items in sentences.items()}
        self.distant = self._distant([answer for group in translated.values() for answer in group])
        return {gap.id: self._proposal(gap, sentences.get(gap.id, []), translated.get(gap.id, [])) for gap in self.gaps}

    def _nodes(self, gap: Gap) -> tuple[Node, ...]:
        if gap.kind is BlockKind.TABLE:
            block = self.counterpart.blocks[self.counterpart.by_id[gap.sentences[0]].block]
            return clip(block.nodes, gap.span) or block.nodes
        return clip(self.counterpart.nodes, gap.span)

    def _wants(self, known: Knowledge) -> Wanted:
        return wanted(tuple(node for nodes in self.nodes.values() for node in nodes), self.counterpart, known)

    def _mask(self, sentence: Sentence) -> _Masked:
        return _Masked(sentence, mask(sentence.nodes, self.counterpart.text, self.counterpart.lang))

    def _request(self, item: _Masked) -> Request:
        block = self.counterpart.blocks[item.sentence.block]
        return Request(item.masked, plain(block.nodes, self.counterpart.text), self.article.title)

    @property
    def _titles(self) -> tuple[str, str]:
        """The subject's title in both languages."""
        return self.counterpart.title, self.article.title

    def _proposal(self, gap: Gap, items: Sequence[_Masked], answers: Sequence[Translation]) -> Proposal:
        failed = next((answer for answer in answers if answer.text is None), None)
        passage = self.adapter.passage(gap.anchor)
        findings: list[Finding] = [finding for answer in answers for finding in answer.findings]
        checked: list[tuple[str, tuple[Finding, ...]]] = []  # visible text of a sentence, and what is wrong in it
        wikitext: str | None = None
        if gap.kind is BlockKind.TABLE:
            wikitext = passage.table(self.nodes[gap.id], self.counterpart.text)
        elif failed is None:
            wikitext = ""
            block: int | None = None
            for item, answer in zip(items, answers, strict=True):
                text, applied = self._worded(answer, item.masked)
                done = unmask(text, item.masked, passage.render)
                wikitext += self._between(block, item.sentence) + done.wikitext.strip()
                block = item.sentence.block
                findings += (*applied, *done.findings)
                checked.append(self._check(layout(text).plain, item.masked))
        source_text = " ".join(self.counterpart.by_id[number].plain for number in gap.sentences)
        adapted = passage.finish(wikitext, source_text) if wikitext is not None else None
        shown = adapted.wikitext if adapted else ""
        findings += [finding for text, found in checked for finding in placed(found, text, shown)]
        anchor = gap.anchor
        return Proposal(
            id=gap.id,
            gap=gap,
            section=self._section_name(gap),
            source_section=self.counterpart.sections[self.counterpart.by_id[gap.sentences[0]].section].heading,
            source_wikitext=gap.span.of(self.counterpart.text),
            source_text=source_text,
            translation=plain(parse(adapted.wikitext, self.article.lang), adapted.wikitext) if adapted else "",
            wikitext=adapted.wikitext if adapted else None,
            engines=self._engines(gap, answers),
            headings=tuple(self.headings[new.heading] for new in anchor.new_sections),
            extra_edits=adapted.extra_edits if adapted else (),
            context=self.article.by_id[anchor.after].plain if anchor.after else "",
            findings=tuple(dict.fromkeys((*findings, *(adapted.findings if adapted else ()), *_doubts(gap)))),
            untranslated="" if adapted else (failed.reason if failed else "no engine translated its cells"),
        )

    def _worded(self, answer: Translation, masked: Masked) -> tuple[str, tuple[Finding, ...]]:
        """The translation with names as English Wikipedia has them; people's wording from the memory stays."""
        text = answer.text or ""
        return enforce(text, masked, self.adapter.knowledge.titles) if answer.match is None else (text, ())

    def _check(self, shown: str, masked: Masked) -> tuple[str, tuple[Finding, ...]]:
        glossary = terms(masked, self.adapter.knowledge.titles, self._titles)
        found = check(masked.plain, shown, self.counterpart.lang, self.article.lang, glossary)
        return shown, (*found, *([self.distant[masked.text]] if masked.text in self.distant else []))

    def _distant(self, answers: Sequence[Translation]) -> dict[str, Finding]:
        """Machines' translations that seem to say something else than their source."""
        machines = [answer for answer in answers if answer.text and answer.match is None]
        if self.embedder is None:
            return {}
        pairs = [
            Pair(layout(answer.source).plain, layout(answer.text or "").plain, self.counterpart.lang, self.article.lang)
            for answer in machines
        ]
        found = check_similarity(pairs, self.embedder)
        return {answer.source: finding for answer, finding in zip(machines, found, strict=True) if finding}

    def _between(self, before: int | None, sentence: Sentence) -> str:
        """What stands before a sentence: a space in its block, else the beginning of a paragraph or list item."""
        if before == sentence.block:
            return " "
        block = self.counterpart.blocks[sentence.block]
        markers = "".join(node.name for node in block.nodes if node.kind is NodeKind.MARKER)
        marker = f"{markers} " if markers else ""
        if before is None:
            return marker
        follows_list = self.counterpart.blocks[before].kind is BlockKind.LIST_ITEM
        return ("\n" if markers or follows_list else "\n\n") + marker

    def _engines(self, gap: Gap, answers: Sequence[Translation]) -> tuple[str, ...]:
        """The engines that made a passage, each once; the fragments count for tables, which have nothing else."""
        names = [answer.engine for answer in answers if answer.engine]
        if gap.kind is BlockKind.TABLE:
            source = "".join(node.span.of(self.counterpart.text) for node in self.nodes[gap.id])
            names = [engine for text, engine in self.made_by.items() if text in source]
        return tuple(dict.fromkeys(names))

    def _section_name(self, gap: Gap) -> str:
        if gap.anchor.new_sections:
            return self.headings[gap.anchor.new_sections[-1].heading]
        return self.article.sections[gap.anchor.section].heading


_FLAGS = {
    "unreferenced": "The source gives no reference for this passage; find one, or leave it out.",
    "citation-needed": "The source itself asks for a citation here; find one, or leave it out.",
    "dead-link": "The source supports this with dead links only; look for an archived copy.",
    "promotional": "The source is tagged as promotional; check the tone and the facts.",
    "stub": "The source is tagged as incomplete; check the facts.",
}


def _with_doubts(proposal: Proposal, alignment: Alignment) -> Proposal:
    """The proposal with a note on each sentence that English may have all the same."""
    verdicts = [alignment.by_sentence.get(number) for number in proposal.gap.sentences]
    notes = tuple(
        Finding(
            "perhaps-told",
            Severity.NOTE,
            f"English may tell part of this already: “{verdict.closest[:200]}” ({verdict.score:.0%} likely); compare.",
        )
        for verdict in verdicts
        if verdict and verdict.closest and verdict.status is Status.MISSING and verdict.score >= _MAY_BE_TOLD
    )
    return replace(proposal, findings=tuple(dict.fromkeys((*proposal.findings, *notes))))


def _doubts(gap: Gap) -> tuple[Finding, ...]:
    """What is doubtful about the source, and whether English tells a part of the passage already."""
    findings = [Finding(flag, Severity.NOTE, _FLAGS.get(flag, f"The source is flagged: {flag}.")) for flag in gap.flags]
    if gap.lacks:
        message = f"English tells part of this already; new is: {', '.join(gap.lacks)}. Merge by hand."
        findings.append(Finding("partly-covered", Severity.WARNING, message))
    findings += [
        Finding("also-in", Severity.NOTE, f"The {language_name(twin.lang)} article says this too: {twin.text[:200]}")
        for twin in gap.twins
    ]
    return tuple(findings)
