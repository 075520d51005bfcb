"""Numbers: what is read from each language, and which are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expander.language.numbers import quantities, same_quantity

CASES = {
    "ru": [
        ("3,595 млрд долларов", 3.595e9, "USD"),
        ("13 600 м³/с", 13600, "m³/s"),
        ("9 506 300 человек", 9506300, ""),
        ("до −44 °C", -44, "°C"),
        ("22,8 млрд кВт·ч", 22.8e9, "kWh"),
        ("сорок тыс. человек", 40000, ""),
        ("двадцать пять школ", 25, ""),
        ("VI съезд", 6, ""),
        ("около 48 % ВВП", 48, "%"),
        ("1 млрд 251 млн рублей", 1.251e9, "RUB"),
    ],
    "tg": [
        ("3,595 миллиард доллар", 3.595e9, "USD"),
        ("1 миллиарду 251 миллион доллар", 1.251e9, "USD"),
        ("48 фоизи", 48, "%"),
        ("панҷ шаҳр", 5, ""),
        ("8 161 100 нафар", 8161100, ""),
    ],
    "en": [
        ("US$3.595 billion", 3.595e9, "USD"),
        ("146,150,789 people", 146150789, ""),
        ("242 metres high", 242, "m"),
        ("twenty-five schools", 25, ""),
        ("three hundred men", 300, ""),
        ("about 23.5 TWh", 23.5, "TWh"),
    ],
    "de": [("3,5 km", 3, ""), ("48 %", 48, "%")],
}


@pytest.mark.parametrize(("lang", "text", "value", "unit"), [(lang, *case) for lang in CASES for case in CASES[lang]])
def test_reads(lang, text, value, unit):
    first = quantities(text, lang)[0]
    assert (first.value, first.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("russian", "english", "same"),
    [
        ("3,595 млрд долларов", "US$3.595 billion", True),
        ("3,6 млрд долларов", "US$3.595 billion", True),
        ("1251 млн долларов", "$1.251 billion", True),
        ("320 км", "199 miles", True),
        ("320 км", "240 miles", False),
        ("48,6 м", "48 m", True),
        ("7 кораблей", "7.4 m", False),
        ("245 м", "242 m", False),
        ("16 млрд рублей", "16 billion roubles", True),
        ("22,8 млрд кВт·ч", "22.8 TWh", True),
        ("10 км", "10 kg", False),
    ],
)
def test_same(russian, english, same):
    assert same_quantity(quantities(russian, "ru")[0], quantities(english, "en")[0]) is same


def test_range_shares_unit():
    low, high = quantities("25–30 млн долларов", "ru")
    assert (low.value, low.unit, high.value) == (25e6, "USD", 30e6)


def test_ordinals_are_marked():
    assert [item.word for item in quantities("201-я база и 201 человек", "ru")] == [True, False]


@given(st.integers(1, 10**12), st.integers(0, 3))
def test_any_number_is_the_same_in_both_formats(number, decimals):
    value = number / 10**decimals
    english = f"{value:,.{decimals}f}"
    russian = english.replace(",", "\u00a0").replace(".", ",")
    assert same_quantity(
        quantities(f"было {russian} штук", "ru")[0], quantities(f"there were {english} items", "en")[0]
    )


@given(st.text(max_size=200), st.sampled_from(["en", "ru", "tg", "xx"]))
def test_any_text_gives_ordered_spans_that_do_not_overlap(text, lang):
    end = 0
    for quantity in quantities(text, lang):
        assert end <= quantity.span.start < quantity.span.end <= len(text)
        end = quantity.span.end
