"""Base and draft → a patch that ``git apply`` and ``patch`` accept."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

_NO_NEWLINE = "\\ No newline at end of file\n"


def unified_diff(base: str, draft: str, name: str = "base.wikitext", preamble: Iterable[str] = ()) -> str:
    """The change from ``base`` to ``draft`` of the file ``name``; empty where they are equal and there is no preamble.

    The ``preamble`` lines come first, each behind ``# `` so that none can be taken for a part of the patch.
    """
    head = "".join(f"# {line}".rstrip() + "\n" for text in preamble for line in text.split("\n"))
    body = difflib.unified_diff(_lines(base), _lines(draft), f"a/{name}", f"b/{name}")
    return head + "".join(_terminated(body))


def _lines(text: str) -> list[str]:
    """Lines with their newline; only ``\\n`` ends a line, as for git (str.splitlines knows nine more)."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _terminated(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n{_NO_NEWLINE}"
