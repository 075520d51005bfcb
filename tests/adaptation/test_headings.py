"""Headings: from the language data, else translated, in sentence case."""

from __future__ import annotations

import pytest

from expander.adaptation.headings import english


@pytest.mark.parametrize(
    ("heading", "lang", "translated", "expected"),
    [
        ("История", "ru", "The Story", "History"),
        ("Таърих", "tg", None, "History"),
        ("Маорифу фарҳанг", "tg", "Enlightenment", "Education and culture"),
        ("Связь и транспорт", "ru", "Communication and Transport", "Communication and transport"),
        ("Связь и транспорт", "ru", "communication and transport.", "Communication and transport"),
        ("Русский язык", "ru", "Russian Language", "Russian language"),
        ("Отношения с Россией", "ru", "Relations with Russia", "Relations with Russia"),
        ("Экономика Таджикистана", "ru", "Economy Of Tajikistan", "Economy of Tajikistan"),
        ("Вторая мировая война", "ru", "World War II", "World War II"),
        ("Энергетика", "ru", "'''Energy'''", "Energy"),
        ("После 1991 года", "ru", "After 1991", "After 1991"),
        ("Без перевода", "ru", None, "Без перевода"),
        ("A = B", "ru", "A = B", "A B"),
    ],
)
def test_heading(heading: str, lang: str, translated: str | None, expected: str) -> None:
    assert english(heading, lang, translated) == expected
