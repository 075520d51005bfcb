"""``expander attribution``."""

from __future__ import annotations

import typer

from expander.printable import printable


def run_attribution(lang: str, title: str, revision: int | None, *, json: bool) -> int:
    """Print the edit summary and the talk-page template for a source page."""
    import msgspec

    from expander.draft import Source, source_summary, talk_template
    from expander.errors import InputError
    from expander.language import language_name
    from expander.seed.read import valid_title

    if language_name(lang) == lang:
        raise InputError(f"“{lang}” is no language that CLDR knows; write a Wikipedia's language code, such as ru.")
    source = Source(lang, valid_title(title), revision)
    summary, talk = source_summary(source), talk_template([source])
    if json:
        typer.echo(msgspec.json.encode({"summary": summary, "talk": talk}).decode())
    else:
        typer.echo(printable(f"{summary}\n\n{talk}"), nl=False)
    return 0
