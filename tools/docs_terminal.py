"""Commands as an editor runs them: in a terminal, with keys pressed when it waits for them."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

HOME = "/home/you"  # what the docs show in the place of the scratch folder
ROWS = 50
_PATIENCE = 300  # seconds for one command on a busy machine
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_PROMPT = re.compile(rb" (?:\x1b\[[0-9;]*m)*\Z")
_ERASED = re.compile(r"(?m)^.*\r(?:\x1b\[K)?")  # a progress line, and what returns to its beginning


class CommandFailed(Exception):
    """A command of the docs did not end as they say."""


@dataclass(frozen=True, slots=True)
class Run:
    """A command to show. ``keys`` are pressed one by one where it waits for one; a longer word is a line, ended with
    Enter. ``editor`` is a sed script that stands for what is typed in ``$EDITOR``. With ``colour``, the escapes that
    make it stay in the output.
    """

    command: str
    columns: int = 80
    keys: tuple[str, ...] = ()
    editor: str = ""
    status: int = 0
    colour: bool = False


@dataclass
class Workplace:
    """A home folder in which commands are run one after another. A command that was run before in a folder with the
    same content is not run again.
    """

    home: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="expander-docs-")))
    _known: dict[tuple[Run, str], tuple[str, Path]] = field(default_factory=dict)

    @property
    def place(self) -> Path:
        """The folder in which commands run."""
        return self.home / "you"

    def begin(self) -> None:
        """Start with an empty folder."""
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir(parents=True)

    def show(self, run: Run) -> str:
        """What the command leaves on the screen. Raises CommandFailed where it ends otherwise than ``run`` says."""
        key = (run, _digest(self.place))
        if key not in self._known:
            screen = self._run(run)
            kept = self.home / f"after-{len(self._known)}"
            shutil.copytree(self.place, kept)
            self._known[key] = (screen, kept)
        screen, kept = self._known[key]
        shutil.rmtree(self.place)
        shutil.copytree(kept, self.place)
        return screen

    def close(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.home, ignore_errors=True)

    def _run(self, run: Run) -> str:
        output, status = _in_terminal(run, self.place, self._environment(run))
        text = output.decode("utf-8", "replace").replace("\r\n", "\n")
        text = _ERASED.sub("", text).replace(str(self.place.resolve()), HOME)
        text = text if run.colour else _ESCAPE.sub("", text)
        lines = [line.rstrip() for line in text.split("\n")]
        screen = "\n".join(lines).strip("\n")
        if status != run.status:
            raise CommandFailed(f"$ {run.command}\nended with exit status {status}, not {run.status}:\n{screen}")
        return screen

    def _environment(self, run: Run) -> Mapping[str, str]:
        """That of a user who has set nothing; caches lie beside the place, so that they are shared and not shown."""
        beside = self.home / "beside"
        beside.mkdir(exist_ok=True)
        editor = beside / "editor"
        editor.write_text('#!/bin/sh\nsed "$SCRIPT" "$1" > "$1.new" && mv "$1.new" "$1"\n')
        editor.chmod(0o755)
        return {
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.defpath]),
            "HOME": str(self.place),
            "XDG_CACHE_HOME": str(beside / "cache"),
            "XDG_CONFIG_HOME": str(beside / "config"),
            "XDG_DATA_HOME": str(beside / "data"),
            "COLUMNS": str(run.columns),
            "LINES": str(ROWS),
            "TERM": "xterm-256color",
            "NO_COLOR": "" if run.colour else "1",
            "LC_ALL": "C.UTF-8",
            "EDITOR": str(editor),
            "SCRIPT": run.editor,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }


def _in_terminal(run: Run, place: Path, environment: Mapping[str, str]) -> tuple[bytes, int]:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, run.columns, 0, 0))
    process = subprocess.Popen(  # noqa: S603 - the docs' own commands
        ["/bin/sh", "-c", run.command],
        cwd=place,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    output, waiting = b"", list(run.keys)
    deadline = time.monotonic() + _PATIENCE
    try:
        while time.monotonic() < deadline:
            if select.select([ours], [], [], 0.05)[0]:
                try:
                    read = os.read(ours, 65536)
                except OSError:  # the other end is closed (Linux)
                    read = b""
                if not read:
                    return output, process.wait()
                output += read
            elif waiting and _PROMPT.search(output[-40:]) and _waits_for_a_key(ours) == (len(waiting[0]) == 1):
                key = waiting.pop(0)
                os.write(ours, (key if len(key) == 1 else f"{key}\n").encode())
                output += b"\x1b[K"  # shows nothing, and is no prompt any more
        raise CommandFailed(f"$ {run.command}\ndoes not end; left to press: {waiting}; it showed:\n{output.decode()}")
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _waits_for_a_key(terminal: int) -> bool:
    """Whether the program has asked for single keys, not for lines."""
    return not termios.tcgetattr(terminal)[3] & termios.ICANON


def _digest(folder: Path) -> str:
    import hashlib

    sum_ = hashlib.sha256()
    for path in sorted(_files(folder)):
        sum_.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return sum_.hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
