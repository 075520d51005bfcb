"""The sample that ships with the package: recorded replies of three wikis, and a translation memory.

The articles were written for this project; they are not the live pages.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from expander.seed import Seed


TITLES = {
    "en": ("Russia–Tajikistan relations",),
    "ru": ("Российско-таджикские отношения", "Российско-таджикистанские отношения"),
    "tg": ("Муносибатҳои Тоҷикистон бо Русия",),
}


def is_sample(seed: Seed) -> bool:
    """Whether a seed is about the sample article: by its title, or by the counterparts that it names."""
    named = {(hint.lang, hint.title) for hint in seed.hints} | {(seed.lang, seed.title)}
    return any(title in TITLES.get(lang, ()) for lang, title in named if title)


def memory_path() -> Path:
    """The sample's translation memory (TMX), used for the sample alone."""
    return Path(str(files("expander.sample") / "memory.tmx"))


def recorded_replies() -> Path:
    """The folder of recorded replies: inside an installed package, or of the checkout that this package runs from."""
    packaged = Path(str(files("expander.sample") / "cache"))
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "cache" / "sample"
