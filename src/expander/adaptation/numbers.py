"""Numbers of another language in English form."""

from __future__ import annotations

import re

import msgspec

from expander.language import topic

_SPACES = " \u00a0\u2009\u202f"


class Separators(msgspec.Struct, frozen=True):
    """The part of topic ``numbers`` that tells how digits are grouped."""

    decimal: str = "."


def english_number(value: str, lang: str) -> str:
    """``9 506 300`` → ``9,506,300``; ``3,595`` → ``3.595`` where the language has a decimal comma. Text that is no
    number comes back unchanged.
    """
    text = re.sub(r"&nbsp;|&thinsp;", " ", value.strip())
    mark = topic(lang, "numbers", Separators).decimal
    found = re.fullmatch(rf"([-−+]?)(\d+(?:[{_SPACES}]\d{{3}})*)(?:{re.escape(mark)}(\d+))?", text)
    if not found:
        return value.strip()
    digits = re.sub(rf"[{_SPACES}]", "", found[2])
    grouped = (
        f"{int(digits):,}"
        if len(digits) > 4 or re.search(rf"[{_SPACES}]", found[2]) or (len(digits) == 4 and mark != ".")
        else digits
    )
    return found[1] + (digits if digits.startswith("0") else grouped) + (f".{found[3]}" if found[3] else "")
