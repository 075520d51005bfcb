"""Decisions → the new page text, the edit summary, the talk-page template, the diff."""

from expander.draft.attribution import SUMMARY_LIMIT, Source, edit_summary, source_summary, talk_template
from expander.draft.diff import unified_diff
from expander.draft.draft import Draft, make_drafts

__all__ = [
    "SUMMARY_LIMIT",
    "Draft",
    "Source",
    "edit_summary",
    "make_drafts",
    "source_summary",
    "talk_template",
    "unified_diff",
]
