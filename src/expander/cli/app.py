"""The commands and their options (interface.md). What is heavy is imported only when a command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from expander import __version__
from expander.cli.guard import guarded
from expander.cli.options import Common, Options

app = typer.Typer(
    name="expander",
    help="Expand an English Wikipedia article with what its counterparts in other languages have and it lacks.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Article = Annotated[
    str, typer.Argument(metavar="ARTICLE", help="Page title, page URL, .wikitext/.wiki file, or seed text (.txt).")
]
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The proposal folder that “expander expand” wrote.")]
From = Annotated[
    str | None, typer.Option("--from", metavar="LANG,…", help="Counterpart languages; default: those the banners name.")
]
Counterpart = Annotated[
    list[str] | None,
    typer.Option("--counterpart", metavar="LANG=TITLE", help="Name a counterpart page, or a file. Repeatable."),
]
EngineNames = Annotated[
    str | None,
    typer.Option("--engine", metavar="NAME,…", help="Engines in order of preference; see “expander engines”."),
]
Sections = Annotated[
    list[str] | None,
    typer.Option("--section", metavar="HEADING", help="Only this section, of either article. Repeatable."),
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FOLDER", help="The proposal folder; default: expansions/<title>.")
]
Offline = Annotated[bool, typer.Option("--offline", help="Only the cache and the translation memory; opens no socket.")]
Cache = Annotated[
    Path | None, typer.Option("--cache", metavar="FOLDER", help="Fetched pages and finished translations.")
]
Memory = Annotated[Path | None, typer.Option("--memory", metavar="FILE.tmx", help="The translation memory.")]
ConfigFile = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="Configuration, as TOML.")]
Json = Annotated[bool, typer.Option("--json", help="The result as JSON on standard output.")]
SkipUnreferenced = Annotated[
    bool, typer.Option("--skip-unreferenced", help="Leave out passages that the source gives no reference for.")
]


@app.callback(invoke_without_command=True)
def common(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no remarks.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more about what is done.")] = False,
) -> None:
    """Options of every command."""
    if version:
        typer.echo(f"expander {__version__}")
        raise typer.Exit
    context.obj = Common(quiet=quiet, verbose=verbose)


@app.command()
@guarded
def expand(
    context: typer.Context,
    article: Article,
    languages: From = None,
    counterpart: Counterpart = None,
    engine: EngineNames = None,
    section: Sections = None,
    out: Out = None,
    offline: Offline = False,
    cache: Cache = None,
    memory: Memory = None,
    config: ConfigFile = None,
    json: Json = False,
    skip_unreferenced: SkipUnreferenced = False,
) -> int:
    """Fetch, align, translate, propose; write the proposal folder and print its diff."""
    from expander.cli.expand import run_expand

    options = Options.of(
        context.obj, article, languages, counterpart, engine, section, out, offline, cache, memory, config, json,
        skip_unreferenced,
    )  # fmt: skip
    return run_expand(options)


@app.command()
@guarded
def align(
    context: typer.Context,
    article: Article,
    languages: From = None,
    counterpart: Counterpart = None,
    section: Sections = None,
    sentences: Annotated[
        bool, typer.Option("--sentences", help="Every sentence with its verdict and evidence.")
    ] = False,
    offline: Offline = False,
    cache: Cache = None,
    config: ConfigFile = None,
    json: Json = False,
) -> int:
    """What the counterparts have that English lacks; no translation."""
    from expander.cli.align import run_align

    options = Options.of(
        context.obj, article, languages, counterpart, None, section, None, offline, cache, None, config, json, False
    )
    return run_align(options, sentences=sentences)


@app.command()
@guarded
def review(
    context: typer.Context,
    folder: Folder,
    accept: Annotated[
        list[str] | None, typer.Option("--accept", metavar="ID", help="Accept a passage as it is. Repeatable.")
    ] = None,
    reject: Annotated[
        list[str] | None, typer.Option("--reject", metavar="ID[=REASON]", help="Leave a passage out. Repeatable.")
    ] = None,
    edit: Annotated[
        list[str] | None, typer.Option("--edit", metavar="ID=FILE", help="Your own wikitext of a passage. Repeatable.")
    ] = None,
    tick: Annotated[
        list[str] | None,
        typer.Option("--tick", metavar="ITEM", help="Tick an item of the checklist. Repeatable."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the passages and what was decided.")] = False,
    engine: EngineNames = None,
    offline: Offline = False,
    cache: Cache = None,
    memory: Memory = None,
    config: ConfigFile = None,
    json: Json = False,
) -> int:
    """Decide passage by passage in the terminal; with --accept, --reject, --edit, --tick, --list without one."""
    from expander.cli.review import Wishes, run_review

    options = Options.of(context.obj, "", None, None, engine, None, None, offline, cache, memory, config, json, False)
    return run_review(options, folder, Wishes(accept or (), reject or (), edit or (), tick or (), list_))


@app.command()
@guarded
def apply(
    context: typer.Context,
    folder: Folder,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", metavar="FILE", help="Decisions exported from the report.")
    ] = None,
    per_section: Annotated[
        bool, typer.Option("--per-section", help="One edit a section, each with its own summary and talk template.")
    ] = False,
    memory: Memory = None,
    json: Json = False,
) -> int:
    """Write the draft from the decisions: page text, diff, edit summary, talk-page template."""
    from expander.cli.apply import ApplyOptions, run_apply

    return run_apply(context.obj, ApplyOptions(folder, decisions, per_section, memory, json))


@app.command()
@guarded
def publish(
    context: typer.Context,
    folder: Folder,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be saved, and save nothing.")] = False,
    target: Annotated[
        str | None, typer.Option("--target", metavar="TITLE", help="Another page, such as User:Name/sandbox.")
    ] = None,
    revised: Annotated[
        bool, typer.Option("--i-have-revised", help="Publish though the text is nearly as the machine made it.")
    ] = False,
    leave_out: Annotated[
        bool, typer.Option("--leave-out", help="Publish what fits where other passages do not fit any more.")
    ] = False,
    despite_warning: Annotated[
        bool, typer.Option("--despite-warning", help="Save though an abuse filter warned.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; for scripts.")] = False,
    opens: Annotated[bool, typer.Option("--open", help="Without an account: open the page's edit form.")] = False,
    config: ConfigFile = None,
    json: Json = False,
) -> int:
    """Post the draft to the wiki, after showing it and asking."""
    from expander.cli.publish import PublishOptions, run_publish

    options = PublishOptions(folder, dry_run, target, revised, leave_out, despite_warning, yes, opens, config, json)
    return run_publish(context.obj, options)


@app.command()
@guarded
def attribution(
    language: Annotated[str, typer.Argument(metavar="LANG", help="The source language's code.")],
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The source page's title.")],
    revision: Annotated[int | None, typer.Option("--revision", metavar="ID", help="The source revision.")] = None,
    json: Json = False,
) -> int:
    """Print the edit summary and the talk-page template for a source page."""
    from expander.cli.small import run_attribution

    return run_attribution(language, title, revision, json=json)


@app.command()
@guarded
def engines(
    context: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="Ask each ready engine whether it answers.")] = False,
    config: ConfigFile = None,
    json: Json = False,
) -> int:
    """The engines, their languages, and which are ready to use."""
    from expander.cli.engines import run_engines

    return run_engines(context.obj, config, check=check, json=json)


@app.command()
@guarded
def demo(
    context: typer.Context,
    out: Out = None,
    json: Json = False,
) -> int:
    """The whole journey on the sample article, without a network."""
    from expander.cli.demo import run_demo

    return run_demo(context.obj, out, json=json)
