"""The English text that can cover a fact: sentences, table rows, and what a reader sees beside the prose.

Every unit has an id that a person can look up: a sentence's own id, ``infobox:population``, ``caption:2``,
``header:1`` (of a table).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from expander.articles.article import Article, Block, BlockKind, Node, NodeKind, SectionKind
from expander.articles.visible import plain
from expander.articles.wikitext import parse, template_params

_INFOBOX = 3  # named parameters; maintenance templates have one or two
_FILE = re.compile(r"\.(?:jpe?g|png|svg|gif|tiff?|ogg|webm)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a page's text with its ``nodes``; ``block`` and ``section`` are indices, ``place`` its offset.

    ``words`` is the visible text, ``context`` what must be said before it to be understood (an infobox parameter's
    name). ``prose`` is set for sentences of paragraphs and lists; the rest can cover a fact but takes no insertion.
    """

    id: str
    words: str
    nodes: tuple[Node, ...]
    block: int
    section: int
    place: int
    prose: bool = True
    context: str = ""

    @property
    def text(self) -> str:
        """The words with their context."""
        return f"{self.context}: {self.words}" if self.context else self.words


def units(article: Article) -> tuple[Unit, ...]:
    """All text of ``article`` that can say something, in page order: no references, of the back matter See also."""
    found = [*_sentences(article), *_beside_prose(article)]
    return tuple(sorted(found, key=lambda unit: (unit.place, unit.id)))


def says_something(article: Article, section: int) -> bool:
    """Whether a section's sentences count: body, lead and See also, but no references or external links."""
    return article.sections[section].kind in (SectionKind.LEAD, SectionKind.BODY, SectionKind.SEE_ALSO)


def _sentences(article: Article) -> Iterator[Unit]:
    for sentence in article.sentences:
        if says_something(article, sentence.section):
            prose = article.blocks[sentence.block].kind is not BlockKind.TABLE
            prose = prose and article.sections[sentence.section].kind is not SectionKind.SEE_ALSO
            yield Unit(
                sentence.id,
                sentence.plain,
                sentence.nodes,
                sentence.block,
                sentence.section,
                sentence.span.start,
                prose,
            )


def _beside_prose(article: Article) -> Iterator[Unit]:
    captions = headers = 0
    for block in article.blocks:
        if not says_something(article, block.section):
            continue
        for node in block.nodes:
            if node.kind is NodeKind.TEMPLATE and block.kind is BlockKind.TEMPLATE:
                yield from _parameters(article, block, node)
            elif node.kind is NodeKind.FILE and (words := _caption(node, article.text)):
                captions += 1
                unit = f"caption:{captions}"
                yield Unit(unit, words, node.content, block.index, block.section, node.span.start, prose=False)
            elif node.kind is NodeKind.TABLE:
                headers += 1
                cells = tuple(cell for cell in node.content if cell.kind is NodeKind.CELL and cell.name != "td")
                if words := plain(cells, article.text):
                    unit = f"header:{headers}"
                    yield Unit(unit, words, cells, block.index, block.section, node.span.start, prose=False)


def _parameters(article: Article, block: Block, template: Node) -> Iterator[Unit]:
    """The parameters of an infobox: a template that stands alone and has several named ones."""
    named = [param for param in template_params(template, article.text) if not param.positional]
    if len(named) < _INFOBOX:
        return
    for param in named:
        if not param.value.strip() or _FILE.search(param.value):
            continue
        nodes = parse(param.value, article.lang, param.span.start)
        words = " ".join(_words(nodes, article))
        if any(character.isalnum() for character in words):
            name = re.sub(r"[_\d]+", " ", param.name).strip()
            unit = f"infobox:{param.name}"
            yield Unit(unit, words, nodes, block.index, block.section, param.span.start, prose=False, context=name)


def _words(nodes: Iterable[Node], article: Article) -> Iterator[str]:
    """Visible words; of a template that we do not know, its unnamed parameters: better than nothing for a figure."""
    for node in nodes:
        if node.kind is NodeKind.TEMPLATE and not node.shown and not node.content:
            for param in template_params(node, article.text):
                if param.positional:
                    yield from _words(parse(param.value, article.lang, param.span.start), article)
        elif words := plain((node,), article.text):
            yield words


def _caption(file: Node, text: str) -> str:
    """What stands below an image: the last option that reads like text."""
    options = [option.strip() for option in plain(file.content, text).split("|")]
    return next((option for option in reversed(options) if " " in option and "=" not in option), "")
