"""The command line: arguments, progress, exit codes. This package and the terminal review alone print."""

from __future__ import annotations


def main() -> None:
    """Entry point of the command ``expander``."""
    from expander.cli.app import app

    app()


__all__ = ["main"]
