"""The store of finished translations, and packets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expander.engines.protocol import Carrier, EngineInfo, Segment, Translated
from expander.errors import StorageError
from expander.translation.finished import FILE, Finished, key
from expander.translation.packing import fits, packets

texts = st.text(st.characters(codec="utf-8"), max_size=50)
answers = st.builds(Translated, texts, texts)


@given(st.dictionaries(texts, answers, max_size=8))
def test_what_is_put_is_there_in_the_next_run(tmp_path_factory, kept):
    folder = tmp_path_factory.mktemp("finished")
    with Finished(folder) as finished:
        finished.put("mint", {name: (name, answer) for name, answer in kept.items()})
    for readonly in (False, True):
        with Finished(folder, readonly=readonly) as finished:
            assert finished.get([*kept, "\0nothing"]) == kept


@given(st.lists(texts, min_size=6, max_size=6), st.lists(texts, min_size=6, max_size=6))
def test_keys_tell_everything_apart(one, other):
    ours = key(*one[:4], Carrier.MARKUP, one[5])
    theirs = key(*other[:4], Carrier.MARKUP, other[5])
    assert (ours == theirs) == ([*one[:4], one[5]] == [*other[:4], other[5]])
    assert ours != key(*one[:4], Carrier.TOKENS, one[5])


def test_the_later_answer_counts(tmp_path):
    with Finished(tmp_path) as finished:
        for text in ("old", "new"):
            finished.put("mint", {"k": ("source", Translated(text))})
        assert finished.get(["k"])["k"].text == "new"


def test_readonly_writes_nothing(tmp_path):
    with Finished(tmp_path / "none", readonly=True) as finished:
        finished.put("mint", {"k": ("source", Translated("x"))})
        assert finished.get(["k"]) == {}
    assert not (tmp_path / "none").exists()


def test_a_full_disk_is_said_and_harms_nothing(tmp_path):
    with Finished(tmp_path) as finished:
        finished.put("mint", {"k": ("source", Translated("kept"))})
        pages = finished._database.execute("PRAGMA page_count").fetchone()[0]
        finished._database.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StorageError, match=r"full.*--cache"):
            finished.put("mint", {"l": ("source", Translated("x" * 100_000))})
    with Finished(tmp_path) as finished:
        assert set(finished.get(["k", "l"])) == {"k"}


def test_two_runs_at_once(tmp_path):
    with Finished(tmp_path) as one, Finished(tmp_path) as other:
        one.put("mint", {"a": ("source", Translated("1"))})
        other.put("mint", {"b": ("source", Translated("2"))})
        assert set(one.get(["a", "b"])) == set(other.get(["a", "b"])) == {"a", "b"}
    assert (tmp_path / FILE).exists()


@given(st.lists(st.integers(0, 40), max_size=40), st.integers(1, 60), st.integers(1, 12))
def test_packets_keep_order_and_limits(lengths, most, segments):
    info = EngineInfo("x", "X", Carrier.TOKENS, most, remote=False, may_use_llm=False, max_segments=segments)
    texts = [Segment("а" * length) for length in lengths]
    chosen = [index for index, text in enumerate(texts) if fits(text, info)]
    made = list(packets(texts, chosen, info))
    assert [index for packet in made for index in packet] == chosen
    for packet in made:
        assert 1 <= len(packet) <= segments
        assert sum(lengths[index] for index in packet) <= most
    for one, other in pairwise(made):
        first = lengths[other[0]]
        full = len(one) == segments or sum(lengths[index] for index in one) + first > most
        assert full, "no packet is left half empty"
