"""What must be so before anything is published: the rules of English Wikipedia, as far as a program can check them.

Wikipedia:Translation and WP:MTRANS: machine text must be revised; WP:LLMTRANS (WP:LLM-assisted translation): what an
LLM may have translated goes to mainspace only where an editor knows both languages and has checked text and sources.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from expander.draft import decided
from expander.proposals.expansion import Expansion
from expander.review import CHECKLIST, final_findings, unmodified
from expander.values import Severity


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why nothing is published, and what would remove it; ``rule`` is the policy's shortcut ("" for our own rules)."""

    code: str
    message: str
    rule: str = ""


def obstacles(
    expansion: Expansion, *, revised: bool, mainspace: bool, may_be_llm: Callable[[str], bool]
) -> tuple[Obstacle, ...]:
    """All that stands against publishing the decided passages. ``revised``: the editor's word that the text was
    revised; ``may_be_llm`` tells of an engine's name whether a language model may be inside.
    """
    found: list[Obstacle] = []
    chosen = [proposal for proposal in expansion.proposals if decided(proposal)]
    if expansion.article.revid is None:
        found.append(
            Obstacle(
                "no-revision",
                "The base text is no revision of the wiki: run “expander expand” on the page's title, with a network.",
            )
        )
    if not chosen:
        found.append(Obstacle("nothing-decided", "No passage is accepted: decide with “expander review” first."))
    damaged = [
        proposal.id
        for proposal in chosen
        if any(finding.severity is Severity.ERROR for finding in final_findings(proposal))
    ]
    if damaged:
        found.append(
            Obstacle(
                "errors", f"These passages have errors that must not be published, edit them: {', '.join(damaged)}."
            )
        )
    share = unmodified(expansion)
    if share.is_refused and not revised:
        found.append(
            Obstacle(
                "unmodified",
                f"{share.whole or 0:.0%} of the text is the machine's as it came: revise it, or say --i-have-revised.",
                "WP:MTRANS",
            )
        )
    ticked = {tick.item for tick in expansion.checklist}
    missing = [item.text for item in CHECKLIST if item.id not in ticked]
    engines = sorted({name for proposal in chosen for name in proposal.engines if may_be_llm(name)})
    if mainspace and engines and missing:
        found.append(
            Obstacle(
                "llm-unchecked",
                f"A language model may be inside {', '.join(engines)}, and its text goes to an article only once you "
                f"have affirmed: {' '.join(missing)} Tick this in “expander review”, or publish to --target User:…",
                "WP:LLMTRANS",
            )
        )
    return tuple(found)
