"""Where references stand: behind a full stop, comma, colon or semicolon, before a dash, runs together.

Source: English Wikipedia, MOS:REFPUNCT («all reference tags should immediately follow the text to which the footnote
applies, including any punctuation»; dashes and closing parentheses are the exceptions). Many other Wikipedias put them
before.
"""

from __future__ import annotations

import re

from expander.adaptation.markup import inside
from expander.adaptation.rules import english_templates
from expander.articles.article import Node, NodeKind
from expander.articles.wikitext import parse, template_key

_GRID = frozenset({NodeKind.TABLE, NodeKind.ROW})
_TEXTUAL = frozenset({NodeKind.FORMAT, NodeKind.CELL})
_ENDS = (".", "!", "?", "…", '."', '!"', '?"')


def move_references(wikitext: str) -> str:
    """``wikitext`` with its references and inline tags where English puts them."""
    return _moved(parse(wikitext, "en"), wikitext)


def _moved(nodes: tuple[Node, ...], text: str) -> str:
    """Left to right: ``done`` ends before the run of marks at hand."""
    done, run = "", ""
    for node in nodes:
        source = node.span.of(text)
        if node.kind in _GRID:
            source = inside(node, text, lambda child: _moved((child,), text))
        elif node.kind in _TEXTUAL and node.content:
            start, end = node.content[0].span.start, node.content[-1].span.end
            source = text[node.span.start : start] + _moved(node.content, text) + text[end : node.span.end]
        if _is_mark(node):
            if not run:
                done = _without_space(done)
            run += source
        elif not run:
            done += source
        elif node.kind is NodeKind.TEXT:
            if not source.strip(" \t\u00a0") and node is not nodes[-1] and _is_mark(nodes[nodes.index(node) + 1]):
                continue  # space between two references
            done, run = _pass(done, run, source), ""
        else:
            done, run = done + run + source, ""
    return done + run


def _pass(done: str, run: str, after: str) -> str:
    """Put the marks of ``run`` behind the punctuation at the beginning of ``after``."""
    found = re.match(
        r"""[ \t\u00a0]*(?P<moved>["'](?=[\s.,;:!?]|$)|["']?(?:\.{3}|[.,;:!?]))(?=[\s"')\]]|$|[^\d.,;:!?])""", after
    )
    if not found or not done.strip() or done.endswith("\n"):
        return done + run + after
    moved = found["moved"]
    if moved == "." and re.sub(r"''+$", "", done).endswith(_ENDS):
        moved = ""
    return _pass_again(done + moved, run, after[found.end() :])


def _pass_again(done: str, run: str, after: str) -> str:
    """A quotation mark may be followed by a full stop."""
    if done[-1:] in "\"'" and after[:1] in {".", ",", ";", ":"}:
        return done + after[0] + run + after[1:]
    return done + run + after


def _without_space(text: str) -> str:
    stripped = re.sub(r"(?:[ \t\u00a0]|&nbsp;)+$", "", text)
    return stripped if stripped and not stripped.endswith(("\n", "|", "–", "—")) else text


def _is_mark(node: Node) -> bool:
    if node.kind is NodeKind.TEMPLATE:
        return template_key(node.name) in english_templates().inline
    return node.kind is NodeKind.REFERENCE
