"""Embedders and the cache of vectors."""

import multiprocessing
import shutil
import sqlite3
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expander.alignment import fast_e5
from expander.alignment.embedders import open_embedder
from expander.alignment.embedding import in_batches
from expander.alignment.fast_e5 import FastE5
from expander.alignment.plain_e5 import PlainE5
from expander.alignment.vector_cache import CachedEmbedder
from expander.errors import InputError


class Lengths:
    """Tells the length of each text by the direction of a vector, and how often it was asked."""

    name = "lengths"

    def __init__(self):
        self.asked = []

    def encode(self, texts, progress=None):
        self.asked += texts
        return np.array([[np.cos(len(text)), np.sin(len(text))] for text in texts], np.float32).reshape(-1, 2)


TEXTS = ["one", "three", "", "Москва", "one"]


@given(st.lists(st.text(max_size=300), max_size=60))
def test_batches_keep_the_order_and_tell_progress(texts):
    told = []
    vectors = in_batches(texts, Lengths().encode, lambda done, of: told.append((done, of)))
    assert np.allclose(vectors.reshape(-1, 2), Lengths().encode(texts))
    assert told == sorted(told)
    assert not texts or told[-1] == (len(texts), len(texts))


def test_long_texts_come_in_small_batches():
    sizes = []

    def encode(texts):
        sizes.append(sum(map(len, texts)))
        return np.ones((len(texts), 2), np.float32)

    in_batches(["word " * 800] * 20, encode, None)
    assert len(sizes) > 5


def test_cache_computes_once_and_gives_the_same(tmp_path):
    path = tmp_path / "vectors.sqlite"
    model = Lengths()
    first = CachedEmbedder(model, path).encode(TEXTS)
    assert sorted(model.asked) == sorted(set(TEXTS))
    second = CachedEmbedder(model, path).encode(TEXTS)
    assert sorted(model.asked) == sorted(set(TEXTS))
    assert np.array_equal(first, second)
    assert np.allclose(np.linalg.norm(first, axis=1), 1, atol=1e-6)


def test_cache_does_not_mix_models(tmp_path):
    other = Lengths()
    other.name = "others"
    CachedEmbedder(Lengths(), tmp_path / "v").encode(TEXTS)
    CachedEmbedder(other, tmp_path / "v").encode(TEXTS)
    assert other.asked


@pytest.mark.parametrize("damage", ["garbage", "empty", "truncated", "table", "blob", "length"])
def test_a_damaged_cache_is_computed_again(tmp_path, damage):
    path = tmp_path / "vectors.sqlite"
    expected = CachedEmbedder(Lengths(), path).encode(TEXTS)
    if damage == "garbage":
        path.write_bytes(b"\x00garbage" * 1000)
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "truncated":
        path.write_bytes(path.read_bytes()[:3000])
    else:
        with sqlite3.connect(path) as connection:
            if damage == "table":
                connection.execute("DROP TABLE vectors")
            elif damage == "blob":
                connection.execute("UPDATE vectors SET vector = x'00010203040506070809'")
            else:
                body = np.ones(7, np.float16).tobytes()
                blob = zlib.crc32(body).to_bytes(4, "big") + body
                connection.execute("UPDATE vectors SET vector = ? WHERE key = (SELECT min(key) FROM vectors)", (blob,))
    model = Lengths()
    assert np.array_equal(CachedEmbedder(model, path).encode(TEXTS), expected)
    assert model.asked
    assert np.array_equal(CachedEmbedder(Lengths(), path).encode(TEXTS), expected)


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert CachedEmbedder(Lengths(), blocked / "vectors.sqlite").encode(TEXTS).shape == (5, 2)


def _fill(path, start):
    CachedEmbedder(Lengths(), path).encode([f"text {number}" for number in range(start, start + 200)])


def test_two_runs_share_a_cache(tmp_path):
    path = tmp_path / "vectors.sqlite"
    context = multiprocessing.get_context("spawn")
    runs = [context.Process(target=_fill, args=(path, start)) for start in (0, 100)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    model = Lengths()
    CachedEmbedder(model, path).encode([f"text {number}" for number in range(300)])
    assert not model.asked


def test_the_model_knows_translations():
    texts = ["Столица России — Москва.", "Moscow is the capital of Russia.", "Cows eat grass.", "", "a\0b"]
    vectors = PlainE5().encode(texts)
    assert vectors.shape == (5, 384)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


@pytest.fixture(scope="session")
def fast(tmp_path_factory):
    return FastE5(tmp_path_factory.mktemp("fast"))


def test_both_runtimes_give_the_same_vectors(fast):
    texts = ["Столица России — Москва.", "½ of  the x² «город»", "Муносибатҳои Тоҷикистон бо Русия", "слово " * 300]
    plain = PlainE5()
    assert fast.name != plain.name
    cosines = (fast.encode(texts) * plain.encode(texts)).sum(axis=1)
    assert cosines.min() > 0.995


def test_without_the_fast_runtime_numpy_runs_the_model(tmp_path, monkeypatch):
    monkeypatch.setattr(fast_e5, "find_spec", lambda name: None)
    assert open_embedder(tmp_path).name == PlainE5().name


def test_a_damaged_model_of_the_fast_runtime_is_made_again(fast, tmp_path):
    vectors = fast.encode(TEXTS)
    (kept,) = fast.folder.iterdir()
    shutil.copytree(kept, tmp_path / kept.name)
    model = tmp_path / kept.name / "model.bin"
    model.write_bytes(model.read_bytes()[:1000])
    assert np.array_equal(FastE5(tmp_path).encode(TEXTS), vectors)


def test_unknown_models_are_named(tmp_path):
    with pytest.raises(InputError, match="no embedding model"):
        open_embedder(tmp_path, "gpt")


def test_an_interrupted_run_keeps_what_it_computed(tmp_path):
    class Interrupted(Lengths):
        def encode(self, texts, progress=None):
            if self.asked:
                raise KeyboardInterrupt
            return super().encode(texts, progress)

    texts = [f"text {number}" for number in range(1000)]
    with pytest.raises(KeyboardInterrupt):
        CachedEmbedder(Interrupted(), tmp_path / "v").encode(texts)
    model = Lengths()
    told = []
    CachedEmbedder(model, tmp_path / "v").encode(texts, lambda done, of: told.append((done, of)))
    assert 0 < len(model.asked) < 1000
