"""Where a person decides: in the terminal or in the report, one passage at a time."""

from expander.review.decisions import CHECKLIST, decide, final_findings, final_wikitext, find, replaced, tick
from expander.review.exchange import Decisions, merge, read_decisions, write_decisions
from expander.review.report import render_report
from expander.review.splitting import split
from expander.review.unmodified import REFUSE_ABOVE, WARN_ABOVE, Unmodified, unmodified, unmodified_share

__all__ = [
    "CHECKLIST",
    "REFUSE_ABOVE",
    "WARN_ABOVE",
    "Decisions",
    "Unmodified",
    "decide",
    "final_findings",
    "final_wikitext",
    "find",
    "merge",
    "read_decisions",
    "render_report",
    "replaced",
    "split",
    "tick",
    "unmodified",
    "unmodified_share",
    "write_decisions",
]
