"""Decisions → the new page text, the edit summary, the talk-page template, the diff."""

from expander.draft.attribution import SUMMARY_LIMIT, Source, edit_summary, source_summary, talk_template
from expander.draft.diff import unified_diff
from expander.draft.draft import (
    Draft,
    chosen_passages,
    decided,
    make_drafts,
    passage_edits,
    passage_text,
    sources_of,
    translated,
)
from expander.draft.faults import draft_faults, with_faults
from expander.draft.preamble import preamble

__all__ = [
    "SUMMARY_LIMIT",
    "Draft",
    "Source",
    "chosen_passages",
    "decided",
    "draft_faults",
    "edit_summary",
    "make_drafts",
    "passage_edits",
    "passage_text",
    "preamble",
    "source_summary",
    "sources_of",
    "talk_template",
    "translated",
    "unified_diff",
    "with_faults",
]
