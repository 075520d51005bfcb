"""Engines that spoil everything: nothing is lost or doubled without a finding, and nothing raises."""

import random

import pytest

from expander.articles.wikitext import parse
from expander.engines.protocol import Carrier
from expander.translation import check, decode, encode, mask, unmask
from expander.translation.layout import read
from tests.translation.hostile import HOSTILE, spoiled
from tests.translation.pieces import trouble
from tests.translation.sentences import Maker

_SENTENCES = 20  # for each habit and carrier; benchmarks/markup.py has 20,000


@pytest.mark.parametrize("carrier", list(Carrier))
@pytest.mark.parametrize("habit", sorted(HOSTILE))
def test_every_bad_habit_of_an_engine_is_survived(habit, carrier):
    maker, rng = Maker(sum(map(ord, habit))), random.Random(habit)
    for _ in range(_SENTENCES):
        source = maker.sentence()
        masked = mask(parse(source, "ru"), source, "ru")
        answer = HOSTILE[habit](encode(masked, carrier), rng)
        _survives(source, masked, answer, carrier)


def test_several_bad_habits_at_once_are_survived():
    maker, rng = Maker(4), random.Random(4)
    for _ in range(400):
        source = maker.sentence()
        masked = mask(parse(source, "ru"), source, "ru")
        carrier = rng.choice(list(Carrier))
        answer, _ = spoiled(encode(masked, carrier), rng)
        _survives(source, masked, answer, carrier)


def _survives(source, masked, answer, carrier):
    decoded = decode(answer, masked, carrier)
    result = unmask(decoded.text, masked)
    assert trouble(result, masked) == "", (source, answer, result.wikitext)
    check(masked.plain, read(decoded.text).plain, "ru")
