"""Readable case files: source wikitext → expected English wikitext, with a reason.

A file is a list of cases. A case begins with its reason in square brackets; lines ``key: value`` follow. A value may go
on in lines that are indented by four spaces. Lines before the first case hold for every case of the file; ``#`` begins
a comment.

    [Letters joined to a link belong to it]
    lang: ru
    source: Население [[Таджикистан]]а растёт.
    translation: The population of <1>Tajikistan</1> is growing.
    expect: The population of [[Tajikistan]] is growing.

Keys: ``lang``; ``source`` (a passage of the counterpart); ``translation`` (what the engine made of it, in masked form:
links are ``<1>…</1>``, references ``<2/>``, numbered from left to right; without it the words stay as they are);
``expect``; ``finding`` (codes that must be reported, ``none``: nothing may be); ``edit`` (what is inserted elsewhere in
the English article).
What is known of the wikis, any number of lines each: ``title: Россия = Russia`` (``-``: has no English article),
``file: X.jpg`` (``file: X.jpg = no``), ``template: Флаг = Flag``, ``page: Template:Ill = no``,
``text: Подпись = Caption`` (a translation of a caption, cell or title), ``parameters: Flag = name, size (width)`` and
``foreign: Флаг = …`` (the parameters of an English template and of one of the counterpart's, aliases in parentheses).
The articles around it: ``article`` (the English wikitext), ``name`` (its title), ``section`` (heading of the section
where the passage goes), ``counterpart`` (more text of the counterpart).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "golden" / "adaptation"


@dataclass(frozen=True)
class Case:
    """One case; ``values`` maps a key to all its values, those of the file's head first; ``lines`` are its own, in
    order.
    """

    file: str
    reason: str
    values: dict[str, list[str]] = field(default_factory=dict)
    lines: list[tuple[str, str]] = field(default_factory=list)

    def one(self, key: str, default: str = "") -> str:
        return self.values[key][-1] if key in self.values else default

    def all(self, key: str) -> list[str]:
        return self.values.get(key, [])

    def pairs(self, key: str) -> dict[str, str]:
        made = {}
        for value in self.all(key):
            left, equals, right = value.rpartition(" = ")
            made[left if equals else value] = right if equals else ""
        return made

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


def read(name: str) -> list[Case]:
    """The cases of ``golden/adaptation/<name>.txt``."""
    head: dict[str, list[str]] = {}
    cases: list[Case] = []
    values = head
    for reason, key, value in _lines((FOLDER / f"{name}.txt").read_text("utf-8")):
        if reason is not None:
            values = {known: list(given) for known, given in head.items()}
            cases.append(Case(name, reason, values))
        else:
            values.setdefault(key, []).append(value)
            if cases:
                cases[-1].lines.append((key, value))
    return cases


def _lines(text: str) -> Iterator[tuple[str | None, str, str]]:
    lines = text.split("\n")
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("[") and line.rstrip().endswith("]") and not line.startswith("[["):
            yield line.strip()[1:-1], "", ""
            continue
        found = re.match(r"([a-z]+):(?: (.*))?$", line)
        if not found:
            raise ValueError(f"not a line of a case: {line!r}")
        more = []
        while index < len(lines) and (lines[index].startswith("    ") or _blank_inside(lines, index)):
            more.append(lines[index][4:])
            index += 1
        first = [found[2]] if found[2] else []
        yield None, found[1], "\n".join([*first, *more])


def _blank_inside(lines: list[str], index: int) -> bool:
    """Whether a blank line belongs to the value around it."""
    if lines[index].strip():
        return False
    following = next((line for line in lines[index:] if line.strip()), "")
    return following.startswith("    ")
