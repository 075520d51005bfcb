"""Russian sentences with markup of every sort, made up from a seed: nothing in them is meant to make sense."""

from __future__ import annotations

import random

# fmt: off
# ruff: noqa: SIM905
_WORDS = (
    "в на с из по до после между для как был была были является стал крупнейший город река страна область населённый "
    "пункт договор подписан открыт построен завод станция посол правительство республика население территория военный "
    "база университет школа язык история культура торговля вырос достиг входит состоит расположен основан известен "
    "назван включает имеет получил проект компания строительство долларов жителей тысяч процентов часть центр север юг "
    "восток запад новый старый первый большой российский таджикский советский северный южный также более около свыше"
).split()
_NAMES = (
    "Душанбе Москва Россия Таджикистан Худжанд Памир Вахш Нурек Хорог Гиссар Варзоб Рогун Самарканд Бухара Ташкент "
    "Куляб Ельцин Рахмон Лавров Пушкин Толстой Газпром Сангтуда Айни Рудаки Сино Фирдоуси Пенджикент Истаравшан"
).split()
# fmt: on
_ENDINGS = ("", "", "а", "е", "у", "ом", "ы", "ский")
_REFERENCES = (
    "<ref>{{{{cite web|url=https://example.org/{n}|title=Заголовок [1]|lang=ru}}}}</ref>",
    '<ref name="a{n}" />',
    "<ref name=b{n}>Книга, с. {n}. [[Наука]]</ref>",
    "<ref group=\"прим.\">''Курсив'' и {{{{книга|автор=А|год={n}}}}}</ref>",
)
_TAGS = (
    "{{{{нет АИ|{n}|5|2019}}}}",
    "{{{{sfn|Масов|1991|с={n}}}}}",
    "<!-- заметка {n} -->",
    "{{{{уточнить|{{{{а|{n}}}}}}}}}",
)
_SHOWN = (
    "<math>x^{n}</math>", "<nowiki>[[{n}]]</nowiki>", "{{{{флаг|{n}}}}}", "{{{{coord|{n}|68}}}}", "https://example.org/x{n}",
    "{{{{lang-tg|Тоҷикистон {n}}}}}", "[[Файл:X{n}.jpg|16px]]", "{{{{{{арг{n}}}}}}}", "<br />",
)  # fmt: skip
_NUMBERS = (
    "1993",
    "3,5 млн",
    "25&nbsp;%",
    "1 251",
    "8 апреля 1992",
    "12",
    "XIX",
    "{{{{num|{n}}}}}",
    "{{{{s|{n} км}}}}",
)


class Maker:
    """Makes sentences; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0

    def sentence(self) -> str:
        """A sentence of 4 to 24 words with its markup, ending in a full stop."""
        chance = self.random.random
        words = [self._atom() for _ in range(self.random.randint(4, 24))]
        words[0] = words[0][:1].upper() + words[0][1:]
        out = words[0]
        for word in words[1:]:
            reference, ends_clause = chance() < 0.08, chance() < 0.12
            if reference:
                ends_clause = chance() < 0.8  # real articles: 97 of 100 references stand at the end of a clause
                out += self._reference()
            out += self.random.choice((", ", "; ", " — ", ": ")) if ends_clause else " "
            out += word
        if chance() < 0.3:
            return out + "." + self._reference()
        return out + "".join(self._reference() for _ in range(self.random.choice((0, 1, 1, 2)))) + "."

    def _number(self) -> int:
        self.count += 1
        return self.count

    def _word(self) -> str:
        name = self.random.random() < 0.25
        return self.random.choice(_NAMES) + self.random.choice(_ENDINGS) if name else self.random.choice(_WORDS)

    def _words(self, most: int) -> str:
        return " ".join(self._word() for _ in range(self.random.randint(1, most)))

    def _atom(self) -> str:
        chance = self.random.random()
        if chance < 0.66:
            return self._word()
        if chance < 0.80:
            return self._link()
        if chance < 0.84:
            quotes = self.random.choice(("''", "'''", "'''''"))
            inner = self._link() if self.random.random() < 0.4 else self._words(3)
            return f"{quotes}{inner}{quotes}"
        if chance < 0.86:
            return f"«{self._link()}»" if self.random.random() < 0.5 else f"({self._words(3)})"
        if chance < 0.90:
            return self.random.choice(_NUMBERS).format(n=self._number())
        if chance < 0.93:
            return self._word() + self.random.choice(_TAGS).format(n=self._number())
        if chance < 0.96:
            return self.random.choice(_SHOWN).format(n=self._number())
        if chance < 0.98:
            return f"<small>{self._words(2)}{self._reference()}</small>"
        return self.random.choice(
            ("R&D", "5 &lt; 6", "л'амур", "a_b", "[sic]", "1 | 2", "«ёлочки»", "x = y", "c&shy;d")
        )

    def _link(self) -> str:
        name = self.random.choice(_NAMES)
        chance = self.random.random()
        if chance < 0.3:
            return f"[[{name}]]{self.random.choice(_ENDINGS)}"
        if chance < 0.8:
            return f"[[{name} ({self._number()})|{self._words(3)}]]"
        if chance < 0.9:
            return f"[[{name}|''{self._words(2)}'' {name}]]"
        return f"[https://example.org/{self._number()} {self._words(3)}]"

    def _reference(self) -> str:
        return self.random.choice(_REFERENCES).format(n=self._number())
