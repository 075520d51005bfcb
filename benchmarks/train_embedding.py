"""Train the adapter of the embedding and write src/expander/alignment/adapter.npz.

    pip install torch
    python -m benchmarks.train_embedding [--epochs 2] [--rank 16] [--seeds 0 1] [--out FILE]

Each lesson is a pair of articles. A source sentence is to find the English text that tells it among the others, or
nothing if it is missing: cross-entropy over the cosines with all English texts and a learned threshold. Single words
and headings keep the vectors they had: they state nothing. What is learned in a run is averaged over several, which
steadies it (Wortsman et al. 2022, https://arxiv.org/abs/2203.05482). About 25 minutes a run on two cores. What the
embedding learns from is said in benchmarks/training.py.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from benchmarks import training
from benchmarks._encoder import Encoder
from benchmarks.training import Lesson
from expander.alignment import adapter
from expander.alignment.evidence import in_context, is_judged
from expander.alignment.units import units
from expander.alignment.words import words_of

SENTENCES, UNITS = 16, 40  # of a lesson, chosen anew each time
GOLD_WEIGHT = 2  # times that a gold pair is seen in an epoch: it is longer than a short article
PARTIAL = 0.8  # weight of a sentence that English tells in part
WORDS = 24  # words and headings a step that keep their vectors
KEPT = 4.0  # weight of that
DROPOUT = 0.1
RATE, RATE_OF_SCALE, WARM_UP = 6e-4, 1e-2, 20


@dataclass(frozen=True)
class Exercise:
    """A lesson as texts: ``told`` are for each source text the English ones that tell it (none: missing)."""

    name: str
    source: Sequence[str]
    english: Sequence[str]
    labels: Sequence[str]
    told: Sequence[Sequence[int]]
    words: Sequence[str] = ()


def exercise(lesson: Lesson) -> Exercise:
    """The labelled sentences of a lesson."""
    sentences = [item for item in lesson.counterpart.sentences if is_judged(lesson.counterpart, item)]
    texts = in_context(lesson.counterpart, [(item.plain, item.block) for item in sentences])
    chosen = [(text, item.id) for text, item in zip(texts, sentences, strict=True) if _is_usable(lesson, item.id)]
    english = in_context(lesson.article, [(unit.text, unit.block) for unit in units(lesson.article)])
    labels = [lesson.labels[sentence] for _, sentence in chosen]
    told = [lesson.matches.get(sentence, ()) for _, sentence in chosen]
    headings = [section.heading for page in (lesson.article, lesson.counterpart) for section in page.sections[1:]]
    words = sorted({word for text in (*texts, *english) for word in words_of(text)})
    return Exercise(lesson.name, [text for text, _ in chosen], english, labels, told, [*words, *headings * 4])


def _is_usable(lesson: Lesson, sentence: str) -> bool:
    label = lesson.labels.get(sentence)
    return label == "missing" or (label is not None and bool(lesson.matches.get(sentence)))


def some(whole: Exercise, chance: random.Random) -> Exercise:
    """A part of an exercise. Of a translation half of the English is left out: its sentences become missing."""
    chosen = chance.sample(range(len(whole.source)), min(SENTENCES, len(whole.source)))
    needed = sorted({place for index in chosen for place in whole.told[index]})
    others = sorted(set(range(len(whole.english))) - set(needed))
    gone: set[int] = set()
    if whole.name.startswith("ntrex"):
        gone = set(chance.sample(needed, len(needed) // 2))
        needed = [place for place in needed if place not in gone]
    room = max(6, UNITS - len(needed) - len(chosen))
    places = sorted([*needed, *chance.sample(others, min(room, len(others)))])
    told = [[places.index(place) for place in whole.told[index] if place not in gone] for index in chosen]
    labels = [whole.labels[index] if rows else "missing" for index, rows in zip(chosen, told, strict=True)]
    words = chance.sample(whole.words, min(WORDS, len(whole.words)))
    source, english = [whole.source[index] for index in chosen], [whole.english[place] for place in places]
    return Exercise(whole.name, source, english, labels, told, words)


class Learner(torch.nn.Module):
    """The encoder with a scale of its cosines and the cosine below which nothing tells a sentence."""

    def __init__(self, rank: int) -> None:
        super().__init__()
        self.encoder = Encoder(rank)
        self.scale = torch.nn.Parameter(torch.tensor(3.2))  # a logarithm
        self.nothing = torch.nn.Parameter(torch.tensor(0.85))

    def cosines(self, task: Exercise, dropout: float = 0.0) -> torch.Tensor:
        """Of each source text with each English one."""
        vectors = self.encoder.embed([*task.source, *task.english], dropout)
        return vectors[: len(task.source)] @ vectors[len(task.source) :].T

    def loss(self, task: Exercise) -> torch.Tensor:
        """Mean cross-entropy of the sentences, and how far words and headings moved."""
        scale = torch.exp(self.scale)
        odds = self.cosines(task, DROPOUT) * scale
        nothing = (self.nothing * scale).expand(len(odds), 1)
        whole = torch.logsumexp(torch.cat([odds, nothing], 1), 1)
        right = [
            torch.logsumexp(row[list(told)], 0) if told else threshold[0]
            for row, threshold, told in zip(odds, nothing, task.told, strict=True)
        ]
        weights = torch.tensor([PARTIAL if label == "partial" else 1.0 for label in task.labels])
        moved = 1 - (self.encoder.embed(task.words) * self.encoder.as_given(task.words)).sum(1).mean()
        return (weights * (whole - torch.stack(right))).sum() / weights.sum() + KEPT * moved


def train(learner: Learner, tasks: Sequence[Exercise], held: Sequence[Exercise], epochs: int, seed: int) -> None:
    """Train in place; says after each epoch how well held-out sentences are told apart."""
    chance = random.Random(seed)
    matrices = list(learner.encoder.parameters())
    optimiser = torch.optim.AdamW(
        [
            {"params": matrices, "rate": RATE, "weight_decay": 0.01},
            {"params": [learner.scale, learner.nothing], "rate": RATE_OF_SCALE, "weight_decay": 0.0},
        ]
    )
    steps, step = epochs * len(tasks), 0
    for epoch in range(epochs):
        start, total = time.perf_counter(), 0.0
        for task in chance.sample(tasks, len(tasks)):
            for group in optimiser.param_groups:
                group["lr"] = group["rate"] * min(1, (step + 1) / WARM_UP) * max(0.05, 1 - step / steps)
            optimiser.zero_grad()
            loss = learner.loss(some(task, chance))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(matrices, 1.0)
            optimiser.step()
            step, total = step + 1, total + loss.item()
        seconds = time.perf_counter() - start
        print(
            f"epoch {epoch + 1}: loss {total / len(tasks):.4f}, {seconds:.0f} s; held out: {apart(learner, held):.4f}",
            flush=True,
        )


def apart(learner: Learner, tasks: Sequence[Exercise]) -> float:
    """The chance that a told sentence has a higher best cosine than a missing one (area under the ROC curve)."""
    with torch.no_grad():
        best = np.concatenate([learner.cosines(task).max(1).values.numpy() for task in tasks])
    missing = np.array([label == "missing" for task in tasks for label in task.labels])
    told, untold = best[~missing], best[missing]
    return float((told[:, None] > untold[None]).mean())


def matrices(learner: Learner) -> dict[str, np.ndarray]:
    """The trained matrices, as the adapter's file names them."""
    found = {}
    for name, layer in learner.encoder.linear.items():
        tensor = f"{name.replace('_', '.')}.w"
        found[f"{tensor}.down"] = layer.down.detach().numpy()
        found[f"{tensor}.up"] = layer.up.detach().numpy()
    return found


def average(runs: Sequence[Mapping[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Matrices whose product is the mean of the runs' products."""
    down = {name: np.concatenate([run[name] for run in runs]) for name in runs[0] if name.endswith(".down")}
    up = {name: np.concatenate([run[name] for run in runs], 1) / len(runs) for name in runs[0] if name.endswith(".up")}
    return {name: matrix.astype(np.float16) for name, matrix in (down | up).items()}


def main() -> None:
    """Train and write the adapter."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1], help="one run each")
    parser.add_argument("--out", type=Path, default=Path(adapter.__file__).with_name("adapter.npz"))
    arguments = parser.parse_args()
    tasks = []
    for lesson in training.for_embedding():
        task = exercise(lesson)
        tasks += [task] * (GOLD_WEIGHT if lesson.links else 1)
    held = [exercise(lesson) for lesson in training.for_verdicts() if lesson.name in training.HELD_PAIRS]
    runs = []
    for seed in arguments.seeds:
        torch.manual_seed(seed)
        learner = Learner(arguments.rank)
        print(f"seed {seed}: {len(tasks)} exercises; held out, before: {apart(learner, held):.4f}", flush=True)
        train(learner, tasks, held, arguments.epochs, seed)
        runs.append(matrices(learner))
    np.savez_compressed(arguments.out, **average(runs))
    print(f"{arguments.out}: {arguments.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
