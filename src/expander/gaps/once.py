"""What several counterparts have is proposed once, from the better-sourced one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from expander.alignment.verdict import Alignment, Status
from expander.articles.article import BlockKind, Sentence
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
    """The passages to propose, each with its twins in other counterparts."""
    place = {id(alignment): index for index, alignment in enumerate(alignments)}
    owner: dict[Key, Passage] = {}
    for passage in found:
        owner |= {(place[id(passage.alignment)], sentence.id): passage for sentence in passage.sentences}
    lost: dict[Key, Key] = {}
    for one, others in sorted(same.items()):
        for other in sorted(others):
            if one < other and {one, other} <= owner.keys() and one not in lost and other not in lost:
                winner, loser = (
                    (one, other) if _sourcing(owner[one], one) <= _sourcing(owner[other], other) else (other, one)
                )
                lost[loser] = winner
    twins: dict[Key, list[Key]] = defaultdict(list)
    for loser, winner in lost.items():
        twins[winner].append(loser)
    for passage in found:
        index = place[id(passage.alignment)]
        for run in _runs([sentence for sentence in passage.sentences if (index, sentence.id) not in lost]):
            whole = passage.whole and len(run) == len(passage.sentences)
            named = [key for sentence in run for key in twins.get((index, sentence.id), ())]
            yield replace(passage, sentences=run, whole=whole), tuple(_twins(alignments, named))


def _sourcing(passage: Passage, key: Key) -> tuple[bool, bool, int, int, Key]:
    """Sorts the better-sourced statement first: a table's row (a table is not torn apart), then one without doubts,
    then that of the longer passage.
    """
    verdict = passage.alignment.by_sentence[key[1]]
    length = sum(len(sentence.plain) for sentence in passage.sentences)
    is_prose = passage.kind is not BlockKind.TABLE
    return is_prose, not _DOUBTS.isdisjoint(verdict.flags), -len(passage.sentences), -length, key


def _runs(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    run: list[Sentence] = []
    for sentence in sentences:
        if run and sentence.index != run[-1].index + 1:
            yield tuple(run)
            run = []
        run.append(sentence)
    if run:
        yield tuple(run)


def _twins(alignments: Sequence[Alignment], keys: Sequence[Key]) -> Iterator[Twin]:
    """One twin a counterpart, its sentences in page order."""
    by_page: dict[int, list[Sentence]] = defaultdict(list)
    for counterpart, sentence in keys:
        by_page[counterpart].append(alignments[counterpart].counterpart.by_id[sentence])
    for counterpart, sentences in sorted(by_page.items()):
        page = alignments[counterpart].counterpart
        ordered = sorted(sentences, key=lambda sentence: sentence.index)
        text = " ".join(sentence.plain for sentence in ordered)
        yield Twin(page.lang, page.title, tuple(sentence.id for sentence in ordered), text)
