"""What must be known of the wikis, round by round: a citation's title is a text, a text may hold links …"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from expander.adaptation import Knowledge, Wanted
from expander.articles.article import Article
from expander.articles.wikitext import parse
from expander.proposals.lookup import Lookup
from expander.translation import Piece, mask
from expander.translation.translator import Request

_MOST_ROUNDS = 6  # of look-ups; each answers what the one before brought up


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found out; ``made_by``: fragment of wikitext → the engine that translated it."""

    knowledge: Knowledge
    made_by: Mapping[str, str] = field(default_factory=dict)


def gather(article: Article, counterpart: Article, lookup: Lookup, wants: Callable[[Knowledge], Wanted]) -> Gathered:
    """Look up what ``wants`` asks, given what is known so far, until it asks nothing more."""
    known = Knowledge()
    made_by: dict[str, str] = {}
    for _ in range(_MOST_ROUNDS):
        wanted = wants(known)
        if not wanted:
            break
        known = known.merged(lookup.knowledge(wanted, counterpart.lang))
        texts, engines = _fragments(article, counterpart, lookup, wanted.texts)
        known = known.merged(Knowledge(texts=texts))
        made_by |= engines
    return Gathered(known, made_by)


def no_hints(_piece: Piece) -> Sequence[str]:
    """Nothing is known of the labels of links."""
    return ()


def _fragments(
    article: Article, counterpart: Article, lookup: Lookup, texts: Sequence[str]
) -> tuple[dict[str, str | None], dict[str, str]]:
    """Translations of captions, cells and titles of citations, as canonical masked text, and who made them."""
    lang = counterpart.lang
    requests = [Request(mask(parse(text, lang), text, lang), topic=article.title) for text in texts]
    answers = list(zip(texts, lookup.translate(requests, lang, no_hints), strict=True))
    engines = {text: answer.engine for text, answer in answers if answer.engine}
    return {text: answer.text for text, answer in answers}, engines
