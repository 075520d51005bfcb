"""Masked text → wikitext, each piece exactly once."""

from __future__ import annotations

import re

from expander.articles.article import NodeKind
from expander.translation.layout import Mark, on_one_line, read, tokens, unescape, write
from expander.translation.masked import Masked, Piece, Render, Unmasked
from expander.translation.settling import finding, settle
from expander.translation.spelling import Part, join, spell, spell_line_start, spell_quoted
from expander.translation.wording import quote
from expander.values import Finding, Severity

_LOOKS_LIKE_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,80}>|\[\[|\]\]|\{\{|\}\}|'{2,}|https?://")


def verbatim(piece: Piece, label: str) -> str:
    """The piece as its source has it, around ``label``."""
    if not piece.paired or label == piece.label or piece.node.inner is None:
        return piece.source
    return f"{piece.before}{label}{piece.after}"


def unmask(translated: str, masked: Masked, render: Render = verbatim) -> Unmasked:
    """Wikitext of ``translated`` (canonical masked text, in any language) with the pieces of ``masked``.

    ``render`` makes the wikitext of each piece. A point that ``translated`` lacks goes to the end of the sentence, a
    pair that it lacks is left out; both are findings, as is whatever was doubled, invented or tangled. Text never
    becomes markup. ``unmask(masked.text, masked)`` is the source, byte for byte; nothing makes this function raise.
    """
    if translated == masked.text:
        return Unmasked(_assemble(translated, masked, render, masked.runs))
    layout = read(on_one_line(translated))
    marks, findings = settle(layout, masked, snap=False)
    if written := _LOOKS_LIKE_MARKUP.findall(layout.plain):
        findings += _foreign(written, masked)
    found = {mark.id for mark in marks}
    lost = [piece for piece in masked.pieces if piece.id not in found]
    end = len(layout.plain.rstrip())
    ends = tuple(Mark(piece.id, end, end) for piece in lost if not piece.paired)
    around = {piece.id: masked.ancestors(piece) for piece in masked.pieces}
    canonical = write(layout.plain, (*marks, *ends), around)
    wikitext = _assemble(canonical, masked, render, None)
    return Unmasked(wikitext, (*findings, *(_loss(piece, masked) for piece in lost)))


def _foreign(written: list[str], masked: Masked) -> tuple[Finding, ...]:
    """Markup that an engine wrote as text: it is shown as it stands and means nothing."""
    new = [bit for bit in written if bit not in masked.plain]
    if not new:
        return ()
    message = f"The translation says {quote(new[0])}, which looks like markup and is shown as text; take it out."
    return (Finding("markup-invented", Severity.WARNING, message),)


def _loss(piece: Piece, masked: Masked) -> Finding:
    if not piece.paired:
        return finding(f"{piece.noun}-moved", piece, masked, "was lost and now stands at the sentence's end")
    severity = Severity.NOTE if piece.kind is NodeKind.FORMAT else Severity.WARNING
    return finding(f"{piece.noun}-lost", piece, masked, "found no words in the translation and is left out", severity)


def _assemble(canonical: str, masked: Masked, render: Render, sources: tuple[str, ...] | None) -> str:
    """Wikitext of well-formed canonical text; ``sources`` are the runs' wikitext where it is known."""
    runs, tags = tokens(canonical)
    inside = 0  # pairs around this place that brackets and pipes could end
    levels: list[list[Part]] = [[]]

    def run(index: int) -> None:
        if sources is not None:
            levels[-1].append(Part(sources[index], is_text=False))
        else:
            levels[-1].append(Part(spell(unescape(runs[index]), inside > 0), is_text=True))

    run(0)
    for index, (form, number) in enumerate(tags, start=1):
        piece = masked.pieces[number - 1]
        bracketed = piece.kind is not NodeKind.FORMAT
        if form == "point":
            levels[-1].append(Part(render(piece, ""), is_text=False))
        elif form == "open":
            levels.append([])
            inside += bracketed
        else:
            parts = levels.pop()
            if sources is None and bracketed:
                parts = _beginning(parts)
            elif sources is None and piece.before.startswith("''"):
                parts = spell_quoted(parts)
            label = _joined(parts, sources)
            levels[-1].append(Part(render(piece, label), is_text=False))
            inside -= bracketed
        run(index)
    whole = levels.pop()
    return _joined(whole if sources is not None else _beginning(whole), sources)


def _beginning(parts: list[Part]) -> list[Part]:
    """The parts of what may stand at the beginning of a line."""
    first = parts[0]
    return [Part(spell_line_start(first.wikitext), is_text=True), *parts[1:]] if first.is_text else parts


def _joined(parts: list[Part], sources: tuple[str, ...] | None) -> str:
    return "".join(part.wikitext for part in parts) if sources is not None else join(parts)
