"""What a page says: its wikitext at one revision, cut into sections, blocks and sentences with exact spans."""

from expander.articles.article import (
    Article,
    Block,
    BlockKind,
    Node,
    NodeKind,
    Revision,
    Section,
    SectionKind,
    Sentence,
)
from expander.articles.read import file_revision, read
from expander.articles.visible import clip, plain, visible

__all__ = [
    "Article",
    "Block",
    "BlockKind",
    "Node",
    "NodeKind",
    "Revision",
    "Section",
    "SectionKind",
    "Sentence",
    "clip",
    "file_revision",
    "plain",
    "read",
    "visible",
]
