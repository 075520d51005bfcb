"""Everything that is known about two articles before anything is judged: texts, vectors, facts, candidate pairs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expander.alignment.embedding import Embedder, Progress
from expander.alignment.facts import STRESS, FactReader, Facts
from expander.alignment.model import log_odds
from expander.alignment.pairs import Pairs, Side, pair_up
from expander.alignment.postings import Found, Postings
from expander.alignment.units import Unit, units
from expander.articles.article import Article, SectionKind, Sentence

if TYPE_CHECKING:
    from expander.alignment.pairs import Floats
    from expander.alignment.similarity import Vectors

_WORD = re.compile(r"[^\W\d_]+")
BODY = (SectionKind.LEAD, SectionKind.BODY)


@dataclass(frozen=True)
class Evidence:
    """``sentences`` are those of the counterpart that are judged, ``units`` the English text that can cover them.

    ``facts`` (of sentences) tell where English has each fact, ``odds`` are the log-odds of every candidate pair.
    ``stated`` are the facts of the sentences themselves, ``vectors`` their embeddings; ``headings`` are the vectors
    of all headings of both articles, by heading.
    """

    sentences: tuple[Sentence, ...]
    units: tuple[Unit, ...]
    vectors: Vectors
    stated: tuple[Facts, ...]
    facts: tuple[tuple[Found, ...], ...]
    unit_facts: tuple[Facts, ...]
    pairs: Pairs | None
    odds: Floats | None
    headings: Mapping[str, Vectors]


def gather(
    article: Article,
    counterpart: Article,
    links: Mapping[str, str | None],
    embedder: Embedder,
    progress: Progress | None = None,
) -> Evidence:
    """Read, embed and pair up both articles; the embedding takes nearly all of the time."""
    sentences = tuple(sentence for sentence in counterpart.sentences if is_judged(counterpart, sentence))
    english = units(article)
    headings = list(dict.fromkeys(section.heading for page in (article, counterpart) for section in page.sections))
    texts = [sentence.plain.replace(STRESS, "") for sentence in sentences]
    vectors = embedder.encode([*texts, *(unit.text for unit in english), *headings], progress)
    source, there, titles = vectors[: len(texts)], vectors[len(texts) : -len(headings)], vectors[-len(headings) :]

    reader = FactReader(article)
    unit_facts = tuple(reader.read(unit.words, unit.nodes) for unit in english)
    reader = FactReader(counterpart, links)
    stated = tuple(reader.read(sentence.plain, sentence.nodes) for sentence in sentences)
    found = _look_up(stated, Postings(unit_facts, counterpart.lang))

    pairs = odds = None
    if sentences and english:
        lengths = [len(unit.text) for unit in english]
        other = Side(there, lengths, [unit.block for unit in english], [unit.prose for unit in english])
        pairs = pair_up(_side(source, sentences), other, found, [_count(facts) for facts in unit_facts])
        odds = log_odds(pairs.features)
    return Evidence(
        sentences, english, source, stated, found, unit_facts, pairs, odds, dict(zip(headings, titles, strict=True))
    )


def compare(one: Evidence, other: Evidence, lang: str, other_lang: str) -> tuple[Pairs, Floats] | None:
    """Candidate pairs of two counterparts' sentences and their log-odds: ``one`` in the place of the source, ``other``
    in that of English. None where either has no sentence.
    """
    if not one.sentences or not other.sentences:
        return None
    found = _look_up(one.stated, Postings(other.stated, lang, other_lang))
    here, there = _side(one.vectors, one.sentences), _side(other.vectors, other.sentences)
    pairs = pair_up(here, there, found, [_count(facts) for facts in other.stated])
    return pairs, log_odds(pairs.features)


def _side(vectors: Vectors, sentences: Sequence[Sentence]) -> Side:
    lengths = [len(sentence.plain) for sentence in sentences]
    return Side(vectors, lengths, [sentence.block for sentence in sentences], [True] * len(sentences))


def _count(facts: Facts) -> int:
    return len(facts.numbers) + len(facts.dates) + len(facts.names)


def _look_up(stated: Sequence[Facts], postings: Postings) -> tuple[tuple[Found, ...], ...]:
    names, common = _known_names(stated), _common_words(stated)
    return tuple(tuple(fact for fact in postings.find(facts) if _is_fact(fact, names, common)) for facts in stated)


def is_judged(counterpart: Article, sentence: Sentence) -> bool:
    """Whether English could lack this sentence: it stands in the lead or the body."""
    return counterpart.sections[sentence.section].kind in BODY


def _known_names(stated: Sequence[Facts]) -> frozenset[str]:
    """Words that are capitalised in the middle of some sentence."""
    return frozenset(word for facts in stated for name in facts.names if not name.first for word in name.words)


def _common_words(stated: Sequence[Facts]) -> frozenset[str]:
    """The stems of words that are written small somewhere."""
    return frozenset(_stem(word) for facts in stated for word in _WORD.findall(facts.words) if word[0].islower())


def _is_fact(fact: Found, names: frozenset[str], common: frozenset[str]) -> bool:
    """A capitalised word that English has nowhere may be no name: it begins the sentence, and is capitalised nowhere
    else; or all its words are common ones («Договор о дружбе»).
    """
    if fact.kind != "name" or fact.units:
        return True
    if fact.begins and fact.text not in names:
        return False
    return any(_stem(word.casefold()) not in common for word in _WORD.findall(fact.text) if len(word) > 1)


def _stem(word: str) -> str:
    return word[: max(4, len(word) - 3)]
