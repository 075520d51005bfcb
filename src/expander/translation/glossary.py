"""What English calls the things that a sentence names: the article's title and the titles of link targets.

A term is a link whose label is its target's title, inflected, where the English title spells the same name in Latin
letters: «Барки Точик» is "Barqi Tojik" and never "Tajik Lightning". Labels that say something else («столице») and
names that English translates («СССР») are left to the engine: they may be worded in several ways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from expander.articles.article import NodeKind
from expander.language.names import Name, names
from expander.translation.carriers.locating import Hints
from expander.translation.checks.names import says, sounding
from expander.translation.layout import Mark, read, write
from expander.translation.masked import Masked, Piece
from expander.translation.wording import quote, resemblance, significant, unqualified, words
from expander.values import Finding, Severity

Titles = Mapping[str, str | None]
"""Link target → English title, None where it has none."""

_BEGINNING = 3
_SAME = 0.6  # this part of a title's words must be in a label that names it


def english_title(piece: Piece, titles: Titles) -> str:
    """The English title of a link's target, "" where none is known."""
    if piece.kind is not NodeKind.LINK:
        return ""
    target = piece.node.name.partition("#")[0].lstrip(":").replace("_", " ").strip()
    upper = target[:1].upper() + target[1:]
    return titles.get(piece.node.name) or titles.get(target) or titles.get(upper) or ""


def hints(titles: Titles, article: tuple[str, str] | None = None) -> Hints:
    """What labels may have become: a link's the English title of its target, formatting around the article's title
    (``article``: title in the source's language and in English) the English one.
    """

    def known(piece: Piece) -> Sequence[str]:
        if title := english_title(piece, titles):
            return (title,)
        if article and piece.kind is NodeKind.FORMAT and _names(piece.label, article[0]):
            return (article[1],)
        return ()

    return known


def terms(masked: Masked, titles: Titles, article: tuple[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    """The terms of a sentence: wording in the source and what English calls it, each once. Names of several words
    count without a link too: ``titles`` knows them from elsewhere, such as the infobox.
    """
    found = {masked.label(piece): unqualified(english_title(piece, titles)) for piece in _terms(masked, titles)}
    for name in names(masked.plain, masked.lang):
        if len(name.words) > 1 and name.text not in found and (title := _title_of(name, titles)):
            found[name.text] = title
    if article and _names(masked.plain, article[0]) and article[0][:1].isupper():
        found.setdefault(unqualified(article[0]), unqualified(article[1]))
    return tuple(found.items())


def enforce(text: str, masked: Masked, titles: Titles) -> tuple[str, tuple[Finding, ...]]:
    """``text`` (canonical masked text) with the English title in the place of a term's label that says something
    else, and a note on each.
    """
    layout = read(text)
    marks = {mark.id: mark for mark in layout.marks}
    plain, findings = layout.plain, []
    for piece in _terms(masked, titles):
        mark, title = marks.get(piece.id), unqualified(english_title(piece, titles))
        wanted = sounding(masked.label(piece), title, masked.lang)
        if mark is None or says(plain[mark.start : mark.end], wanted) or _holds_pieces(mark, marks):
            continue
        label = plain[mark.start : mark.end]
        plain = plain[: mark.start] + title + plain[mark.end :]
        marks = {number: _moved(other, mark, len(title)) for number, other in marks.items()}
        message = f"{quote(label)} became {quote(title)}, the name of the article that it links to."
        findings.append(Finding("glossary-applied", Severity.NOTE, message))
    if not findings:
        return text, ()
    around = {piece.id: masked.ancestors(piece) for piece in masked.pieces}
    return write(plain, marks.values(), around), tuple(findings)


def _terms(masked: Masked, titles: Titles) -> Sequence[Piece]:
    """Links that name their target, where English spells the name in Latin letters."""
    found = []
    for mark in masked.layout.marks:
        piece = masked.pieces[mark.id - 1]
        if title := english_title(piece, titles):
            label, target = masked.plain[mark.start : mark.end], piece.node.name.partition("#")[0].lstrip(":")
            named = label[:1].isupper() and _names(label, target)
            if named and sounding(label, unqualified(title), masked.lang):
                found.append(piece)
    return found


def _title_of(name: Name, titles: Titles) -> str:
    """The English title of the page that a name of several words is the title of («Игорь Лякин-Фролов» of
    «Лякин-Фролов, Игорь Семёнович»).
    """
    own = [word.casefold() for word in words(name.text)]
    beginnings = {word[:_BEGINNING] for word in own}
    for target, english in titles.items():
        wanted = [word.casefold() for word in significant(target.partition(" (")[0])]
        if english and len(wanted) > 1 and wanted[0][:_BEGINNING] in beginnings:
            met = sum(any(resemblance(word, other) for other in own) for word in wanted)
            if met >= max(2, _SAME * len(wanted)) and met >= _SAME * len(own):
                return unqualified(english)
    return ""


def _names(label: str, title: str) -> bool:
    """Whether ``label`` holds the words of ``title``, endings aside."""
    wanted = significant(unqualified(title)) or words(title)
    have = [word.casefold() for word in words(label)]
    found = [word for word in wanted if any(resemblance(word.casefold(), other) for other in have)]
    return bool(wanted) and len(found) >= _SAME * len(wanted)


def _holds_pieces(mark: Mark, marks: Mapping[int, Mark]) -> bool:
    return any(other.id != mark.id and mark.start <= other.start and other.end <= mark.end for other in marks.values())


def _moved(mark: Mark, replaced: Mark, length: int) -> Mark:
    by = length - (replaced.end - replaced.start)
    start = mark.start + by if mark.start >= replaced.end else mark.start
    end = mark.end + by if mark.end >= replaced.end else mark.end
    return Mark(mark.id, start, end)
