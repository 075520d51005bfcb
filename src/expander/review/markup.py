"""Wikitext cut into runs that can be shown: links, references and templates apart from prose, findings marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from expander.articles import Node, NodeKind, file_revision, read
from expander.values import Finding

_SHOWN_AS = {
    NodeKind.LINK: "link",
    NodeKind.EXTERNAL: "link",
    NodeKind.FILE: "template",
    NodeKind.REFERENCE: "reference",
    NodeKind.TEMPLATE: "template",
    NodeKind.COMMENT: "comment",
    NodeKind.FORMAT: "format",
    NodeKind.MARKER: "format",
    NodeKind.HEADING: "heading",
}
_URL = re.compile(r"https?://[^\s|<>\[\]{}\"']+")


@dataclass(frozen=True, slots=True)
class Run:
    """Adjacent wikitext of one sort: ``text``, ``link``, ``reference``, ``template``, ``comment``, ``format``,
    ``heading``. ``finding`` is the severity of a finding on it, "" without one.
    """

    sort: str
    text: str
    finding: str = ""


def runs(wikitext: str, findings: Iterable[Finding] = ()) -> tuple[Run, ...]:
    """``wikitext`` in runs; joined they are the wikitext again."""
    marked = [(finding.span, finding.severity.value) for finding in findings if finding.span is not None]
    edges = {edge for span, _ in marked for edge in (span.start, span.end)}
    cut = []
    for node in read(file_revision(wikitext, "en", "")).nodes:
        sort, start, end = _SHOWN_AS.get(node.kind, "text"), node.span.start, node.span.end
        places = [start, *sorted(edge for edge in edges if start < edge < end), end]
        for left, right in pairwise(places):
            severity = next((level for span, level in marked if span.start <= left and right <= span.end), "")
            cut.append(Run(sort, wikitext[left:right], severity))
    return tuple(cut)


def reference_urls(wikitext: str) -> tuple[str, ...]:
    """The addresses that the references of ``wikitext`` cite, each once, in order."""
    nodes = read(file_revision(wikitext, "en", "")).nodes
    found = [url.rstrip(".,;:)") for node in _references(nodes) for url in _URL.findall(node.span.of(wikitext))]
    return tuple(dict.fromkeys(found))


def _references(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.kind is NodeKind.REFERENCE:
            yield node
        else:
            yield from _references(node.content)
