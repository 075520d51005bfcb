"""NLLB with a real ctranslate2 model, tiny and built by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from expander.engines import registry
from expander.engines.protocol import Segment, Translated, Untranslated
from expander.errors import EngineError

pytest.importorskip("sentencepiece")
from tests.engines import tiny_nllb


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    return tiny_nllb.build(tmp_path_factory.mktemp("nllb"))


def engine(folder, **values):
    [made] = registry.get(["nllb"], {"nllb": {"folder": str(folder), **values}})
    return made


TEXTS = ["столица таджикистана", "дар соли 1992", "город"]


def test_it_translates(model):
    answers = engine(model).translate([Segment(text) for text in TEXTS], "ru", "en")
    assert [answer.text for answer in answers] == [tiny_nllb.spell(text) for text in TEXTS]
    assert all(isinstance(answer, Translated) and answer.model == model.name for answer in answers)


def test_languages_are_those_of_the_model(model):
    made = engine(model)
    assert made.supports("ru", "en") and made.supports("tg", "en")
    assert not made.supports("de", "en"), "known to NLLB, not to this model"
    assert not made.supports("xx", "en")


def test_too_long_a_sentence(model):
    made = engine(model)
    long, short = made.translate([Segment("а" * 1200), Segment("город")], "ru", "en")
    assert isinstance(long, Untranslated) and "long" in long.reason
    assert short.text == "gorod"


def test_no_model(tmp_path):
    with pytest.raises(EngineError, match="no model"):
        engine(tmp_path).supports("ru", "en")


def test_a_damaged_model(model, tmp_path):
    folder = tmp_path / "damaged"
    shutil.copytree(model, folder)
    data = (folder / "model.bin").read_bytes()
    (folder / "model.bin").write_bytes(data[: len(data) // 2])
    with pytest.raises(EngineError, match="cannot be loaded"):
        engine(folder).translate([Segment("город")], "ru", "en")


def test_a_model_without_its_spelling(model, tmp_path):
    folder = tmp_path / "part"
    shutil.copytree(model, folder)
    (folder / "sentencepiece.bpe.model").unlink()
    with pytest.raises(EngineError, match="sentencepiece"):
        engine(folder).translate([Segment("город")], "ru", "en")


def test_it_is_fetched_once(model, tmp_path, files_at):
    folder = tmp_path / "fetched"
    address, asked = files_at(model)
    for _ in range(2):
        [answer] = engine(folder, download=address).translate([Segment("город")], "ru", "en")
        assert answer.text == "gorod"
    assert sorted(Path(path).name for path in asked) == sorted(path.name for path in model.iterdir())


def test_a_fetch_that_fails_leaves_nothing_half(tmp_path, files_at):
    address, _ = files_at(tmp_path)
    with pytest.raises(EngineError, match="status 404"):
        engine(tmp_path / "fetched", download=address).supports("ru", "en")
    assert list((tmp_path / "fetched").iterdir()) == []


def test_offline_fetches_nothing(tmp_path, files_at):
    address, asked = files_at(tmp_path)
    [made] = registry.get(["nllb"], {"nllb": {"folder": str(tmp_path / "x"), "download": address}}, offline=True)
    with pytest.raises(EngineError, match="no model"):
        made.supports("ru", "en")
    assert asked == []
