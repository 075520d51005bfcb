"""Firefox's models with a real one, tiny and built by hand."""

from __future__ import annotations

import json
import os
import shutil
import socket

import pytest

from expander.engines import registry
from expander.engines.protocol import Segment, Translated
from expander.errors import EngineError

pytest.importorskip("fxtranslate")
from tests.engines import tiny_firefox


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    return tiny_firefox.build(tmp_path_factory.mktemp("firefox"))


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("FXTRANSLATE_RECORDS_URL", "http://127.0.0.1:9/records")


def engine(offline=False, **values):
    [made] = registry.get(["firefox"], {"firefox": values}, offline=offline)
    return made


TEXTS = ["столица таджикистана", "дар соли 1992", "город"]


@pytest.mark.parametrize("within", ["", "ru-en"])
def test_it_translates_with_the_models_in_a_folder(model, tmp_path, within):
    shutil.copytree(model, tmp_path / "models" / within)
    made = engine(folder=str(tmp_path / "models"))
    assert made.supports("ru", "en") and not made.supports("tg", "en")
    answers = made.translate([Segment(text) for text in TEXTS], "ru", "en")
    assert answers == [Translated(tiny_firefox.spell(text)) for text in TEXTS]


def test_long_text_is_not_cut_off(model):
    text = "посольство открыто в городе. " * 20
    [answer] = engine(folder=str(model)).translate([Segment(text)], "ru", "en")
    assert answer.text.count("gorode.") == 20


def test_it_opens_no_socket(model, monkeypatch):
    def opened(*_, **__):
        raise AssertionError("opened a socket")

    monkeypatch.setattr(socket, "socket", opened)
    made = engine(folder=str(model))
    assert made.supports("ru", "en")
    assert made.translate([Segment("город")], "ru", "en")


def test_a_cached_model_serves_offline(model, tmp_path):
    folder = tmp_path / "cache" / "fxtranslate" / "models" / "ru-en"
    shutil.copytree(model, folder)
    made = engine(offline=True)
    assert made.supports("ru", "en") and not made.supports("tg", "en")
    assert made.translate([Segment("город")], "ru", "en") == [Translated("gorod")]


def test_offline_without_a_model():
    assert not engine(offline=True).supports("ru", "en")


def test_the_list_of_models_cannot_be_fetched():
    with pytest.raises(EngineError, match="list of models"):
        engine().supports("ru", "en")


@pytest.mark.parametrize("version", ["3.1", "2.0"])
def test_which_models_can_be_fetched(files_at, tmp_path, monkeypatch, version):
    records = [
        {
            "name": f"{kind}.ruen.x",
            "fileType": kind,
            "sourceLanguage": "ru",
            "targetLanguage": "en",
            "version": version,
            "attachment": {"location": "x"},
        }
        for kind in ("model", "vocab")
    ]
    (tmp_path / "records").write_text(json.dumps({"data": records}))
    address, _ = files_at(tmp_path)
    monkeypatch.setenv("FXTRANSLATE_RECORDS_URL", f"{address}/records")
    made = engine()
    assert made.supports("ru", "en") is (version == "3.1")
    assert not made.supports("tg", "en")


@pytest.mark.parametrize("damage", ["short", "empty", "noise", "nothing in it"])
def test_a_damaged_model(model, tmp_path, damage):
    folder = tmp_path / "damaged"
    shutil.copytree(model, folder)
    path = folder / "model.ruen.intgemm.alphas.bin"
    data = path.read_bytes()
    path.write_bytes(
        {
            "short": data[: len(data) // 2],
            "empty": b"",
            "noise": os.urandom(1000),
            "nothing in it": (1).to_bytes(8, "little") + bytes(16),
        }[damage]
    )
    with pytest.raises(EngineError, match="cannot be used"):
        engine(folder=str(folder)).translate([Segment("город")], "ru", "en")


def test_a_model_that_lacks_weights(model, tmp_path, monkeypatch):
    whole = tiny_firefox._tensors

    def without(pieces):
        return {name: tensor for name, tensor in whole(pieces).items() if "context" not in name}

    monkeypatch.setattr(tiny_firefox, "_tensors", without)
    with pytest.raises(EngineError, match="cannot be used"):
        engine(folder=str(tiny_firefox.build(tmp_path))).translate([Segment("город")], "ru", "en")
