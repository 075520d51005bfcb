"""Wikitext → nodes with exact spans; the only importer of mwparserfromhell.

mwparserfromhell keeps every character but knows no positions: they are derived by adding up node lengths, and checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec

from expander.articles.article import Node, NodeKind
from expander.articles.visible import clip
from expander.language import language_name, topic
from expander.values import Span

# fmt: off
_FORMAT_TAGS = frozenset(
    {"b", "i", "u", "s", "small", "big", "sub", "sup", "span", "strong", "em", "abbr", "cite", "code", "del", "ins",
    "font", "tt", "center", "div", "blockquote", "q", "bdi", "bdo", "p", "poem", "var", "kbd", "samp", "dfn", "mark",
    "strike", "ul", "ol", "li", "dl", "dt", "dd", "onlyinclude", "includeonly", "noinclude", "nobr", "h1", "h2", "h3",
    "h4", "h5", "h6", "time", "data"}
)
# fmt: on
_BREAK_TAGS = frozenset({"br", "hr", "wbr"})
_CELL_TAGS = frozenset({"td", "th", "caption"})
_SWITCH = re.compile(r"__[^\W\d_]+__")


class Namespaces(msgspec.Struct, frozen=True):
    """Names that a wiki's namespaces have besides the English ones, and the letters that join a link before them."""

    file: tuple[str, ...] = ("File", "Image")
    category: tuple[str, ...] = ("Category",)
    template: tuple[str, ...] = ("Template",)
    link_trail: str = "[a-z]+"


class VisibleTemplates(msgspec.Struct, frozen=True):
    """What inline templates show: a parameter (``"2"``) or a pattern (``"{1} {2}"``, ``{2|1}``: the first that is
    given); ``lang-*`` stands for all names that begin so. ``ranged`` show four parameters where the second is one of
    ``between`` (``{{convert|22|and|55|kg}}``).
    """

    shows: dict[str, str] = {}
    ranged: tuple[str, ...] = ()
    between: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Param:
    """A template's parameter: ``name`` as written (``1``, ``2`` … where ``positional``), ``value`` as written,
    ``span`` the value's place.
    """

    name: str
    value: str
    positional: bool
    span: Span


def parse(text: str, lang: str, offset: int = 0) -> tuple[Node, ...]:
    """The top-level nodes of ``text``: adjacent, in order, together the whole text; spans begin at ``offset``.

    ``lang`` is the wiki's language: it names the namespaces, the link trail and what templates show.
    """
    import mwparserfromhell

    code = mwparserfromhell.parse(text, skip_style_tags=False)
    if str(code) != text:  # has not been seen; rule 1 must hold all the same
        return (Node(NodeKind.TEXT, Span(offset, offset + len(text))),) if text else ()
    return _Reader(lang, text, offset).nodes(code.nodes, offset)


def template_params(node: Node, text: str) -> tuple[Param, ...]:
    """The parameters of a TEMPLATE node of ``text`` (the text that its spans refer to), in order."""
    import mwparserfromhell

    templates = [item for item in mwparserfromhell.parse(node.span.of(text)).nodes if _is(item, "Template")]
    return tuple(_params(templates[0], node.span.start)) if templates else ()


def template_key(name: str) -> str:
    """A template's name as data files write it: without namespace, lower-case, spaces for underscores."""
    return re.sub(r"[\s_]+", " ", name).strip().lower()


class _Reader:
    """One pass over mwparserfromhell's tree."""

    def __init__(self, lang: str, text: str, offset: int) -> None:
        self.lang, self.text, self.base = lang, text, offset
        self.trail = _trail(lang)
        self.known = topic(lang, "templates_visible", VisibleTemplates)

    def nodes(self, items: Iterable[Any], start: int) -> tuple[Node, ...]:
        raw: list[tuple[Any, Span]] = []
        for item in items:
            span = Span(start, start + len(str(item)))
            raw.append((item, span))
            start = span.end
        made = [node for item, span in raw if len(span) for node in self.node(item, span)]
        made = list(self.join_trails(made))
        if any(before.span.end != after.span.start for before, after in pairwise(made)):
            raise AssertionError("node spans do not add up")
        return tuple(made)

    def node(self, item: Any, span: Span) -> Iterator[Node]:
        kind = type(item).__name__
        if kind == "Text":
            yield from self.text_nodes(span)
        elif kind == "Wikilink":
            yield self.link(item, span)
        elif kind == "Tag":
            yield self.tag(item, span)
        elif kind == "Template":
            yield self.template(item, span)
        elif kind == "ExternalLink":
            yield self.external(item, span)
        elif kind == "Heading":
            inner = span.start + item.level
            title = self.nodes(item.title.nodes, inner)
            yield Node(NodeKind.HEADING, span, "", _cover(title, inner), title, item.level)
        else:
            kinds = {"Comment": NodeKind.COMMENT, "HTMLEntity": NodeKind.ENTITY, "Argument": NodeKind.ARGUMENT}
            shown = item.normalize() if kind == "HTMLEntity" else ""
            yield Node(kinds.get(kind, NodeKind.OPAQUE), span, shown=shown)

    def text_nodes(self, span: Span) -> Iterator[Node]:
        source = span.shifted(-self.base).of(self.text)
        position = 0
        for switch in _SWITCH.finditer(source):
            if switch.start() > position:
                yield Node(NodeKind.TEXT, Span(span.start + position, span.start + switch.start()))
            yield Node(NodeKind.OPAQUE, Span(span.start + switch.start(), span.start + switch.end()), switch.group())
            position = switch.end()
        if position < len(source):
            yield Node(NodeKind.TEXT, Span(span.start + position, span.end))

    def link(self, item: Any, span: Span) -> Node:
        target = str(item.title)
        label_at = span.start + 2 + (len(target) + 1 if item.text is not None else 0)
        label = self.nodes((item.title if item.text is None else item.text).nodes, label_at)
        kind, name = _link_kind(target.strip(), self.lang)
        return Node(kind, span, name, _cover(label, label_at), label)

    def external(self, item: Any, span: Span) -> Node:
        url = str(item.url)
        if not item.brackets:
            return Node(NodeKind.EXTERNAL, span, url)
        if item.title is None:
            return Node(NodeKind.EXTERNAL, span, url, Span(span.end - 1, span.end - 1))
        title_at = span.end - 1 - len(str(item.title))
        title = self.nodes(item.title.nodes, title_at)
        return Node(NodeKind.EXTERNAL, span, url, _cover(title, title_at), title)

    def template(self, item: Any, span: Span) -> Node:
        name = re.sub(r"<!--.*?-->", "", str(item.name), flags=re.S).strip()
        shows, key = self.known.shows, template_key(name)
        pattern = shows.get(key) or shows.get(f"{key.partition('-')[0]}-*")
        function, colon, value = name.partition(":")
        if colon and shows.get(template_key(function)) == "1":  # {{formatnum:12000}}
            return Node(NodeKind.TEMPLATE, span, name, shown=value.strip())
        if not pattern:
            return Node(NodeKind.TEMPLATE, span, name)
        params = {param.name: param for param in _params(item, span.start)}
        if key in self.known.ranged and "2" in params and params["2"].value in self.known.between:
            pattern = "{1} {2} {3} {4}"
        single = re.fullmatch(r"\w+|\{([\w|]+)\}", pattern)
        if single:
            keys = (single.group(1) or pattern).split("|")
            found = next((params[key] for key in keys if key in params and params[key].value.strip()), None)
            if found is not None:
                content = parse(found.value, self.lang, found.span.start)
                return Node(NodeKind.TEMPLATE, span, name, found.span, content)
            if single.group(1) or pattern.isdigit():
                return Node(NodeKind.TEMPLATE, span, name)
        shown = re.sub(r"\{(\w+)\}", lambda key: params[key[1]].value.strip() if key[1] in params else "", pattern)
        return Node(NodeKind.TEMPLATE, span, name, shown=shown)

    def tag(self, item: Any, span: Span) -> Node:
        name = str(item.tag).strip().lower()
        inner = _inside(item, span)
        if name == "ref":
            # a reference's body is parsed for those who adapt it; a reader does not see it in the text
            content = self.nodes(item.contents.nodes, inner.start) if inner is not None else ()
            return Node(
                NodeKind.REFERENCE, span, _attribute(item, "name"), inner, content, group=_attribute(item, "group")
            )
        if item.wiki_markup and name in ("li", "dd", "dt") and item.self_closing:
            return Node(NodeKind.MARKER, span, str(item.wiki_markup))
        if name in _BREAK_TAGS:
            return Node(NodeKind.BREAK, span, name)
        kind = _tag_kind(name)
        if kind is NodeKind.OPAQUE or inner is None:
            return Node(NodeKind.OPAQUE, span, name, inner)
        content = self.nodes(item.contents.nodes, inner.start)
        if item.wiki_markup and name == "td" and inner.shifted(-self.base).of(self.text).startswith("+"):
            name = "caption"  # mwparserfromhell takes «|+ Caption» for a cell that begins with a plus
            inner = Span(inner.start + 1, inner.end)
            content = clip(content, inner)
        return Node(kind, span, name, inner, content)

    def join_trails(self, nodes: list[Node]) -> Iterator[Node]:
        """Give the letters joined to a link («[[Таджикистан]]е») to the link."""
        pending = list(reversed(nodes))
        while pending:
            node = pending.pop()
            follower = pending[-1] if pending else None
            if node.kind is NodeKind.LINK and follower is not None and follower.kind is NodeKind.TEXT:
                trail = self.trail.match(follower.span.shifted(-self.base).of(self.text))
                if trail:
                    cut = follower.span.start + trail.end()
                    pending.pop()
                    if cut < follower.span.end:
                        pending.append(Node(NodeKind.TEXT, Span(cut, follower.span.end)))
                    joined = Node(NodeKind.TEXT, Span(follower.span.start, cut))
                    node = Node(node.kind, Span(node.span.start, cut), node.name, node.inner, (*node.content, joined))
            yield node


@cache
def _trail(lang: str) -> re.Pattern[str]:
    return re.compile(topic(lang, "namespaces", Namespaces).link_trail)


@cache
def _prefixes(lang: str) -> dict[str, NodeKind]:
    names = (topic("en", "namespaces", Namespaces), topic(lang, "namespaces", Namespaces))
    found = {name.lower(): NodeKind.FILE for entry in names for name in entry.file}
    return found | {name.lower(): NodeKind.CATEGORY for entry in names for name in entry.category}


def _link_kind(target: str, lang: str) -> tuple[NodeKind, str]:
    if target.startswith(":"):
        return NodeKind.LINK, target
    prefix, colon, rest = target.partition(":")
    prefix = prefix.strip().replace("_", " ").lower()
    if colon and rest.strip():
        if prefix in _prefixes(lang):
            return _prefixes(lang)[prefix], rest.strip()
        if re.fullmatch(r"[a-z]{2,3}(-[a-z]+)*|simple", prefix) and language_name(prefix) != prefix:
            return NodeKind.LANGLINK, target
    return NodeKind.LINK, target


def _tag_kind(name: str) -> NodeKind:
    if name == "table":
        return NodeKind.TABLE
    if name == "tr":
        return NodeKind.ROW
    if name in _CELL_TAGS:
        return NodeKind.CELL
    return NodeKind.FORMAT if name in _FORMAT_TAGS else NodeKind.OPAQUE


def _inside(tag: Any, span: Span) -> Span | None:
    """The span of a tag's contents, None for one that closes itself."""
    if tag.self_closing or tag.contents is None:
        return None
    if tag.wiki_markup:
        closing = len(str(tag.closing_wiki_markup or ""))
    else:
        closing = 0 if tag.implicit else len(f"</{tag.closing_tag}>")
    end = span.end - closing
    return Span(end - len(str(tag.contents)), end)


def _attribute(tag: Any, name: str) -> str:
    return str(tag.get(name).value).strip() if tag.has(name) and tag.get(name).value is not None else ""


def _params(template: Any, start: int) -> Iterator[Param]:
    position = start + 2 + len(str(template.name))
    for param in template.params:
        whole = str(param)
        value = str(param.value)
        end = position + 1 + len(whole)
        yield Param(str(param.name).strip(), value, not param.showkey, Span(end - len(value), end))
        position = end


def _cover(nodes: tuple[Node, ...], start: int) -> Span:
    return Span(nodes[0].span.start, nodes[-1].span.end) if nodes else Span(start, start)


def _is(item: Any, kind: str) -> bool:
    return type(item).__name__ == kind
