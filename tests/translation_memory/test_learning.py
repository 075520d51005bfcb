"""What an editor decided comes back as the memory's unit, with the source's markup."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tools import sample_memory

from expander.articles import file_revision, read
from expander.translation import mask, unmask
from expander.translation.learning import learn
from expander.translation.memory import Memory

WHEN = datetime(2025, 5, 1, tzinfo=UTC)


def targets(source, decided, hints=lambda piece: ()):
    return [(unit.source, unit.target) for unit in learn(("ru", source), ("en", decided), WHEN, hints)]


def test_a_sentence_with_a_link_and_a_reference():
    titles = {"Душанбе": ("Dushanbe",), "Таджикистан": ("Tajikistan",)}
    source = "[[Душанбе]] — столица [[Таджикистан]]а<ref name=a />."
    decided = 'The capital of [[Tajikistan]] is [[Dushanbe]].<ref name="a" />'
    assert targets(source, decided, lambda piece: titles[piece.node.name]) == [
        (
            "<1>Душанбе</1> — столица <2>Таджикистана</2><3/>.",
            "The capital of <2>Tajikistan</2> is <1>Dushanbe</1>.<3/>",
        )
    ]


def test_links_whose_titles_nobody_knows_are_matched_in_order():
    assert targets("[[А]] и [[Б]].", "[[Alpha]] and [[Beta|B]].") == [
        ("<1>А</1> и <2>Б</2>.", "<1>Alpha</1> and <2>B</2>.")
    ]


def test_where_a_link_is_missing_no_label_gets_the_others_target():
    assert targets("[[А]] и [[Б]].", "[[Alpha]] and B.") == [("<1>А</1> и <2>Б</2>.", "Alpha and B.")]


def test_markup_that_the_source_lacks_is_left_out():
    assert targets("Город.", "A [[city]]{{efn|Really}}.") == [("Город.", "A city.")]


def test_a_reference_that_the_editor_dropped_is_back_at_the_end():
    assert targets("Город<ref>A</ref>.", "A city.") == [("Город<1/>.", "A city<1/>.")]


def test_several_sentences():
    found = targets("Первое предложение. Второе предложение.", "The first sentence. The second one.")
    assert [target for _, target in found] == ["The first sentence.", "The second one."]


def test_sentences_that_were_joined_are_not_guessed():
    assert targets("Первое предложение. Второе предложение.", "Both sentences are one.") == []


def test_it_carries_who_and_when():
    [unit] = learn(("ru", "Город."), ("en", "A city."), WHEN)
    assert (unit.origin, unit.changed, unit.source_lang, unit.target_lang) == ("editor", WHEN, "ru", "en")


@pytest.mark.parametrize("text", ["", "''", "{{", "[[", "<ref>", "\n\n", "|-", "* "])
def test_any_wikitext_teaches_something_or_nothing(text):
    assert isinstance(learn(("ru", text), ("en", text)), tuple)


@pytest.mark.parametrize("lang", ["ru", "tg"])
def test_the_samples_translations_are_learnt_as_they_are(lang):
    """Translate each sentence of the sample by its memory, put its markup back, and learn that again."""
    memory = Memory(sample_memory.units())
    [path] = (sample_memory.SEEDS / lang).glob("*.wikitext")
    article = read(file_revision(path.read_text(encoding="utf-8"), lang, path.stem))
    same = other = 0
    for sentence in article.sentences:
        masked = mask(sentence.nodes, article.text, lang)
        target = memory.exact(masked.text, lang, "en").target
        wikitext = sentence.span.of(article.text).strip()
        found = learn((lang, wikitext), ("en", unmask(target, masked).wikitext.strip()))
        if [(unit.source, unit.target) for unit in found] == [(masked.text.strip(), target)]:
            same += 1
        else:
            other += 1
    assert same / (same + other) > 0.8
