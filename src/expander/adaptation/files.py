"""Files: English namespace and options, translated captions, and only those that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from expander.adaptation.markup import source_of, split_parts
from expander.adaptation.rules import file_options
from expander.articles.article import Node, NodeKind
from expander.values import Severity

if TYPE_CHECKING:
    from expander.adaptation.passage import Passage

_VALUED = frozenset({"alt", "link", "page", "lang", "upright", "thumb", "class"})


def file_name(name: str) -> str:
    """A file's name as it is looked up: spaces, a capital first letter, no fragment."""
    clean = re.sub(r"[\s_]+", " ", name).strip().split("|")[0].split("#")[0].strip()
    return clean[:1].upper() + clean[1:]


def file_link(passage: Passage, node: Node, text: str) -> str:
    """A FILE node as English wikitext; "" where English readers could not see the file."""
    name = file_name(node.name)
    if not passage.knowledge.files.get(name):
        passage.note(
            "file-missing", f"The file “{name}” is neither on Commons nor on English Wikipedia; it is left out."
        )
        return ""
    parts = [f"File:{name}"]
    for kind, value, nodes in _options(node, text, passage.lang):
        if kind == "option":
            parts.append(value)
        elif kind == "alt":
            translated = passage.translated(source_of(nodes, text).strip())
            if translated:
                parts.append(f"alt={translated}")
        else:
            caption = _caption(passage, nodes, text, name)
            if caption:
                parts.append(caption)
    return f"[[{'|'.join(parts)}]]"


def file_texts(node: Node, text: str, lang: str) -> Iterator[str]:
    """The wikitext of a file's caption and of its alternative text."""
    for kind, _, nodes in _options(node, text, lang):
        source = source_of(nodes, text).strip()
        if kind != "option" and source:
            yield source


def _caption(passage: Passage, nodes: list[Node], text: str, name: str) -> str:
    source = source_of(nodes, text).strip()
    if not source:
        return ""
    translated = passage.translated(source)
    if translated is None:
        passage.note(
            "caption-untranslated", f"The caption of “{name}” is left out; no engine translated it.", Severity.WARNING
        )
    return translated or ""


def _options(node: Node, text: str, lang: str) -> Iterator[tuple[str, str, list[Node]]]:
    """Each part behind the name: (``option``, its English form), (``alt``, …) or (``caption``, …)."""
    words = file_options(lang)
    parts = split_parts(node.content, text)
    if node.content and node.content[0].span.start == node.span.start + 2:
        return  # no pipe: the content is the name itself
    for index, nodes in enumerate(parts):
        source = source_of(nodes, text).strip()
        english = _option(source, words) if all(item.kind is NodeKind.TEXT for item in nodes) else None
        if english is not None:
            yield "option", english, nodes
            continue
        name, equals, _ = source.partition("=")
        if equals and words.get(name.strip().lower()) == "alt":
            yield "alt", "", _after_equals(nodes, text)
        elif source and index < len(parts) - 1 and not re.search(r"\w\s+\w", source):
            continue  # an option that no wiki knows: MediaWiki shows the last unknown part alone
        elif source:
            yield "caption", "", nodes


def _option(source: str, words: dict[str, str]) -> str | None:
    key = source.lower()
    if key in words and words[key] not in ("alt", "link", "px"):
        return words[key]
    for pixels in (word for word, english in words.items() if english == "px"):
        width = re.fullmatch(rf"((?:\d+)?(?:x\d+)?)\s*{re.escape(pixels)}", key)
        if width and width[1]:
            return f"{width[1]}px"
    name, equals, value = source.partition("=")
    english = words.get(name.strip().lower(), "")
    if equals and english in _VALUED and english != "alt":
        return f"{english}={value.strip()}"
    first, space, number = key.partition(" ")
    if space and words.get(first) == "upright":
        return f"upright={number}"
    return None


def _after_equals(nodes: list[Node], text: str) -> list[Node]:
    from dataclasses import replace

    from expander.values import Span

    first = nodes[0]
    at = first.span.start + first.span.of(text).index("=") + 1
    return [replace(first, span=Span(at, first.span.end)), *nodes[1:]]
