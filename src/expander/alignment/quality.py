"""What is doubtful about the source: flags on its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from expander.alignment.facts import walk
from expander.articles.article import Article, BlockKind, Node, NodeKind
from expander.articles.wikitext import template_key, template_params
from expander.language import topic


class QualityTemplates(msgspec.Struct, frozen=True):
    """Topic ``templates_quality``: names of templates, in small letters, and of the citation parameters that say
    whether an address is dead, where it is archived and when the work appeared.
    """

    citation_needed: tuple[str, ...] = ("citation needed", "cn", "fact")
    dead_link: tuple[str, ...] = ("dead link",)
    dead_parameters: tuple[str, ...] = ("deadurl", "dead-url", "url-status", "deadlink")
    archive_parameters: tuple[str, ...] = ("archive-url", "archiveurl")
    date_parameters: tuple[str, ...] = ("date", "year")
    promotional: tuple[str, ...] = ()
    stub: tuple[str, ...] = ()
    unreferenced: tuple[str, ...] = ()


_DEAD = frozenset({"yes", "dead", "да", "true", "1", "y", "404", "usurped"})
_URL = re.compile(r"https?://", re.IGNORECASE)


def flags(article: Article) -> Mapping[str, tuple[str, ...]]:
    """The flags of every sentence of ``article`` that has any, by its id.

    ``unreferenced``: neither the sentence nor what follows it in its paragraph has a reference (a reference covers
    the text before it); ``citation-needed``: a tag says so; ``dead-link``: every reference has just a dead address;
    ``promotional``, ``stub``: the section or the page is tagged so.
    """
    known = topic(article.lang, "templates_quality", QualityTemplates)
    tagged = _tagged(article, known)
    found: dict[str, tuple[str, ...]] = {}
    bodies = {
        node.name: node
        for node in walk(article.nodes)
        if node.kind is NodeKind.REFERENCE and node.name and node.content
    }
    covered: dict[int, bool] = {}
    for sentence in reversed(article.sentences):
        inside = list(walk(sentence.nodes))
        references = [bodies.get(node.name, node) for node in inside if node.kind is NodeKind.REFERENCE]
        names = {template_key(node.name) for node in inside if node.kind is NodeKind.TEMPLATE}
        covered[sentence.block] = bool(references) or covered.get(sentence.block, False)
        own = []
        if names & set(known.citation_needed):
            own.append("citation-needed")
        if references and all(_is_dead(node, article.text, known) for node in references):
            own.append("dead-link")
        if not covered[sentence.block]:
            own.append("unreferenced")
        own += tagged.get(sentence.section, ())
        if own:
            found[sentence.id] = tuple(dict.fromkeys(own))
    return found


def _tagged(article: Article, known: QualityTemplates) -> Mapping[int, tuple[str, ...]]:
    """Flags that a template standing alone gives to its section and those below it; in the lead, to the whole page."""
    meanings = [("promotional", known.promotional), ("stub", known.stub), ("unreferenced", known.unreferenced)]
    found: dict[int, tuple[str, ...]] = {}
    for block in article.blocks:
        for node in block.nodes:
            if block.kind is not BlockKind.TEMPLATE or node.kind is not NodeKind.TEMPLATE:
                continue
            name = template_key(node.name)
            given = tuple(flag for flag, names in meanings if name in names)
            if given:
                for section in _below(article, block.section):
                    found[section] = (*found.get(section, ()), *given)
    return found


def _below(article: Article, index: int) -> Iterator[int]:
    """A section and those inside it; all where it is the lead."""
    whole = article.sections[index].span
    for section in article.sections:
        if index == 0 or section.span in whole:
            yield section.index


def _is_dead(reference: Node, text: str, known: QualityTemplates) -> bool:
    """Whether a citation says that its address is dead, and names no archived copy."""
    dead = False
    for node in walk(reference.content):
        if node.kind is not NodeKind.TEMPLATE:
            continue
        if template_key(node.name) in known.dead_link:
            dead = True
            continue
        params = {param.name.casefold(): param.value.strip() for param in template_params(node, text)}
        if any(_URL.match(params.get(name, "")) for name in known.archive_parameters):
            return False
        dead = dead or any(params.get(name, "").casefold() in _DEAD for name in known.dead_parameters)
    return dead
