"""Laws of alignment, on the gold's articles and on odd ones."""

import pytest
from benchmarks import gold as labelled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expander.alignment import Status, align
from expander.articles import file_revision, read

NAMES = sorted(path.parent.name for path in labelled.GOLD.glob("*/*/pair.toml"))


def _article(text, lang="en", title="T"):
    return read(file_revision(text, lang, title))


@pytest.mark.parametrize("name", NAMES)
def test_an_article_covers_itself(name, gold, embedder):
    pair = next(pair for side in gold.values() for pair in side if pair.name == name)
    alignment = align(pair.article, pair.article, {}, embedder)
    judged = [verdict for verdict in alignment.verdicts if verdict.status is not Status.EXCLUDED]
    assert {verdict.status for verdict in judged} == {Status.COVERED}
    assert all(match.section in match.matches for match in alignment.sections)
    assert alignment.contradictions == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_once_in_page_order_with_reasons(name, gold, embedder):
    pair = next(pair for side in gold.values() for pair in side if pair.name == name)
    alignment = align(pair.article, pair.counterpart, pair.links, embedder)
    assert [verdict.sentence for verdict in alignment.verdicts] == [item.id for item in pair.counterpart.sentences]
    for verdict in alignment.verdicts:
        assert 0 <= verdict.score <= 1
        assert bool(verdict.reason) == (verdict.status is Status.EXCLUDED)
        assert bool(verdict.lacks) == (verdict.status is Status.PARTIAL)
        assert bool(verdict.matches) == (verdict.status in (Status.COVERED, Status.PARTIAL))
        assert bool(verdict.evidence) == (verdict.status is not Status.EXCLUDED)
        sentence = pair.counterpart.by_id[verdict.sentence]
        assert all(fact in sentence.plain.replace("\u0301", "") for fact in verdict.lacks)
    back_matter = {section.index for section in pair.counterpart.sections if section.kind not in ("lead", "body")}
    for sentence in pair.counterpart.sentences:
        excluded = alignment.by_sentence[sentence.id].status is Status.EXCLUDED
        assert excluded == (sentence.section in back_matter)


@pytest.mark.parametrize("text", ["", "   \n\n", "{{Infobox|a=b}}", "== References ==\n* One.", "[[Category:X]]"])
def test_nothing_to_compare(text, embedder):
    some = _article("Москва — столица России. Она стоит на реке.", "ru")
    assert {verdict.status for verdict in align(_article(text), some, {}, embedder).verdicts} == {Status.MISSING}
    assert all(
        v.status is Status.EXCLUDED for v in align(_article("Moscow."), _article(text, "ru"), {}, embedder).verdicts
    )


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_is_aligned(embedder, one, other):
    counterpart = _article(other, "ru")
    alignment = align(_article(one), counterpart, {}, embedder)
    assert len(alignment.verdicts) == len(counterpart.sentences)


ENGLISH = """'''Sarez Dam''' is a natural dam in Tajikistan.
{{Infobox dam
| height = {{convert|567|m|ft}}
| population = 99,700<ref>{{cite web|url=https://example.org/people|title=People|date=1999-05-01}}</ref>
| mayor = John Smith
}}

It was formed in 1911 by a landslide.

== Lake ==
Lake Sarez behind it is 56 km long.
"""


def _verdict(text, embedder, links=None):
    alignment = align(_article(ENGLISH, title="Sarez Dam"), _article(text, "ru"), links or {}, embedder)
    return alignment.verdicts[-1], alignment


def test_the_infobox_covers(embedder):
    verdict, _ = _verdict("Высота плотины 567 м.", embedder)
    assert verdict.status is Status.COVERED
    assert "infobox:height" in verdict.matches


def test_partial_names_what_is_lacking(embedder):
    verdict, _ = _verdict("Образовалась 18 февраля 1911 года в результате оползня Усой.", embedder)
    assert verdict.status is Status.PARTIAL
    assert verdict.lacks == ("18 февраля", "Усой")


def test_another_value_is_a_contradiction_and_no_lack(embedder):
    verdict, alignment = _verdict("Население составляет 106 300 человек.", embedder)
    assert verdict.status is Status.COVERED
    found = alignment.contradictions[0]
    assert (found.kind, found.source_value, found.english_value) == ("quantity", "106 300", "99,700")


def test_references_and_their_dates_stand_beside_a_contradiction(embedder):
    text = "Население составляет 106 300 человек.<ref>{{cite web|url=http://a.ru/b|title=Т|date=2005}}</ref>"
    _, alignment = _verdict(text, embedder)
    found = alignment.contradictions[0]
    assert (found.source_references, found.english_references) == (("a.ru/b",), ("example.org/people",))
    assert (found.source_date, found.english_date, found.newer) == ("2005", "1999-05-01", "source")


def test_progress_is_told(tmp_path):
    from expander.alignment.embedders import open_embedder

    told = []
    embedder = open_embedder(tmp_path, "numpy")
    align(_article(ENGLISH), _article("Плотина стоит в горах.", "ru"), {}, embedder, lambda *at: told.append(at))
    assert told
    assert told[-1][0] == told[-1][1]
