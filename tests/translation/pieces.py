"""Whether wikitext has the pieces it should have, as a parser sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from expander.articles.article import Node, NodeKind
from expander.articles.wikitext import parse
from expander.translation import Masked, Unmasked
from expander.values import Severity

_NO_PIECES = {NodeKind.TEXT, NodeKind.ENTITY}


def trouble(result: Unmasked, masked: Masked, lang: str = "ru") -> str:
    """What is wrong with ``result``: pieces lost, doubled or made up without a finding; "" where nothing is."""
    wanted = Counter(_key(piece.kind, piece.node.name, piece.source, piece.paired) for piece in masked.pieces)
    have = Counter(_keys(parse(result.wikitext, lang), result.wikitext, masked))
    missing, made_up = wanted - have, have - wanted
    if made_up:
        return f"made up: {dict(made_up)}"
    reported = [finding for finding in result.findings if finding.code.endswith("-lost")]
    if missing.total() > len(reported):
        return f"lost without a finding: {dict(missing)}"
    if any(not paired for _, _, paired in missing):
        return f"a reference, template or other point is lost: {dict(missing)}"
    if any(not finding.message or finding.severity not in Severity for finding in result.findings):
        return "a finding says nothing"
    return ""


def _key(kind: NodeKind, name: str, source: str, paired: bool) -> tuple[str, str, bool]:
    return (kind, name if paired else source, paired)


def _keys(nodes: Iterable[Node], text: str, masked: Masked) -> Iterator[tuple[str, str, bool]]:
    points = {(piece.kind, piece.source) for piece in masked.pieces if not piece.paired}
    for node in nodes:
        source = node.span.of(text)
        if node.kind in _NO_PIECES or source == "<nowiki/>":
            continue
        paired = (node.kind, source) not in points
        yield _key(node.kind, node.name, source, paired)
        if paired:
            yield from _keys(node.content, text, masked)
