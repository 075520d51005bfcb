"""Numbers with their scale and unit, as values that can be compared across languages.

«3,595 млрд долларов» and "US$3.595 billion" give the same value. Which characters and words make a number is data
(topic ``numbers``); how units convert is physics and stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import msgspec

from expander.language.knowledge import topic
from expander.values import Span


class NumberRules(msgspec.Struct, frozen=True):
    """Topic ``numbers``: decimal mark, group separators, and words; a form with ``*`` stands for any ending.

    ``scales`` maps powers of ten, ``words`` values, ``units`` a unit's international symbol to the language's forms.
    White space of any width is one space in ``groups`` and forms.
    """

    decimal: str = "."
    groups: tuple[str, ...] = (",", " ")
    scales: Mapping[str, tuple[str, ...]] = {}
    words: Mapping[str, tuple[str, ...]] = {}
    units: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=lambda: {"%": ("%",)})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands in a text.

    ``value`` includes the scale; ``unit`` is an international symbol or "" where none was recognised; ``ulp`` is the
    size of the last digit that is written (in ``value``'s scale): «3,6 млрд» has 1e8. ``word`` tells whether it was
    written as a word, Roman numeral or ordinal.
    """

    value: float
    unit: str
    span: Span
    ulp: float = 1.0
    word: bool = False


# A unit's dimension and its size in the dimension's base unit. Currencies do not convert.
_SIZES: dict[str, tuple[str, float]] = {
    "mm": ("length", 0.001), "cm": ("length", 0.01), "m": ("length", 1), "km": ("length", 1000),
    "mi": ("length", 1609.344), "ft": ("length", 0.3048), "in": ("length", 0.0254), "verst": ("length", 1066.8),
    "m²": ("area", 1), "ha": ("area", 1e4), "km²": ("area", 1e6), "mi²": ("area", 2_589_988.11),
    "acre": ("area", 4046.86),
    "l": ("volume", 0.001), "m³": ("volume", 1), "km³": ("volume", 1e9), "mi³": ("volume", 4.168e9),
    "l/s": ("flow", 0.001), "m³/s": ("flow", 1),
    "g": ("mass", 0.001), "kg": ("mass", 1), "t": ("mass", 1000), "lb": ("mass", 0.45359237), "pood": ("mass", 16.38),
    "W": ("power", 1), "kW": ("power", 1e3), "MW": ("power", 1e6), "GW": ("power", 1e9),
    "kWh": ("energy", 1e3), "MWh": ("energy", 1e6), "GWh": ("energy", 1e9), "TWh": ("energy", 1e12),
    "V": ("voltage", 1), "kV": ("voltage", 1000),
    "s": ("time", 1), "min": ("time", 60), "h": ("time", 3600), "d": ("time", 86400), "wk": ("time", 604_800),
}  # fmt: skip

_SPACE = "[ \u00a0\u2009\u202f]"
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b|-[^\W\d_]{1,4}\b")  # 201st, 201-я, 149-уми
_DASHES = frozenset("-–—−")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_NUMERAL = re.compile(r"(?<![\w.])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?![\w.]*\w)")


def quantities(text: str, lang: str) -> tuple[Quantity, ...]:
    """All numbers of ``text`` in order: digits, number words and Roman numerals above I, each with scale and unit."""
    grammar = _grammar(lang)
    found = [*grammar.digits(text), *grammar.in_words(text), *_roman(text)]
    kept: list[Quantity] = []
    for quantity in sorted(found, key=lambda item: (item.span.start, -len(item.span))):
        if kept and quantity.span.start < kept[-1].span.end:
            continue
        between = text[kept[-1].span.end : quantity.span.start] if kept else ""
        if kept and between.isspace() and quantity.value < kept[-1].ulp and quantity.ulp > 1:
            span = Span(kept[-1].span.start, quantity.span.end)  # 1 миллиарду 251 миллион
            kept[-1] = replace(quantity, value=kept[-1].value + quantity.value, span=span)
            continue
        if kept and between in _DASHES and not kept[-1].unit and kept[-1].ulp <= 1 and not quantity.word:
            scale = quantity.ulp if quantity.ulp > 1 else 1.0  # 25–30 млн
            kept[-1] = replace(kept[-1], value=kept[-1].value * scale, ulp=kept[-1].ulp * scale, unit=quantity.unit)
        kept.append(quantity)
    return tuple(kept)


def same_quantity(one: Quantity, other: Quantity) -> bool:
    """Whether both say the same, allowing for the rounding of the less precise one and for conversion of units."""
    left, right = one.value, other.value
    fine, coarse = sorted((one.ulp, other.ulp))
    if one.unit != other.unit and one.unit and other.unit:
        dimension, size = _SIZES.get(one.unit, (one.unit, 1.0))
        other_dimension, other_size = _SIZES.get(other.unit, (other.unit, 1.0))
        if dimension != other_dimension:
            return False
        left, right = left * size, right * other_size
        # Converted figures are rounded again, to three digits or fewer.
        fine, coarse = 0.0, max(one.ulp * size, other.ulp * other_size, 0.01 * max(abs(left), abs(right)))
    if left == right:
        return True
    # Rounded or cut off («48,6 м», "48 m"); but a one-digit number is no rounding of another.
    return fine < coarse and abs(left - right) < coarse and min(abs(left), abs(right)) >= 10 * coarse


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether both measure the same sort of thing: units of one dimension, and a unit at all."""
    if not one.unit or not other.unit:
        return False
    return _SIZES.get(one.unit, (one.unit,))[0] == _SIZES.get(other.unit, (other.unit,))[0]


def base_value(quantity: Quantity) -> float:
    """The value in the base unit of its dimension; as it is where the unit does not convert."""
    return quantity.value * _SIZES.get(quantity.unit, ("", 1.0))[1]


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral; raises KeyError for other letters."""
    values = [_ROMAN[letter] for letter in numeral]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def forms_pattern(forms: Iterable[str]) -> str:
    """An alternation that matches any of ``forms``, longest first; ``*`` at the end stands for any ending."""
    ordered = sorted(forms, key=len, reverse=True)
    return "|".join(
        re.escape(form.removesuffix("*")).replace(r"\ ", _SPACE) + (r"\w*" if form.endswith("*") else "")
        for form in ordered
    )


class _Grammar:
    """The regular expressions of one language's numbers."""

    def __init__(self, rules: NumberRules) -> None:
        self._decimal = rules.decimal
        groups = "".join(re.escape(mark) for mark in rules.groups if mark != " ")
        spaced = _SPACE.strip("[]") if " " in rules.groups else ""
        self._separator = re.compile(f"[{groups}{spaced}]") if groups or spaced else None
        grouped = rf"\d{{1,3}}(?:[{groups}{spaced}]\d{{3}})+(?!\d)|" if self._separator else ""
        decimal = re.escape(rules.decimal)
        scales = [(10.0 ** int(power), forms) for power, forms in rules.scales.items()]
        self._scales = [(value, re.compile(rf"(?:{forms_pattern(forms)})\Z", re.IGNORECASE)) for value, forms in scales]
        every_scale = forms_pattern(form for _, forms in scales for form in forms) or r"(?!)"
        self._units = [(unit, re.compile(rf"(?:{forms_pattern(forms)})\Z")) for unit, forms in rules.units.items()]
        every_unit = forms_pattern(form for forms in rules.units.values() for form in forms)
        symbols = "".join(
            re.escape(form) for forms in rules.units.values() for form in forms if form in {"$", "€", "£", "₽"}
        )
        before = rf"(?:(?P<before>(?:US)?[{symbols}]){_SPACE}?)?" if symbols else "(?P<before>(?!))?"
        self._digits = re.compile(
            rf"{before}(?<![\w])(?P<sign>[−-](?=\d)(?<![\w–—]-))?(?P<number>(?:{grouped}\d+)(?:{decimal}\d+)?)"
            rf"(?:(?:{_SPACE}|-)?(?P<scale>{every_scale})(?!\w)\.?)?"
            rf"(?:(?:{_SPACE}|-)?(?P<unit>{every_unit})(?![\w/²³·]))?",
        )
        words = [(float(value), forms) for value, forms in rules.words.items()]
        self._words = [(value, re.compile(rf"(?:{forms_pattern(forms)})\Z", re.IGNORECASE)) for value, forms in words]
        every_word = forms_pattern(form for _, forms in words for form in forms) or r"(?!)"
        self._in_words = re.compile(
            rf"(?<!\w)(?P<words>(?:{every_word})(?:(?:{_SPACE}|-)(?:{every_word})(?!\w))?)(?!\w)"
            rf"(?:(?:{_SPACE}|-)(?P<scale>{every_scale})(?!\w)\.?)?(?:(?:{_SPACE}|-)(?P<unit>{every_unit})(?!\w))?",
            re.IGNORECASE,
        )

    def digits(self, text: str) -> Iterable[Quantity]:
        for match in self._digits.finditer(text):
            number = match["number"]
            whole = self._separator.sub("", number) if self._separator else number
            value, scale = float(whole.replace(self._decimal, ".")), self._scale(match["scale"])
            decimals = len(number.rpartition(self._decimal)[2]) if self._decimal in number else 0
            unit = self._unit(match["unit"] or "") or self._unit(match["before"] or "")
            sign = -1 if match["sign"] else 1
            ordinal = not unit and scale == 1 and bool(_ORDINAL.match(text, match.end()))
            yield Quantity(sign * value * scale, unit, Span(*match.span()), 10.0**-decimals * scale, ordinal)

    def in_words(self, text: str) -> Iterable[Quantity]:
        for match in self._in_words.finditer(text):
            parts = [part for part in re.split(rf"{_SPACE}|-", match["words"]) if part]
            values = [next((value for value, pattern in self._words if pattern.match(part)), 0.0) for part in parts]
            value = values[0]
            if len(values) > 1:
                value = (
                    value + values[1]
                    if values[1] < 10 <= value < 100
                    else value * values[1]
                    if values[1] >= 100
                    else value
                )
            unit, scale = self._unit(match["unit"] or ""), self._scale(match["scale"])
            yield Quantity(value * scale, unit, Span(*match.span()), scale, word=True)

    def _scale(self, word: str | None) -> float:
        return next((value for value, pattern in self._scales if word and pattern.match(word)), 1.0)

    def _unit(self, form: str) -> str:
        return next((unit for unit, pattern in self._units if form and pattern.match(form)), "")


def _roman(text: str) -> Iterable[Quantity]:
    for match in _ROMAN_NUMERAL.finditer(text):
        if len(match[0]) > 1:
            yield Quantity(float(roman_value(match[0])), "", Span(*match.span()), word=True)


@cache
def _grammar(lang: str) -> _Grammar:
    return _Grammar(topic(lang, "numbers", NumberRules))
