"""Values of citation parameters in English form. Each function gives None where a value cannot be used as it is."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from expander.adaptation.rules import CitationRules

_HA = "\u0425"  # the Cyrillic letter that stands for the check digit X
_DASHES = re.compile(r"\s*[-‐‑–—−]+\s*")
_INITIALS = r"(?:[^\W\d_]{1,2}\.[\s\u00a0]?-?){1,3}"
_SURNAME_FIRST = re.compile(
    rf"(?P<last>[^\W\d_][\w’'\-]+(?:[\s\u00a0][^\W\d_a-z][\w’'\-]+)?),?[\s\u00a0]+(?P<first>{_INITIALS})"
)
_INITIALS_FIRST = re.compile(rf"(?P<first>{_INITIALS})[\s\u00a0]*(?P<last>[^\W\d_][\w’'\-]+)")
_TWO_WORDS = re.compile(r"[^\W\d_][\w’'\-]+(?:[\s\u00a0][^\W\d_][\w’'.\-]+){1,2}")


def url_value(value: str) -> str | None:
    """The address alone: no text behind it, with a scheme, without brackets."""
    address = value.strip().strip("[]").split()
    if not address:
        return None
    first = re.sub(r"<!--.*", "", address[0]).rstrip(",;")
    if first.startswith("//"):
        first = "https:" + first
    elif re.match(r"www\.", first, flags=re.I):
        first = "http://" + first
    if not re.match(r"(?:https?|ftp)://[^\s/.]+\.[^\s]+", first, flags=re.I):
        return None
    return first.replace("|", "%7C").replace("[", "%5B").replace("]", "%5D")


def archive_time(url: str) -> tuple[int, int, int] | None:
    """Year, month and day that the address of a copy in the Wayback Machine or archive.today holds."""
    found = re.search(
        r"/(?:web/|archive/)?(\d{4})[.-]?(\d{2})[.-]?(\d{2})\d*(?:[a-z_]*)?[/-]", urlsplit(url).path + "/"
    )
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def isbn_value(value: str) -> str | None:
    """An ISBN with plain hyphens; None where its check digit is wrong or there are several."""
    text = re.sub(r"^(?:ISBN[:\s]*)", "", _DASHES.sub("-", value.strip()), flags=re.I).strip(" .,;")
    digits = re.sub(r"[\s-]", "", text).upper().replace(_HA, "X")
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum((10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits))
        return text.upper().replace(_HA, "X") if total % 11 == 0 else None
    if re.fullmatch(r"97[89]\d{10}", digits):
        total = sum((3 if place % 2 else 1) * int(digit) for place, digit in enumerate(digits))
        return text if total % 10 == 0 else None
    return None


def issn_value(value: str) -> str | None:
    """An ISSN with a right check digit."""
    digits = re.sub(r"\D(?!$)", "", _DASHES.sub("-", value.strip()).upper().replace(_HA, "X")).replace("-", "")
    if not re.fullmatch(r"\d{7}[\dX]", digits):
        return None
    total = sum((8 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits))
    return f"{digits[:4]}-{digits[4:]}" if total % 11 == 0 else None


def doi_value(value: str) -> str | None:
    """A DOI without its resolver's address."""
    found = re.search(r"10\.\d{4,}(?:\.\d+)*/\S+", unquote(value.strip()))
    return found[0].rstrip(".,;") if found else None


def pages_value(value: str, rules: CitationRules) -> tuple[str, str]:
    """The parameter (``page``, ``pages`` or ``at``) and its English form."""
    marks = "|".join(re.escape(mark) for mark in sorted(rules.words.pages, key=len, reverse=True)) or "(?!)"
    text = re.sub(rf"^(?:{marks})\s*", "", value.strip()).rstrip(".,; ")
    plain = _DASHES.sub("–", text)
    if re.fullmatch(r"[\dIVXLCDMivxlcdm]+", plain):
        return "page", plain
    if re.fullmatch(r"[\dIVXLCDMivxlcdm]+(?:[–,;/]\s*[\dIVXLCDMivxlcdm]+)+", plain):
        return "pages", re.sub(r"[,;]\s*", ", ", plain)
    return "at", text


def en_dashes(value: str) -> str:
    """Ranges with en dashes."""
    return _DASHES.sub("–", value)


def edition_value(value: str, rules: CitationRules) -> str:
    """``2-е изд.`` → ``2nd``; anything else as it is."""
    found = re.search(rules.words.edition, value.strip(), flags=re.I) if rules.words.edition else None
    return ordinal(int(found[1])) if found else value.strip()


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th …"""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def language_codes(value: str, rules: CitationRules) -> tuple[str, ...]:
    """Codes of the languages that a citation names, in any of the ways in which citations name them."""
    codes = []
    for name in re.split(r"[,;/]", value.strip()):
        key = name.strip().strip("()").lower()
        if not key:
            continue
        code = rules.languages.get(key) or (key.split("-")[0] if re.fullmatch(r"[a-z]{2,3}(-[a-z]+)*", key) else "")
        if code and code not in codes:
            codes.append(code)
    return tuple(codes)


def split_names(value: str, rules: CitationRules) -> tuple[list[tuple[str, str]], bool]:
    """A list of people as (last name, first name) pairs, and whether there are more («и др.»). A name that cannot be
    cut safely is (whole, "").
    """
    text = re.sub(r"[\s\u00a0]+", " ", value.replace("&nbsp;", " ")).strip(" ,;")
    more = False
    for ending in sorted(rules.words.et_al, key=len, reverse=True):
        if text.lower().endswith(ending.lower()):
            text, more = text[: -len(ending)].rstrip(" ,;"), True
            break
    if not text:
        return [], more
    if one := _person(text):
        return [one], more
    pieces = [piece.strip() for piece in re.split(r"\s*;\s*|\s*,\s+", text) if piece.strip()]
    people = [_person(piece) for piece in pieces]
    if len(pieces) > 1 and all(person is not None for person in people):
        return [person for person in people if person], more
    if len(pieces) > 1 and all(_TWO_WORDS.fullmatch(piece) or _person(piece) for piece in pieces):
        return [_person(piece) or (piece, "") for piece in pieces], more
    return [(text, "")], more


def _person(text: str) -> tuple[str, str] | None:
    found = _SURNAME_FIRST.fullmatch(text) or _INITIALS_FIRST.fullmatch(text)
    if not found:
        return None
    first = re.sub(r"\.(?=[^\s-])", ". ", found["first"].replace("\u00a0", " ")).strip()
    return found["last"].replace("\u00a0", " "), re.sub(r"\s+", " ", first)
