"""Where a person decides: in the terminal or in the report, one passage at a time."""

from expander.review.decisions import CHECKLIST, decide, final_findings, find, replaced, tick
from expander.review.desk import Folder, Helpers
from expander.review.exchange import Decisions, merge, read_decisions, write_decisions
from expander.review.keys import Keys, LineKeys, TerminalKeys
from expander.review.learned import learned
from expander.review.recheck import recheck
from expander.review.report import render_report
from expander.review.session import session
from expander.review.splitting import split
from expander.review.unmodified import REFUSE_ABOVE, WARN_ABOVE, Unmodified, unmodified, unmodified_share

__all__ = [
    "CHECKLIST",
    "REFUSE_ABOVE",
    "WARN_ABOVE",
    "Decisions",
    "Folder",
    "Helpers",
    "Keys",
    "LineKeys",
    "TerminalKeys",
    "Unmodified",
    "decide",
    "final_findings",
    "find",
    "learned",
    "merge",
    "read_decisions",
    "recheck",
    "render_report",
    "replaced",
    "session",
    "split",
    "tick",
    "unmodified",
    "unmodified_share",
    "write_decisions",
]
