"""Blocks → sentences, with the references and tags that belong to each.

sentencex splits the visible text; our data mends what it does not know («3,5 млрд. долларов», «с. 1993»). A cut is
made only in the white space of top-level text, so that no sentence ends inside a link, a template or bold text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from expander.articles.article import Block, BlockKind, Node, NodeKind, Sentence
from expander.articles.visible import Visible, clip, plain, visible
from expander.language import topic
from expander.values import Span

_LAST_WORD = re.compile(r"(\S+)\s+(\S+)\.$|(\S+)\.$")
_NUMBER = re.compile(r"[0-9]|^[IVXLCDMІХ]+[\.,—–-]*")
_ELLIPSIS = re.compile(r"(?:…|\.\.\.)[»”\"]?\s+")
_STOP = re.compile(r"(?:(?<!\S)(\S+)\s+)?(\S+)\.\s+(?=[«„“\"]?[^\W\d_])")
_ENTRY = re.compile(r"\s(//)\s|\.\s+[—–]\s+([^\W_]|№)")  # what GOST 7.1 puts between the parts of a description
_OPENERS = "«„“\"'(["


class Splitting(msgspec.Struct, frozen=True):
    """Abbreviations of a language, without their last full stop.

    ``inner`` never end a sentence, ``final`` end one only before a capital letter, ``final_after_number`` only if a
    number stands before them as well. ``units`` (after a number) and ``words`` take no full stop, so that one behind
    them ends the sentence if a capital letter follows; sentencex knows some of them as abbreviations («80 м.»).
    """

    inner: tuple[str, ...] = ()
    final: tuple[str, ...] = ()
    final_after_number: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def read_sentences(blocks: tuple[Block, ...], text: str, lang: str) -> tuple[Sentence, ...]:
    """The sentences of paragraphs and list items and the rows of tables, in page order."""
    sentences: list[Sentence] = []
    for block in blocks:
        for nodes in _parts(block, text, lang):
            shown = plain(nodes, text)
            if not any(character.isalnum() for character in shown):
                continue
            index = len(sentences)
            span = Span(nodes[0].span.start, nodes[-1].span.end)
            sentences.append(Sentence(f"{lang}-{index + 1}", index, span, block.index, block.section, shown, nodes))
    return tuple(sentences)


def _parts(block: Block, text: str, lang: str) -> Iterator[tuple[Node, ...]]:
    if block.kind is BlockKind.TABLE:
        yield from _rows(block)
    elif block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        nodes = block.nodes
        while nodes and nodes[0].kind is NodeKind.MARKER:
            nodes = nodes[1:]
        yield from _split(nodes, text, lang, block.kind is BlockKind.LIST_ITEM)


def _rows(block: Block) -> Iterator[tuple[Node, ...]]:
    """A table's rows that hold data; header rows and captions are no statements."""
    for table in (node for node in block.nodes if node.kind is NodeKind.TABLE):
        first = tuple(node for node in table.content if node.kind is NodeKind.CELL and node.name == "td")
        if first:
            yield first
        for row in (node for node in table.content if node.kind is NodeKind.ROW):
            if any(node.kind is NodeKind.CELL and node.name == "td" for node in row.content):
                yield (row,)


def _split(nodes: tuple[Node, ...], text: str, lang: str, is_item: bool) -> Iterator[tuple[Node, ...]]:
    """The sentences; a book or an article in a list of works is one, whatever full stops it has."""
    if not nodes:
        return
    shown = visible(nodes, text)
    whole = _ink(Span(nodes[0].span.start, nodes[-1].span.end), text)
    start = whole.start
    for cut in () if is_item and _is_entry(shown.text) else _cuts(shown, lang):
        place = _place(nodes, text, shown, cut)
        if place is None or place.start <= start or place.end >= whole.end:
            continue
        yield clip(nodes, Span(start, place.start))
        start = place.end
    if start < whole.end:
        yield clip(nodes, Span(start, whole.end))


def _is_entry(item: str) -> bool:
    """Whether a list item describes a book or an article; in prose a small letter follows a full stop and a dash."""
    return any(slashes or not first.islower() for slashes, first in _ENTRY.findall(item))


def _cuts(shown: Visible, lang: str) -> Iterator[int]:
    """Indices into the visible text at which a sentence begins (never 0)."""
    import sentencex

    ends = {boundary["end_index"] for boundary in sentencex.get_sentence_boundaries(lang, shown.text)[:-1]}
    ends |= {match.end() for match in _ELLIPSIS.finditer(shown.text)}  # sentencex takes none for an end
    ends |= {match.end() for match in _STOP.finditer(shown.text) if _is_whole(match[1] or "", match[2], lang)}
    for end in sorted(ends):
        before, after = shown.text[:end].rstrip(), shown.text[end:].lstrip()
        if before and after and _ends(before, after, lang):
            yield len(shown.text) - len(after)


def _is_whole(previous: str, word: str, lang: str) -> bool:
    """Whether a full stop behind ``word`` is the sentence's: it is no abbreviation, or a unit after a number."""
    abbreviations = _abbreviations(lang)
    return word in abbreviations["words"] or (previous[-1:].isdigit() and word in abbreviations["units"])


def _ends(before: str, after: str, lang: str) -> bool:
    """Whether a sentence ends between these two."""
    first = after.lstrip(_OPENERS)[:1]
    said = after[0] in "—–" and after[1:].lstrip()[:1].islower()  # «…!» — said he
    if first.islower() or before[-1:] in ",;:" or said:
        return False
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    previous, last = (word[1], word[2]) if word[2] else ("", word[3])
    last = last.lstrip(_OPENERS)
    if _is_whole(previous, last, lang):
        return not first.isdigit()
    last = last.lower()
    abbreviations = _abbreviations(lang)
    if last in abbreviations["final"]:
        return not first.isdigit()
    if last in abbreviations["final_after_number"]:
        return bool(_NUMBER.search(previous)) and not first.isdigit()
    initial = len(last) == 1 and last.isalpha() and word[0].rstrip(".")[-1:].isupper()
    return not initial and last not in abbreviations["inner"]


def _place(nodes: tuple[Node, ...], text: str, shown: Visible, cut: int) -> Span | None:
    """The white space in the source between the sentence before visible index ``cut`` and the one that begins there.

    What stands between them unseen (references, tags) belongs to the sentence before; an unseen template that touches
    the next word to the next.
    """
    last = shown.offsets[len(shown.text[:cut].rstrip()) - 1]
    first = shown.offsets[cut]
    before = next(index for index, node in enumerate(nodes) if last < node.span.end)
    after = next(index for index, node in enumerate(nodes) if first < node.span.end)
    if before == after and nodes[before].kind is not NodeKind.TEXT:
        return None
    start = nodes[before].span.end if nodes[before].kind is not NodeKind.TEXT else last + 1
    end = first if nodes[after].kind is NodeKind.TEXT else nodes[after].span.start
    blank: Span | None = None
    for node in clip(nodes, Span(start, end)):
        if node.kind is NodeKind.TEXT:
            source = node.span.of(text)
            if source.strip():
                return None
            if source:
                blank = node.span
        elif node.kind is not NodeKind.TEMPLATE or blank is None or _touches_word(node, text, end):
            if node.kind is NodeKind.TEMPLATE and blank is not None:
                break
            blank = None
    return blank


def _touches_word(node: Node, text: str, first: int) -> bool:
    return node.span.end == first and not text[first : first + 1].isspace()


def _ink(span: Span, text: str) -> Span:
    source = span.of(text)
    start = span.start + len(source) - len(source.lstrip())
    return Span(start, max(start, span.end - len(source) + len(source.rstrip())))


@cache
def _abbreviations(lang: str) -> dict[str, frozenset[str]]:
    known = topic(lang, "sentences", Splitting)
    return {
        "inner": frozenset(map(str.lower, known.inner)),
        "final": frozenset(map(str.lower, known.final)),
        "final_after_number": frozenset(map(str.lower, known.final_after_number)),
        "units": frozenset(known.units),
        "words": frozenset(known.words),
    }
