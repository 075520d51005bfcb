"""How masked pieces travel through an engine, and how each is put back once, whatever comes back.

``encode`` makes what an engine reads, ``decode`` canonical masked text of its answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from expander.engines.protocol import Carrier
from expander.translation.carriers.cargo import Cargo, Group, load
from expander.translation.carriers.locating import Found, Hints, locate, no_hints
from expander.translation.carriers.placing import Placer
from expander.translation.carriers.tidying import tidy
from expander.translation.carriers.wire import from_markup, from_tokens, to_markup, to_tokens
from expander.translation.layout import Layout, Mark, read, write
from expander.translation.masked import Masked
from expander.translation.settling import describe, finding, settle
from expander.values import Finding, Severity

__all__ = ["Decoded", "Hints", "decode", "encode", "no_hints"]

_LONGEST = 40  # times the source's length; what is longer is no translation and not worth the time


@dataclass(frozen=True, slots=True)
class Decoded:
    """Canonical masked text of an answer. ``lost`` are the ids of pairs whose words were not found: unmasking leaves
    them out and reports them; with more hints they may be found.
    """

    text: str
    findings: tuple[Finding, ...] = ()
    lost: tuple[int, ...] = ()


def encode(masked: Masked, carrier: Carrier) -> str:
    """What an engine with this carrier reads."""
    if carrier is Carrier.EXACT:
        return masked.text
    cargo = load(masked, carrier)
    canonical = write(cargo.layout.plain, cargo.layout.marks, _around(masked))
    return to_markup(canonical, masked) if carrier is Carrier.MARKUP else to_tokens(canonical, masked)


def decode(answer: str, masked: Masked, carrier: Carrier, hints: Hints = no_hints, target: str = "en") -> Decoded:
    """Canonical masked text of an engine's ``answer`` in language ``target``, with every point of ``masked`` once.

    ``hints`` tell what the labels of links may have become. Findings tell what was doubled, invented, tangled, moved
    to the end of the sentence, or placed by mere resemblance. Nothing makes this function raise.
    """
    findings: list[Finding] = []
    layout, foreign = _read(answer[: _LONGEST * (len(masked.plain) + 25)], masked, carrier)
    if foreign:
        message = "The engine returned broken or invented markup, which was removed; compare with the source."
        findings.append(Finding("markup-invented", Severity.WARNING, message))
    if not any(character.isalnum() for character in layout.plain) and any(map(str.isalnum, masked.plain)):
        findings.append(
            Finding("translation-empty", Severity.ERROR, "The engine's answer is empty; translate by hand.")
        )
    cargo = load(masked, carrier)
    marks, troubles = settle(layout, masked, snap=carrier is not Carrier.EXACT)
    findings += troubles
    found = _locate(marks, masked, layout.plain, hints, target)
    findings += _guesses(found, masked, layout.plain)
    pairs = (*marks, *(option.mark for option in found))
    plain, points, moved = _place(cargo, layout.plain, pairs, masked)
    findings += moved
    here = {mark.id for mark in points}
    lost = tuple(piece.id for piece in masked.pieces if piece.id not in here)
    return Decoded(write(plain, points, _around(masked)), tuple(dict.fromkeys(findings)), lost)


def _read(answer: str, masked: Masked, carrier: Carrier) -> tuple[Layout, bool]:
    if carrier is Carrier.EXACT:
        return read(answer), False
    layout, foreign = (from_markup if carrier is Carrier.MARKUP else from_tokens)(answer, masked)
    return _squeeze(tidy(layout, masked)), foreign


def _squeeze(layout: Layout) -> Layout:
    """Line breaks as spaces, control characters gone, one for one, and no white space at the ends."""
    plain = re.sub(r"[\t\n\x0b\x0c\r\x85\u2028\u2029]", " ", layout.plain)
    plain = re.sub(r"[\x00-\x1f\x7f-\x9f\u200b\u2060\ufeff]", " ", plain)
    cut = len(plain) - len(plain.lstrip())
    plain = plain.strip()

    def moved(place: int) -> int:
        return min(max(0, place - cut), len(plain))

    marks = tuple(Mark(mark.id, moved(mark.start), moved(mark.end)) for mark in layout.marks)
    return Layout(plain, marks, layout.broken)


def _locate(marks: tuple[Mark, ...], masked: Masked, plain: str, hints: Hints, target: str) -> tuple[Found, ...]:
    have = {mark.id for mark in marks}
    lost = [piece for piece in masked.pieces if piece.paired and piece.id not in have]
    return locate(lost, masked, plain, marks, hints, target) if lost else ()


def _guesses(found: tuple[Found, ...], masked: Masked, plain: str) -> list[Finding]:
    findings = []
    for option in found:
        if not option.is_sure:
            piece = masked.pieces[option.mark.id - 1]
            words = plain[option.mark.start : option.mark.end]
            message = f"The {describe(piece, masked)} was put around “{words}” by resemblance; check it."
            findings.append(Finding(f"{piece.noun}-guessed", Severity.NOTE, message))
    return findings


def _place(
    cargo: Cargo, plain: str, marks: tuple[Mark, ...], masked: Masked
) -> tuple[str, tuple[Mark, ...], list[Finding]]:
    """Plain text and marks with every point in place; groups bring their brackets back."""
    placer = Placer(masked.layout, plain, [mark for mark in marks if not mark.is_point])
    grouped = {point.id for group in cargo.groups for point in group.points}
    findings: list[Finding] = []
    points: dict[int, int] = {mark.id: mark.start for mark in marks if mark.is_point and placer.is_at_home(mark)}
    for origin in masked.layout.marks:
        if origin.is_point and origin.id not in points and origin.id not in grouped:
            place, sure = placer.place(origin.start)
            points[origin.id] = place
            if not sure:
                findings.append(_moved(origin.id, masked))
    pairs = [mark for mark in marks if not mark.is_point]
    inserts: list[tuple[int, Group]] = []
    for group in cargo.groups:
        place, sure = placer.place(group.span.start, group.span.end)
        inserts.append((place, group))
        findings += [] if sure else [_moved(point.id, masked) for point in group.points]
    ordered = [
        Mark(origin.id, points[origin.id], points[origin.id]) for origin in masked.layout.marks if origin.id in points
    ]
    return (*_insert(plain, pairs, ordered, inserts, masked), findings)


def _moved(number: int, masked: Masked) -> Finding:
    piece = masked.pieces[number - 1]
    return finding(
        f"{piece.noun}-moved", piece, masked, "found no place of its own and now stands at the sentence's end"
    )


def _insert(
    plain: str, pairs: list[Mark], points: list[Mark], inserts: list[tuple[int, Group]], masked: Masked
) -> tuple[str, tuple[Mark, ...]]:
    """``plain`` with the brackets of groups back in."""
    for place, group in sorted(inserts, key=lambda entry: entry[0], reverse=True):
        text = masked.plain[group.span.start : group.span.end]
        place = next((pair.end for pair in pairs if pair.start < place < pair.end), place)
        plain = plain[:place] + text + plain[place:]
        by = len(text)
        pairs = [
            Mark(pair.id, pair.start + by * (pair.start >= place), pair.end + by * (pair.end > place)) for pair in pairs
        ]
        points = [Mark(p.id, p.start + by * (p.start > place), p.end + by * (p.end > place)) for p in points]
        points += [
            Mark(point.id, place + point.start - group.span.start, place + point.start - group.span.start)
            for point in group.points
        ]
    return plain, (*pairs, *points)


def _around(masked: Masked) -> dict[int, frozenset[int]]:
    return {piece.id: masked.ancestors(piece) for piece in masked.pieces}
