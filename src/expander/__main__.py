"""``python -m expander``."""

from expander.cli import main

main()
