"""Settings, keys and the registry."""

from __future__ import annotations

import sys
import types
from importlib.metadata import EntryPoint

import pytest

from expander.engines import registry
from expander.engines.registry import ENTRIES
from expander.engines.settings import Settings, key_of, key_variable
from expander.errors import InputError
from tests.engines.conftest import KEY


@pytest.fixture(autouse=True)
def no_keys(monkeypatch):
    for entry in ENTRIES:
        monkeypatch.delenv(key_variable(entry.name), raising=False)
    monkeypatch.setitem(sys.modules, "keyring", None)


def chosen(**config):
    return [engine.info.name for engine in registry.get(None, config)]


def test_the_default_order_holds_what_is_ready(monkeypatch):
    monkeypatch.setattr(registry, "find_spec", lambda _: None)
    assert chosen() == ["mint", "google", "mymemory"]


def test_a_key_makes_an_engine_ready(monkeypatch):
    monkeypatch.setattr(registry, "find_spec", lambda _: None)
    monkeypatch.setenv("EXPANDER_DEEPL_KEY", KEY)
    assert chosen() == ["mint", "deepl", "google", "mymemory"]


def test_a_setting_makes_an_engine_ready(monkeypatch):
    monkeypatch.setattr(registry, "find_spec", lambda _: None)
    config = {"libretranslate": {"url": "http://127.0.0.1:5000"}, "llm": {"url": "http://x/v1", "model": "m"}}
    assert chosen(**config) == ["mint", "google", "libretranslate", "mymemory", "llm"]


def test_engines_known_to_hold_no_language_model_come_first(monkeypatch):
    monkeypatch.setattr(registry, "find_spec", lambda _: None)
    for entry in ENTRIES:
        monkeypatch.setenv(key_variable(entry.name), KEY)
    without = [engine.info.may_use_llm for engine in registry.get(None) if engine.info.name != "libretranslate"]
    assert without == sorted(without)


def test_every_entry_says_why_it_stands_where_it_does():
    assert all(entry.reason for entry in ENTRIES)
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES)


def test_wanted_engines_keep_their_order_and_come_once():
    assert [e.info.name for e in registry.get(["google", "mint", "google", "memory"])] == ["google", "mint"]


def test_an_engine_that_does_not_exist():
    with pytest.raises(InputError, match="no engine “babelfish”; choose from memory, mint"):
        registry.get(["babelfish"])


def test_an_engine_that_needs_a_key_and_has_none():
    with pytest.raises(InputError, match="EXPANDER_DEEPL_KEY"):
        registry.get(["deepl"])


def test_offline_no_key_is_needed():
    [engine] = registry.get(["deepl"], offline=True)
    assert engine.info.name == "deepl"


def test_the_environment_wins_over_the_keyring(monkeypatch):
    class KeyringError(Exception):
        pass

    kept = types.SimpleNamespace(
        get_password=lambda service, name: f"{service}-{name}", errors=types.SimpleNamespace(KeyringError=KeyringError)
    )
    monkeypatch.setitem(sys.modules, "keyring", kept)
    assert key_of("deepl") == "expander-deepl"
    monkeypatch.setenv("EXPANDER_DEEPL_KEY", f" {KEY}\n")
    assert key_of("deepl") == KEY

    def locked(service, name):
        raise KeyringError

    monkeypatch.delenv("EXPANDER_DEEPL_KEY")
    kept.get_password = locked
    assert key_of("deepl") == ""


@pytest.mark.parametrize("name", ["key", "api_key", "token", "secret"])
def test_a_key_in_a_file_is_refused(name):
    with pytest.raises(InputError, match="EXPANDER_MINT_KEY") as caught:
        registry.get(["mint"], {"mint": {name: KEY}})
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("url", ["", "ftp://x", "javascript:alert(1)", "http://", "http://u:p@host", "http://[", 7])
def test_addresses_that_are_none(url):
    with pytest.raises(InputError, match="url"):
        registry.get(["mint"], {"mint": {"url": url}})


@pytest.mark.parametrize("value", [0, -1, "x", True, float("inf"), float("nan")])
def test_numbers_that_are_none(value):
    with pytest.raises(InputError, match="timeout"):
        registry.get(["mint"], {"mint": {"timeout": value}})


def test_settings_do_not_show_the_key():
    assert KEY not in repr(Settings("deepl", key=KEY))


def test_third_parties_engines(monkeypatch):
    point = EntryPoint("theirs", "tests.engines.test_settings:theirs", registry.GROUP)
    broken = EntryPoint("broken", "tests.engines.nowhere:engine", registry.GROUP)
    monkeypatch.setattr(registry, "_third_parties", lambda: {"theirs": point, "broken": broken})
    assert registry.names()[-2:] == ("broken", "theirs")
    assert registry.get(["theirs"], {"theirs": {"url": "http://host"}}) == ["http://host"]
    with pytest.raises(InputError, match="ModuleNotFoundError"):
        registry.get(["broken"])


def theirs(settings):
    return settings.url()
