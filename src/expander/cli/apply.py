"""``expander apply``: decisions → draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from expander.cli.options import Common, default_memory
from expander.cli.screen import Screen
from expander.errors import ExpanderError

if TYPE_CHECKING:
    from expander.proposals.expansion import Expansion


@dataclass(frozen=True, slots=True)
class ApplyOptions:
    """What the user asked for; ``decisions`` is a file that the report exported."""

    folder: Path
    decisions: Path | None = None
    per_section: bool = False
    memory: Path | None = None
    json: bool = False


def run_apply(common: Common, options: ApplyOptions) -> int:
    """Write the draft's files, say what is in them, and remember what was decided."""
    import msgspec

    from expander import __version__
    from expander.folder import write_draft

    screen = Screen(common, json=options.json)
    expansion = _decided(options, screen)
    drafts, files = write_draft(options.folder, expansion, __version__)
    warnings = list(_warnings(expansion))
    if options.json:
        result = [
            {"summary": draft.summary, "talk": draft.talk, "passages": draft.passages, "section": draft.section}
            for draft in drafts
        ]
        screen.write(msgspec.json.encode(result).decode() + "\n")
    else:
        screen.changes(expansion, drafts, "".join(files[name] for name in files if name.endswith(".diff")))
        for draft in drafts:
            if draft.summary:
                about = f" ({draft.section or 'Lead'})" if expansion.per_section else ""
                screen.results.print(f"\nEdit summary{about}:\n{draft.summary}", markup=False)
    chosen = sum(proposal.decision.is_in_draft for proposal in expansion.proposals)
    undecided = sum(proposal.decision.choice == "undecided" for proposal in expansion.proposals)
    are = "passage is" if chosen == 1 else "passages are"
    screen.remark(f"{chosen} {are} in the draft, {undecided} are undecided and not in it.")
    for warning in warnings:
        screen.warn(warning)
    written = ", ".join(name for name in files if name.endswith(".wikitext") and name.startswith("draft"))
    screen.remark(f"The draft is {written} in {options.folder}.")
    if chosen:
        _remember(expansion, options, screen)
    return 0


def _decided(options: ApplyOptions, screen: Screen) -> Expansion:
    """What the folder holds with the decisions of the file, kept there."""
    from expander import __version__
    from expander.review import merge, read_decisions, recheck
    from expander.seed.read import read_text_file
    from expander.store import update
    from expander.values import Skipped

    taken = read_decisions(read_text_file(options.decisions)) if options.decisions is not None else None
    left_out: list[Skipped] = []

    def change(kept: Expansion) -> Expansion:
        if taken is not None:
            kept, skipped = merge(kept, taken, recheck)
            left_out.extend(skipped)
        return replace(kept, per_section=options.per_section)

    expansion = update(options.folder, change, __version__)
    for item in left_out:
        screen.warn(f"The decision on {item.what} is left out: {item.reason}")
    return expansion


def _warnings(expansion: Expansion) -> Iterator[str]:
    """What an editor should look at before the draft is saved to the wiki."""
    from expander.draft import decided, draft_faults
    from expander.review import final_findings, unmodified
    from expander.review.screen import hardly_revised
    from expander.values import Severity

    seen = set()
    for proposal in filter(decided, expansion.proposals):
        for finding in final_findings(proposal):
            if finding.severity is Severity.ERROR:
                seen.add(finding.message)
                yield f"{proposal.id} has an error, and is not published with it: {finding.message}"
    for fault in draft_faults(expansion):
        if fault.finding.severity is not Severity.NOTE and fault.finding.message not in seen:
            yield f"{fault.passage or 'The draft as a whole'}: {fault.finding.message}"
    shares = unmodified(expansion)
    if shares.warned:
        yield hardly_revised(shares)
    if shares.is_refused:
        yield (
            f"{shares.whole or 0:.0%} of the text is the machine's as it came; “expander publish” refuses that without "
            "--i-have-revised (WP:MTRANS)."
        )


def _remember(expansion: Expansion, options: ApplyOptions, screen: Screen) -> None:
    """Put the decisions into the user's translation memory; trouble with it costs a warning, not the draft."""
    from expander.cli.tools import remember
    from expander.sample import memory_path

    path = options.memory or default_memory()
    if options.memory is None and expansion.sample:
        screen.remark("It is the sample: nothing goes into your translation memory, unless you name one with --memory.")
        return
    if path.resolve() == memory_path().resolve():
        screen.warn("The sample's translation memory is not written to; name another with --memory.")
        return
    try:
        count = remember(expansion, path)
    except ExpanderError as error:
        screen.warn(f"What you decided could not be remembered: {error}")
        return
    if count:
        sentences = "1 sentence" if count == 1 else f"{count} sentences"
        screen.remark(f"{sentences} of what you decided went into the translation memory {path}.")
