"""The sample that ships with the package: recorded replies of three wikis, and a translation memory.

The articles were written for this project; they are not the live pages.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def memory_path() -> Path:
    """The sample's translation memory (TMX), used for the sample alone."""
    return Path(str(files("expander.sample") / "memory.tmx"))


def recorded_replies() -> Path:
    """The folder of recorded replies: inside an installed package, or of the checkout that this package runs from."""
    packaged = Path(str(files("expander.sample") / "cache"))
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "cache" / "sample"
