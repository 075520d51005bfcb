"""Fit the alignment model and write src/expander/alignment/model.toml.

    python -m benchmarks.train_alignment [--cache FOLDER]

Data: what benchmarks/training.py keeps from the embedding, which must be trained first (benchmarks/train_embedding.py).
NTREX documents count less: they are further from the task.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import training
from expander.alignment import model
from expander.alignment.embedders import open_embedder
from expander.alignment.embedding import Embedder
from expander.alignment.evidence import gather
from expander.alignment.pairs import FEATURES, Pairs

Floats = NDArray[np.float64]
TARGET = Path(model.__file__).with_name("model.toml")
PAIR_WEIGHT, SENTENCE_WEIGHT = 3.0, 1.0  # of a gold row, beside an NTREX row
RIDGE = 1e-3  # times the rows, on standardised features
FOR = ("margin", "lead here", "lead there", "window", "fact share", "exact", "numbers", "links", "references",
       "pair", "lead here in parallel", "lead there in parallel")  # fmt: skip
AGAINST = ("facts lacking", "numbers lacking", "names lacking")
SIGNS = dict.fromkeys(FOR, 1) | dict.fromkeys(AGAINST, -1)
HEADER = """\
# Weights of the alignment model, written by benchmarks/train_alignment.py. Log-odds that English covers a sentence:
# bias + the sum of weight × feature. The features are named in pairs.py and model.py.
"""


@dataclass(frozen=True)
class Example:
    """One article pair: ``covers`` is 1 for pairs that match (NaN: not labelled); ``missing`` and ``known`` are per
    source sentence.
    """

    name: str
    pairs: Pairs
    prose: Sequence[bool]
    covers: Floats
    missing: NDArray[np.bool_]
    known: NDArray[np.bool_]
    is_gold: bool


def examples(embedder: Embedder) -> Iterator[Example]:
    """The training data."""
    for lesson in training.for_verdicts():
        evidence = gather(lesson.article, lesson.counterpart, lesson.links, embedder)
        assert evidence.matching is not None
        labels = [lesson.labels.get(sentence.id) for sentence in evidence.sentences]
        missing = np.array([label == "missing" for label in labels])
        known = np.array([label is not None for label in labels])
        pairs = evidence.matching.pairs
        if lesson.matched:
            right = [lesson.matches.get(sentence.id, ()) for sentence in evidence.sentences]
            covers = np.where(known[pairs.source], _covers(pairs, right), np.nan)
        else:
            covers = np.where(missing[pairs.source], 0.0, np.nan)  # what covers the others is not labelled
        prose = [unit.prose for unit in evidence.units]
        yield Example(lesson.name, pairs, prose, covers, missing, known, not lesson.name.startswith("ntrex"))


def fit(names: Sequence[str], features: Floats, target: Floats, weight: Floats) -> model.Weights:
    """Logistic regression in which no weight has the wrong sign: what comes out so is left out, the rest refitted."""
    left_out: set[str] = set()
    while True:
        kept = np.array([name not in left_out for name in names])
        weights = _fit(names, features * kept, target, weight)
        wrong = {name for name, factor in weights.weights.items() if factor * SIGNS.get(name, 0) < 0}
        if not wrong:
            return weights
        left_out |= wrong


def _fit(names: Sequence[str], features: Floats, target: Floats, weight: Floats) -> model.Weights:
    """Ridge-penalised logistic regression by Newton's method; a constant feature gets no weight."""
    mean, deviation = features.mean(axis=0), features.std(axis=0)
    scaled = np.column_stack([(features - mean) / np.maximum(deviation, 1e-9), np.ones(len(features))])
    penalty = RIDGE * weight.sum() * np.eye(scaled.shape[1])
    penalty[-1, -1] = 0
    solution = np.zeros(scaled.shape[1])
    for _ in range(100):
        chances = model.probability(scaled @ solution)
        gradient = scaled.T @ (weight * (chances - target)) + penalty @ solution
        hessian = (scaled * (weight * chances * (1 - chances))[:, None]).T @ scaled + penalty
        step = np.linalg.solve(hessian + 1e-9 * np.eye(len(solution)), gradient)
        solution -= step
        if np.abs(step).max() < 1e-7:
            break
    factors = np.where(deviation > 1e-9, solution[:-1] / np.maximum(deviation, 1e-9), 0.0)
    weights = {name: round(float(factor), 5) for name, factor in zip(names, factors, strict=True)}
    return model.Weights(round(float(solution[-1] - factors @ mean), 5), weights)


def train(data: Sequence[Example]) -> model.Model:
    """Both regressions on all of ``data``."""
    weights = np.concatenate([np.full(len(item.covers), PAIR_WEIGHT if item.is_gold else 1.0) for item in data])
    features = np.concatenate([item.pairs.features for item in data])
    covers = np.concatenate([item.covers for item in data])
    known = ~np.isnan(covers)
    pair = fit(FEATURES, features[known], covers[known], weights[known])
    rows, targets, weights_of = [], [], []
    for item in data:
        known = sentence_features(pair, item)[item.known]
        rows.append(known)
        targets.append(~item.missing[item.known])
        weights_of.append(np.full(len(known), SENTENCE_WEIGHT if item.is_gold else 1.0))
    sentence = fit(
        model.SENTENCE_FEATURES, np.concatenate(rows), np.concatenate(targets).astype(float), np.concatenate(weights_of)
    )
    return model.Model(pair, sentence)


def sentence_features(pair: model.Weights, item: Example) -> Floats:
    """The second regression's features under a first regression."""
    odds = item.pairs.features @ np.array([pair.weights[name] for name in FEATURES]) + pair.bias
    return model.sentence_features(item.pairs, odds, item.prose, len(item.missing))


def scores(trained: model.Model, item: Example) -> Floats:
    """Log-odds that English covers each sentence."""
    features = sentence_features(trained.pair, item)
    names = model.SENTENCE_FEATURES
    return features @ np.array([trained.sentence.weights[name] for name in names]) + trained.sentence.bias


def f1(odds: Floats, missing: NDArray[np.bool_]) -> float:
    """F1 of missing, where log-odds below 0 mean missing."""
    said = odds < 0
    return 2 * float((said & missing).sum()) / max(1.0, float(said.sum() + missing.sum()))


def main() -> None:
    """Fit, say how well a gold article is judged by a model that has not seen it, write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True, help="folder for embeddings and the converted model")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    arguments = parser.parse_args()
    data = list(examples(open_embedder(arguments.cache)))
    articles = [item for item in data if item.is_gold]
    held = [scores(train([other for other in data if _base(other) != _base(item)]), item) for item in articles]
    odds = np.concatenate([found[item.known] for found, item in zip(held, articles, strict=True)])
    missing = np.concatenate([item.missing[item.known] for item in articles])
    print(f"gold dev, each article by a model of the others: F1 of missing {f1(odds, missing):.3f}")
    trained = train(data)
    for name, part in (("gold dev", articles), ("NTREX, first half", [item for item in data if not item.is_gold])):
        odds = np.concatenate([scores(trained, item)[item.known] for item in part])
        missing = np.concatenate([item.missing[item.known] for item in part])
        print(f"{name}, seen in training: F1 of missing {f1(odds, missing):.3f}")
    if not arguments.dry:
        TARGET.write_text(HEADER + _toml("pair", trained.pair) + _toml("sentence", trained.sentence), encoding="utf-8")


def _base(item: Example) -> str:
    return item.name.removesuffix("-less")


def _covers(pairs: Pairs, right: Sequence[Sequence[int]]) -> Floats:
    both = zip(pairs.source.tolist(), pairs.english.tolist(), strict=True)
    return np.array([float(unit in right[sentence]) for sentence, unit in both])


def _toml(table: str, weights: model.Weights) -> str:
    lines = "".join(f'"{name}" = {weight}\n' for name, weight in weights.weights.items())
    return f"\n[{table}]\nbias = {weights.bias}\n\n[{table}.weights]\n{lines}"


if __name__ == "__main__":
    main()
