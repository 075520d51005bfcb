"""Bad input gives one clear sentence and the documented exit status, never a traceback."""

import os
import subprocess
import sys

import pytest


def expander(*arguments, cwd, **environment):
    return subprocess.run(
        [sys.executable, "-m", "expander", *arguments],
        cwd=cwd,
        env={**os.environ, "HOME": str(cwd), "XDG_CACHE_HOME": str(cwd / "c"), "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def _said(result, status):
    assert "Traceback" not in result.stderr
    assert result.returncode == status, result.stderr
    lines = [line for line in result.stderr.splitlines() if line.startswith("expander: ")]
    assert len(lines) == 1, result.stderr
    return lines[0]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.wikitext", None, "cannot be read"),
        ("empty.txt", b"", "empty"),
        ("blank.wikitext", b" \n\n", "empty"),
        ("binary.wikitext", b"\x00\x01\x02", "binary"),
        ("latin.txt", "Москва".encode("cp1251"), "UTF-8"),
        ("nothing.txt", b"== ==\n----\n", "no sentence"),
    ],
)
def test_files(tmp_path, name, content, says):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    for command in ("expand", "align"):
        assert says in _said(expander(command, name, "--offline", cwd=tmp_path), 2)


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["A page that nobody recorded"], 3, "offline"),
        (["https://ru.wikipedia.org/wiki/X"], 2, "--counterpart ru="),
        (["X|Y"], 2, "page title"),
        (["X", "--from", "qqq"], 2, "no such language"),
        (["X", "--counterpart", "ru"], 2, "LANG=TITLE"),
        (["X", "--config", "none.toml"], 2, "none.toml"),
        (["Russia–Tajikistan relations", "--counterpart", "ru=gone.wikitext"], 2, "gone.wikitext"),
        (["Russia–Tajikistan relations", "--section", "No such heading"], 2, "No such heading"),
        (["Russia–Tajikistan relations", "--engine", "babelfish"], 2, "babelfish"),
    ],
)
def test_arguments(tmp_path, arguments, status, says):
    assert says in _said(expander("expand", *arguments, "--offline", cwd=tmp_path), status)


@pytest.mark.parametrize("toml", ["[wikis", "wikis = 3", '[wikis]\nen = "ftp://x"', "[unknown]\na = 1"])
def test_broken_configuration(tmp_path, toml):
    (tmp_path / "expander.toml").write_text(toml)
    assert "expander.toml" in _said(expander("expand", "X", "--offline", cwd=tmp_path), 2)


@pytest.mark.parametrize("content", [None, "", "{", '{"schema": 99}', '{"schema": 1, "expansion": {}}', "[]"])
def test_proposal_folders_that_are_none(tmp_path, content):
    if content is not None:
        (tmp_path / "proposal.json").write_text(content)
    _said(expander("apply", str(tmp_path), cwd=tmp_path), 2)


def test_wrong_usage(tmp_path):
    result = expander("expand", cwd=tmp_path)
    assert result.returncode == 2
    assert "ARTICLE" in result.stderr


def test_an_unreachable_wiki(tmp_path):
    (tmp_path / "expander.toml").write_text('[wikis]\nen = "http://127.0.0.1:9/api.php"\n')
    assert "127.0.0.1" in _said(expander("expand", "Some page", cwd=tmp_path), 3)


def test_a_title_with_terminal_escapes_never_reaches_the_terminal(tmp_path):
    result = expander("expand", "a\x1b[31mb", "--offline", cwd=tmp_path)
    assert "\x1b" not in result.stderr
    _said(result, 2)
