"""The review in a real terminal: keys in, screen out, decisions in the folder."""

import json
import re
import stat
import subprocess
import sys

import pytest

from expander import store
from expander.proposals.proposal import Choice
from tests.review.sample import sample_expansion
from tests.review.tmux import terminal

pytestmark = pytest.mark.terminal
EXPANDER = [sys.executable, "-m", "expander"]
COLOUR = re.compile(r"\x1b\[(?:[0-9]+;)*(?:[349][0-7]|[34]8)(?:;[0-9]+)*m")


@pytest.fixture
def folder(tmp_path):
    store.save(tmp_path / "proposal", sample_expansion(), "0")
    return tmp_path / "proposal"


@pytest.fixture
def editor(tmp_path):
    """An editor that writes a word before the passage."""
    path = tmp_path / "editor.sh"
    path.write_text('#!/bin/sh\nsed -i "1s/^/Revised: /" "$1"\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def choices(folder):
    return {
        p.id: p.decision.choice.value for p in store.load(folder).proposals if p.decision.choice is not Choice.UNDECIDED
    }


@pytest.mark.parametrize("width", [60, 100, 200])
def test_a_session(folder, editor, tmp_path, width):
    review = [*EXPANDER, "review", str(folder)]
    with terminal(review, tmp_path, width=width, env={"EDITOR": editor, "NO_COLOR": "1"}) as screen:
        shown = screen.until("(1/36)")
        assert "1/36 ru-p1  undecided" in shown
        assert "warning: The source says 16 млрд" in shown
        side_by_side = any("Russian" in line and "English, by memory" in line for line in shown.splitlines())
        assert side_by_side == (width >= 100)
        assert max(map(len, shown.splitlines())) <= width

        screen.keys("a")
        screen.until("(2/36)")
        assert choices(folder) == {"ru-p1": "accepted"}  # kept at once

        screen.keys("e")
        shown = screen.until("(3/36)")
        assert "{+Revised: +}" in shown

        screen.keys("a")
        screen.until("Accept it anyway?")
        screen.keys("n")
        screen.until("(3/36)", 2)
        screen.keys("r")
        screen.until("Why?")
        screen.type("English has it")
        screen.until("(4/36)")

        screen.keys("s")
        screen.until("Split after which sentence?")
        screen.type("1")
        shown = screen.until("(4/37)")
        assert "ru-p4.1" in shown

        screen.keys("b")
        shown = screen.until("(3/37)")
        assert "3/37 ru-p3  rejected: English has it" in shown
        screen.keys("w")
        screen.until("Why it is proposed")
        screen.keys("c")
        screen.until("Around it in English")
        screen.keys("q")
        shown = screen.until("[ended 0]")
        assert "37 passages: 34 undecided, 1 accepted, 1 edited, 1 rejected." in shown
        assert not COLOUR.search(screen.screen(styles=True))
    assert choices(folder) == {"ru-p1": "accepted", "ru-p2": "edited", "ru-p3": "rejected"}

    with terminal(review, tmp_path, width=width) as screen:
        shown = screen.until("(4/37)")  # where the review was left
        assert COLOUR.search(screen.screen(styles=True))
        screen.keys("/")
        screen.until("Search for:")
        screen.type("yeltsin")
        screen.until("(7/37)")
        screen.keys("Left")
        screen.until("(6/37)")
        screen.keys("Z")
        screen.until("does nothing here")
        screen.keys("?")
        screen.until("end the review; everything is kept")
        screen.keys("C-c")
        screen.until("[ended 130]")

    applied = subprocess.run(
        [*EXPANDER, "apply", str(folder)], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert "2 passages are in the draft" in applied.stderr
    draft = (folder / "draft.wikitext").read_text()
    assert "Revised: In 1895, an Anglo-Russian commission" in draft
    assert "Tajik Autonomous Republic]] was formed" not in draft


def test_text_of_others_cannot_reach_the_terminal(folder, tmp_path):
    from dataclasses import replace

    evil = "\x1b[31mred\x1b]0;title\x07 \x9b2J \u202eback [bold]rich[/bold]"
    expansion = store.load(folder)
    first = replace(
        expansion.proposals[0], source_text=evil, translation=evil, wikitext=evil, context=evil, section=evil,
        source_section=evil, source_wikitext=evil, engines=(evil,),
    )  # fmt: skip
    store.save(folder, expansion.with_proposals([first, *expansion.proposals[1:]]), "0")
    for command in (["review", str(folder)], ["review", str(folder), "--list"]):
        shown = subprocess.run(
            [*EXPANDER, *command], input="w\nc\nl\nq\n", capture_output=True, text=True, cwd=tmp_path
        )
        assert shown.returncode == 0
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown.stdout + shown.stderr)
        assert "[bold]rich[/bold]" in shown.stdout


def test_a_pipe_takes_a_command_a_line(folder, tmp_path):
    commands = "a\nr  not notable \nn\na\ny\nundo\nq\n"
    shown = subprocess.run(
        [*EXPANDER, "review", str(folder)], input=commands, capture_output=True, text=True, cwd=tmp_path
    )
    assert (shown.returncode, "\x1b" in shown.stdout) == (0, False)
    assert choices(folder)["ru-p1"] == "accepted"
    assert store.load(folder).proposals[1].decision.reason == "not notable"


def test_the_end_of_the_input_ends_the_review(folder, tmp_path):
    shown = subprocess.run(
        [*EXPANDER, "review", str(folder)], input="a\n", capture_output=True, text=True, cwd=tmp_path
    )
    assert shown.returncode == 0
    assert choices(folder) == {"ru-p1": "accepted"}


def test_everything_works_without_a_terminal(folder, tmp_path):
    text = tmp_path / "text.wikitext"
    text.write_text("My own words.\n")
    wishes = [
        "--accept",
        "ru-p1",
        "--reject",
        "ru-p2=no source",
        "--edit",
        f"ru-p4={text}",
        "--tick",
        "numbers-checked",
    ]
    command = [*EXPANDER, "review", str(folder), *wishes, "--json"]
    decided = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert decided.returncode == 0, decided.stderr
    assert choices(folder) == {"ru-p1": "accepted", "ru-p2": "rejected", "ru-p4": "edited"}
    assert '"decision":"accepted"' in decided.stdout
    shares = {item["id"]: item["unmodified"] for item in json.loads(decided.stdout)}
    assert (shares["ru-p1"], shares["ru-p2"]) == (None, None)  # under ten words; not in the draft
    assert 0 <= shares["ru-p4"] < 0.5
    assert [tick.item for tick in store.load(folder).checklist] == ["numbers-checked"]
    report = (folder / "report.html").read_text()
    assert 'data-id="ru-p1"' in report
    for wrong in (["--accept", "nobody"], ["--edit", "ru-p1"], ["--edit", "ru-p1=missing.txt"], ["--tick", "x"]):
        refused = subprocess.run(
            [*EXPANDER, "review", str(folder), *wrong], capture_output=True, text=True, cwd=tmp_path
        )
        assert (refused.returncode, refused.stdout) == (2, "")
        assert len(refused.stderr.strip().splitlines()) == 1


def test_two_reviews_of_one_folder(folder, tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    review = [*EXPANDER, "review", str(folder)]
    with (
        terminal(review, tmp_path / "one", width=100) as one,
        terminal(review, tmp_path / "other", width=100) as other,
    ):
        one.until("(1/36)")
        other.until("(1/36)")
        one.keys("a")
        one.until("(2/36)")
        other.keys("r")
        other.until("Why?")
        other.type("")
        other.until("changed in another review meanwhile")
        other.until("accepted unchanged")
        other.keys("n")
        other.until("(2/36)")
        other.keys("r")
        other.until("Why?")
        other.type("")
        other.until("(3/36)")
        one.keys("n")
        one.until("(3/36)")
        one.keys("b")
        one.until("(2/36)", 2)
    assert choices(folder) == {"ru-p1": "accepted", "ru-p2": "rejected"}
