"""The memory: exact and near matches, and a file that is whole whatever happens."""

from __future__ import annotations

import os

import pytest

from expander.engines.memory import MemoryEngine
from expander.engines.protocol import Segment, Translated, Untranslated
from expander.errors import InputError, StorageError
from expander.translation.memory import Memory, difference, read, write
from expander.translation.tmx import Unit


def unit(source, target, origin="editor"):
    return Unit(source, target, "ru", "en", origin)


MEMORY = Memory(
    [
        unit("Посольство открыто в 2009 году<1/>.", "The embassy opened in 2009.<1/>"),
        unit("<1>Душанбе</1> — столица Таджикистана.", "<1>Dushanbe</1> is the capital of Tajikistan."),
    ]
)


def test_an_exact_match():
    match = MEMORY.nearest("<1>Душанбе</1> — столица Таджикистана.", "ru", "en")
    assert match.percent == 100
    assert match.unit.target == "<1>Dushanbe</1> is the capital of Tajikistan."


def test_white_space_makes_no_difference():
    assert MEMORY.exact("<1>Душанбе</1> —  столица Таджикистана. ", "ru", "en")


def test_other_markup_is_a_near_match():
    match = MEMORY.nearest("Душанбе — столица <1>Таджикистана</1>.", "ru", "en")
    assert match.percent == 99
    assert difference(match.unit.source, "Душанбе — столица <1>Таджикистана</1>.") == ()


def test_a_near_match_and_what_differs():
    match = MEMORY.nearest("Посольство открыто в 2010 году.", "ru", "en")
    assert 75 <= match.percent < 100
    assert difference(match.unit.source, "Посольство открыто в 2010 году.") == (("2009", "2010"),)


def test_nothing_alike():
    assert MEMORY.nearest("Хлопок вывозился в Россию.", "ru", "en") is None
    assert MEMORY.nearest("Посольство открыто в 2009 году<1/>.", "tg", "en") is None


def test_the_later_unit_counts():
    memory = Memory([unit("а", "old"), unit("б", "b"), unit("а", "new")])
    assert memory.exact("а", "ru", "en").target == "new"
    assert len(memory) == 2


def test_as_an_engine():
    engine = MemoryEngine(MEMORY)
    assert engine.supports("ru", "en") and not engine.supports("tg", "en")
    texts = ["<1>Душанбе</1> — столица Таджикистана.", "Посольство открыто в 2010 году.", "Хлопок"]
    exact, near, none = engine.translate([Segment(text) for text in texts], "ru", "en")
    assert isinstance(exact, Translated) and exact.match == 100 and exact.model == "editor"
    assert isinstance(near, Translated) and near.match < 100
    assert near.matched == "Посольство открыто в 2009 году<1/>."
    assert isinstance(none, Untranslated)


def test_written_and_read(tmp_path):
    path = tmp_path / "folder" / "memory.tmx"
    write(MEMORY, path)
    assert list(read(path)) == list(MEMORY)
    assert list(path.parent.iterdir()) == [path]


def test_no_file_is_an_empty_memory(tmp_path):
    assert len(read(tmp_path / "none.tmx")) == 0


def test_a_file_that_is_no_memory(tmp_path):
    path = tmp_path / "memory.tmx"
    path.write_text("nothing of the kind")
    with pytest.raises(InputError, match="TMX"):
        read(path)


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="--memory"):
        write(MEMORY, tmp_path / "file" / "memory.tmx")


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "memory.tmx"
    write(MEMORY, path)
    before = path.read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        write(Memory([unit("а", "a")]), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
