"""Exceptions → one sentence and the documented exit status."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from typing import ParamSpec

import typer

from expander.cli.screen import wipe_progress
from expander.errors import ExpanderError
from expander.printable import printable

P = ParamSpec("P")
INTERRUPTED = 130


def guarded(command: Callable[P, int]) -> Callable[P, None]:
    """Let ``command`` return its exit status, and turn expected trouble into a sentence on standard error."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            status = command(*args, **kwargs)
            sys.stdout.flush()
        except ExpanderError as error:
            _say(str(error))
            status = error.exit_status
        except KeyboardInterrupt:
            _say("interrupted; everything finished so far is kept.")
            status = INTERRUPTED
        except BrokenPipeError:  # the reader went away, as “head” does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = 0
        except OSError as error:
            _say(_sentence(error))
            status = 2
        raise typer.Exit(status)

    return run


def _say(sentence: str) -> None:
    wipe_progress()
    typer.echo(f"expander: {printable(sentence)}", err=True)


def _sentence(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}."
