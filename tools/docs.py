"""Keep what the docs show true: ``python -m tools.docs`` runs their commands and writes what they print into
``README.md`` and ``docs/*.md``; ``--check`` only says what is stale (exit status 1). Further arguments name files.

A block of output stands between two comments::

    <!-- output: expander demo
    first: 12
    -->
    <!-- end -->

The commands of a file are run one after another in one folder, in a terminal without colour. Below the command
may stand

- ``first``, ``last``: how many lines to show; ``from``, ``to``: begin with, end before the first line that holds this
- ``width``: longer lines are cut; ``columns``: the terminal's width (80)
- ``keys``: what is pressed, separated by commas; words are typed and ended with Enter
- ``editor``: what is changed in ``$EDITOR``, as a sed script
- ``status``: the exit status (0); ``fence``: the block's language (``console``: with the command; others without it)

``<!-- table: NAME -->`` … ``<!-- end -->`` holds a table of :mod:`tools.docs_tables`. What is left out of an output is
marked with “…”.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.docs_tables import table
from tools.docs_terminal import CommandFailed, Run, Workplace

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(
    r"(?P<head><!-- (?P<kind>output|table): (?P<what>.*?)\s*-->\n)(?P<body>.*?)(?P<foot><!-- end -->)", re.DOTALL
)
_OPTIONS = {"first", "last", "from", "to", "width", "columns", "keys", "editor", "status", "fence"}


def main(arguments: Sequence[str]) -> int:
    """Write the docs anew, or check them; the exit status."""
    checks = "--check" in arguments
    names = [argument for argument in arguments if argument != "--check"]
    stale = 0
    workplace = Workplace()
    try:
        for path in [ROOT / name for name in names] or documents():
            text = path.read_text(encoding="utf-8")
            made = renewed(text, workplace)
            if made == text:
                continue
            stale += 1
            sys.stdout.write(f"{path.relative_to(ROOT)} {'is stale' if checks else 'written'}\n")
            if checks:
                sys.stdout.writelines(difflib.unified_diff(text.splitlines(True), made.splitlines(True), n=1))
            else:
                path.write_text(made, encoding="utf-8")
    except CommandFailed as failure:
        sys.stdout.write(f"{failure}\n")
        return 1
    finally:
        workplace.close()
    if checks and stale:
        sys.stdout.write("Write them anew with: python -m tools.docs\n")
    return int(bool(checks and stale))


def documents() -> list[Path]:
    """The documents that may hold blocks."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def renewed(text: str, workplace: Workplace) -> str:
    """``text`` with every block made anew, its commands run in an empty folder of ``workplace``."""
    workplace.begin()

    def block(match: re.Match[str]) -> str:
        made = table(match["what"]) if match["kind"] == "table" else _output(match["what"], workplace)
        return f"{match['head']}{made}\n{match['foot']}"

    return _BLOCK.sub(block, text)


def _output(what: str, workplace: Workplace) -> str:
    command, *lines = what.splitlines()
    options = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    if unknown := options.keys() - _OPTIONS:
        raise CommandFailed(f"A block of the docs has options that do not exist: {', '.join(unknown)}.")
    run = Run(
        command,
        int(options.get("columns", 80)),
        tuple(key.strip() for key in options["keys"].split(",")) if "keys" in options else (),
        options.get("editor", ""),
        int(options.get("status", 0)),
    )
    shown = _excerpt(workplace.show(run).splitlines(), options)
    fence = options.get("fence", "console")
    return "\n".join([f"```{fence}", *([f"$ {command}"] if fence == "console" else []), *shown, "```"])


def _excerpt(lines: list[str], options: Mapping[str, str]) -> list[str]:
    """The lines that a block shows, with “…” where some are left out."""
    start, end = 0, len(lines)
    if "from" in options:
        start = _place(lines, options["from"], 0)
    if "to" in options:
        end = _place(lines, options["to"], start + 1)
    if "last" in options:
        start = max(start, end - int(options["last"]))
    if "first" in options:
        end = min(end, start + int(options["first"]))
    shown = lines[start:end]
    if width := int(options.get("width", 0)):
        shown = [line if len(line) <= width else line[: width - 1] + "…" for line in shown]
    return [*["…"] * (start > 0), *shown, *["…"] * (end < len(lines))]


def _place(lines: Sequence[str], wanted: str, start: int) -> int:
    for number, line in enumerate(lines[start:], start):
        if wanted in line:
            return number
    raise CommandFailed(f"No line of the output holds {wanted!r}:\n" + "\n".join(lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
