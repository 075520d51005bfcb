"""Tables of the docs that are made of the code itself: finding codes, engines, keys of the review."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "expander"
MEANINGS = ROOT / "docs" / "findings.toml"

# Functions that make a finding of the code that they are given, and the severity that they give it
_MAKERS = {"Finding": "", "finding": "warning", "warning": "warning", "error": "error", "note": "note"}
_SEVERITIES = ("error", "warning", "note")
_CODE = re.compile(r"[a-z]+(-[a-z]+)*")
_PREFIX = "*-"  # stands for what kind of piece it is: link-lost, reference-lost …


def table(name: str) -> str:
    """The table of this name, as Markdown; ``command NAME`` is the help of a command. Raises KeyError for one that
    does not exist.
    """
    if name.startswith("command"):
        return _command(name.partition(" ")[2])
    return {"findings": _findings, "engines": _engines, "keys": _keys}[name]()


def meanings() -> Mapping[str, Mapping[str, str]]:
    """Group of findings → code → what it means, from ``docs/findings.toml``."""
    return tomllib.loads(MEANINGS.read_text(encoding="utf-8"))


def codes() -> dict[str, set[str]]:
    """Every finding code that the code can make, with its severities. ``*-lost`` stands for ``link-lost`` and so on."""
    found: dict[str, set[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for code, severity in _codes(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(code, set()).add(severity)
    return found


def _codes(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for function, call in _calls(tree):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name not in _MAKERS or not call.args:
            continue
        severities = _severities(call, function) or {_MAKERS[name]}
        for code in _values(call.args[0], function, tree):
            yield from ((code, severity) for severity in severities if severity)


def _calls(tree: ast.AST, function: ast.AST | None = None) -> Iterator[tuple[ast.AST, ast.Call]]:
    """Every call with the innermost function that it stands in."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call):
            yield function or tree, node
        yield from _calls(node, node if isinstance(node, ast.FunctionDef) else function)


def _severities(call: ast.Call, function: ast.AST) -> set[str]:
    """The severities that the call names; those of its function, where it hands on a variable."""
    given = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
    places: list[ast.AST] = [function] if any(getattr(node, "id", "") == "severity" for node in given) else list(given)
    return {
        node.attr.lower()
        for place in places
        for node in ast.walk(place)
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "Severity"
    }


def _values(node: ast.expr, function: ast.AST, tree: ast.Module) -> Iterator[str]:
    """The codes that an expression may be: a string, a kind of piece with an ending, a variable of a loop."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
        yield node.value
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[-1], ast.Constant):
        yield _PREFIX + str(node.values[-1].value).lstrip("-")
    elif isinstance(node, ast.IfExp):
        yield from _values(node.body, function, tree)
        yield from _values(node.orelse, function, tree)
    elif isinstance(node, ast.Name):
        yield from _looped(node.id, function, tree)


def _looped(name: str, function: ast.AST, tree: ast.Module) -> Iterator[str]:
    """What a variable is in loops over constants; of ``flags``, those that have a sentence of their own."""
    loops = [node for node in ast.walk(function) if isinstance(node, ast.For | ast.comprehension)]
    for loop in loops:
        targets = [getattr(target, "id", "") for target in getattr(loop.target, "elts", [loop.target])]
        if name not in targets:
            continue
        if isinstance(loop.iter, ast.Attribute) and loop.iter.attr == "flags":
            yield from _keys_of("_FLAGS", tree)
        for row in getattr(loop.iter, "elts", []):
            yield from _values(getattr(row, "elts", [row])[targets.index(name)], function, tree)


def _keys_of(name: str, tree: ast.Module) -> Iterator[str]:
    """The keys of a dictionary that a module defines."""
    for node in tree.body:
        names = [getattr(target, "id", "") for target in getattr(node, "targets", [])]
        if name in names and isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            yield from (str(key.value) for key in node.value.keys if isinstance(key, ast.Constant))


def commands() -> Mapping[str, Any]:
    """The commands of the command line by name, and the whole under ""."""
    from typer.main import get_command

    from expander.cli.app import app

    whole: Any = get_command(app)
    return {"": whole, **whole.commands}


def _command(name: str) -> str:
    """The help of a command. Not as ``--help`` lays it out: that differs between versions of typer."""
    command = commands()[name]
    arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    options = [parameter for parameter in command.params if parameter.param_type_name == "option"]
    names = [parameter.metavar for parameter in arguments] if name else ["COMMAND"]
    usage = " ".join(filter(None, ["expander", name, "[OPTIONS]", *names]))
    rows = [(f"`{parameter.metavar}`", parameter.help) for parameter in arguments]
    rows += [
        (f"`{', '.join(parameter.opts)}{f' {parameter.metavar}' if parameter.metavar else ''}`", parameter.help)
        for parameter in options
    ]
    return f"`{usage}`\n\n{command.help}\n\n{_markdown(('option', 'meaning'), rows)}"


def _findings() -> str:
    severities = codes()
    parts = []
    for group, entries in meanings().items():
        rows = [
            (f"`{code}`", ", ".join(level for level in _SEVERITIES if level in severities.get(code, ())), meaning)
            for code, meaning in entries.items()
        ]
        parts.append(f"**{group}**\n\n{_markdown(('code', 'severity', 'what to look at'), rows)}")
    return "\n\n".join(parts)


def _engines() -> str:
    from expander.engines import registry
    from expander.engines.settings import key_variable

    rows = [("`memory`", "nothing", "asked first, always: what editors decided")]
    for entry in registry.ENTRIES:
        needs = [f"a key in `{key_variable(entry.name)}`"] if entry.needs_key else []
        needs += [f"{' or '.join(f'`{key}`' for key in entry.needs_setting)} in `[engines.{entry.name}]`"] * bool(
            entry.needs_setting
        )
        needs += [f"the extra `{entry.name}`"] * bool(entry.needs_package)
        rows.append((f"`{entry.name}`", ", ".join(needs) or "nothing", entry.reason))
    return _markdown(("engine", "what it needs first", "why it stands here"), rows)


def _keys() -> str:
    from expander.review.actions import ACTIONS

    rows = [(f"`{key}`", action.name, action.help) for key, action in ACTIONS.items()]
    return _markdown(("key", "name", "what it does"), [*rows, ("`q`", "quit", "end the review; everything is kept")])


def _markdown(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
