"""``expander apply``: decisions → draft."""

from __future__ import annotations

from pathlib import Path

from expander.cli.options import Common
from expander.cli.screen import Screen


def run_apply(common: Common, folder: Path, decisions: Path | None, *, json: bool) -> int:
    """Write the draft's files and say what is in them."""
    import msgspec

    from expander import __version__
    from expander.folder import write_draft
    from expander.review import merge, read_decisions
    from expander.seed.read import read_text_file
    from expander.store import load

    screen = Screen(common, json=json)
    expansion = load(folder)
    if decisions is not None:
        expansion, skipped = merge(expansion, read_decisions(read_text_file(decisions)))
        for item in skipped:
            screen.warn(f"The decision on {item.what} is left out: {item.reason}")
    drafts, files = write_draft(folder, expansion, __version__)
    chosen = sum(proposal.decision.is_in_draft for proposal in expansion.proposals)
    undecided = sum(proposal.decision.choice == "undecided" for proposal in expansion.proposals)
    if json:
        result = [{"summary": draft.summary, "talk": draft.talk, "passages": draft.passages} for draft in drafts]
        screen.write(msgspec.json.encode(result).decode() + "\n")
        return 0
    screen.changes(expansion, drafts, files.get("draft.diff", ""))
    screen.remark(f"{chosen} passages are in the draft, {undecided} are undecided and not in it.")
    for draft in drafts:
        if draft.summary:
            screen.results.print(f"\nEdit summary:\n{draft.summary}", markup=False)
    texts = [name for name in files if name.startswith("draft") and name.endswith(".wikitext")]
    screen.remark(f"The draft is {', '.join(texts)} in {folder}.")
    return 0
