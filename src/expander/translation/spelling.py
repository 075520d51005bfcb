"""A translation's text as wikitext that means nothing but itself.

An engine may answer anything: ``[[``, ``{{``, ``<ref>``, ``''``, a URL. None of it may become markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SCHEMES = "bitcoin|geo|magnet|mailto|news|sip|sips|sms|tel|urn|xmpp"
_HAZARD = re.compile(
    r"<|\[(?=//)"
    r"|&(?=#?\w{1,40};)"
    r"|(?<=\[)\[|(?<=\])\]|(?<=\{)[{|]|(?<=[}|])\}|(?<=')'|(?<=~)~|(?<=_)_|(?<=-)\{"
    r"|(?i:(?<![a-z])(?:[a-z][a-z0-9+.-]{0,20}(?=://)|(?:" + _SCHEMES + r")(?=:(?!\s))))"
)
_INSIDE = re.compile(r"[\[\]{}|=]")
_JOINING = "[]{}'~_<|-"
_BARE_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S")
_ENDS_URL = re.compile(r"[.,;:!?]*[ \n]")
_LINE_START = re.compile(r"[*#:;=!|+-]|\{(?=\|)")


@dataclass(frozen=True, slots=True)
class Part:
    """A bit of wikitext on its way out; ``is_text`` where it is spelled text, not markup."""

    wikitext: str
    is_text: bool


_NOTHING = Part("<nowiki/>", is_text=False)  # keeps markup apart and shows nothing


def spell(text: str, inside: bool = False) -> str:
    """``text`` as wikitext that shows exactly it; ``inside`` a link or a template brackets, pipes and equals signs
    are spelled too.
    """
    spelled = _HAZARD.sub(_entity, text)
    return _INSIDE.sub(_entity, spelled) if inside and _INSIDE.search(spelled) else spelled


def spell_line_start(text: str) -> str:
    """``text`` at the beginning of a line, where it may not become a list item, heading or table."""
    return _LINE_START.sub(_entity, text, count=1) if _LINE_START.match(text) else text


def spell_quoted(parts: list[Part]) -> list[Part]:
    """The parts of what stands between ``''`` and ``''``, kept apart from both; bold in italics is left as it is."""
    parts = [part for part in parts if part.wikitext]
    if not parts or (len(parts) == 1 and not parts[0].is_text):
        return parts
    first = parts[0].wikitext
    if first.startswith("'"):
        parts = [Part(_entity("'") + first[1:], True), *parts[1:]] if parts[0].is_text else [_NOTHING, *parts]
    last = parts[-1].wikitext
    if last.endswith("'"):
        parts = [*parts[:-1], Part(last[:-1] + _entity("'"), True)] if parts[-1].is_text else [*parts, _NOTHING]
    return parts


def join(parts: Iterable[Part]) -> str:
    """The parts in one, kept apart where two that meet would mean something else together."""
    out: list[str] = []
    before: Part | None = None
    kept = [part for part in parts if part.wikitext]
    for index, part in enumerate(kept):
        if before is not None:
            part = _apart(before, part, out, index == len(kept) - 1)
        out.append(part.wikitext)
        before = part
    return "".join(out)


def _apart(before: Part, part: Part, out: list[str], is_last: bool) -> Part:
    last, first = before.wikitext[-1], part.wikitext[0]
    if before.is_text and part.is_text:
        return part
    if (first == last and last in _JOINING) or (last in "{|" and first in "|}"):
        if part.is_text:
            return Part(_entity(first) + part.wikitext[1:], True)
        if before.is_text:
            out[-1] = before.wikitext[:-1] + _entity(last)
        elif last == "'":
            out.append(_NOTHING.wikitext)
    elif _is_bare_url(part) and (last.isalnum() or last in "_/"):
        out.append(" ")
    elif _is_bare_url(before) and not _ENDS_URL.match(part.wikitext + " " * is_last):
        return Part(" " + part.wikitext, part.is_text)
    return part


def _is_bare_url(part: Part) -> bool:
    return not part.is_text and _BARE_URL.match(part.wikitext) is not None


def _entity(character: str | re.Match[str]) -> str:
    found = character if isinstance(character, str) else character[0]
    if found == "<":
        return "&lt;"
    if found == "&":
        return "&amp;"
    if len(found) > 1:  # a URL's scheme: spelling its last letter is enough
        return found[:-1] + f"&#{ord(found[-1])};"
    return f"&#{ord(found)};"
