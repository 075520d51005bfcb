"""Numbers of another language in English form."""

from __future__ import annotations

import re

import msgspec

from expander.language import topic

_SPACES = " \u00a0\u2009\u202f"


class Separators(msgspec.Struct, frozen=True):
    """The part of topic ``numbers`` that tells how digits are grouped."""

    decimal: str = "."


def english_number(value: str, lang: str, group: bool = True) -> str:
    """``9 506 300`` → ``9,506,300``; ``3,595`` → ``3.595`` where the language has a decimal comma. ``group`` separates
    the thousands of a number that stands without spaces too (not wanted where it may be a year). Text that is no
    number comes back unchanged.
    """
    text = re.sub(r"&nbsp;|&thinsp;", " ", value.strip())
    mark = topic(lang, "numbers", Separators).decimal
    found = re.fullmatch(rf"([-−+]?)(\d+(?:[{_SPACES}]\d{{3}})*)(?:{re.escape(mark)}(\d+))?", text)
    if not found:
        return value.strip()
    digits = re.sub(rf"[{_SPACES}]", "", found[2])
    separated = digits != found[2]
    whole = f"{int(digits):,}" if (group or separated) and not digits.startswith("0") else digits
    return found[1] + whole + (f".{found[3]}" if found[3] else "")
