"""English typography for text that an engine left with another language's (Manual of Style, MOS:PUNCT, MOS:NUM)."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from expander.adaptation.numbers import Separators
from expander.adaptation.spelling import respelled
from expander.language import topic

_SPACES = "\u00a0\u2009\u202f"
_STRESS = "\u0301"


class TypographyRules(msgspec.Struct, frozen=True):
    """Topic ``typography`` of English: which characters become what."""

    opening: str = ""
    closing: str = ""
    low_opening: str = ""
    apostrophes: str = ""
    replacements: dict[str, str] = {}
    number_signs: dict[str, str] = {}
    units: tuple[str, ...] = ()


class Typographer:
    """Makes runs of text English, in order: a quotation may begin in one run and end in another."""

    def __init__(self, lang: str, source: str = "", variety: str = "") -> None:
        self.rules = topic("en", "typography", TypographyRules)
        self.comma = topic(lang, "numbers", Separators).decimal == ","
        self.variety = variety
        flat = re.sub(rf"[{_SPACES}]", " ", source)
        self.decimals = set(re.findall(r"(?<![\d,.])\d+,\d+(?![\d,])", flat)) if self.comma else set()
        self.grouped = set(re.findall(r"(?<![\d,.])\d{1,3}(?: \d{3})+(?!\d)", flat))
        self.open: list[str] = []

    def __call__(self, run: str) -> str:
        """One run of visible text."""
        text = self._quotes(_without_stress(run))
        for old, new in self.rules.replacements.items():
            text = text.replace(old, new)
        for sign, word in sorted(self.rules.number_signs.items(), key=lambda item: -len(item[0])):
            text = re.sub(rf"{re.escape(sign)}[\s{_SPACES}]*(?=\w)", f"{word} ", text).replace(sign, word)
        text = self._dashes(self._numbers(text))
        units = "|".join(map(re.escape, self.rules.units)) or "(?!)"
        text = re.sub(rf"(?<=\d) (?=(?:{units})(?![\w-]))", "\u00a0", text)
        return _spaces(respelled(text, self.variety))

    def _quotes(self, text: str) -> str:
        rules, parts = self.rules, []
        for place, letter in enumerate(text):
            if letter in rules.low_opening or (letter in rules.opening and not self._closes(letter)):
                parts.append('"' if not self.open else "'")
                self.open.append(letter)
            elif letter in rules.closing or letter in rules.opening:
                if self.open:
                    self.open.pop()
                    parts.append("'" if self.open else '"')
                else:
                    parts.append("'" if letter in rules.apostrophes else '"')
            elif letter in rules.apostrophes:
                parts.append("'")
            else:
                parts.append(letter)
                if letter == "\n" and text[place + 1 : place + 2] == "\n":
                    self.open.clear()  # a quotation left open ends with its paragraph
        return "".join(parts)

    def _closes(self, letter: str) -> bool:
        """Whether an opening mark closes here: “ ends a quotation that „ began."""
        return bool(self.open) and self.open[-1] in self.rules.low_opening and letter == "“"

    def _numbers(self, text: str) -> str:
        def grouped(found: re.Match[str]) -> str:
            plain = re.sub(rf"[{_SPACES}]", " ", found[0])
            sure = plain in self.grouped or re.search(rf"[{_SPACES}]", found[0])
            return plain.replace(" ", ",") if sure else found[0]

        if self.comma:
            text = re.sub(r"(?<![\d,.])\d+,\d+(?![\d,]|\.\d)", self._decimal, text)
        text = re.sub(rf"(?<![\d,.])\d{{1,3}}(?:[ {_SPACES}]\d{{3}})+(?!\d)", grouped, text)
        return re.sub(rf"(?<=\d)[\s{_SPACES}]+(?=[%‰])", "", text)

    def _decimal(self, found: re.Match[str]) -> str:
        whole, _, part = found[0].partition(",")
        if found[0] in self.decimals or len(part) != 3 or whole.startswith("0"):
            return f"{whole}.{part}"
        return found[0]

    @staticmethod
    def _dashes(text: str) -> str:
        text = re.sub(rf"(?<=\d)[ {_SPACES}]?[—–][ {_SPACES}]?(?=\d)", "–", text)
        text = re.sub(r"(?<![\d–-])(\d{4})-(\d{4})(?![\d–-])", r"\1–\2", text)
        text = re.sub(r"(?<=[IVXLC])—(?=[IVXLC])", "–", text)
        return re.sub(
            rf"(?:(?<=\S)[ {_SPACES}]+)—(?=\s|$)|(?:^|(?<=\s))—(?=\s)",
            lambda found: " –" if found[0][0] != "—" else "–",
            text,
        )


def _without_stress(text: str) -> str:
    """No stress marks on Cyrillic vowels; accents of Latin letters are letters."""
    if _STRESS not in text and "\u0300" not in text:
        return text
    kept: list[str] = []
    for letter in text:
        if letter in "\u0301\u0300" and kept and "LATIN" not in unicodedata.name(kept[-1], ""):
            continue
        kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept))


def _spaces(text: str) -> str:
    text = re.sub(rf"(?<=\d)[{_SPACES}](?=[^\W\d_])", "&nbsp;", text)
    text = re.sub(rf"[{_SPACES}]", " ", text)
    text = re.sub(r"(?<=\S) {2,}(?=\S)", " ", text)
    return re.sub(r"(?<=\w) +(?=[,.;:!?](?:\s|$))", "", text)
