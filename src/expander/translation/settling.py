"""Marks as an engine left them → each piece at most once, properly nested, each where markup may stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from expander.articles.article import NodeKind
from expander.translation.layout import Layout, Mark
from expander.translation.masked import Masked, Piece
from expander.translation.wording import quote, words
from expander.values import Finding, Severity

_LINKS = frozenset({NodeKind.LINK, NodeKind.EXTERNAL})
_GRID = frozenset({NodeKind.TABLE, NodeKind.ROW, NodeKind.CELL, NodeKind.HEADING})


def settle(layout: Layout, masked: Masked, snap: bool = True) -> tuple[tuple[Mark, ...], tuple[Finding, ...]]:
    """The marks of ``layout`` that can be kept, and findings for what an engine doubled, invented or tangled.

    A piece that is lost has no mark in the result. ``snap`` widens pairs and moves points to the edges of words, where
    the engine put them inside one (not wanted for text that a person wrote).
    """
    kept, findings = _once(layout, masked)
    plain = layout.plain
    kept = [_trim(mark, plain) for mark in kept]
    if snap:
        kept = [_snap(mark, plain, masked) for mark in kept]
    kept = [mark for mark in kept if masked.pieces[mark.id - 1].paired != mark.is_point]
    pairs, tangled = _nest([mark for mark in kept if not mark.is_point], plain, masked)
    findings += [
        finding("markup-tangled", masked.pieces[number - 1], masked, "is tangled with other markup")
        for number in tangled
    ]
    points = [_step_out(mark, pairs, masked) for mark in kept if mark.is_point]
    return (*pairs, *points), tuple(findings)


def finding(code: str, piece: Piece, masked: Masked, what: str, severity: Severity = Severity.WARNING) -> Finding:
    """A finding on a piece: ``{what it is} {what} …``."""
    return Finding(code, severity, f"The {describe(piece, masked)} {what}; look where it belongs.")


def describe(piece: Piece, masked: Masked) -> str:
    """A piece for a person: link “Душанбе” to “Душанбе”, reference “<ref name="a"/>”."""
    if piece.paired:
        target = f" to {quote(piece.node.name)}" if piece.kind in _LINKS and piece.node.name else ""
        return f"{piece.noun} {quote(masked.label(piece))}{target}"
    return f"{piece.noun} {quote(piece.source)}"


def _once(layout: Layout, masked: Masked) -> tuple[list[Mark], list[Finding]]:
    """The first usable mark of each piece."""
    first: dict[int, Mark] = {}
    findings: list[Finding] = []
    doubled: set[int] = set()
    invented = 0
    for mark in layout.marks:
        if not 1 <= mark.id <= len(masked.pieces):
            invented += 1
            continue
        piece = masked.pieces[mark.id - 1]
        if not piece.paired and not mark.is_point:
            mark = Mark(mark.id, mark.end, mark.end)  # a point that came back around text stands after it
        usable = piece.paired and _is_label(layout.plain[mark.start : mark.end], piece, masked)
        if mark.id in first:
            doubled.add(mark.id)
        elif usable or not piece.paired:
            first[mark.id] = mark
    for number in sorted(doubled):
        piece = masked.pieces[number - 1]
        findings.append(finding(f"{piece.noun}-doubled", piece, masked, "came back more than once and is kept once"))
    invented += sum(1 for number in layout.broken if not 1 <= number <= len(masked.pieces))
    if invented:
        message = "The engine invented markup, which was removed; compare the translation with its source."
        findings.append(Finding("markup-invented", Severity.WARNING, message))
    return list(first.values()), findings


def _is_label(label: str, piece: Piece, masked: Masked) -> bool:
    """Whether a pair can stand around ``label``. A template that makes its text itself cannot take in more words."""
    if not label.strip():
        return False
    return piece.node.inner is not None or len(words(label)) <= len(words(masked.label(piece))) + 1


def _trim(mark: Mark, plain: str) -> Mark:
    if mark.is_point:
        return mark
    label = plain[mark.start : mark.end]
    start = mark.start + len(label) - len(label.lstrip())
    return Mark(mark.id, start, max(start, mark.end - len(label) + len(label.rstrip())))


def _snap(mark: Mark, plain: str, masked: Masked) -> Mark:
    """Out of the inside of a word, unless the source has its edge inside one as well."""
    origin = next(entry for entry in masked.layout.marks if entry.id == mark.id)
    start, end = mark.start, mark.end
    if mark.is_point:
        if inside_word(plain, start) and not inside_word(masked.plain, origin.start):
            start = end = word_end(plain, start)
        return Mark(mark.id, start, end)
    if not inside_word(masked.plain, origin.start):
        while inside_word(plain, start):
            start -= 1
    if not inside_word(masked.plain, origin.end):
        end = word_end(plain, end)
    return Mark(mark.id, start, end)


def inside_word(text: str, position: int) -> bool:
    """Whether ``position`` stands between two letters or digits of one word."""
    return 0 < position < len(text) and text[position - 1].isalnum() and text[position].isalnum()


def word_end(text: str, position: int) -> int:
    """The end of the word that ``position`` stands in, ``position`` itself outside words."""
    while inside_word(text, position):
        position += 1
    return position


def _nest(pairs: Iterable[Mark], plain: str, masked: Masked) -> tuple[list[Mark], list[int]]:
    """Pairs that hold each other or stand apart; a pair that crosses another begins after it, and one that may not
    stand where it stands goes.
    """
    done: list[Mark] = []
    tangled: list[int] = []
    waiting = sorted(pairs, key=lambda mark: (mark.start, -mark.end, mark.id), reverse=True)
    stack: list[Mark] = []
    while waiting:
        mark = waiting.pop()
        while stack and stack[-1].end <= mark.start:
            stack.pop()
        if stack and mark.end > stack[-1].end:
            tangled.append(mark.id)
            rest = _trim(replace(mark, start=stack[-1].end), plain)
            if not rest.is_point and any(character.isalnum() for character in plain[rest.start : rest.end]):
                waiting.append(rest)
                waiting.sort(key=lambda entry: (entry.start, -entry.end, entry.id), reverse=True)
            continue
        if not _may_stand(mark, stack, masked):
            tangled.append(mark.id)
            continue
        stack.append(mark)
        done.append(mark)
    return done, sorted(set(tangled))


def _may_stand(mark: Mark, stack: Iterable[Mark], masked: Masked) -> bool:
    piece = masked.pieces[mark.id - 1]
    around = [masked.pieces[outer.id - 1] for outer in stack]
    for outer in reversed(around):  # italics in italics would end them; inside a link's label they begin anew
        if outer.kind is not NodeKind.FORMAT or piece.kind is not NodeKind.FORMAT:
            break
        if outer.node.name == piece.node.name and outer.id != piece.parent:
            return False
    return all(_may_hold(outer, piece, masked) for outer in around)


def _may_hold(outer: Piece, inner: Piece, masked: Masked) -> bool:
    if outer.id in masked.ancestors(inner):
        return True
    if outer.node.inner is None or outer.kind in _GRID or inner.kind in _GRID:
        return False
    if outer.kind is NodeKind.FORMAT and inner.kind is NodeKind.FORMAT:
        return outer.node.name != inner.node.name
    return not (outer.kind in _LINKS and inner.kind in _LINKS)


def _step_out(point: Mark, pairs: Iterable[Mark], masked: Masked) -> Mark:
    """A point that stands inside a pair that may not hold it stands after that pair."""
    around = masked.ancestors(masked.pieces[point.id - 1])
    position = point.start
    for pair in pairs:  # outer before inner
        holds = pair.id in around or masked.pieces[pair.id - 1].kind is NodeKind.FORMAT
        if pair.start < position < pair.end and not holds:
            position = pair.end
    return Mark(point.id, position, position)
