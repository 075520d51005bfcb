"""Text of others, made harmless for a terminal."""

from __future__ import annotations

import re

# C0 and C1 controls but tab and newline, and the characters that reorder text (Unicode TR 36, 2.5)
_HARMFUL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]")


def printable(text: str) -> str:
    """``text`` without terminal escapes and bidirectional overrides; each is shown as ``�``."""
    return _HARMFUL.sub("�", text)
