"""A passage on the terminal, as wide as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from expander.articles import Article, Sentence
from expander.draft.draft import passage_text
from expander.language import language_name
from expander.printable import printable
from expander.proposals.expansion import Expansion, SentenceCoverage
from expander.proposals.proposal import Choice, Proposal
from expander.review import markup
from expander.review.decisions import final_findings
from expander.review.unmodified import WARN_ABOVE, Unmodified
from expander.review.words import Run, word_changes
from expander.values import Finding, Severity

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

SIDE_BY_SIDE = 100  # columns
_NAMED = 8  # passages named in a sentence
_SEVERITY = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_CHOICE = {Choice.UNDECIDED: "dim", Choice.ACCEPTED: "green", Choice.EDITED: "green", Choice.REJECTED: "red"}
_SORT = {
    "link": "cyan",
    "reference": "dim",
    "template": "magenta",
    "comment": "dim",
    "format": "bold",
    "heading": "bold",
}

_CHANGED = {"same": ("", "", ""), "del": ("red strike", "[-", "-]"), "ins": ("green", "{+", "+}")}


def text(content: str, style: str = "") -> Text:
    """Text of others, harmless and without rich's own markup."""
    from rich.text import Text

    return Text(printable(content), style=style)


def passage(
    proposal: Proposal, place: tuple[int, int], sentences: Sequence[SentenceCoverage], console: Console
) -> RenderableType:
    """The passage: where it goes, findings, source and translation, wikitext, the closest English sentence. ``place``
    is its number and the total, ``sentences`` its sentences as they were compared.
    """
    from rich.console import Group

    parts: list[RenderableType] = ["", _title(proposal, place), _where(proposal)]
    if proposal.untranslated:
        parts.append(text(f"Not translated: {proposal.untranslated}", "yellow"))
    parts += [finding_line(finding) for finding in final_findings(proposal)]
    if proposal.context:
        parts.append(_labelled("After", proposal.context))
    parts += ["", *_texts(proposal, console.width)]
    wikitext = passage_text(proposal)
    if wikitext is not None:
        parts += ["", text("Wikitext", "dim"), wikitext_lines(wikitext, final_findings(proposal))]
    if proposal.decision.choice is Choice.EDITED:
        parts += ["", text("Changed", "dim"), changes(proposal.wikitext or "", wikitext or "", is_plain(console))]
    nearest = max((item.verdict for item in sentences if item.verdict.closest), key=lambda v: v.score, default=None)
    if nearest is not None:
        parts += ["", _labelled(f"Closest in English ({nearest.score:.0%})", nearest.closest or "")]
    return Group(*parts)


def finding_line(finding: Finding) -> Text:
    """A finding: its severity in words, so that it needs no colour."""
    line = text(f"{finding.severity}: ", _SEVERITY[finding.severity])
    return line.append_text(text(finding.message)).append_text(text(f" ({finding.code})", "dim"))


def wikitext_lines(wikitext: str, findings: Iterable[Finding] = ()) -> Text:
    """Wikitext with its links, references and templates set apart and findings underlined."""
    line = text("")
    for run in markup.runs(wikitext, findings):
        line.append_text(text(run.text, f"{_SORT.get(run.sort, '')}{' underline' if run.finding else ''}".strip()))
    return line


def changes(old: str, new: str, is_plain: bool) -> Text:
    """What the editor changed, word by word."""
    return runs_line(word_changes(old, new), is_plain)


def runs_line(runs: Iterable[Run], is_plain: bool) -> Text:
    """Changed and unchanged words; without colour as ``git diff --word-diff`` writes them."""
    line = text("")
    for run in runs:
        style, opening, closing = _CHANGED[run.kind]
        content = run.text.rstrip("\n")
        shown = f"{opening}{content}{closing}" if is_plain and content else content
        line.append_text(text(shown, style)).append_text(text(run.text[len(content) :]))
    return line


def evidence(proposal: Proposal, sentences: Sequence[SentenceCoverage], source: str | None = None) -> RenderableType:
    """Why the passage is proposed, sentence by sentence: the closest English sentence and what speaks for what.
    ``source`` is the address of the source's section.
    """
    from rich.console import Group

    parts: list[RenderableType] = [text("Why it is proposed", "bold")]
    own = {item.text for sentence in sentences for item in sentence.verdict.evidence}
    parts += [text(f"  {item.text}") for item in proposal.gap.evidence if item.text not in own]
    if proposal.gap.lacks:
        parts.append(text(f"  English lacks: {', '.join(proposal.gap.lacks)}"))
    for sentence in sentences:
        verdict = sentence.verdict
        parts.append(text(f"  {sentence.text}", "italic"))
        if verdict.closest:
            parts.append(_labelled(f"    closest in English ({verdict.score:.0%})", verdict.closest))
        parts += [text(f"    {item.text}", "dim") for item in verdict.evidence]
    parts += [_labelled("  the source is", ", ".join(proposal.gap.flags))] if proposal.gap.flags else []
    parts += [_labelled("  place", proposal.gap.anchor.reason)] if proposal.gap.anchor.reason else []
    parts += [_labelled("  source", source)] if source else []
    return Group(*parts)


def surroundings(proposal: Proposal, base: Article, count: int = 2) -> RenderableType:
    """The English text around the place, the passage in it."""
    from rich.console import Group

    offset = proposal.gap.anchor.offset
    before = [sentence for sentence in base.sentences if sentence.span.end <= offset][-count:]
    after = [sentence for sentence in base.sentences if sentence.span.start >= offset][:count]
    new = [f"== {heading} ==" for heading in proposal.headings]
    own = [text(f"+ {line}", "green") for line in (*new, proposal.translation or proposal.source_text)]
    last = before[-1].section if before else 0
    return Group(
        text("Around it in English", "bold"),
        *(text(f"  {line}") for line in _with_headings(before, base, before[0].section if before else 0)),
        *own,
        *(text(f"  {line}") for line in _with_headings(after, base, last)),
    )


def _with_headings(sentences: Iterable[Sentence], base: Article, section: int) -> Iterator[str]:
    """What the sentences say, each new section's heading before its first; ``section`` is the one that is known."""
    for sentence in sentences:
        if sentence.section != section:
            section = sentence.section
            yield f"== {base.sections[section].heading} =="
        yield sentence.plain


def listing(expansion: Expansion, wanted: Iterable[Proposal]) -> Iterable[RenderableType]:
    """A line a passage: its id, decision, section and beginning."""
    ids = max((len(proposal.id) for proposal in expansion.proposals), default=0)
    for proposal in wanted:
        decision = proposal.decision.choice
        line = text(f"{proposal.id:<{ids}}  ").append_text(text(f"{decision.value:<9}  ", _CHOICE[decision]))
        begin = proposal.translation or proposal.source_text
        worst = next((level for level in Severity if any(f.severity is level for f in final_findings(proposal))), None)
        line.append_text(text(f"{worst}  ", _SEVERITY[worst]) if worst else text(""))
        line.append_text(text(f"{proposal.section or 'lead'}: ", "dim")).append_text(text(begin))
        line.no_wrap, line.overflow = True, "ellipsis"
        yield line


def summary(expansion: Expansion, shares: Unmodified) -> Iterable[str]:
    """Sentences on how far the review is and how much of the machine's text was left as it is."""
    tally = {choice: sum(p.decision.choice is choice for p in expansion.proposals) for choice in Choice}
    parts = [f"{count} {choice}" for choice, count in tally.items() if count]
    yield f"{len(expansion.proposals)} passages: {', '.join(parts) or 'none'}."
    if shares.whole is not None:
        yield f"{shares.whole:.0%} of the machine's text in the draft is unmodified."
    if shares.warned:
        yield hardly_revised(shares)


def hardly_revised(shares: Unmodified) -> str:
    """A sentence on the passages that are nearly as the machine made them."""
    more = len(shares.warned) - _NAMED
    named = ", ".join(shares.warned[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    return (
        f"Hardly revised (over {WARN_ABOVE * 100:.0f} % unmodified): {named}. English Wikipedia "
        "counts such text as worse than nothing; read each in both languages and rewrite what no editor would write."
    )


def is_plain(console: Console) -> bool:
    """Whether colours cannot be shown."""
    return console.color_system is None or console.no_color


def _title(proposal: Proposal, place: tuple[int, int]) -> RenderableType:
    from rich.rule import Rule

    choice = proposal.decision.choice
    title = text(f"{place[0]}/{place[1]} ", "bold").append_text(text(proposal.id, "bold")).append_text(text("  "))
    state = "accepted unchanged" if choice is Choice.ACCEPTED else choice.value
    title.append_text(text(state, _CHOICE[choice]))
    if proposal.decision.reason:
        title.append_text(text(f": {proposal.decision.reason}"))
    return Rule(title, align="left", style="dim")


def _where(proposal: Proposal) -> Text:
    target = (
        f"opens “{' › '.join(proposal.headings)}”" if proposal.headings else f"into {proposal.section or 'the lead'}"
    )
    reason = proposal.gap.anchor.reason
    return text(target, "bold").append_text(text(f", {reason}" if reason else "", "not bold"))


def _texts(proposal: Proposal, width: int) -> list[RenderableType]:
    """Source and translation: side by side where there is room."""
    language = language_name(proposal.gap.lang)
    source_title = f"{language}, {proposal.source_section}" if proposal.source_section else language
    engines = f"English, by {', '.join(proposal.engines)}" if proposal.engines else "English"
    source, translation = text(proposal.source_text), text(proposal.translation or "–")
    if width < SIDE_BY_SIDE:
        return [text(source_title, "dim"), source, "", text(engines, "dim"), translation]
    from rich.table import Table

    table = Table.grid(padding=(0, 3, 0, 0), expand=True)
    table.add_column(ratio=1)
    table.add_column(ratio=1)
    table.add_row(text(source_title, "dim"), text(engines, "dim"))
    table.add_row(source, translation)
    return [table]


def _labelled(label: str, content: str) -> Text:
    return text(f"{label}: ", "dim").append_text(text(content))
