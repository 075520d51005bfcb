"""Canonical masked text ↔ what an engine reads and answers: tokens or HTML.

Reading is tolerant: engines put spaces into tokens, change brackets to full-width ones, escape HTML, lose a slash.
"""

from __future__ import annotations

import html
import re

from expander.articles.article import NodeKind
from expander.translation.layout import Collector, Layout, tokens, unescape
from expander.translation.masked import Masked

_OPENING, _CLOSING = r"[\[［【〔⟦]", r"[\]］】〕⟧]"
_TOKEN = re.compile(rf"{_OPENING}\s*([/／\\]?)\s*(\d{{1,4}})\s*([/／\\]?)\s*{_CLOSING}")
_DEBRIS = re.compile(rf"{_OPENING}\s*[/／\\]?\s*\d{{0,4}}|[/／\\]?\s*\d{{0,4}}\s*{_CLOSING}")
_ELEMENT = re.compile(r"<\s*(/?)\s*([A-Za-z][\w-]*)([^<>]*?)(/?)\s*>|<!--.*?-->", re.S)
_ID = re.compile(r"""\bid\s*=\s*["'“”«»]?\s*(\d{1,4})""", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_WRAPPERS = frozenset({"html", "body", "head", "div", "p"})
_ELEMENTS = {NodeKind.LINK: "a", NodeKind.EXTERNAL: "a", NodeKind.FORMAT: "i"}


def to_tokens(canonical: str, masked: Masked) -> str:
    """Plain text with ``[1]label[/1]`` and ``[3]``."""
    base = token_base(masked)
    runs, tags = tokens(canonical)
    out = [unescape(runs[0])]
    for (form, number), run in zip(tags, runs[1:], strict=True):
        out += (f"[{'/' if form == 'close' else ''}{number + base}]", unescape(run))
    return "".join(out)


def token_base(masked: Masked) -> int:
    """What is added to each number in a token, so that no token looks like the text's own «[1]»."""
    own = {int(match[2]) for match in _TOKEN.finditer(masked.plain)}
    return 0 if not own else -(-max(own) // 100) * 100


def from_tokens(answer: str, masked: Masked) -> tuple[Layout, bool]:
    """The layout of an answer with tokens, and whether broken bits of tokens had to be taken out."""
    if _ENTITY.search(answer) and not _ENTITY.search(masked.plain):
        answer = html.unescape(answer)
    base = token_base(masked)
    own = {match[0] for match in _TOKEN.finditer(masked.plain)}
    collector, opened, position, debris = Collector(), set[int](), 0, False
    has_brackets = re.search(f"{_OPENING}|{_CLOSING}", masked.plain) is not None

    def text(piece: str) -> None:
        nonlocal debris
        cleaned = piece if has_brackets else _DEBRIS.sub("", piece)
        debris |= cleaned != piece
        collector.text += cleaned

    for match in _TOKEN.finditer(answer):
        if match[0] in own:
            continue
        text(answer[position : match.start()])
        position = match.end()
        number = int(match[2]) - base
        paired = 1 <= number <= len(masked.pieces) and masked.pieces[number - 1].paired
        closes = bool(match[1] or match[3]) or number in opened
        if not paired:
            collector.tag("point", number)
        elif closes:
            opened.discard(number)
            collector.tag("close", number)
        else:
            opened.add(number)
            collector.tag("open", number)
    text(answer[position:])
    return collector.layout(), debris


def to_markup(canonical: str, masked: Masked) -> str:
    """HTML: ``<a id="1">label</a>``, ``<span id="3"></span>``."""
    runs, tags = tokens(canonical)
    out = [runs[0]]
    for (form, number), run in zip(tags, runs[1:], strict=True):
        element = _ELEMENTS.get(masked.pieces[number - 1].kind, "span") if form != "point" else "span"
        out.append(f"</{element}>" if form == "close" else f'<{element} id="{number}">')
        if form == "point":
            out.append(f"</{element}>")
        out.append(run)
    return "".join(out)


def from_markup(answer: str, masked: Masked) -> tuple[Layout, bool]:
    """The layout of an HTML answer, and whether elements that we did not send had to be taken out."""
    if not _ELEMENT.search(answer) and re.search(r"&lt;.{0,20}id=", answer):
        answer = html.unescape(answer)
    collector, position, foreign = Collector(), 0, False
    stack: list[tuple[str, int | None]] = []
    for match in _ELEMENT.finditer(answer):
        collector.text += html.unescape(answer[position : match.start()])
        position = match.end()
        if match[2] is None:
            continue
        name, number = match[2].lower(), _ID.search(match[3] or "")
        if match[1]:
            at = next((index for index in range(len(stack) - 1, -1, -1) if stack[index][0] == name), None)
            opened = stack.pop(at)[1] if at is not None else None
            if opened is not None:
                collector.tag("close", opened)
        elif number is None:
            foreign |= name not in _WRAPPERS
            stack.append((name, None))
        else:
            piece = int(number[1])
            paired = 1 <= piece <= len(masked.pieces) and masked.pieces[piece - 1].paired
            collector.tag("open" if paired and not match[4] else "point", piece)
            stack += [] if match[4] else [(name, piece if paired else None)]
    collector.text += html.unescape(answer[position:])
    return collector.layout(), foreign
