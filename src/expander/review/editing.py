"""A passage in the editor's own text editor, as ``git commit`` does it."""

from __future__ import annotations

from collections.abc import Callable

from expander.draft.draft import passage_text
from expander.errors import InputError
from expander.language import language_name
from expander.printable import printable
from expander.proposals.proposal import Proposal
from expander.review.decisions import final_findings

_SCISSORS = "------------------------ >8 ------------------------"

Editor = Callable[[str], str | None]
"""Shows a text in an editor and gives back what was saved, None where nothing was."""


def buffer(proposal: Proposal, wikitext: str | None = None) -> str:
    """What the editor sees: the passage, and below the scissors line the source and the findings."""
    text = wikitext if wikitext is not None else passage_text(proposal) or ""
    findings = [f"{finding.severity}: {finding.message}" for finding in final_findings(proposal)]
    help_lines = [
        _SCISSORS,
        "Do not touch the line above. Everything below it is dropped.",
        "",
        f"{proposal.id} goes into {proposal.section or 'the lead'}, after: {proposal.context or 'the heading'}",
        "",
        f"{language_name(proposal.gap.lang)}: {proposal.source_text}",
        "",
        f"Source wikitext: {proposal.source_wikitext}",
        *(["", "Findings:", *findings] if findings else []),
    ]
    return f"{text}\n\n" + "\n".join(printable(line) for line in help_lines) + "\n"


def edited_text(saved: str) -> str:
    """The passage in what the editor saved."""
    return saved.replace("\r\n", "\n").split(_SCISSORS, 1)[0].strip("\n")


def system_editor(text: str) -> str | None:
    """``$VISUAL``, ``$EDITOR`` or the system's own editor. Raises InputError where it cannot be run."""
    import click

    try:
        return click.edit(text, extension=".wikitext")
    except click.ClickException as error:
        raise InputError(f"The editor cannot be run: {error.format_message()} Set EDITOR to one that can.") from None
