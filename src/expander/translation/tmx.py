"""Translation memories as TMX 1.4b (https://www.gala-global.org/tmx-14b), read safely and written whole.

A masked text's pieces travel as TMX's own inline elements, so that other tools see them as placeholders:
``<1>label</1>`` is ``<bpt i="1" x="1"/>label<ept i="1"/>``, ``<3/>`` is ``<ph x="3"/>``.

No library: the ones that read TMX 1.4 are GPL, need a later Python, or follow entities. Entity declarations, which no
TMX file needs, are refused; nothing outside the file is ever opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from expander import __version__
from expander.errors import InputError
from expander.translation.layout import escape, unescape

_PIECE = re.compile(r"<(/?)(\d+)(/?)>")
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REGION = re.compile(r"-[a-z]{2}$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A source sentence and its translation, both in the canonical masked form; languages are Wikipedia codes.

    ``origin`` says who made it (``editor``, ``sample``, the name of a tool), ``changed`` when (UTC).
    """

    source: str
    target: str
    source_lang: str
    target_lang: str
    origin: str = ""
    changed: datetime | None = None


def loads(data: bytes, name: str = "the memory") -> tuple[Unit, ...]:
    """The translation units of a TMX file, in order; a unit of n languages gives n − 1 pairs with its source.

    Raises InputError where ``data`` is no well-formed TMX or declares entities. Units without text are left out.
    """
    reader = _Reader(name)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = reader.entity
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise InputError(f"{name} is not a well-formed TMX file ({error}); check or replace it.") from None
    if not reader.is_tmx:
        raise InputError(f"{name} is not a TMX file; its first element is not <tmx>.")
    return tuple(reader.units)


def dumps(units: Iterable[Unit]) -> str:
    """A TMX 1.4b document, one line a variant, so that it can be read and compared in version control."""
    return "".join(_lines(units))


def _lines(units: Iterable[Unit]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
    yield (
        f'<header creationtool="expander" creationtoolversion={quoteattr(__version__)} segtype="sentence"'
        ' o-tmf="expander" adminlang="en" srclang="*all*" datatype="plaintext"/>\n<body>\n'
    )
    for unit in units:
        origin = f" creationid={quoteattr(unit.origin)}" if unit.origin else ""
        changed = f' changedate="{unit.changed:%Y%m%dT%H%M%SZ}"' if unit.changed else ""
        yield f"<tu srclang={quoteattr(unit.source_lang)}{origin}{changed}>\n"
        for lang, text in ((unit.source_lang, unit.source), (unit.target_lang, unit.target)):
            yield f"<tuv xml:lang={quoteattr(lang)}><seg>{_inline(text)}</seg></tuv>\n"
        yield "</tu>\n"
    yield "</body>\n</tmx>\n"


def _inline(masked: str) -> str:
    parts: list[str] = []
    position = 0
    for match in _PIECE.finditer(masked):
        parts.append(_plain(masked[position : match.start()]))
        closing, number, point = match.groups()
        if point:
            parts.append(f'<ph x="{number}"/>')
        elif closing:
            parts.append(f'<ept i="{number}"/>')
        else:
            parts.append(f'<bpt i="{number}" x="{number}"/>')
        position = match.end()
    return "".join((*parts, _plain(masked[position:])))


def _plain(text: str) -> str:
    return escape(_NOT_XML.sub("", unescape(text)))


@dataclass
class _Reader:
    """Gathers units while expat walks through the file."""

    name: str
    units: list[Unit] = field(default_factory=list)
    is_tmx: bool = False
    _open: list[str] = field(default_factory=list)
    _default_lang: str = ""
    _unit: dict[str, str] = field(default_factory=dict)
    _variants: list[tuple[str, str]] = field(default_factory=list)
    _lang: str = ""
    _segment: list[str] | None = None
    _code: int = 0  # depth inside an inline code, whose native text is no translation
    _numbers: dict[str, str] = field(default_factory=dict)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._open and tag == "tmx":
            self.is_tmx = True
        self._open.append(tag)
        if tag == "header":
            self._default_lang = attributes.get("srclang", "")
        elif tag == "tu":
            self._unit, self._variants = attributes, []
        elif tag == "tuv":
            self._lang = attributes.get("xml:lang", attributes.get("lang", ""))
        elif tag == "seg":
            self._segment, self._numbers, self._code = [], {}, 0
        elif self._segment is not None:
            self._start_inline(tag, attributes)

    def _start_inline(self, tag: str, attributes: dict[str, str]) -> None:
        assert self._segment is not None  # noqa: S101 - told to the type checker
        number = attributes.get("x", attributes.get("i", ""))
        if tag == "bpt":
            self._numbers[attributes.get("i", "")] = number
            self._segment.append(f"<{number}>")
        elif tag == "ept":
            self._segment.append(f"</{self._numbers.get(attributes.get('i', ''), number)}>")
        elif tag in ("ph", "it", "ut"):
            self._segment.append(f"<{number}/>")
        if tag in ("bpt", "ept", "ph", "it", "ut"):
            self._code += 1

    def end(self, tag: str) -> None:
        self._open.pop()
        if tag == "seg" and self._segment is not None:
            self._variants.append((self._lang, _canonical("".join(self._segment))))
            self._segment = None
        elif tag == "tu":
            self._finish()
        elif self._segment is not None and tag in ("bpt", "ept", "ph", "it", "ut"):
            self._code -= 1

    def text(self, data: str) -> None:
        if self._segment is not None and not self._code:
            self._segment.append(escape(data))

    def entity(self, *_: object) -> None:
        raise InputError(f"{self.name} declares XML entities, which no translation memory needs; it was not read.")

    def _finish(self) -> None:
        wanted = self._unit.get("srclang", self._default_lang)
        by_lang = {_wikipedia_code(lang): text for lang, text in self._variants if text.strip()}
        source = _wikipedia_code(wanted)
        if source not in by_lang and by_lang:
            source = next(iter(by_lang))
        for lang, text in by_lang.items():
            if lang != source:
                origin = self._unit.get("changeid", self._unit.get("creationid", ""))
                changed = _date(self._unit.get("changedate", self._unit.get("creationdate", "")))
                self.units.append(Unit(by_lang[source], text, source, lang, origin, changed))


def _canonical(text: str) -> str:
    """The masked text, or its bare words where its codes are not numbered and nested as ours are."""
    open_numbers: list[str] = []
    seen: set[str] = set()
    for closing, number, point in _PIECE.findall(text):
        if closing:
            if not open_numbers or open_numbers.pop() != number:
                return _bare(text)
        elif number in seen:
            return _bare(text)
        else:
            seen.add(number)
            if not point:
                open_numbers.append(number)
    leftover = _PIECE.sub("", text)
    return _bare(text) if open_numbers or "<" in leftover else text


def _bare(text: str) -> str:
    return re.sub(r"<[^<>]*>", "", text)


def _wikipedia_code(lang: str) -> str:
    return _REGION.sub("", lang.lower().replace("_", "-"))


def _date(value: str) -> datetime | None:
    try:
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
