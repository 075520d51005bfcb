"""The checks one by one, and the labelled translations."""

import tomllib
from collections import Counter

import pytest
from benchmarks.checks import CODES, GOLD, LEAST_RECALL, MOST_FALSE_ALARMS, evaluate

from expander.translation.checks import check, placed
from expander.values import Finding, Severity, Span


def codes(source, translated, lang="ru", **more):
    return [finding.code for finding in check(source, translated, lang, **more)]


@pytest.mark.parametrize("name", ["dev", "test"])
def test_labelled_translations(name):
    score = evaluate(name, None)
    assert score.false_alarms <= MOST_FALSE_ALARMS, score.missed
    for kind, least in LEAST_RECALL.items():
        assert score.recall(kind) >= least, score.missed


def test_the_labelled_translations_are_many_and_of_every_sort():
    pairs = [pair for name in ("dev", "test") for pair in tomllib.loads((GOLD / f"{name}.toml").read_text())["pair"]]
    kinds = Counter(pair["spoiled"] for pair in pairs)
    assert 2 * len(pairs) >= 150
    assert set(kinds) == set(CODES)
    assert all(pair["good"] != pair["bad"] for pair in pairs)
    assert {pair["lang"] for pair in pairs} == {"ru", "tg"}


@pytest.mark.parametrize(
    ("source", "translated"),
    [
        ("Вложено 3,595 млрд долларов.", "US$3.595 billion was invested."),
        ("Выросло с 10 до 15 млн тонн.", "It grew from 10 million to 15 million tonnes."),
        ("Площадь 1 251 км².", "The area is 1,251 km²."),
        ("Построено в XIX веке.", "Built in the 19th century, it stands."),
        ("В 1995—2009 годах вырос втрое.", "Between 1995 and 2009 it grew threefold."),
        ("Поезд ушёл в 7:55.", "The train left at 7.55."),
        ("Погибли оба, и двое пропали.", "Both died, and a couple disappeared."),
        ("В мае 1990-х было тепло.", "In May in the 1990s it was warm."),
        ("Сотрудники сотрясали воздух.", "The staff shook the air."),
    ],
)
def test_the_same_number_in_another_form_is_no_change(source, translated):
    assert codes(source, translated) == []


@pytest.mark.parametrize(
    ("source", "translated", "code", "shown"),
    [
        ("Вложено 3,595 млрд долларов.", "$3,595 billion was invested.", "number-changed", "$3,595 billion"),
        ("Длина реки 911 км.", "The river is 919 km long.", "number-changed", "919 km"),
        ("Длина реки 911 км.", "The river is long.", "number-missing", None),
        ("Река длинная.", "The river is 911 km long.", "number-invented", "911 km"),
        ("Глубина 6 км.", "The depth is 6 m.", "unit-changed", "6 m"),
        ("Основан в 1936 году.", "It was founded in 1963.", "year-missing", "1963"),
        ("Открыт 8 мая 1992 года.", "It was opened on 8 March 1992.", "date-changed", "8 March 1992"),
        ("Дом стоит у реки.", "The house стоит by the river.", "untranslated", "стоит"),
        ("Дом старый.", "The house is very very very very old.", "repetition", "very very very very"),
        ("Входит в состав района.", "Is part of the district.", "subject-missing", "Is"),
        ("Дом не сохранился.", "The house has survived.", "negation-lost", None),
        ("Дом сохранился.", "The house has not survived.", "negation-added", "not"),
        ("Автором был Бекетов.", "The author was an architect.", "name-lost", None),
    ],
)
def test_what_is_wrong_is_found_and_shown(source, translated, code, shown):
    found = next(finding for finding in check(source, translated, "ru") if finding.code == code)
    assert (found.span.of(translated) if found.span else None) == shown
    assert found.message.endswith(".")
    assert found.severity is not Severity.NOTE


@pytest.mark.parametrize(
    "answer",
    [
        "Error 500 (Server Error)!!1500.That’s an error.",
        "429 Too Many Requests",
        "<!DOCTYPE html><html>…",
        "I'm sorry, but I can't translate this.",
        "Here is the English translation: The house is old.",
        '{"error": "Invalid API key"}',
    ],
)
def test_what_an_engine_says_instead_of_a_translation_is_found(answer):
    found = check("Дом стоит у реки.", answer, "ru")
    assert [finding.code for finding in found] == ["not-a-translation"]
    assert found[0].severity is Severity.ERROR


def test_an_article_about_error_pages_is_no_error_page():
    assert codes("Ошибка 404 (Too Many Requests — 429).", "Error 404 (Too Many Requests is 429).") == []


def test_the_source_is_no_translation():
    assert "untranslated" in codes("Дом стоит у самой реки.", "Дом стоит у самой реки.")
    assert "untranslated" in codes("The house stands by the river.", "The house stands by the river.", "fr")


def test_names_alone_are_translated_by_keeping_them():
    assert codes("Saint-Denis, La Plaine", "Saint-Denis, La Plaine", "fr") == []


def test_a_language_without_data_is_checked_all_the_same():
    assert "number-changed" in codes("Die Stadt hat 4200 Einwohner.", "The city has 4800 inhabitants.", "de")


def test_glossary():
    glossary = (("Барки Точик", "Barqi Tojik"),)
    assert codes("Это «Барки Точик».", "This is Tajik Lightning.", glossary=glossary) == ["glossary"]
    assert codes("Это «Барки Точик».", "This is Barki Tojik.", glossary=glossary) == []


def test_nothing_makes_a_check_raise():
    for text in ("", " ", "\x00", "\ud7ff", "٣٤٥", "1" * 5000, "[" * 500, "не " * 300, "🙂" * 50, "a,b;c:" * 99):
        check(text, text[::-1], "ru")
        check("Дом 5 км.", text, "tg")
        check(text, "The house.", "xx")


def test_findings_stand_where_their_words_are_in_the_passage():
    wikitext = "In 1992<ref>1993</ref>, the [[Vakhsh (river)|Vakhsh]] was 919 km long, not 1992."
    plain = "In 1992, the Vakhsh was 919 km long, not 1992."

    def where(words, start):
        found = Finding(
            "x", Severity.NOTE, "y", Span(plain.index(words, start), plain.index(words, start) + len(words))
        )
        return placed([found], plain, wikitext)[0].span

    assert where("919 km", 0).of(wikitext) == "919 km"
    assert where("1992", 10) == Span(len(wikitext) - 5, len(wikitext) - 1)
    assert where("In 1992", 0) == Span(0, 7)
    assert placed([Finding("x", Severity.NOTE, "y")], plain, wikitext)[0].span is None


class Apart:
    """An embedder for which nothing resembles anything."""

    name = "multilingual-e5-small-adapted-0-q4"

    def encode(self, texts, progress=None):
        import numpy as np

        return np.eye(len(texts), dtype=np.float32)


def test_similarity_asks_the_embedder_and_flags_what_lies_apart():
    from expander.translation.checks import Pair, check_similarity

    pairs = [Pair("Дом стоит у реки.", "The station was closed.", "ru"), Pair("Дом.", "House.", "ru")]
    found = check_similarity(pairs, Apart())
    assert found[0] is not None and found[0].code == "meaning"
    assert found[1] is None  # too short to tell
    assert check_similarity([], Apart()) == []
    assert check_similarity([Pair("a b c d", "e", "fr")], Apart()) == [None]  # nothing is known of this language
