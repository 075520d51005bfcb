"""All passages of a counterpart on their way into the English article, with real wikis and a made-up engine.

The engine writes Cyrillic in Latin letters, so that each word stays another word and markup stays where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from expander.alignment.verdict import Alignment
from expander.articles import Article
from expander.articles.article import BlockKind, SectionKind, Sentence
from expander.gaps.gap import Anchor, Gap, NewSection
from expander.proposals import propose
from expander.proposals.proposal import Proposal
from expander.translation.carriers import Hints
from expander.translation.translator import Request, Translation
from expander.values import Span
from expander.wiki import Wiki
from expander.world import World

_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяғӣқӯҳҷ",
        (
            *("a", "b", "v", "g", "d", "e", "yo", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t"),
            *("u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "gh", "i", "q", "u", "h", "j"),
        ),
        strict=True,
    )
)


def _letter(letter: str) -> str:
    latin = _LATIN.get(letter.lower())
    if latin is None:
        return letter
    return latin.capitalize() if letter.isupper() else latin


class Transliterator:
    """Stands where the translator stands."""

    def translate(self, requests: Sequence[Request], source: str, target: str, hints: Hints) -> list[Translation]:
        return [
            Translation(request.masked.text, "".join(map(_letter, request.masked.text)), "latin")
            for request in requests
        ]


def world(wiki: Wiki) -> World:
    """Real look-ups, made-up translation."""
    return World(wiki, Transliterator())  # type: ignore[arg-type]


def all_gaps(article: Article, counterpart: Article) -> list[Gap]:
    """Everything that the counterpart says, as gaps: the lead's and every third section's text joins English
    sections, the rest opens new ones.
    """
    body = [section for section in article.sections if section.kind in (SectionKind.LEAD, SectionKind.BODY)]
    end = max(section.body.end for section in body)
    last = body[-1]
    gaps: list[Gap] = []
    for block, group in groupby(counterpart.sentences, key=lambda sentence: sentence.block):
        sentences: list[Sentence] = list(group)
        section = counterpart.sections[sentences[0].section]
        if section.kind not in (SectionKind.LEAD, SectionKind.BODY):
            continue
        kind = counterpart.blocks[block].kind
        home = body[section.index % len(body)]
        if section.kind is SectionKind.LEAD or section.index % 3 == 0:
            anchor = Anchor(home.body.end, home.index, joins=kind is BlockKind.PARAGRAPH and len(gaps) % 2 == 0)
        else:
            path = counterpart.section_path(section)
            news = tuple(NewSection(name, 2 + depth, section.index) for depth, name in enumerate(path[-1:]))
            anchor = Anchor(end, last.index, new_sections=news)
        span = Span(sentences[0].span.start, sentences[-1].span.end)
        gaps.append(
            Gap(
                f"{counterpart.lang}-p{len(gaps)}",
                counterpart.lang,
                counterpart.title,
                tuple(sentence.id for sentence in sentences),
                span,
                kind,
                anchor,
            )
        )
    return gaps


def proposals(article: Article, counterpart: Article, wiki: Wiki) -> tuple[Proposal, ...]:
    """A proposal for each of them."""
    alignment = Alignment(article, counterpart, (), ())
    return propose(article, (alignment,), all_gaps(article, counterpart), world(wiki))
