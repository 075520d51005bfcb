"""What an editor decided, as units of the translation memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from expander.articles import NodeKind, file_revision, read
from expander.engines.protocol import Carrier
from expander.translation.carriers import Hints, decode, no_hints
from expander.translation.mask import mask
from expander.translation.masked import Masked, Piece
from expander.translation.tmx import Unit

_TAG = re.compile(r"<(/?)(\d+)(/?)>")


def learn(
    source: tuple[str, str], decided: tuple[str, str], changed: datetime | None = None, hints: Hints = no_hints
) -> tuple[Unit, ...]:
    """Units of a passage: ``source`` and ``decided`` are (language, wikitext) of what was translated and of what the
    editor made of it; ``hints`` give the titles that link targets have in the other language.

    Sentences are paired in order; () where there are not equally many on both sides, because then nobody can tell
    which is which. Markup of ours is matched with the source's: references and templates in order, links by target.
    """
    ours, theirs = _sentences(*source), _sentences(*decided)
    if len(ours) != len(theirs):
        return ()
    return tuple(
        Unit(one.text.strip(), _carried_over(other, one, hints).strip(), source[0], decided[0], "editor", changed)
        for one, other in zip(ours, theirs, strict=True)
    )


def _sentences(lang: str, wikitext: str) -> list[Masked]:
    article = read(file_revision(wikitext, lang, ""))
    return [mask(sentence.nodes, article.text, lang) for sentence in article.sentences if sentence.plain.strip()]


def _carried_over(decided: Masked, source: Masked, hints: Hints) -> str:
    """The decided sentence with the numbers of the source's pieces; markup that the source lacks is left out."""
    numbers = dict(_matches(decided, source, hints))

    def renumbered(tag: re.Match[str]) -> str:
        number = numbers.get(int(tag[2]))
        return "" if number is None else f"<{tag[1]}{number}{tag[3]}>"

    return decode(_TAG.sub(renumbered, decided.text), source, Carrier.EXACT).text


def _matches(decided: Masked, source: Masked, hints: Hints) -> Iterator[tuple[int, int]]:
    """(number of a decided piece, number of the source's piece)."""
    free = list(source.pieces)
    rest: list[Piece] = []
    for piece in decided.pieces:
        found = next((one for one in free if one.kind is NodeKind.LINK and _leads_to(piece, one, hints)), None)
        if found is None:
            rest.append(piece)
        else:
            free.remove(found)
            yield piece.id, found.id
    for same in _SORTS:
        ours, theirs = _numbers(rest, same), _numbers(free, same)
        if same is not _is_link or len(ours) == len(theirs):  # else a label would get another link's target
            yield from zip(ours, theirs, strict=False)


def _leads_to(piece: Piece, source: Piece, hints: Hints) -> bool:
    titles = {_folded(title) for title in (*hints(source), source.node.name)}
    return piece.kind is NodeKind.LINK and _folded(piece.node.name) in titles


def _folded(title: str) -> str:
    return title.strip().replace("_", " ").lstrip(":").casefold()


def _numbers(pieces: Sequence[Piece], same: Callable[[Piece], bool]) -> list[int]:
    return [piece.id for piece in pieces if same(piece)]


def _is_link(piece: Piece) -> bool:
    return piece.kind in (NodeKind.LINK, NodeKind.EXTERNAL)


_SORTS: tuple[Callable[[Piece], bool], ...] = (
    lambda piece: piece.kind is NodeKind.REFERENCE,
    lambda piece: piece.kind is NodeKind.FORMAT,
    _is_link,
    lambda piece: piece.kind is NodeKind.TEMPLATE and piece.paired,
    lambda piece: piece.kind is NodeKind.TEMPLATE and not piece.paired,
)
