"""Small expansions with accepted passages, for pages that a test makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from expander.articles import BlockKind, Revision
from expander.gaps.gap import Anchor, Gap
from expander.proposals.expansion import Coverage, Expansion, Page, Tick
from expander.proposals.proposal import Choice, Decision, Proposal
from expander.review import CHECKLIST
from expander.values import Span

RUSSIAN = ("ru", "Российско-таджикские отношения", 2300002)
TAJIK = ("tg", "Муносибатҳои Тоҷикистон бо Русия", 3400001)
TEXT = """'''Dam''' is a sample. It stands on a river.<ref name="a">Source A.</ref>

== History ==
Work began in 1996. It ended in 2009.<ref name="a" /> People came to see it.

The second paragraph is about money. It was much.

== See also ==
* [[Russia]]

== References ==
<references />
"""


@dataclass(frozen=True)
class Passage:
    """A passage that enters directly after the text ``after``."""

    after: str
    wikitext: str
    source: tuple[str, str, int] = RUSSIAN
    joins: bool = True
    choice: Choice = Choice.ACCEPTED
    engine: str = "firefox"


def expansion(base: Revision, passages: Sequence[Passage], *, checked: bool = True) -> Expansion:
    """The expansion of ``base`` with these passages decided; ``checked``: and the checklist ticked."""
    numbers = count(1)
    proposals = tuple(_proposal(base, passage, f"{passage.source[0]}-p{next(numbers)}") for passage in passages)
    pages = dict.fromkeys(passage.source for passage in passages)
    coverage = tuple(
        Coverage(Page(lang, title, revid, "2024-01-01T00:00:00Z", "0" * 40, "wiki"), (), (), ())
        for lang, title, revid in pages
    )
    ticks = tuple(Tick(item.id, "2024-01-02T00:00:00Z") for item in CHECKLIST) if checked else ()
    return Expansion(Page.of(base), base.text, coverage, proposals, checklist=ticks)


def _proposal(base: Revision, passage: Passage, name: str) -> Proposal:
    lang, title, _ = passage.source
    offset = base.text.index(passage.after) + len(passage.after)
    anchor = Anchor(offset, 0, joins=passage.joins)
    decision = Decision(passage.choice, decided_at="2024-01-02T00:00:00Z")
    return Proposal(
        id=name,
        gap=Gap(name, lang, title, (f"{lang}-1",), Span(0, 1), BlockKind.PARAGRAPH, anchor),
        section="",
        source_section="",
        source_wikitext="Текст.",
        source_text="Текст.",
        wikitext=passage.wikitext,
        engines=(passage.engine,),
        decision=decision,
    )
