"""``expander engines``: what there is to translate with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from expander.cli.options import Common
from expander.printable import printable
from expander.cli.screen import Screen


def run_engines(common: Common, config: Path | None, *, check: bool, json: bool) -> int:
    """List the engines in the default order; with ``check``, whether each that is ready answers."""
    import msgspec

    from expander.config import load_config
    from expander.engines.overview import check as ask
    from expander.engines.overview import overview
    from expander.engines.registry import get

    screen = Screen(common, json=json)
    settings = load_config(config).engines
    rows: list[dict[str, Any]] = []
    for item in overview(settings):
        row: dict[str, Any] = {
            "name": item.name,
            "ready": not item.missing,
            "missing": item.missing,
            "languages": list(item.info.languages) if item.info else [],
            "key": "" if not item.info or not item.info.key_variable else "found" if item.has_key else "needed",
            "key_variable": item.info.key_variable if item.info else "",
            "characters_a_request": item.info.max_chars if item.info else None,
            "leaves_the_machine": item.info.remote if item.info else None,
            "may_use_llm": item.info.may_use_llm if item.info else None,
            "why": item.why,
        }
        if check and not item.missing and item.name != "memory":
            row["answers"], row["said"] = ask(get([item.name], settings)[0])
        rows.append(row)
    if json:
        screen.write(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode() + "\n")
        return 0
    _table(screen, rows)
    return 0


def _table(screen: Screen, rows: list[dict[str, Any]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Engine", "Ready", "Text leaves the machine", "LLM inside", "Key", "Why here"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        said = [] if "answers" not in row else [f"{'answers' if row['answers'] else 'does not answer'}: {row['said']}"]
        table.add_row(
            Text(row["name"], style="bold" if row["ready"] else "dim"),
            Text("yes" if row["ready"] else printable(row["missing"]), style="green" if row["ready"] else "dim"),
            "yes" if row["leaves_the_machine"] else "no",
            "may be" if row["may_use_llm"] else "no",
            " ".join(filter(None, [row["key"], row["key_variable"]])) or "–",
            Text(printable("; ".join([row["why"], *said]))),
        )
    screen.out.print(table)
