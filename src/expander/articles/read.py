"""Revision → Article."""

from __future__ import annotations

import hashlib

from expander.articles import plain_text
from expander.articles.article import Article, Origin, Revision
from expander.articles.blocks import read_blocks
from expander.articles.sections import read_sections
from expander.articles.sentences import read_sentences
from expander.articles.wikitext import parse


def read(revision: Revision) -> Article:
    """Cut a revision into sections, blocks and sentences; never fails, whatever the text."""
    text, lang = revision.text, revision.lang
    nodes = parse(text, lang)
    is_rendering = revision.origin == "seed"
    if is_rendering:
        nodes = plain_text.mark_footnotes(nodes, text)
    sections = read_sections(nodes, text, lang)
    blocks = read_blocks(nodes, text, sections, joins_lines=not is_rendering)
    if is_rendering:
        blocks = plain_text.set_apart(blocks, text, lang)
    return Article(revision, nodes, sections, blocks, read_sentences(blocks, text, lang))


def file_revision(text: str, lang: str, title: str, origin: Origin = "file") -> Revision:
    """A revision made of text that did not come from a wiki."""
    sha1 = hashlib.sha1(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
    return Revision(lang, title, text, sha1, origin=origin)
