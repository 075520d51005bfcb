"""Laws: parsing is lossless, spans add up, everything is in order."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expander.articles import Node, NodeKind, file_revision, read
from expander.articles.wikitext import parse
from expander.values import Span

_PIECES = [
    "Слово ", "word. ", "Точка. ", "\n", "\n\n", "* ", "# ", ": ", "; ", "== Heading ==\n", "=== H ===\n", "== = ==\n",
    "[[Link]]", "[[Link|label]]", "е", "[[Файл:A.jpg|мини|Подпись [[x]]]]", "[[Категория:X]]", "[[en:Y]]", "[[:en:Y]]",
    "[[",
    "]]", "{{t|a=b|[[c|d]]}}", "{{нп5|А|B|en|C}}", "{{", "}}", "|", "{{{1}}}",
    "<ref>тело {{cite web|url=x}}</ref>",
    '<ref name="a" />', "<ref", "</ref>", "<!-- c -->", "<!--", "'''", "''", "<nowiki>[[x]]</nowiki>",
    "<math>x<y</math>", "{|\n! h\n|-\n| a || b\n|}\n", "{|\n|+ cap\n| a\n", "|}", "<br />", "&nbsp;", "&amp;",
    "<gallery>\nA.jpg|b\n</gallery>",
    "https://example.org/a?b=c", "[https://example.org подпись]", "__TOC__", "1995—2009 годах. ", "\u0301", "\u00a0",
    "{{convert|5|km}}",
]  # fmt: skip
WIKITEXT = st.lists(st.sampled_from(_PIECES) | st.text(max_size=8), max_size=40).map("".join)
LANGUAGES = st.sampled_from(["ru", "tg", "en", "fa"])


def _flatten(nodes: tuple[Node, ...]):
    for node in nodes:
        yield node
        yield from _flatten(node.content)


@given(WIKITEXT, LANGUAGES)
def test_the_nodes_are_the_text(text, lang):
    nodes = parse(text, lang)
    assert "".join(node.span.of(text) for node in nodes) == text
    for node in _flatten(nodes):
        if node.inner is not None:
            assert node.inner in node.span
        spans = [child.span for child in node.content]
        assert all(span in node.span for span in spans)
        assert all(before.end == after.start for before, after in pairwise(spans)) or node.kind is NodeKind.LINK


@given(WIKITEXT, LANGUAGES)
def test_sections_blocks_and_sentences_are_in_order_and_inside_each_other(text, lang):
    article = read(file_revision(text, lang, "T"))
    assert article.sections[0].span.start == 0
    assert article.sections[-1].span.end == len(text)
    for before, after in pairwise(article.sections):
        assert before.body.end == (after.heading_span or Span(0, 0)).start
    for before, after in pairwise(article.blocks):
        assert before.span.end <= after.span.start
    for before, after in pairwise(article.sentences):
        assert before.span.end <= after.span.start
    for block in article.blocks:
        assert block.span in article.sections[block.section].body
        assert block.span.of(text) == block.span.of(text).strip()
        assert "".join(node.span.of(text) for node in block.nodes) == block.span.of(text)
    for sentence in article.sentences:
        assert sentence.span in article.blocks[sentence.block].span
        assert sentence.span.of(text).strip()
        assert article.by_id[sentence.id] is sentence


@given(WIKITEXT)
def test_no_sentence_ends_inside_a_piece_of_markup(text):
    article = read(file_revision(text, "ru", "T"))
    whole = {node.span for node in article.nodes if node.kind is not NodeKind.TEXT}
    for sentence in article.sentences:
        for node in sentence.nodes:
            assert node.kind in (NodeKind.TEXT, NodeKind.ROW, NodeKind.CELL) or node.span in whole


def real_articles() -> list[Path]:
    """Real wikitext beside the checkout, where this machine has it."""
    return sorted((Path(__file__).resolve().parents[3] / "shared" / "data" / "wikitext").glob("*/*.wikitext"))


@pytest.mark.parametrize("path", real_articles(), ids=lambda path: path.stem)
def test_real_articles_are_read_without_loss(path):
    text = path.read_text(encoding="utf-8")
    article = read(file_revision(text, path.parent.name, path.stem))
    assert "".join(node.span.of(text) for node in article.nodes) == text
    assert len(article.sentences) > len(article.sections)
