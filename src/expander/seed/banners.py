"""What the "You can help expand this article…" banners say, as templates and as the text that a reader sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import msgspec

from expander.articles.article import Node, NodeKind
from expander.articles.wikitext import parse, template_key, template_params
from expander.language import language_code, topic

Source = Literal["option", "banner", "summary", "template", "footnote", "langlink"]

_SUMMARY_LINK = re.compile(r"\[\[:([a-z]{2,3}(?:-[a-z-]+)?):([^\[\]|{}<>\n]{1,255})\]\]")
_TRANSLATED = re.compile(r"\{\{\s*Translated(?:[ _]page)?\s*\|\s*([a-z-]{2,12})\s*\|\s*([^|{}\n]{1,255}?)\s*[|}]", re.I)
_NATIVE_NAME = re.compile(r"\b([A-Z][a-z]+): ([^,;:\n]{2,255}), romani[sz]ed:")


class Banners(msgspec.Struct, frozen=True):
    """Names and wording of the banners on a wiki."""

    templates: tuple[str, ...] = ()
    prefix: str = ""
    call: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """A counterpart that the seed names: ``title`` None where only the language is known; ``source`` says where it
    stands.
    """

    lang: str
    title: str | None
    source: Source


def banner_hints(wikitext: str, lang: str = "en") -> tuple[Hint, ...]:
    """The counterparts that the banner templates of ``wikitext`` name, in page order.

    ``{{Expand Russian|Title}}``, ``{{Expand language|langcode=ru|otherarticle=Title}}``; the title may be missing.
    """
    return tuple(
        hint
        for node in parse(wikitext, lang)
        if node.kind is NodeKind.TEMPLATE
        for hint in _template_hint(node, wikitext, topic(lang, "banners", Banners))
    )


def text_hints(text: str, lang: str = "en") -> tuple[Hint, ...]:
    """The counterparts that a plain-text rendering names: best source first, one hint a language and title."""
    banners = topic(lang, "banners", Banners)
    call = re.escape(banners.call).replace(re.escape("{language}"), r"([A-Z][\w ]*?)[.,;\n]")
    found = [Hint(code, title.strip(), "summary") for code, title in _SUMMARY_LINK.findall(text)]
    found += [Hint(code.lower(), title, "template") for code, title in _TRANSLATED.findall(text)]
    for name, title in _NATIVE_NAME.findall(text):
        if code := language_code(name):
            found.append(Hint(code, title.strip(), "footnote"))
    for name in re.findall(call, text) if banners.call else ():
        if code := language_code(name):
            found.append(Hint(code, None, "banner"))
    return tuple({(hint.lang, hint.title): hint for hint in reversed(found)}.values())[::-1]


def _template_hint(node: Node, text: str, banners: Banners) -> tuple[Hint, ...]:
    key = template_key(node.name)
    params = {param.name: param.value.strip() for param in template_params(node, text)}
    if key in banners.templates:
        code: str | None = params.get("langcode") or language_code(params.get("1", ""))
        title = params.get("otherarticle")
    elif banners.prefix and key.startswith(banners.prefix):
        code = language_code(key.removeprefix(banners.prefix))
        title = params.get("1") or params.get("otherarticle")
    else:
        return ()
    return (Hint(code, title or None, "banner"),) if code else ()
