"""A translation that is none, but polite: word by word, the same every time, with all markup, tokens and lines kept.

Words that are in the little dictionary below are English, all others are transliterated; numbers get English commas.
"""

from __future__ import annotations

import re
import unicodedata

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяғӣқӯҳҷ"
_LATIN = "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya gh i q u h j"
_LETTERS = dict(zip(_CYRILLIC, _LATIN.replace("_", "\0").split(" "), strict=True))
_WORDS = {
    "и": "and", "в": "in", "во": "in", "на": "on", "с": "with", "из": "from", "по": "by", "к": "to", "от": "of",
    "не": "not", "до": "until", "после": "after", "между": "between", "для": "for", "как": "as", "был": "was",
    "была": "was", "было": "was", "были": "were", "является": "is", "это": "this", "год": "year", "года": "year",
    "году": "year", "годах": "years", "годы": "years", "млн": "million", "млрд": "billion", "трлн": "trillion",
    "тыс": "thousand", "век": "century", "века": "century", "январь": "January", "января": "January",
    "февраля": "February", "марта": "March", "апреля": "April", "мая": "May", "июня": "June", "июля": "July",
    "августа": "August", "сентября": "September", "октября": "October", "ноября": "November", "декабря": "December",
    "россия": "Russia", "россии": "Russia", "таджикистан": "Tajikistan", "таджикистана": "Tajikistan",
    "таджикистане": "Tajikistan", "ва": "and", "дар": "in", "аз": "from", "ба": "to", "бо": "with", "соли": "year",
    "тоҷикистон": "Tajikistan", "русия": "Russia", "аст": "is", "буд": "was", "нест": "is not",
}  # fmt: skip
_PART = re.compile(
    r"(?P<keep><[^>]*>|&#?\w+;|https?://\S+)"
    r"|(?P<number>\d{1,3}(?:[   ]\d{3})+(?:,\d+)?|\d+,\d+)"
    r"|(?P<word>[^\W\d_]+)",
)
_QUOTES = str.maketrans("«»„", "“”“")


def translate(text: str) -> str:
    """``text`` word by word; everything that is no word or number stays where it is."""
    return _PART.sub(_part, unicodedata.normalize("NFC", text)).translate(_QUOTES)


def _part(match: re.Match[str]) -> str:
    if match["keep"]:
        return match["keep"]
    if match["number"]:
        whole, _, fraction = match["number"].partition(",")
        return ",".join(re.split(r"\s", whole)) + (f".{fraction}" if fraction else "")
    return _word(match["word"])


def _word(word: str) -> str:
    known = _WORDS.get(word.lower())
    if known:
        return known[0].upper() + known[1:] if word[0].isupper() else known
    latin = "".join(_LETTERS.get(letter, letter).replace("\0", "") for letter in word.lower())
    if not latin or latin == word.lower():
        return word
    if word.isupper() and len(word) > 1:
        return latin.upper()
    return latin[0].upper() + latin[1:] if word[0].isupper() else latin
