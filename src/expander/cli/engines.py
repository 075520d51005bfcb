"""``expander engines``: what there is to translate with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from expander.cli.options import Common
from expander.cli.screen import Screen
from expander.printable import printable

_MOST_LANGUAGES = 12  # that a line can hold


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
    for row in rows:
        _show(screen, row)
    return 0


def _show(screen: Screen, row: dict[str, Any]) -> None:
    """An engine in three lines: whether it is ready, what it does with the text, why it stands where it does."""
    from rich.text import Text

    ready = "ready" if row["ready"] else f"not ready: {row['missing']}"
    line = Text(f"{row['name']:16}", style="bold" if row["ready"] else "dim")
    screen.out.print(line.append(printable(ready), style="green" if row["ready"] else "yellow"))
    facts = [
        "the text leaves the machine" if row["leaves_the_machine"] else "the text stays on this machine",
        "a language model may be inside" if row["may_use_llm"] else "no language model inside",
        f"up to {row['characters_a_request']:,} characters a request" if row["characters_a_request"] else "",
        _languages(row["languages"]),
        f"key {row['key']} ({row['key_variable']})" if row["key"] else "",
    ]
    screen.out.print(Text(f"{'':16}{printable('; '.join(filter(None, facts)))}"))
    screen.out.print(Text(f"{'':16}{printable(row['why'])}", style="dim"))
    if "answers" in row:
        verdict, style = ("answers", "green") if row["answers"] else ("does not answer", "red")
        screen.out.print(Text(f"{'':16}{verdict}: {printable(row['said'])}", style=style))


def _languages(codes: list[str]) -> str:
    if len(codes) > _MOST_LANGUAGES:
        return f"from {len(codes)} languages"
    return f"from {', '.join(codes)}" if codes else ""
