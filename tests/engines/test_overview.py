"""What ``expander engines`` shows."""

from __future__ import annotations

import socket

import pytest

from expander.engines import registry
from expander.engines.memory import MemoryEngine
from expander.engines.overview import check, overview
from expander.translation.memory import Memory
from tests.engines.conftest import KEY
from tests.engines.servers.protocols import PROTOCOLS


@pytest.fixture
def no_socket(monkeypatch):
    def opened(*_, **__):
        raise AssertionError("opened a socket")

    monkeypatch.setattr(socket, "socket", opened)


def test_it_opens_no_socket_and_shows_all(no_socket):
    shown = overview({"llm": {"url": "http://127.0.0.1:1/v1", "model": "tiny"}})
    assert [entry.name for entry in shown] == list(registry.names())
    assert all(entry.info and entry.why for entry in shown)


def test_what_is_missing_is_said(monkeypatch):
    monkeypatch.delenv("EXPANDER_DEEPL_KEY", raising=False)
    monkeypatch.setattr(registry, "find_spec", lambda _: None)
    shown = {entry.name: entry for entry in overview()}
    assert shown["mint"].missing == "" and not shown["mint"].has_key
    assert "EXPANDER_DEEPL_KEY" in shown["deepl"].missing
    assert "expander[nllb]" in shown["nllb"].missing
    assert shown["llm"].info is None and "model" in shown["llm"].missing
    monkeypatch.setenv("EXPANDER_DEEPL_KEY", KEY)
    shown = {entry.name: entry for entry in overview()}
    assert shown["deepl"].has_key and shown["deepl"].missing == ""
    assert KEY not in repr(shown)


@pytest.mark.parametrize("name", sorted(PROTOCOLS))
def test_check_says_whether_it_answers(bench, name):
    assert check(bench(name).engine) == (True, "“русский” became “russkiy”")
    works, said = check(bench(name, "403").engine)
    assert not works and "403" in said
    works, said = check(bench(name, "page").engine)
    assert not works and "answered" in said


def test_check_of_a_language_it_lacks(bench):
    assert check(bench("deepl").engine, "tg") == (False, "does not translate from tg to en")


def test_check_of_the_memory():
    assert check(MemoryEngine(Memory())) == (False, "does not translate from ru to en")


def test_check_of_an_engine_that_breaks():
    class Broken:
        def supports(self, source, target):
            raise ZeroDivisionError

    assert check(Broken()) == (False, "broke (ZeroDivisionError)")
