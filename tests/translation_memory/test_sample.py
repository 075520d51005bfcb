"""The sample's memory is what the script makes of its translations, and covers every sentence."""

from __future__ import annotations

import pytest
from tools import sample_memory

from expander.translation.layout import read


def test_it_is_up_to_date():
    assert sample_memory.main(["--check"]) == 0, "run python -m tools.sample_memory"


@pytest.mark.parametrize("lang", ["ru", "tg"])
def test_every_sentence_is_covered(lang):
    assert sample_memory.missing(lang) == []


def test_every_translation_has_the_pieces_of_its_source():
    for unit in sample_memory.units():
        ours = sorted(mark.id for mark in read(unit.source).marks)
        theirs = sorted(mark.id for mark in read(unit.target).marks)
        assert ours == theirs, unit
        assert not any("а" <= letter.lower() <= "я" for letter in read(unit.target).plain), unit
