"""Gaps: which passages, where, once."""

import itertools

import pytest
from benchmarks import gold as labelled

from expander import gaps
from expander.alignment import Status, align
from expander.articles import BlockKind, SectionKind, file_revision, read
from expander.values import Edit, Span, apply_edits

NAMES = sorted(path.parent.name for path in labelled.GOLD.glob("*/*/pair.toml"))
MARK = "Insertion number {}."


def _article(text, lang="en", title="T"):
    return read(file_revision(text, lang, title))


def _find(english, source, embedder, lang="ru"):
    article = _article(english)
    return article, gaps.find(article, [align(article, _article(source, lang), {}, embedder)])


@pytest.fixture(scope="module")
def sample(embedder):
    pairs = tuple(labelled.sample())
    return pairs[0].article, [align(pair.article, pair.counterpart, pair.links, embedder) for pair in pairs]


def test_the_order_of_counterparts_does_not_matter(sample):
    article, alignments = sample
    found = gaps.find(article, alignments)
    assert found
    assert all(gaps.find(article, order) == found for order in itertools.permutations(alignments))


def test_each_missing_sentence_is_proposed_once_or_named(sample):
    article, alignments = sample
    found = gaps.find(article, alignments)
    proposed = [(gap.lang, sentence) for gap in found for sentence in gap.sentences]
    named = {(twin.lang, sentence) for gap in found for twin in gap.twins for sentence in twin.sentences}
    assert len(proposed) == len(set(proposed))
    assert not named & set(proposed)
    told = {Status.COVERED, Status.EXCLUDED}
    for alignment in alignments:
        for verdict in alignment.verdicts:
            key = (alignment.counterpart.lang, verdict.sentence)
            assert verdict.status not in told or key not in proposed


def test_gaps_come_in_page_order_with_stable_ids(sample):
    article, alignments = sample
    found = gaps.find(article, alignments)
    offsets = [gap.anchor.offset for gap in found]
    assert offsets == sorted(offsets)
    for lang in {gap.lang for gap in found}:
        ids = [gap.id for gap in found if gap.lang == lang]
        assert ids == [f"{lang}-p{number}" for number in range(1, len(ids) + 1)]


def test_both_counterparts_share_a_new_section(sample):
    article, alignments = sample
    new = {gap.anchor.new_sections[0] for gap in gaps.find(article, alignments) if gap.anchor.new_sections}
    headings = [section.heading for section in new]
    assert "Военное сотрудничество" in headings
    assert "Ҳамкории низомӣ" not in headings


def test_an_alignment_of_another_article_is_refused(sample):
    with pytest.raises(ValueError, match="another article"):
        gaps.find(_article("Other."), sample[1])


@pytest.mark.parametrize("name", NAMES)
def test_insertions_do_no_damage(name, gold, embedder):
    """With something written at every anchor, each sentence of the base still reads as it did, and what was written
    stands in the section that the anchor names, after the sentence that it names.
    """
    pair = next(pair for side in gold.values() for pair in side if pair.name == name)
    base = pair.article
    found = gaps.find(base, [align(base, pair.counterpart, pair.links, embedder)])
    assert found
    edits = []
    for number, gap in enumerate(found):
        text = MARK.format(number)
        text = (
            f" {text}" if gap.anchor.joins else f"\n* {text}" if gap.kind is BlockKind.LIST_ITEM else f"\n\n{text}\n\n"
        )
        edits.append(Edit(Span(gap.anchor.offset, gap.anchor.offset), text))
    after = _article(apply_edits(base.text, edits))
    plains = [sentence.plain for sentence in after.sentences]
    assert all(any(sentence.plain in plain for plain in plains) for sentence in base.sentences)
    for number, gap in enumerate(found):
        place = next(sentence for sentence in after.sentences if MARK.format(number) in sentence.plain)
        section = after.sections[place.section]
        assert section.kind in (SectionKind.LEAD, SectionKind.BODY)
        if not gap.anchor.new_sections:
            assert section.heading == base.sections[gap.anchor.section].heading
        if gap.anchor.after and place.plain == MARK.format(number):
            before = after.sentences[place.index - 1].plain
            assert "Insertion number" in before or before == base.by_id[gap.anchor.after].plain


ENGLISH = """'''Nurek Dam''' is a dam in Tajikistan.

== History ==
Construction of the dam began in 1961.

The first unit was commissioned in 1972.

== References ==
{{reflist}}

{{Dams of Tajikistan}}
[[Category:Dams]]
"""


def test_a_passage_follows_the_match_of_its_neighbour(embedder):
    source = """'''Нурекская ГЭС''' — плотина в Таджикистане.

== История ==
Строительство плотины началось в 1961 году. Бетон возили с завода в Душанбе. Первый агрегат пущен в 1972 году."""
    article, found = _find(ENGLISH, source, embedder)
    assert [(gap.anchor.after, gap.anchor.joins) for gap in found] == [("en-2", True)]
    assert article.text[: found[0].anchor.offset].endswith("began in 1961.")


def test_a_new_section_stands_before_the_back_matter(embedder):
    source = """'''Нурекская ГЭС''' — плотина в Таджикистане.

== История ==
Строительство плотины началось в 1961 году. Первый агрегат пущен в 1972 году.

== Рыбы ==
=== Форель ===
В водохранилище живёт форель, которую разводят рыбаки."""
    article, found = _find(ENGLISH, source, embedder)
    assert [[(new.heading, new.level) for new in gap.anchor.new_sections] for gap in found] == [
        [("Рыбы", 2), ("Форель", 3)]
    ]
    assert article.text[: found[0].anchor.offset].endswith("commissioned in 1972.")


def test_the_last_section_of_a_page_can_grow(embedder):
    english = ENGLISH.replace("== References ==\n{{reflist}}\n\n", "")
    source = """'''Нурекская ГЭС''' — плотина в Таджикистане.

== История ==
Строительство плотины началось в 1961 году. Первый агрегат пущен в 1972 году.

== Рыбы ==
В водохранилище живёт форель, которую разводят рыбаки."""
    article, found = _find(english, source, embedder)
    assert article.text[: found[-1].anchor.offset].endswith("commissioned in 1972.")


def test_consecutive_sentences_of_a_paragraph_are_one_passage(embedder):
    source = """'''Нурекская ГЭС''' — плотина в Таджикистане.

== Рыбы ==
В водохранилище живёт форель. Её разводят рыбаки из города.

Зимой вода замерзает у берегов."""
    _, found = _find(ENGLISH, source, embedder)
    assert [len(gap.sentences) for gap in found] == [2, 1]


def test_a_list_is_one_passage(embedder):
    source = """'''Нурекская ГЭС''' — плотина в Таджикистане.

== Рыбы ==
* форель, завезённая из Армении;
* карп, который живёт у берега;
* сом весом до двух пудов."""
    _, found = _find(ENGLISH, source, embedder)
    assert [(gap.kind, len(gap.sentences)) for gap in found] == [(BlockKind.LIST_ITEM, 3)]


def test_what_introduces_a_list_stands_right_before_it(embedder):
    source = """'''Нурекская ГЭС''' — плотина в Таджикистане.

== История ==
Строительство плотины началось в 1961 году. В озере живут рыбы разных пород:
* форель, завезённая из Армении;
* карп, который живёт у берега;
* сом весом до двух пудов."""
    article, found = _find(ENGLISH, source, embedder)
    intro, items = found
    assert (len(intro.sentences), len(items.sentences)) == (1, 3)
    assert not intro.anchor.joins
    assert intro.anchor.offset == items.anchor.offset
    assert article.text[: intro.anchor.offset].endswith("began in 1961.")


def test_nothing_is_proposed_for_an_article_that_has_all(embedder):
    article = _article(ENGLISH)
    assert gaps.find(article, [align(article, article, {}, embedder)]) == ()


@pytest.mark.parametrize("english", ["", "{{stub}}", "== References ==\n{{reflist}}", "Just a lead."])
def test_pages_with_hardly_anything(english, embedder):
    source = "Плотина стоит в горах.\n\n== Рыбы ==\nВ водохранилище живёт форель."
    article, found = _find(english, source, embedder)
    assert [gap.sentences for gap in found] == [("ru-1",), ("ru-2",)]
    assert all(0 <= gap.anchor.offset <= len(article.text) for gap in found)
    references = [section for section in article.sections if section.kind is SectionKind.REFERENCES]
    assert all(gap.anchor.offset <= section.span.start for gap in found for section in references)


def test_doubts_are_flags_of_the_passage(embedder):
    source = (
        "'''Нурекская ГЭС''' — плотина в Таджикистане.\n\n== Рыбы ==\nВ водохранилище живёт форель{{нет АИ|1|2|2020}}."
    )
    _, found = _find(ENGLISH, source, embedder)
    assert found[0].flags == ("citation-needed", "unreferenced")
