"""Names, and whether a name in another script is the same name.

«Вейерштрасса» and "Weierstrass" sound alike, but no table of letters leads from one to the other. Names are compared by
the consonants that are heard (classes of similar consonants, as in Soundex, with variants where a spelling can be read
in two ways), then by their letters. What sounds different is listed as data (topic ``names``), or known to CLDR
(countries).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

import msgspec

from expander.language.knowledge import topic
from expander.values import Span


class NameRules(msgspec.Struct, frozen=True):
    """Topic ``names``: ``letters`` romanise the script; ``exonyms`` map forms (alternatives with ``|``, ``*``: any
    ending) to the words that English uses; ``particles`` may stand inside a name; ``not_names`` are capitalised words
    that are no names.
    """

    letters: Mapping[str, str] = msgspec.field(default_factory=dict)
    exonyms: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    particles: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words; ``words`` are those of at least two letters. ``first`` tells that it is one
    capitalised word at the beginning of the text, which may be no name at all.
    """

    text: str
    span: Span
    words: tuple[str, ...]
    first: bool = False


_WORD = re.compile(r"[^\W\d_]+(?:[-'’‑][^\W\d_]+)*\.?")
_QUOTED = re.compile(r"«(?P<title>[^«»]{2,80})»")
_LONGEST_TITLE = 8  # words; what is longer is a quotation
_ROMAN_NUMERAL = re.compile(r"[IVXLCDM]{2,}\Z")
_SIMILAR_LETTERS = 0.5
_SIMILAR_LETTERS_OF_SHORT = 0.65  # one or two consonants tell little
_VOWELS = "aeiouy"


def names(text: str, lang: str) -> tuple[Name, ...]:
    """The names of ``text`` (visible text), in order: runs of capitalised words, and titles in quotation marks."""
    rules = topic(lang, "names", NameRules)
    quoted = [name for match in _QUOTED.finditer(text) if (name := _title(match))]
    runs: list[list[re.Match[str]]] = []
    end: int | None = None
    for match in _WORD.finditer(text):
        word = match[0].rstrip(".")
        inside = any(name.span.start <= match.start() < name.span.end for name in quoted)
        capital = word[0].isupper() and word not in rules.not_names and not _ROMAN_NUMERAL.match(word) and not inside
        follows = end is not None and text[end : match.start()] in {" ", "\u00a0", ""} and not _ends_sentence(text, end)
        if capital and follows:
            runs[-1].append(match)
        elif capital:
            runs.append([match])
        elif not (follows and word in rules.particles):
            end = None
            continue
        end = match.end()
    runs = [_without_preposition(run) for run in runs]
    found = [_name(run, text) for run in runs if any(_is_long(match[0].rstrip(".")) for match in run)]
    return tuple(sorted((*found, *quoted), key=lambda name: name.span.start))


def _is_long(word: str) -> bool:
    """Whether a capitalised word is more than an initial or a preposition at the beginning of a clause."""
    return len(word) > 2 or (len(word) == 2 and word.isupper())


def _title(match: re.Match[str]) -> Name | None:
    """A short quotation that begins with a capital letter is a title: of a book, a ship, a company."""
    words = [word.rstrip(".") for word in _WORD.findall(match["title"])]
    if not words or not words[0][0].isupper() or len(words) > _LONGEST_TITLE:
        return None
    long = tuple(word for word in words if len(word) > 1)
    return Name(match["title"], Span(*match.span("title")), long) if long else None


def romanise(text: str, lang: str) -> str:
    """``text`` in lower-case Latin letters, accents dropped (BGN/PCGN for scripts with a data file)."""
    letters = topic(lang, "names", NameRules).letters
    plain = unicodedata.normalize(
        "NFKD", "".join(letters.get(letter, letter) for letter in text.casefold().replace("\u0301", ""))
    )
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(maxsize=65536)
def exonyms(word: str, lang: str) -> tuple[str, ...]:
    """Other English words for the name ``word`` (a country, a first name, an abbreviation)."""
    return next((english for pattern, english in _exonyms(lang) if pattern.match(word)), ())


def same_name(one: str, other: str) -> bool:
    """Whether two romanised words (see :func:`romanise`) are one name, case endings aside."""
    return name_similarity(one, other) > 0


@lru_cache(maxsize=65536)
def name_similarity(one: str, other: str) -> float:
    """0 where two romanised words are different names, else how similar they are (0.5…1)."""
    if one == other:
        return 1.0
    if not _sounds_alike(sound(one), sound(other)):
        return 0.0
    left, right = _even_ends(one, other)
    ratio = SequenceMatcher(None, left, right, autojunk=False).ratio()
    if min(len(code) for word in (one, other) for code in sound(word)) > 2:
        return ratio if ratio >= _SIMILAR_LETTERS else 0.0
    same_beginning = (one[0] in _VOWELS) == (other[0] in _VOWELS) or one[0] in "jy" or other[0] in "jy"
    return ratio if same_beginning and ratio >= _SIMILAR_LETTERS_OF_SHORT else 0.0


# What a spelling may sound like: consonant classes P F K T S L M N R, "" silent; alternatives in a tuple.
_SOUNDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("shch", ("S",)), ("tsch", ("S",)), ("sch", ("S", "SK")), ("dzh", ("S",)), ("tch", ("S",)), ("sh", ("S",)),
    ("zh", ("S",)), ("kh", ("K",)), ("ch", ("S", "K")), ("ts", ("S",)), ("tz", ("S",)), ("cz", ("S",)), ("ph", ("F",)),
    ("th", ("T", "F")), ("gh", ("K", "")), ("ck", ("K",)), ("qu", ("K",)), ("ce", ("S",)), ("ci", ("S",)),
    ("cy", ("S",)), ("ge", ("K", "S")), ("gi", ("K", "S")), ("x", ("KS",)), ("b", ("P",)), ("p", ("P",)), ("f", ("F",)),
    ("v", ("F",)), ("w", ("F", "")), ("c", ("K",)), ("g", ("K",)), ("h", ("K", "")), ("k", ("K",)), ("q", ("K",)),
    ("j", ("S", "")), ("s", ("S",)), ("z", ("S",)), ("t", ("T",)), ("d", ("T",)), ("l", ("L",)), ("m", ("M",)),
    ("n", ("N",)), ("r", ("R",)),
)  # fmt: skip
_SPELLINGS = dict(_SOUNDS)
_SPELLING = re.compile("|".join(spelling for spelling, _ in _SOUNDS))
_MOST_SOUNDS = 8


@lru_cache(maxsize=65536)
def sound(romanised: str) -> tuple[str, ...]:
    """The consonant classes that are heard, in every reading of the spelling; doubled ones once."""
    readings = [""]
    for match in _SPELLING.finditer(romanised):
        heard = _SPELLINGS[match[0]]
        if len(readings) * len(heard) > _MOST_SOUNDS:
            heard = heard[:1]
        readings = [reading + more for reading in readings for more in heard]
    return tuple(dict.fromkeys(re.sub(r"(.)\1+", r"\1", reading) for reading in readings))


def _sounds_alike(ones: Iterable[str], others: Iterable[str]) -> bool:
    others = tuple(others)
    return any(sounds_close(one, other) for one in ones for other in others)


def sounds_close(one: str, other: str) -> bool:
    """Whether two readings (see :func:`sound`) may be of one name, with or without its ending."""
    if one[:1] != other[:1]:
        return False
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if not short:
        return not long
    # Case endings and suffixes («-скому», "-an") add up to two consonants.
    more = len(long) - len(short)
    if more > 2:
        return False
    return long.startswith(short) and more <= (1 if len(short) <= 2 else 2)


def _even_ends(one: str, other: str) -> tuple[str, str]:
    """Both words cut to the shorter one's length where the longer one adds just an ending."""
    length = min(len(one), len(other))
    return (one[: length + 1], other[: length + 1]) if abs(len(one) - len(other)) <= 3 else (one, other)


def _without_preposition(run: list[re.Match[str]]) -> list[re.Match[str]]:
    """Drop a short word without a full stop at the beginning («В России», «По Волге»): it is no initial."""
    first = run[0][0]
    drop = len(run) > 1 and len(first) <= 2 and "." not in first and (len(first) == 1 or not first.isupper())
    return run[1:] if drop else run


def _ends_sentence(text: str, end: int) -> bool:
    """Whether a sentence ends at ``end``: a full stop that is not an initial's."""
    return end >= 2 and text[end - 1] == "." and end >= 3 and text[end - 3 : end - 1].isalpha()


def _name(run: list[re.Match[str]], text: str) -> Name:
    span = Span(
        run[0].start(),
        run[-1].end() if len(run[-1][0].rstrip(".")) == 1 else run[-1].start() + len(run[-1][0].rstrip(".")),
    )
    words = tuple(word for match in run if len(word := match[0].rstrip(".")) > 1)
    first = len(run) == 1 and not any(letter.isalnum() for letter in text[: span.start]) and not words[0].isupper()
    return Name(span.of(text), span, words, first)


@cache
def _exonyms(lang: str) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    rules = topic(lang, "names", NameRules)
    listed = [
        (
            re.compile("(?:" + "|".join(re.escape(form).replace(r"\*", r"\w*") for form in forms.split("|")) + r")\Z"),
            english,
        )
        for forms, english in rules.exonyms.items()
    ]
    return (*listed, *_countries(lang))


def _countries(lang: str) -> Iterable[tuple[re.Pattern[str], tuple[str, ...]]]:
    """One-word country names from CLDR, with any ending on their stem."""
    from babel import Locale, UnknownLocaleError

    try:
        native = Locale.parse(lang, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return
    english = Locale("en").territories
    for code, country in native.items():
        stem = country[:-1] if len(country) > 4 else country
        if code.isalpha() and " " not in country and code in english:
            yield re.compile(re.escape(stem) + r"\w{0,3}\Z"), (english[code],)
