"""Dates: what is read from each language, and that one date is the same in all."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expander.alignment.postings import date_keys
from expander.language.dates import dates, has_relative_date, is_of_the_past

CASES = [
    ("ru", "15 (27) сентября 1868 года", {"year": 1868, "month": 9, "day": 15, "other": (9, 27)}),
    ("ru", "29 января (10 февраля) 1891", {"year": 1891, "month": 1, "day": 29, "other": (2, 10)}),
    ("ru", "весной 1871 года", {"year": 1871, "season": 1}),
    ("ru", "в 1990-х годах", {"decade": 1990}),
    ("ru", "во второй половине XIX века", {"century": 19}),
    ("ru", "в 480 году до н. э.", {"year": -480}),
    ("ru", "в 988 году", {"year": 988}),
    ("ru", "25.03.2024", {"year": 2024, "month": 3, "day": 25}),
    ("tg", "8 апрели соли 1992", {"year": 1992, "month": 4, "day": 8}),
    ("tg", "7 сентябри с. 1995", {"year": 1995, "month": 9, "day": 7}),
    ("tg", "асри XIX", {"century": 19}),
    ("tg", "солҳои 90-ум", {"decade": 90}),
    ("en", "May 25, 1993", {"year": 1993, "month": 5, "day": 25}),
    ("en", "25 May 1993", {"year": 1993, "month": 5, "day": 25}),
    ("en", "the nineteenth century", {"century": 19}),
    ("en", "during the 1800s", {"decade": 1800, "century": 19}),
    ("en", "rain falls in May", {"month": 5}),
    ("en", "10 February [O.S. 29 January] 1891", {"year": 1891, "month": 2, "day": 10, "other": (1, 29)}),
]
MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    "tg": [
        "январи",
        "феврали",
        "марти",
        "апрели",
        "майи",
        "июни",
        "июли",
        "августи",
        "сентябри",
        "октябри",
        "ноябри",
        "декабри",
    ],
}


@pytest.mark.parametrize(("lang", "text", "said"), CASES)
def test_reads(lang, text, said):
    found = dates(text, lang)[0]
    fields = ("year", "month", "day", "decade", "century", "season", "other")
    assert {name: getattr(found, name) for name in fields if getattr(found, name) is not None} == said


@pytest.mark.parametrize(
    ("lang", "text", "years"),
    [
        ("ru", "в 1995—2009 годах", [1995, 2009]),
        ("tg", "Солҳои 1995—2009", [1995, 2009]),
        ("en", "from 2012–13", [2012, 2013]),
    ],
)
def test_ranges(lang, text, years):
    assert [date.year for date in dates(text, lang)] == years


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "2717 строений"),
        ("ru", "в Москве"),
        ("en", "you may go"),
        ("en", "1,200 pupils"),
        ("ru", "Петром I в крепость"),
    ],
)
def test_is_no_date(lang, text):
    assert dates(text, lang) == ()


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2099, 12, 31)))
def test_a_day_has_the_same_keys_in_every_language(day):
    forms = {
        "ru": f"{day.day} {MONTHS['ru'][day.month - 1]} {day.year} года",
        "tg": f"{day.day} {MONTHS['tg'][day.month - 1]} соли {day.year}",
        "en": f"{MONTHS['en'][day.month - 1]} {day.day}, {day.year}",
    }
    keys = {lang: {key for date in dates(text, lang) for key in date_keys(date)} for lang, text in forms.items()}
    assert keys["ru"] == keys["tg"] == keys["en"]
    assert ("day", day.month * 100 + day.day) in keys["en"]


@given(st.text(max_size=200), st.sampled_from(["en", "ru", "tg", "xx"]))
def test_any_text_gives_spans_inside_it(text, lang):
    assert all(0 <= date.span.start < date.span.end <= len(text) for date in dates(text, lang))


def test_words_that_stand_for_dates():
    assert has_relative_date("The following year she left.", "en")
    assert not has_relative_date("She left.", "en")
    assert is_of_the_past("Первым послом стал", "ru")
