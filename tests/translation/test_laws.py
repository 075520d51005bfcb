"""Laws: masking loses nothing, whatever the wikitext; unmasking keeps every piece, whatever the translation."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expander.articles.wikitext import parse
from expander.engines.protocol import Carrier
from expander.translation import decode, encode, mask, unmask
from expander.translation.layout import escape, read, unescape, write
from tests.articles.test_laws import LANGUAGES, WIKITEXT
from tests.translation.pieces import trouble
from tests.translation.sentences import Maker

SENTENCES = st.integers(0, 10**9).map(lambda seed: Maker(seed).sentence())
_BITS = [
    "Word ", "слово ", " ", "'", "''", "'''", "[[", "]]", "{{", "}}", "{|", "|", "=", "<", ">", "&", "&lt;", "<ref>",
    "</ref>", "<nowiki>", "~~~~", "__TOC__", "http://", "x.y", "mailto:", "[http://x y]", "-{", "*", "#", ":", "\n",
    "----", "<!--", "<1>", "</1>", "<1/>", "<2>", "</2>", "<2/>", "<3>", "</3>", "<3/>", "<4/>", "<99/>", "[1]",
    "[/1]", "[2]", "[3]", "[ 3 ]", '<a id="1">', "</a>", '<span id="3"></span>', "\uff3b3\uff3d", "[[1]]", ".", ",",
    "(", ")", "&#91;", "\xa0", "\u0301", "\U0001f600",
]  # fmt: skip
ANSWERS = st.lists(st.sampled_from(_BITS) | st.text(max_size=4), max_size=30).map("".join)
CARRIERS = st.sampled_from(list(Carrier))


@given(WIKITEXT | SENTENCES, LANGUAGES)
def test_unmasking_the_masked_text_is_the_source_byte_for_byte(text, lang):
    masked = mask(parse(text, lang), text, lang)
    result = unmask(masked.text, masked)
    assert result.wikitext == text
    assert result.findings == ()


@given(WIKITEXT | SENTENCES, LANGUAGES)
def test_the_masked_form_is_well_formed(text, lang):
    masked = mask(parse(text, lang), text, lang)
    layout = masked.layout
    assert layout.broken == ()
    assert sorted(mark.id for mark in layout.marks) == [piece.id for piece in masked.pieces]
    assert [piece.id for piece in masked.pieces] == list(range(1, len(masked.pieces) + 1))
    assert all(piece.paired != mark.is_point for piece, mark in zip(masked.pieces, layout.marks, strict=True))
    around = {piece.id: masked.ancestors(piece) for piece in masked.pieces}
    assert write(layout.plain, layout.marks, around) == masked.text
    assert all(piece.source == piece.node.span.of(text) for piece in masked.pieces)


@given(st.text())
def test_escaping_is_undone(text):
    assert unescape(escape(text)) == text
    assert read(escape(text)).plain == text


@given(SENTENCES, ANSWERS)
def test_no_translation_loses_or_makes_up_a_piece(sentence, answer):
    masked = mask(parse(sentence, "ru"), sentence, "ru")
    assert trouble(unmask(answer, masked), masked) == ""


@given(SENTENCES, ANSWERS, CARRIERS)
def test_no_answer_of_an_engine_loses_a_piece(sentence, answer, carrier):
    masked = mask(parse(sentence, "ru"), sentence, "ru")
    decoded = decode(answer, masked, carrier)
    result = unmask(decoded.text, masked)
    assert trouble(result, masked) == ""
    points = [mark.id for mark in read(decoded.text).marks if mark.is_point]
    assert sorted(points) == [piece.id for piece in masked.pieces if not piece.paired]
    lost = {f"{masked.pieces[number - 1].noun}-lost" for number in decoded.lost}
    assert {finding.code for finding in result.findings} <= lost | {"markup-invented"}


@given(SENTENCES, st.sampled_from([Carrier.EXACT, Carrier.TOKENS, Carrier.MARKUP]))
def test_an_engine_that_keeps_everything_gives_everything_back(sentence, carrier):
    sentence = re.sub("<!--.*?-->", "", sentence)  # a comment's place inside a clause is a guess
    masked = mask(parse(sentence, "ru"), sentence, "ru")
    decoded = decode(encode(masked, carrier), masked, carrier)
    assert (decoded.findings, decoded.lost) == ((), ())
    assert _bare(decoded.text) == _bare(masked.text)


def _bare(text):
    return re.sub(r"\s", "", text)


@settings(max_examples=200)
@given(ANSWERS)
def test_text_never_becomes_markup(answer):
    masked = mask((), "", "en")
    result = unmask(answer, masked)
    kinds = {node.kind.value for node in parse(result.wikitext, "en")}
    assert kinds <= {"text", "entity"}


@pytest.mark.parametrize("carrier", list(Carrier))
def test_an_empty_sentence_is_no_trouble(carrier):
    masked = mask((), "", "ru")
    assert encode(masked, carrier) == ""
    assert decode("", masked, carrier).text == ""
    assert unmask("", masked).wikitext == ""
