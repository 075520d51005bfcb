"""What several counterparts have is proposed once, from the better-sourced one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from expander.alignment.verdict import Alignment, Status
from expander.articles.article import Sentence
from expander.gaps.gap import Twin
from expander.gaps.passages import Passage
from expander.gaps.twins import same_sentences

Key = tuple[int, str]  # counterpart (its place in the order), sentence id
Same = Mapping[Key, frozenset[Key]]

_DOUBTS = frozenset({"unreferenced", "citation-needed", "dead-link"})


def same_statements(alignments: Sequence[Alignment]) -> Same:
    """For every sentence the sentences of other counterparts that say the same."""
    same: dict[Key, set[Key]] = defaultdict(set)
    for (first, one), (second, other) in combinations(enumerate(alignments), 2):
        for here, there in same_sentences(other, one):
            same[second, here].add((first, there))
            same[first, there].add((second, here))
    return {key: frozenset(others) for key, others in same.items()}


def told_elsewhere(alignments: Sequence[Alignment], index: int, same: Same) -> frozenset[str]:
    """Sentences of one counterpart that English has, by the verdict on their twins in another."""
    return frozenset(
        sentence
        for (counterpart, sentence), others in same.items()
        if counterpart == index
        and any(alignments[other].by_sentence[twin].status is Status.COVERED for other, twin in others)
    )


def once(
    alignments: Sequence[Alignment], found: Sequence[Passage], same: Same
) -> Iterator[tuple[Passage, tuple[Twin, ...]]]:
    """The passages to propose, best-sourced first, each with its twins in other counterparts."""
    place = {id(alignment): index for index, alignment in enumerate(alignments)}
    taken: dict[Key, int] = {}
    kept: list[Passage] = []
    twins: dict[int, list[tuple[Passage, Sentence]]] = defaultdict(list)
    for passage in sorted(found, key=_sourcing):
        index = place[id(passage.alignment)]
        free: list[Sentence] = []
        for sentence in passage.sentences:
            winner = next((taken[key] for key in sorted(same.get((index, sentence.id), ())) if key in taken), None)
            if winner is None:
                free.append(sentence)
            else:
                twins[winner].append((passage, sentence))
        for run in _runs(free):
            taken |= {(index, sentence.id): len(kept) for sentence in run}
            kept.append(replace(passage, sentences=run, whole=passage.whole and len(run) == len(passage.sentences)))
    for number, passage in enumerate(kept):
        yield passage, tuple(_twins(twins.get(number, ())))


def _sourcing(passage: Passage) -> tuple[float, int, str, int]:
    """Sorts the better-sourced passage first: the share of doubtful sentences, then the longer text."""
    doubtful = sum(not _DOUBTS.isdisjoint(verdict.flags) for verdict in passage.verdicts)
    length = sum(len(sentence.plain) for sentence in passage.sentences)
    return doubtful / len(passage.sentences), -length, passage.alignment.counterpart.lang, passage.sentences[0].index


def _runs(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    run: list[Sentence] = []
    for sentence in sentences:
        if run and sentence.index != run[-1].index + 1:
            yield tuple(run)
            run = []
        run.append(sentence)
    if run:
        yield tuple(run)


def _twins(members: Sequence[tuple[Passage, Sentence]]) -> Iterator[Twin]:
    """One twin a counterpart, its sentences in page order."""
    by_page: dict[tuple[str, str], list[Sentence]] = defaultdict(list)
    for passage, sentence in members:
        article = passage.alignment.counterpart
        by_page[article.lang, article.title].append(sentence)
    for (lang, title), sentences in sorted(by_page.items()):
        ordered = sorted(sentences, key=lambda sentence: sentence.index)
        text = " ".join(sentence.plain for sentence in ordered)
        yield Twin(lang, title, tuple(sentence.id for sentence in ordered), text)
