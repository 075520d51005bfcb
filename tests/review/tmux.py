"""A real terminal: tmux runs the program, keys go in, the screen comes out."""

from __future__ import annotations

import os
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.needs import need

PATIENCE = 30.0  # seconds; two busy cores take their time


class Terminal:
    """A tmux session of its own server."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket

    def run(self, *command: str) -> str:
        return subprocess.run(
            ["tmux", "-S", str(self._socket), "-f", "/dev/null", *command], check=True, capture_output=True, text=True
        ).stdout

    def keys(self, *keys: str) -> None:
        """Send keys by tmux's names (``Enter``, ``Left``) or as they are, when the program waits for a single key."""
        end = time.monotonic() + PATIENCE
        while self._reads_lines():
            assert time.monotonic() < end, f"the program waits for no key:\n{self.screen()}"
            time.sleep(0.05)
        self.run("send-keys", *keys)

    def type(self, text: str) -> None:
        """Send text literally, and Enter."""
        self.run("send-keys", "-l", text)
        self.run("send-keys", "Enter")

    def screen(self, *, styles: bool = False) -> str:
        """What the terminal holds, from its first line on; ``styles``: with escape sequences."""
        return self.run("capture-pane", "-p", "-J", "-S", "-", *(["-e"] if styles else []))

    def until(self, text: str, count: int = 1) -> str:
        """Wait until ``text`` stands on the screen ``count`` times."""
        end = time.monotonic() + PATIENCE
        while (screen := self.screen()).count(text) < count:
            assert time.monotonic() < end, f"no {text!r} ({count} times) on the screen:\n{screen}"
            time.sleep(0.1)
        return screen

    def _reads_lines(self) -> bool:
        """Whether the terminal gathers lines (canonical mode), so that a single key would not arrive."""
        tty = os.open(self.run("display-message", "-p", "#{pane_tty}").strip(), os.O_RDONLY | os.O_NOCTTY)
        try:
            return bool(termios.tcgetattr(tty)[3] & termios.ICANON)
        finally:
            os.close(tty)


@contextmanager
def terminal(
    command: Sequence[str], folder: Path, *, width: int, height: int = 50, env: Mapping[str, str] | None = None
) -> Iterator[Terminal]:
    """``command`` in a terminal of this size; its screen stays when it ends."""
    need("tmux", "apt-get install tmux")
    socket = folder / "tmux"
    opened = Terminal(socket)
    variables = [f"{name}={value}" for name, value in {"LC_ALL": "C.UTF-8", **(env or {})}.items()]
    unset = [argument for name in ("NO_COLOR", "COLUMNS", "LINES", "FORCE_COLOR") for argument in ("-u", name)]
    subprocess.run(
        ["tmux", "-u", "-S", str(socket), "-f", "/dev/null", "new-session", "-d", "-x", str(width), "-y", str(height),
         "--", "env", *unset, *variables, "sh", "-c", '"$@"; printf "[ended %s]\\n" $?; sleep 600', "sh", *command],
        check=True, env={**os.environ, "TERM": "xterm-256color"}, cwd=folder,
    )  # fmt: skip
    try:
        yield opened
    finally:
        subprocess.run(["tmux", "-S", str(socket), "kill-server"], check=False, capture_output=True)
