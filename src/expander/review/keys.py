"""Where the editor's keys come from: a terminal, or lines of a pipe or a script."""

from __future__ import annotations

import re
import sys
from typing import Protocol, TextIO

_FIRST_KEY = re.compile(r"\x1b\[[0-9;]*[A-Za-z~]|\x1bO.|.", re.DOTALL)
_NAMED = {
    "\x1b[C": "n", "\x1b[B": "n", "\x1b[6~": "n", " ": "n", "\r": "n", "\n": "n",
    "\x1b[D": "b", "\x1b[A": "b", "\x1b[5~": "b", "\x7f": "b",
    "\x1bOC": "n", "\x1bOB": "n", "\x1bOD": "b", "\x1bOA": "b",
}  # fmt: skip


class Keys(Protocol):
    """One key at a time, and a line of text where an action needs one."""

    def key(self) -> str:
        """The next key. Raises EOFError at the end of the input, KeyboardInterrupt for Ctrl-C."""

    def line(self, prompt: str) -> str | None:
        """A line of text, None where the editor gave none (Ctrl-C, Ctrl-D)."""


class TerminalKeys:
    """Single keys of a terminal, without Enter; arrows move.

    What was typed ahead is dropped: nobody decides on a passage before it is on the screen.
    """

    def key(self) -> str:
        """The next key."""
        import click

        pressed = _FIRST_KEY.match(click.getchar())
        key = pressed[0] if pressed else ""
        return _NAMED.get(key, key)

    def line(self, prompt: str) -> str | None:
        """A line typed after ``prompt``."""
        try:
            return input(prompt)
        except (EOFError, KeyboardInterrupt):
            sys.stdout.write("\n")
            return None


class LineKeys:
    """A command a line: the key, and after it what the action asks for (``r English has it already``)."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._rest: str | None = None

    def key(self) -> str:
        """The first character of the next line that is not empty; the rest is kept for :meth:`line`."""
        for line in self._stream:
            command = line.strip()
            if command:
                self._rest = command[1:].strip()
                return command[0]
        raise EOFError

    def line(self, prompt: str) -> str | None:
        """What stood after the key; a second question gets the next line."""
        if self._rest is not None:
            rest, self._rest = self._rest, None
            return rest
        line = self._stream.readline()
        return line.rstrip("\n") if line else None
