"""The files of a proposal folder, made of an expansion (interface.md, “The proposal folder”)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from expander import store
from expander.draft import Draft, decided, make_drafts, preamble, translated, unified_diff
from expander.proposals.expansion import Expansion
from expander.proposals.proposal import Choice
from expander.review import render_report


def write_proposal(folder: Path, expansion: Expansion, version: str) -> Mapping[str, str]:
    """Write what ``expand`` writes, ``proposal.json`` last; the files by name. Raises StorageError."""
    drafts = make_drafts(expansion, translated)
    files = {
        "changes.diff": unified_diff(
            expansion.base, drafts[-1].text, preamble=preamble(expansion, drafts, expansion.proposals)
        ),
        "report.html": render_report(expansion, version),
        **_attribution(drafts),
    }
    store.write_files(folder, files)
    store.save(folder, expansion, version)
    _remove_stale(folder, files)
    return files


def write_draft(folder: Path, expansion: Expansion, version: str) -> tuple[tuple[Draft, ...], Mapping[str, str]]:
    """Write what ``apply`` writes: drafts of decided passages alone; the drafts, and the files by name. The decisions
    themselves are the store's (:func:`store.update`). Raises StorageError.
    """
    drafts = make_drafts(expansion, decided)
    files = {"report.html": render_report(expansion, version), **_attribution(drafts)}
    for number, draft in enumerate(drafts, start=1):
        mark = f"-{number}" if len(drafts) > 1 else ""
        own = [proposal for proposal in expansion.proposals if proposal.id in draft.passages]
        files[f"draft{mark}.wikitext"] = draft.text
        files[f"draft{mark}.diff"] = unified_diff(
            draft.base,
            draft.text,
            "base.wikitext" if number == 1 else f"draft-{number - 1}.wikitext",
            preamble(expansion, [draft], own),
        )
    store.write_files(folder, files)
    _remove_stale(folder, files)
    return drafts, files


def carry_over(before: Expansion, now: Expansion) -> Expansion:
    """``now`` with the decisions that were taken on the same passages of the same source text before."""
    taken = {
        (proposal.gap.lang, proposal.source_wikitext): proposal.decision
        for proposal in before.proposals
        if proposal.decision.choice is not Choice.UNDECIDED
    }
    proposals = tuple(
        replace(proposal, decision=taken.pop((proposal.gap.lang, proposal.source_wikitext), proposal.decision))
        for proposal in now.proposals
    )
    lost = f"{len(taken)} earlier decisions are about passages that are not proposed any more." if taken else ""
    return replace(now, proposals=proposals, notes=(*now.notes, *filter(None, [lost])))


def _attribution(drafts: tuple[Draft, ...]) -> dict[str, str]:
    """``summary.txt`` and ``talk.wikitext``; where there are several edits, one file an edit."""
    files: dict[str, str] = {}
    for number, draft in enumerate(drafts, start=1):
        mark = f"-{number}" if len(drafts) > 1 else ""
        files[f"summary{mark}.txt"] = f"{draft.summary}\n" if draft.summary else ""
        files[f"talk{mark}.wikitext"] = draft.talk
    return files


def _remove_stale(folder: Path, written: Mapping[str, str]) -> None:
    """Remove files of an earlier run that would contradict what has just been written."""
    for pattern in ("draft*.wikitext", "draft*.diff", "summary*.txt", "talk*.wikitext"):
        for path in folder.glob(pattern):
            if path.name not in written:
                store.remove_file(path)
