"""What is kept, what is read back, and what a damaged or unwritable cache costs."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from expander.errors import WikiUnreachable
from expander.wiki import Wiki
from expander.wiki.cache import key_of
from tests.wiki.server import Answer, page, serving


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def twins(parameters: dict[str, str]) -> Answer:
    """Language links of titles: «Имя 1» is “Name 1”; odd numbers have none."""
    pages = []
    for title in parameters["titles"].split("|"):
        number = int(title.split()[1])
        links = [{"lang": "en", "title": f"Name {number}"}] if number % 2 == 0 else []
        pages.append({"title": title, "langlinks": links})
    return Answer({"query": {"pages": pages}})


def test_a_kept_answer_is_json_that_a_person_can_read_and_holds_no_more(tmp_path: Path) -> None:
    answer = page("Russia", "текст")
    answer.headers = {"Set-Cookie": "session=secret", "X-Host": "mw1234"}
    with serving(answer) as script:
        Wiki({"en": script.url}, cache=tmp_path).page("en", "Russia")
    (path,) = tmp_path.glob("*.json")
    written = path.read_text("utf-8")
    kept = json.loads(written)
    assert "текст" in written
    assert "secret" not in written and "mw1234" not in written
    assert kept["_decoded_content"]["query"]["pages"][0]["title"] == "Russia"
    assert kept["url"].endswith("&titles=Russia")


def test_a_fresh_answer_costs_no_request(tmp_path: Path) -> None:
    with serving(page("Russia", "text")) as script:
        first = Wiki({"en": script.url}, cache=tmp_path)
        second = Wiki({"en": script.url}, cache=tmp_path)
        assert first.page("en", "Russia") == second.page("en", "Russia")
    assert (first.traffic.requests, second.traffic.requests, second.traffic.kept) == (1, 0, 1)


def test_offline_opens_no_socket(tmp_path: Path, no_network: None) -> None:
    wiki = Wiki(cache=tmp_path, offline=True)
    with pytest.raises(WikiUnreachable, match="run once without --offline"):
        wiki.page("en", "Russia")
    assert not wiki.reachable("en")
    with pytest.raises(WikiUnreachable):
        wiki.titles("ru", ["Россия"])


def test_offline_answers_any_selection_of_what_was_asked_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(twins) as script:
        Wiki({"ru": script.url}, cache=tmp_path).titles("ru", [f"Имя {number}" for number in range(120)])
        assert len(script.asked) == 3
    offline = Wiki({"ru": script.url}, cache=tmp_path, offline=True)
    found = offline.titles("ru", ["Имя 117", "Имя 4", "Имя 500"])
    assert found == {"Имя 117": None, "Имя 4": "Name 4"}


def test_the_sample_is_a_layer_below_for_offline_runs_alone(tmp_path: Path) -> None:
    sample, own = tmp_path / "sample", tmp_path / "own"
    with serving(page("Russia", "sample"), page("Russia", "live")) as script:
        Wiki({"en": script.url}, cache=sample).page("en", "Russia")
        before = {path: path.read_bytes() for path in sample.iterdir()}
        replayed = Wiki({"en": script.url}, cache=own, samples=[sample], offline=True)
        assert replayed.page("en", "Russia").text == "sample"
        live = Wiki({"en": script.url}, cache=own, samples=[sample])
        assert live.page("en", "Russia").text == "live"
        again = Wiki({"en": script.url}, cache=own, samples=[sample], offline=True)
        assert again.page("en", "Russia").text == "live"
    assert {path: path.read_bytes() for path in sample.iterdir()} == before


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b'{"status_code": 200}',
        b'{"status_code": "x", "headers": 7}',
        b'{"_decoded_content": {"query": 3}, "headers": {"Content-Type": "application/json"}, "status_code": 200}',
        b'{"_decoded_content": {"query": {}}, "expires": "never", "status_code": 200}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_entry_is_a_miss_with_a_warning(tmp_path: Path, damage: bytes) -> None:
    warnings: list[str] = []
    with serving(page("Russia", "text")) as script:
        Wiki({"en": script.url}, cache=tmp_path).page("en", "Russia")
        (path,) = tmp_path.glob("*.json")
        path.write_bytes(damage)
        wiki = Wiki({"en": script.url}, cache=tmp_path, warn=warnings.append)
        assert wiki.page("en", "Russia").text == "text"
        assert wiki.traffic.requests == 1
        assert len(warnings) == 1 and "ignored" in warnings[0]
        path.write_bytes(damage)
        with pytest.raises(WikiUnreachable):
            Wiki({"en": script.url}, cache=tmp_path, offline=True).page("en", "Russia")


def test_an_entry_that_is_a_folder_is_a_miss(tmp_path: Path) -> None:
    warnings: list[str] = []
    with serving(page("Russia", "text")) as script:
        Wiki({"en": script.url}, cache=tmp_path).page("en", "Russia")
        (path,) = tmp_path.glob("*.json")
        path.unlink()
        path.mkdir()
        wiki = Wiki({"en": script.url}, cache=tmp_path, warn=warnings.append)
        assert wiki.page("en", "Russia").text == "text"
    assert warnings


def test_a_folder_that_cannot_be_made_costs_a_warning_and_nothing_else(tmp_path: Path) -> None:
    warnings: list[str] = []
    (tmp_path / "file").write_text("not a folder")
    with serving(page("Russia", "text")) as script:
        wiki = Wiki({"en": script.url}, cache=tmp_path / "file" / "cache", warn=warnings.append)
        for _ in range(2):
            assert wiki.page("en", "Russia").text == "text"
    assert len(warnings) == 1 and "cannot be written" in warnings[0]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_costs_a_warning_and_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warnings: list[str] = []
    opened = Path.open

    def full(path: Path, mode: str = "r", *arguments: object, **options: object):
        if "w" in mode:
            opened(path, "w").close()
            return opened(Path("/dev/full"), mode)
        return opened(path, mode, *arguments, **options)

    with serving(page("Russia", "text")) as script:
        wiki = Wiki({"en": script.url}, cache=tmp_path, warn=warnings.append)
        monkeypatch.setattr(Path, "open", full)
        assert wiki.page("en", "Russia").text == "text"
        monkeypatch.undo()
    assert len(warnings) == 1 and "No space left" in warnings[0]
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes anywhere")
def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    warnings: list[str] = []
    with serving(page("Russia", "text")) as script:
        wiki = Wiki({"en": script.url}, cache=tmp_path, warn=warnings.append)
        assert wiki.page("en", "Russia").text == "text"
    assert len(warnings) == 1


def test_errors_are_not_kept(tmp_path: Path) -> None:
    error = Answer({"error": {"code": "badvalue", "info": "no"}})
    with serving(error, page("Russia", "text")) as script:
        wiki = Wiki({"en": script.url}, cache=tmp_path)
        with pytest.raises(Exception, match="badvalue"):
            wiki.page("en", "Russia")
        assert wiki.page("en", "Russia").text == "text"


@given(
    st.text(),
    st.dictionaries(st.sampled_from(["action", "prop", "meta", "list", "lllang"]), st.text()),
    st.dictionaries(st.text(), st.text()),
)
@example("[", {}, {})
def test_a_key_is_a_harmless_file_name_whatever_the_title(host: str, action: dict, subject: dict) -> None:
    key = key_of(f"https://{host}/w/api.php", action, subject)
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    assert len(key) < 130 and not key.startswith(".")


@given(st.dictionaries(st.text(), st.text()), st.dictionaries(st.text(), st.text()))
def test_different_questions_have_different_keys(one: dict, other: dict) -> None:
    keys = {key_of("https://en.wikipedia.org/w/api.php", {"action": "query"}, subject) for subject in (one, other)}
    assert len(keys) == (1 if one == other else 2)
