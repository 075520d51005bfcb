"""Translation that loses nothing: mask, encode, translate, decode, unmask, check.

Markup leaves a sentence before an engine sees it and comes back exactly once; whatever an engine lost, doubled,
invented or damaged becomes a :class:`~expander.values.Finding`.
"""

from expander.translation.carriers import Decoded, Hints, decode, encode, no_hints
from expander.translation.checks import check
from expander.translation.mask import mask
from expander.translation.masked import Masked, Piece, Render, Unmasked
from expander.translation.unmask import unmask, verbatim

__all__ = [
    "Decoded",
    "Hints",
    "Masked",
    "Piece",
    "Render",
    "Unmasked",
    "check",
    "decode",
    "encode",
    "mask",
    "no_hints",
    "unmask",
    "verbatim",
]
