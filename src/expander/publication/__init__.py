"""Posting a draft to the wiki, so that no byte of anybody's edit is lost and nothing is posted twice."""

from expander.publication.account import Account, Look, Submission
from expander.publication.credentials import HOW, AccessToken, BotPassword, Credentials, read_credentials
from expander.publication.gate import Obstacle, obstacles
from expander.publication.publish import Plan, Published, Wishes, copy_summary, prepare, publish, tag_of
from expander.publication.rebase import Rebased, Unplaced, rebase

__all__ = [
    "HOW",
    "AccessToken",
    "Account",
    "BotPassword",
    "Credentials",
    "Look",
    "Obstacle",
    "Plan",
    "Published",
    "Rebased",
    "Submission",
    "Unplaced",
    "Wishes",
    "copy_summary",
    "obstacles",
    "prepare",
    "publish",
    "read_credentials",
    "rebase",
    "tag_of",
]
