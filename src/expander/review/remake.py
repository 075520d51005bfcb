"""A passage made anew: with another engine, or from another counterpart that has it too."""

from __future__ import annotations

from dataclasses import replace

from expander.alignment.verdict import Alignment
from expander.articles import Article, file_revision, read
from expander.errors import InputError
from expander.gaps.gap import Gap, Twin
from expander.proposals import propose
from expander.proposals.expansion import Expansion
from expander.proposals.lookup import Lookup
from expander.proposals.proposal import Proposal
from expander.values import Span


def with_engine(expansion: Expansion, proposal: Proposal, lookup: Lookup) -> Proposal:
    """The passage as the engines of ``lookup`` translate it. Raises InputError where none of them can."""
    return _made(expansion, proposal.gap, _counterpart(expansion, proposal.gap.lang, proposal.gap.title), lookup)


def from_twin(expansion: Expansion, proposal: Proposal, twin: Twin, lookup: Lookup) -> Proposal:
    """The passage as ``twin`` has it; the source that it had becomes its twin. Raises InputError as above."""
    counterpart = _counterpart(expansion, twin.lang, twin.title)
    first, last = (counterpart.by_id[name] for name in (twin.sentences[0], twin.sentences[-1]))
    gap = proposal.gap
    known = {sentence.verdict.sentence: sentence.verdict for item in expansion.coverage for sentence in item.sentences}
    verdicts = [known[name] for name in twin.sentences if name in known]
    former = Twin(gap.lang, gap.title, gap.sentences, proposal.source_text)
    other = replace(
        gap,
        lang=twin.lang,
        title=twin.title,
        sentences=twin.sentences,
        span=Span(first.span.start, last.span.end),
        kind=counterpart.blocks[first.block].kind,
        twins=(former, *(item for item in gap.twins if item != twin)),
        flags=tuple(dict.fromkeys(flag for verdict in verdicts for flag in verdict.flags)),
        evidence=tuple(dict.fromkeys(item for verdict in verdicts for item in verdict.evidence)),
        lacks=(),
    )
    made = _made(expansion, other, counterpart, lookup)
    return replace(made, section=proposal.section, headings=proposal.headings)


def _counterpart(expansion: Expansion, lang: str, title: str) -> Article:
    """The counterpart as it was when the proposals were made, whatever its wiki shows by now."""
    found = next((item for item in expansion.coverage if (item.page.lang, item.page.title) == (lang, title)), None)
    if found is None or not found.text:
        raise InputError(f"The folder does not hold the text of {lang}:{title}; run “expander expand” anew.")
    return read(file_revision(found.text, lang, title))


def _made(expansion: Expansion, gap: Gap, counterpart: Article, lookup: Lookup) -> Proposal:
    page = expansion.article
    article = read(file_revision(expansion.base, page.lang, page.title))
    (made,) = propose(article, [Alignment(article, counterpart, (), ())], [gap], lookup)
    if made.wikitext is None:
        raise InputError(f"It could not be translated: {made.untranslated}.")
    return made
