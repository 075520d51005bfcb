"""How masked pieces travel through an engine, and how each is put back once, whatever comes back.

``encode`` makes what an engine reads, ``decode`` canonical masked text of its answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from expander.articles.article import NodeKind
from expander.engines.protocol import Carrier
from expander.translation.carriers.cargo import Cargo, Group, load
from expander.translation.carriers.locating import Found, Hints, locate, no_hints
from expander.translation.carriers.placing import Placer
from expander.translation.carriers.tidying import tidy
from expander.translation.carriers.wire import from_markup, from_tokens, to_markup, to_tokens
from expander.translation.layout import Layout, Mark, on_one_line, read, write
from expander.translation.masked import Masked
from expander.translation.settling import describe, finding, settle
from expander.values import Finding, Severity, Span

__all__ = ["Decoded", "Hints", "decode", "encode", "no_hints"]

_LONGEST = 40  # times the source's length; what is longer is no translation and not worth the time


@dataclass(frozen=True, slots=True)
class Decoded:
    """Canonical masked text of an answer. ``lost`` are the ids of pairs whose words were not found (unmasking leaves
    them out and reports them) or are a guess: with more hints they may be found.
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
    eaten = {mark.id for mark in cargo.layout.marks} - {mark.id for mark in marks}
    if eaten & here:
        findings.append(_restored(len(eaten & here)))
    unsure = {option.mark.id for option in found if not option.is_sure}
    lost = tuple(piece.id for piece in masked.pieces if piece.id not in here or piece.id in unsure)
    return Decoded(write(plain, points, _around(masked)), tuple(dict.fromkeys(findings)), lost)


def _read(answer: str, masked: Masked, carrier: Carrier) -> tuple[Layout, bool]:
    if carrier is Carrier.EXACT:
        return read(on_one_line(answer)), False
    layout, foreign = (from_markup if carrier is Carrier.MARKUP else from_tokens)(answer, masked)
    return _squeeze(tidy(layout, masked)), foreign


def _squeeze(layout: Layout) -> Layout:
    """On one line, and no white space at the ends."""
    plain = on_one_line(layout.plain)
    cut = len(plain) - len(plain.lstrip())
    plain = plain.strip()

    def moved(place: int) -> int:
        return min(max(0, place - cut), len(plain))

    marks = tuple(Mark(mark.id, moved(mark.start), moved(mark.end)) for mark in layout.marks)
    return Layout(plain, marks, layout.broken)


def _restored(count: int) -> Finding:
    what = "a piece" if count == 1 else f"{count} pieces"
    message = f"The engine lost {what} of markup, put back by the words and clauses around; look whether it is right."
    return Finding("markup-restored", Severity.NOTE, message)


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
    """Plain text and marks with every point in place; groups bring their text back."""
    pairs = [mark for mark in marks if not mark.is_point]
    placer = Placer(masked.layout, masked.lang, plain, pairs)
    kept = {mark.id: mark.start for mark in marks if mark.is_point and placer.is_at_home(mark)}
    groups = {group.points[0].id: group for group in cargo.groups}
    grouped = {point.id for group in cargo.groups for point in group.points}
    findings: list[Finding] = []
    placed: list[tuple[int, Group]] = []
    for origin in masked.layout.marks:
        group = groups.get(origin.id)
        if not origin.is_point or (group is None and origin.id in grouped):
            continue
        if group is None and origin.id in kept:
            place, sure = kept[origin.id], True
        else:
            span = group.span if group else Span(origin.start, origin.start)
            place, sure = placer.place(span.start, span.end)
        if not sure and masked.pieces[origin.id - 1].kind is NodeKind.COMMENT:
            place = placer.place_anywhere(origin.start)
        elif not sure:
            findings += [_moved(point.id, masked) for point in (group.points if group else (origin,))]
        space = origin.id not in kept and masked.plain[origin.start - 1 : origin.start].isspace()
        alone = Group(Span(origin.start - space, origin.start), (origin,))
        placed.append((_outside(place, pairs) if group else place, group or alone))
    return (*_insert(plain, pairs, sorted(placed, key=lambda entry: entry[0]), masked.plain), findings)


def _moved(number: int, masked: Masked) -> Finding:
    piece = masked.pieces[number - 1]
    return finding(
        f"{piece.noun}-moved",
        piece,
        masked,
        "found no place of its own and now stands at the end of its clause or sentence",
    )


def _outside(place: int, pairs: list[Mark]) -> int:
    return max((pair.end for pair in pairs if pair.start < place < pair.end), default=place)


def _insert(
    plain: str, pairs: list[Mark], placed: list[tuple[int, Group]], source: str
) -> tuple[str, tuple[Mark, ...]]:
    """``plain`` with the text of groups (in ascending order of place) put in, and all marks."""
    out: list[str] = []
    points: list[Mark] = []
    position = length = 0
    for place, group in placed:
        out += (plain[position:place], group.span.of(source))
        length += place - position
        points += [
            Mark(point.id, length + point.start - group.span.start, length + point.start - group.span.start)
            for point in group.points
        ]
        length += len(group.span)
        position = place
    out.append(plain[position:])

    def moved(edge: int, begins: bool) -> int:
        return edge + sum(len(group.span) for place, group in placed if place < edge or (begins and place == edge))

    return "".join(out), (*(Mark(pair.id, moved(pair.start, True), moved(pair.end, False)) for pair in pairs), *points)


def _around(masked: Masked) -> dict[int, frozenset[int]]:
    return {piece.id: masked.ancestors(piece) for piece in masked.pieces}
