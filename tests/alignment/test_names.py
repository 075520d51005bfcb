"""Names: what is one, and which are the same in another script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expander.language.names import exonyms, name_similarity, names, romanise

SAME = """
Ковалевского Kovalevsky|Вейерштрасса Weierstrass|Кирхгофа Kirchhoff|Гельмгольца Helmholtz|Миттаг-Леффлера Mittag-Leffler
Дарвином Darwin|Элиот Eliot|Стриндберг Strindberg|Палибине Palibino|Гёттингенский Göttingen|Лапласа Laplace
Чебышёва Chebyshev|Ельцин Yeltsin|Хрущёв Khrushchev|Вашингтон Washington|Гюго Hugo|Шекспир Shakespeare|Гёте Goethe
Черёмушки Cheryomushki|Москва Moscow|Париже Paris
"""
DIFFERENT = """
Самара Samarkand|Пушкин Potemkin|Ленин London|Берлин Bern|Анна Nina|Орлов Ushakov|Красноярск Krasnodar
"""
TAJIK = "Ғафуров Ghafurov|Турсунзода Tursunzoda|Кӯлоб Kulob|Хуҷанд Khujand|Панҷакент Panjakent|Хатлон Khatlon"


def _pairs(text):
    return [tuple(pair.split()) for pair in text.replace("\n", "|").split("|") if pair]


@pytest.mark.parametrize(("russian", "english"), _pairs(SAME))
def test_same(russian, english):
    assert name_similarity(romanise(russian, "ru"), romanise(english, "en")) > 0


@pytest.mark.parametrize(("tajik", "english"), _pairs(TAJIK))
def test_same_in_tajik(tajik, english):
    assert name_similarity(romanise(tajik, "tg"), romanise(english, "en")) > 0


@pytest.mark.parametrize(("russian", "english"), _pairs(DIFFERENT))
def test_different(russian, english):
    assert name_similarity(romanise(russian, "ru"), romanise(english, "en")) == 0


@pytest.mark.parametrize(
    ("word", "lang", "english"),
    [("Швецию", "ru", "Sweden"), ("Германии", "ru", "Germany"), ("СССР", "ru", "Soviet"), ("Маскав", "tg", "Moscow")],
)
def test_exonyms(word, lang, english):
    assert english in exonyms(word, lang)


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("брать уроки у А. Н. Страннолюбского.", "ru", ["А. Н. Страннолюбского"]),
        ("В России и на Волге", "ru", ["России", "Волге"]),
        ("роман «Вестник Европы» вышел", "ru", ["Вестник Европы"]),
        ("Детские годы провела в имении", "ru", ["Детские"]),
        ("По Волге плыли", "ru", ["Волге"]),
        ("при Николае II в городе", "ru", ["Николае"]),
        ("the University of Oxford and others", "en", ["University of Oxford"]),
    ],
)
def test_names(text, lang, found):
    assert [name.text for name in names(text, lang)] == found


def test_the_first_word_may_be_no_name():
    assert [name.first for name in names("Детские годы в Москве", "ru")] == [True, False]


@given(st.text(max_size=30), st.text(max_size=30))
def test_similarity_is_symmetric_and_bounded(one, other):
    one, other = romanise(one, "ru"), romanise(other, "ru")
    if one and other:
        assert 0 <= name_similarity(one, other) <= 1
        assert (name_similarity(one, other) > 0) == (name_similarity(other, one) > 0)


@given(st.text(max_size=200), st.sampled_from(["en", "ru", "tg", "xx"]))
def test_any_text(text, lang):
    assert all(name.span.of(text) == name.text and name.words for name in names(text, lang))
