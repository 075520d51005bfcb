"""Everything that can stop a stage, on one screen.

::

    ExpanderError             exit status 1 is never used: each leaf names its own
    ├── InputError        2   wrong usage, unreadable or malformed input
    ├── WikiError         3   the wiki cannot be reached, refuses, or has no such page
    │   ├── WikiUnreachable
    │   ├── PageMissing
    │   └── EditRefused       the wiki understood the edit and said no (block, protection, filter …)
    ├── EngineError       4   an engine failed for good; passages are left untranslated
    │   └── EngineLimited     … because it limits us; ``retry_after`` seconds if it said so
    ├── EditConflict      5   the page changed in a way that cannot be rebased
    └── StorageError      2   a folder or file cannot be written or read (disk full, read-only, corrupt)

Expected trouble (a passage that cannot be translated, a link with no twin) is not an exception: it is a
:class:`~expander.values.Finding` or a :class:`~expander.values.Skipped`.
Every message is one sentence for a person: what happened, where, and what to do.
"""

from __future__ import annotations


class ExpanderError(Exception):
    """A stage cannot go on; ``exit_status`` is what the command line returns (interface.md)."""

    exit_status = 2


class InputError(ExpanderError):
    """What the user gave cannot be used: a missing, empty or binary file, an unknown language, a bad option."""


class StorageError(ExpanderError):
    """A file of ours cannot be read or written: disk full, read-only folder, corrupt proposal."""


class WikiError(ExpanderError):
    """The wiki cannot be reached, refuses to answer, or lacks the page."""

    exit_status = 3


class WikiUnreachable(WikiError):
    """No usable answer: no network, time-out, ``--offline`` with nothing cached, a reply that is not the API's."""


class PageMissing(WikiError):
    """The wiki answered that it has no such page."""


class EditRefused(WikiError):
    """The wiki refused an edit; ``code`` is the Action API's error code (https://www.mediawiki.org/wiki/API:Edit)."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


class EngineError(ExpanderError):
    """A translation engine cannot be used any more in this run."""

    exit_status = 4


class EngineLimited(EngineError):
    """The engine asks us to slow down; ``retry_after`` is in seconds, None where it gave no time."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class EditConflict(ExpanderError):
    """The page changed since it was fetched, and the accepted passages do not all fit the new revision."""

    exit_status = 5
