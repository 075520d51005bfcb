"""Everything that is known about two articles before anything is judged: texts, vectors, facts, candidate pairs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from expander.alignment.embedding import Embedder, Progress
from expander.alignment.facts import STRESS, FactReader, Facts
from expander.alignment.model import pair_odds, probability, sentence_features, sentence_odds
from expander.alignment.pairs import Pairs, Side, pair_up
from expander.alignment.postings import Found, Postings
from expander.alignment.similarity import background_sentences
from expander.alignment.units import Unit, units
from expander.articles.article import Article, BlockKind, SectionKind, Sentence

if TYPE_CHECKING:
    from expander.alignment.pairs import Floats
    from expander.alignment.similarity import Vectors

_WORD = re.compile(r"[^\W\d_]+")
_PARTICLE = 3  # letters; a capitalised word of so few that begins a sentence is hardly a name
_SHORT = 60  # characters; a list item below this says little by itself
BODY = (SectionKind.LEAD, SectionKind.BODY)


@dataclass(frozen=True)
class Matching:
    """Candidate pairs of two sides' texts, the log-odds of each pair, and for every source text the probability that
    the other side covers it.
    """

    pairs: Pairs
    odds: Floats
    chances: Floats

    @cached_property
    def ranked(self) -> Sequence[Sequence[tuple[float, int]]]:
        """For every source text its candidates with the chance that each covers it, likeliest first."""
        candidates: list[list[tuple[float, int]]] = [[] for _ in self.chances]
        rows, columns = self.pairs.source.tolist(), self.pairs.english.tolist()
        for row, column, chance in zip(rows, columns, probability(self.odds).tolist(), strict=True):
            candidates[row].append((chance, column))
        return [sorted(found, reverse=True) for found in candidates]


@dataclass(frozen=True)
class Evidence:
    """``sentences`` are those of the counterpart that are judged, ``units`` the English text that can cover them.

    ``facts`` (of sentences) tell where English has each fact; ``matching`` is None where either side has no text.
    ``stated`` are the facts of the sentences themselves, ``vectors`` their embeddings, ``background`` those of
    sentences on other subjects; ``headings`` are the vectors
    of all headings of both articles, by heading.
    """

    sentences: tuple[Sentence, ...]
    units: tuple[Unit, ...]
    vectors: Vectors
    background: Vectors
    stated: tuple[Facts, ...]
    facts: tuple[tuple[Found, ...], ...]
    unit_facts: tuple[Facts, ...]
    matching: Matching | None
    headings: Mapping[str, Vectors]


def gather(
    article: Article,
    counterpart: Article,
    links: Mapping[str, str | None],
    embedder: Embedder,
    progress: Progress | None = None,
) -> Evidence:
    """Read, embed and pair up both articles; the embedding takes nearly all of the time."""
    import numpy as np

    sentences = tuple(sentence for sentence in counterpart.sentences if is_judged(counterpart, sentence))
    english = units(article)
    headings = list(dict.fromkeys(section.heading for page in (article, counterpart) for section in page.sections))
    texts = in_context(counterpart, [(sentence.plain, sentence.block) for sentence in sentences])
    there = in_context(article, [(unit.text, unit.block) for unit in english])
    background = background_sentences()
    vectors = embedder.encode([*texts, *there, *headings, *background], progress)
    ends = np.cumsum([len(texts), len(there), len(headings)])
    source, other, titles, ground = np.split(vectors, ends)

    reader = FactReader(article)
    unit_facts = tuple(reader.read(unit.words, unit.nodes) for unit in english)
    reader = FactReader(counterpart, links)
    stated = tuple(reader.read(sentence.plain, sentence.nodes) for sentence in sentences)
    found = _look_up(stated, Postings(unit_facts, counterpart.lang))
    english_side = Side(
        other, [len(unit.text) for unit in english], [unit.block for unit in english], [unit.prose for unit in english]
    )
    matching = _match(_side(source, sentences), english_side, ground, found)
    by_heading = dict(zip(headings, titles, strict=True))
    return Evidence(sentences, english, source, ground, stated, found, unit_facts, matching, by_heading)


def compare(one: Evidence, other: Evidence, lang: str, other_lang: str) -> Matching | None:
    """Two counterparts' sentences: ``one`` in the place of the source, ``other`` in that of English."""
    found = _look_up(one.stated, Postings(other.stated, lang, other_lang))
    return _match(_side(one.vectors, one.sentences), _side(other.vectors, other.sentences), one.background, found)


def _match(source: Side, english: Side, background: Vectors, found: Sequence[Sequence[Found]]) -> Matching | None:
    if not source.lengths or not english.lengths:
        return None
    pairs = pair_up(source, english, background, found)
    odds = pair_odds(pairs.features)
    features = sentence_features(pairs, odds, english.prose, len(source.lengths))
    return Matching(pairs, odds, probability(sentence_odds(features)))


def in_context(article: Article, texts: Sequence[tuple[str, int]]) -> list[str]:
    """Texts (with their blocks) as they are embedded: without stress marks, a short list item with what introduces
    its list.
    """
    shown = []
    intro = ""
    for text, block in texts:
        plain = text.replace(STRESS, "")
        item = article.blocks[block].kind is BlockKind.LIST_ITEM
        if not item:
            intro = plain if plain.endswith(":") else ""
        shown.append(f"{intro} {plain}" if item and intro and len(plain) < _SHORT else plain)
    return shown


def _side(vectors: Vectors, sentences: Sequence[Sentence]) -> Side:
    lengths = [len(sentence.plain) for sentence in sentences]
    return Side(vectors, lengths, [sentence.block for sentence in sentences], [True] * len(sentences))


def _look_up(stated: Sequence[Facts], postings: Postings) -> tuple[tuple[Found, ...], ...]:
    names, common = _known_names(stated), _common_words(stated)
    return tuple(tuple(fact for fact in postings.find(facts) if _is_fact(fact, names, common)) for facts in stated)


def is_judged(counterpart: Article, sentence: Sentence) -> bool:
    """Whether English could lack this sentence: it stands in the lead or the body."""
    return counterpart.sections[sentence.section].kind in BODY


def _known_names(stated: Sequence[Facts]) -> frozenset[str]:
    """Words that are capitalised in the middle of some sentence; short ones may be prepositions all the same."""
    words = {word for facts in stated for name in facts.names if not name.first for word in name.words}
    return frozenset(word for word in words if len(word) > _PARTICLE or word.isupper())


def _common_words(stated: Sequence[Facts]) -> frozenset[str]:
    """The stems of words that are written small somewhere."""
    return frozenset(_stem(word) for facts in stated for word in _WORD.findall(facts.words) if word[0].islower())


def _is_fact(fact: Found, names: frozenset[str], common: frozenset[str]) -> bool:
    """A capitalised word that English has nowhere may be no name: it begins the sentence, and is capitalised nowhere
    else; or all its words are common ones («Договор о дружбе»).
    """
    if fact.kind != "name":
        return True
    if fact.begins and (len(fact.text) <= _PARTICLE or _stem(fact.text.casefold()) in common):
        return False
    if fact.units:
        return True
    if fact.begins and fact.text not in names:
        return False
    return any(_stem(word.casefold()) not in common for word in _WORD.findall(fact.text) if len(word) > 1)


def _stem(word: str) -> str:
    return word[: max(4, len(word) - 3)]
