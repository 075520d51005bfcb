"""What the editor's keys do. Each action tells whether the passage on the desk must be shown again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from expander.proposals.expansion import Expansion
from expander.proposals.proposal import Choice
from expander.review import screen
from expander.review.decisions import CHECKLIST, find, tick
from expander.review.desk import Desk
from expander.review.editing import buffer, edited_text
from expander.review.page_links import revision_url
from expander.review.recheck import recheck
from expander.review.splitting import sentences, split
from expander.values import Severity


@dataclass(frozen=True, slots=True)
class Action:
    """A key's name, what it does in a few words, and the doing."""

    name: str
    help: str
    do: Callable[[Desk], bool]


def accept(desk: Desk) -> bool:
    """Take the passage as the machine wrote it."""
    errors = [finding for finding in desk.passage.findings if finding.severity is Severity.ERROR]
    if errors and not desk.asks(f"It has an error: {errors[0].message} Accept it anyway?"):
        return False
    desk.keep(Choice.ACCEPTED)
    return _next(desk)


def edit(desk: Desk) -> bool:
    """Change the wikitext until its markup is whole, or drop the edit."""
    proposal, wikitext = desk.passage, None
    while True:
        saved = desk.helpers.edit(buffer(proposal, wikitext))
        if saved is None or not edited_text(saved).strip():
            desk.say("Nothing was saved; the passage is as it was.")
            return False
        wikitext = edited_text(saved)
        findings = recheck(proposal, wikitext)
        desk.say(screen.changes(proposal.wikitext or "", wikitext, screen.is_plain(desk.console)))
        for finding in findings:
            desk.say(screen.finding_line(finding))
        if not any(finding.severity is Severity.ERROR for finding in findings):
            desk.keep(Choice.EDITED, wikitext, findings=findings)
            return _next(desk)
        if not desk.asks("Edit it again? (n: drop this edit)"):
            desk.say("The edit was dropped; the passage is as it was.")
            return False


def reject(desk: Desk) -> bool:
    """Leave the passage out."""
    reason = desk.keys.line("Why? (Enter: no reason) ")
    if reason is None:
        return False
    desk.keep(Choice.REJECTED, reason=reason)
    return _next(desk)


def undo(desk: Desk) -> bool:
    """Take back the decision on this passage, else the last one of this review."""
    if desk.passage.decision.choice is Choice.UNDECIDED:
        places = {proposal.id: index for index, proposal in enumerate(desk.expansion.proposals)}
        undecided = Choice.UNDECIDED
        last = next(
            (
                places[passage]
                for passage in reversed(desk.decided)
                if passage in places and desk.expansion.proposals[places[passage]].decision.choice is not undecided
            ),
            None,
        )
        if last is None:
            desk.say("Nothing was decided in this review yet.")
            return False
        desk.at = last
    desk.keep(Choice.UNDECIDED)
    return True


def split_passage(desk: Desk) -> bool:
    """Make two passages of this one."""
    parts = sentences(desk.passage.wikitext or "")
    if len(parts) < 2:
        desk.say("It is one sentence: there is nothing to split.")
        return False
    for number, sentence in enumerate(parts, start=1):
        desk.say(f"  {number}  {sentence.plain}")
    answer = (desk.keys.line(f"Split after which sentence? (1–{len(parts) - 1}) ") or "").strip()
    if not answer.isdecimal():
        return False
    passage = desk.passage.id
    desk.update(lambda kept: split(kept, passage, int(answer)))
    return True


def other_source(desk: Desk) -> bool:
    """Take the passage from another counterpart."""
    make, twins = desk.helpers.other_source, desk.passage.gap.twins
    if make is None:
        desk.say("The other sources cannot be used here: no engine is ready.")
        return False
    chosen = desk.choose([f"{twin.lang}: {twin.text}" for twin in twins], "No other source has this passage.")
    if chosen is not None:
        desk.exchange(make(desk.passage, twins[chosen]))
    return chosen is not None


def other_engine(desk: Desk) -> bool:
    """Translate the passage again."""
    make, engines = desk.helpers.other_engine, desk.helpers.engines
    if make is None or desk.passage.part_of:
        desk.say("No other engine is ready." if make is None else "It is a part of a passage; edit it instead.")
        return False
    chosen = desk.choose(engines, "No other engine is ready.")
    if chosen is not None:
        desk.exchange(make(desk.passage, engines[chosen]))
    return chosen is not None


def skip(desk: Desk) -> bool:
    """Go on to the next undecided passage."""
    return _next(desk)


def back(desk: Desk) -> bool:
    """Go to the passage before."""
    if desk.at == 0:
        desk.say("This is the first passage.")
        return False
    desk.at -= 1
    return True


def go(desk: Desk) -> bool:
    """Go to a passage that the editor names."""
    wanted = (desk.keys.line("Which passage? ") or "").strip()
    if not wanted:
        return False
    if wanted.isdecimal() and 0 < int(wanted) <= len(desk.expansion.proposals):
        desk.at = int(wanted) - 1
    else:
        desk.at = desk.expansion.proposals.index(find(desk.expansion, wanted))
    return True


def search(desk: Desk) -> bool:
    """Go to the next passage with these words."""
    wanted = (desk.keys.line("Search for: ") or "").strip().casefold()
    proposals = desk.expansion.proposals
    for index in (*range(desk.at + 1, len(proposals)), *range(desk.at + 1)):
        other = proposals[index]
        texts = (other.id, other.section, other.source_text, other.translation, other.wikitext or "")
        if wanted and any(wanted in text.casefold() for text in texts):
            desk.at = index
            return True
    if wanted:
        desk.say("No passage has that.")
    return False


def context(desk: Desk) -> bool:
    """Show the English text around the place."""
    desk.say(screen.surroundings(desk.passage, desk.base))
    return False


def why(desk: Desk) -> bool:
    """Show the evidence."""
    proposal = desk.passage
    page = desk.expansion.source(proposal.gap.lang, proposal.gap.title)
    address = revision_url(page, proposal.source_section)
    desk.say(screen.evidence(proposal, desk.compared(), address))
    return False


def show_list(desk: Desk) -> bool:
    """List all passages."""
    for line in screen.listing(desk.expansion, desk.expansion.proposals):
        desk.say(line)
    return False


def checklist(desk: Desk) -> bool:
    """Tick what was done."""
    done = {entry.item for entry in desk.expansion.checklist}
    for item in CHECKLIST:
        if item.id in done or desk.asks(item.text):
            done.add(item.id)
    desk.refresh(desk.folder.update(lambda kept: _ticked(kept, done)))
    desk.say(f"{len(done)} of {len(CHECKLIST)} ticked; kept with the decisions.")
    return False


def show_help(desk: Desk) -> bool:
    """List the keys."""
    for key, action in ACTIONS.items():
        desk.say(f"  {key}  {action.name:<13} {action.help}")
    desk.say(f"  q  {'quit':<13} end the review; everything is kept")
    return False


ACTIONS: Mapping[str, Action] = {
    "a": Action("accept", "take the passage as it is", accept),
    "e": Action("edit", "change its wikitext in your editor", edit),
    "r": Action("reject", "leave it out, with a reason if you like", reject),
    "n": Action("next", "skip to the next undecided passage (space, →)", skip),
    "b": Action("back", "the passage before (←)", back),
    "u": Action("undo", "take this decision back, or the last one", undo),
    "s": Action("split", "make two passages of it", split_passage),
    "o": Action("other source", "take it from another language's article", other_source),
    "t": Action("translate", "translate it with another engine", other_engine),
    "c": Action("context", "the English text around it", context),
    "w": Action("why", "the evidence, and the closest English sentences", why),
    "g": Action("go to", "a passage by its id or number", go),
    "l": Action("list", "all passages and what was decided", show_list),
    "/": Action("search", "the next passage with these words", search),
    "k": Action("checklist", "what to have done before you publish", checklist),
    "?": Action("help", "this list", show_help),
}


def _next(desk: Desk) -> bool:
    if desk.advance():
        return True
    desk.say("No other passage is undecided. k: the checklist, q: end the review.")
    return False


def _ticked(expansion: Expansion, items: Iterable[str]) -> Expansion:
    for item in items:
        expansion = tick(expansion, item)
    return expansion
