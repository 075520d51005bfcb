"""The quality floor: figures on named data must not fall below what was reached.

The test side of the gold is only measured, never tuned on (tests/gold/alignment). NTREX is measured where it is at
hand: $EXPANDER_NTREX or ../shared/data/ntrex_dev.tsv. benchmarks/alignment.py prints the same figures with baselines.
"""

import pytest
from benchmarks import ntrex
from benchmarks.measures import GoldResult, Missing, measure_document, measure_pair

FLOORS = {"missing": 0.90, "sections": 0.91, "either": 0.92, "anchors": 0.92, "facts": 0.86, "statuses": 0.81}
NTREX_FLOORS = {"ru": 0.98, "tg": 0.96}
DOCUMENTS = slice(None, None, 5)  # of the second half: all would take minutes


@pytest.fixture(scope="module")
def result(gold, embedder):
    total = GoldResult()
    for pair in gold["test"]:
        total += measure_pair(pair, embedder)
    return total


@pytest.mark.parametrize("measure", FLOORS)
def test_gold(result, measure):
    reached = result.missing.f1 if measure == "missing" else getattr(result, measure).value
    assert reached >= FLOORS[measure], f"{measure}: {getattr(result, measure)}"


def test_sections_beat_exact_titles(result):
    assert result.sections.value > result.titles.value + 0.5


def test_nearly_every_labelled_sentence_is_measured(gold):
    pairs = [pair for side in gold.values() for pair in side]
    unfound = sum(len(pair.unfound) for pair in pairs)
    assert unfound <= 0.05 * sum(len(pair.labels) for pair in pairs)


@pytest.mark.parametrize("lang", NTREX_FLOORS)
def test_ntrex(lang, embedder):
    file = ntrex.path()
    if file is None:
        pytest.skip("set EXPANDER_NTREX to the path of ntrex_dev.tsv (see benchmarks/ntrex.py)")
    total = Missing()
    for document in list(ntrex.documents(file, lang, half=1))[DOCUMENTS]:
        total += measure_document(document, embedder)
    assert total.f1 >= NTREX_FLOORS[lang], str(total)
