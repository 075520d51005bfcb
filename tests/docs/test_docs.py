"""The docs say what the program does: their outputs are its own, and nothing of it is missing from them."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
if sys.platform == "win32":
    pytest.skip("the docs' commands are for a POSIX shell", allow_module_level=True)

from tools import docs, docs_tables  # noqa: E402
from tools.docs_terminal import CommandFailed, Workplace  # noqa: E402

REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"<!-- (?:output|table): .*?<!-- end -->", re.DOTALL)
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)")
HIDDEN = {".git", ".venv", "node_modules", "build", "dist"}
COMMANDS = docs_tables.commands()


@pytest.fixture
def workplace():
    made = Workplace()
    yield made
    made.close()


def test_every_output_is_what_its_command_prints(capsys):
    assert docs.main(["--check"]) == 0, capsys.readouterr().out


def test_a_block_is_made_of_its_command(workplace):
    text = "A\n<!-- output: printf '1\\n2\\n3\\n4\\n'\nfrom: 2\nfirst: 2\n-->\nold\n<!-- end -->\nB"
    made = docs.renewed(text, workplace)
    assert "-->\n```console\n$ printf '1\\n2\\n3\\n4\\n'\n…\n2\n3\n…\n```\n<!-- end -->\nB" in made
    assert docs.renewed(made, workplace) == made


def test_a_block_says_when_its_command_fails(workplace):
    with pytest.raises(CommandFailed, match="exit status 3, not 0"):
        docs.renewed("<!-- output: exit 3 -->\n<!-- end -->", workplace)
    docs.renewed("<!-- output: exit 3\nstatus: 3\n-->\n<!-- end -->", workplace)


def test_commands_of_a_file_follow_each_other_and_keys_are_pressed(workplace):
    ask = "printf 'Name? '; read name; echo \"I am $name, $(cat seen)\""
    made = docs.renewed(
        f"<!-- output: echo here > seen -->\n<!-- end -->\n<!-- output: {ask}\nkeys: Nobody\n-->\n<!-- end -->",
        workplace,
    )
    assert "Name? Nobody\nI am Nobody, here" in made
    with pytest.raises(CommandFailed):
        docs.renewed("<!-- output: cat seen -->\n<!-- end -->", workplace)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name])
def test_every_command_has_its_section(name):
    assert f"### `expander {name}`\n\n<!-- table: command {name} -->" in REFERENCE


OPTIONS = [
    next(option for option in parameter.opts if option.startswith("--"))
    for command in COMMANDS.values()
    for parameter in command.params
    if parameter.param_type_name == "option"
]


@pytest.mark.parametrize("option", sorted(set(OPTIONS)))
def test_every_option_is_explained_in_words(option):
    """In the reference, outside what is generated."""
    assert re.search(rf"{option}\b", BLOCK.sub("", REFERENCE))


def test_every_finding_is_in_the_table_and_no_other():
    listed = [code for group in docs_tables.meanings().values() for code in group]
    assert len(listed) == len(set(listed))
    assert set(listed) == docs_tables.codes().keys()


def test_codes_are_found_wherever_they_are_made():
    """One of each way in which the source makes a finding."""
    assert {
        "reference-removed": {"warning"},  # Finding("…", …)
        "number-changed": {"warning"},  # warning("…", …)
        "link-left-out": {"note"},  # passage.note("…", …)
        "*-lost": {"warning", "note"},  # f"{piece.noun}-lost", severity
        "cite-error": {"error"},  # a variable of a loop
        "dead-link": {"note"},  # a flag of the source
    }.items() <= docs_tables.codes().items()


def documents() -> list[Path]:
    return [path for path in sorted(ROOT.rglob("*.md")) if not HIDDEN & set(path.relative_to(ROOT).parts)]


def anchors(path: Path) -> set[str]:
    """Those that GitHub gives to headings."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", path.read_text(encoding="utf-8")))
    for link in LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), f"{link} leads nowhere"
        assert not anchor or target.suffix != ".md" or anchor in anchors(target), f"{link}: no such heading"


def test_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs" / "images").iterdir()}
    assert sizes and max(sizes.values()) < 300_000, sizes
