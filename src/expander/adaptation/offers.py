"""What a counterpart has apart from its text: infobox parameters, categories, and the banner that may go.

Each is offered by itself; nothing of it enters a draft unless the editor takes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import msgspec

from expander.adaptation.adapter import Adapter
from expander.adaptation.dates import citation_date
from expander.adaptation.files import file_name
from expander.adaptation.knowledge import Knowledge, Wanted, page_title
from expander.adaptation.numbers import english_number
from expander.adaptation.passage import Passage
from expander.adaptation.templates import bare_name
from expander.adaptation.wanted import wanted
from expander.articles.article import Article, Node, NodeKind
from expander.articles.visible import plain
from expander.articles.wikitext import Param, parse, template_key, template_params
from expander.language import language_name, topic
from expander.values import Edit, Finding, Span


class Infobox(msgspec.Struct, frozen=True):
    """How one infobox is mapped; see the comments of ``ru/infobox.toml``."""

    names: tuple[str, ...]
    to: str
    parameters: dict[str, str] = {}
    values: dict[str, str] = {}


class InfoboxRules(msgspec.Struct, frozen=True):
    """Topic ``infobox``. ``also``: the language whose infoboxes count where this one has none."""

    also: str = ""
    infobox: tuple[Infobox, ...] = ()


class OfferKind(StrEnum):
    """What is offered."""

    INFOBOX = "infobox"
    CATEGORY = "category"
    BANNER = "banner"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that the editor may take besides the passages.

    ``name`` is an English parameter, a category or a banner, ``value`` its English wikitext, ``source`` what the
    counterpart says; ``edit`` is relative to the English article, and ``extra_edits`` those that it needs. ``reason``
    says how it was found.
    """

    kind: OfferKind
    name: str
    value: str
    source: str
    edit: Edit
    reason: str
    findings: tuple[Finding, ...] = ()
    extra_edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Box:
    """A template of the lead, its parameters, and the text that its spans refer to."""

    node: Node
    params: tuple[Param, ...]


def wanted_for_offers(article: Article, counterpart: Article, known: Knowledge | None = None) -> Wanted:
    """What is not ``known`` yet of the things that offers need; ask again until the answer is empty."""
    known = known or Knowledge()
    found: list[Wanted] = []
    titles = [f"{prefix}{name}" for prefix, name in _categories(counterpart)]
    boxes = [
        bare_name(box.node.name) for box in _boxes(counterpart) if infobox_rule(box.node.name, counterpart.lang) is None
    ]
    found.append(
        Wanted(
            links=tuple(title for title in titles if title not in known.titles),
            templates=tuple(name for name in boxes if name not in known.templates),
        )
    )
    for _, param, kind in _lacking(article, counterpart, known):
        raw = _raw(param)
        if kind == "file":
            found.append(Wanted(files=tuple(name for name in (file_name(raw),) if name not in known.files)))
        elif kind == "title":
            found.append(Wanted(links=tuple(title for title in (page_title(raw),) if title not in known.titles)))
        else:
            found.append(wanted(parse(raw, counterpart.lang), counterpart, known))
            if _needs_words(raw, counterpart.lang, kind) and raw not in known.texts:
                found.append(Wanted(texts=(raw,)))
    return Wanted(
        *(
            tuple(dict.fromkeys(item for part in found for item in getattr(part, name)))
            for name in ("links", "files", "templates", "pages", "texts")
        )
    )


def infobox_offers(adapter: Adapter) -> tuple[Offer, ...]:
    """The infobox parameters that the counterpart has and English lacks, one by one."""
    made = []
    for english, param, kind in _lacking(adapter.article, adapter.counterpart, adapter.knowledge):
        passage = adapter.passage()
        value = _value(passage, param, kind)
        target = _english_box(adapter.article, adapter.counterpart, adapter.knowledge)
        if value and target is not None:
            made.append(
                Offer(
                    OfferKind.INFOBOX,
                    english,
                    value,
                    f"{param.name} = {param.value.strip()}",
                    _parameter_edit(target, english, value, adapter.article.text),
                    f"|{param.name}= of the {language_name(adapter.counterpart.lang)} infobox",
                    tuple(passage.findings),
                    tuple(passage.edits),
                )
            )
    return tuple(made)


def category_offers(adapter: Adapter) -> tuple[Offer, ...]:
    """The English twins of the counterpart's categories that the English article is not in."""
    article = adapter.article
    own = {page_title(name) for _, name in _categories(article)}
    made = []
    for prefix, name in _categories(adapter.counterpart):
        title = adapter.knowledge.titles.get(f"{prefix}{name}")
        english = page_title(title.partition(":")[2]) if title else ""
        if english and english not in own:
            own.add(english)
            link = f"[[Category:{english}]]"
            edit = _category_edit(article, link)
            made.append(Offer(OfferKind.CATEGORY, english, link, f"{prefix}{name}", edit, "by its language link"))
    return tuple(made)


def banner_offer(article: Article, lang: str) -> Offer | None:
    """The removal of the banner that asks to expand the article from ``lang``: to be offered when English has
    everything. None where there is no such banner.
    """
    language = language_name(lang).lower()
    for node in article.nodes:
        if node.kind is not NodeKind.TEMPLATE:
            continue
        key = template_key(node.name)
        codes = [
            param.value.strip() for param in template_params(node, article.text) if param.name in ("langcode", "1")
        ]
        if key == f"expand {language}" or (key == "expand language" and lang in codes):
            end = node.span.end + (article.text[node.span.end : node.span.end + 1] == "\n")
            reason = f"English has what the {language_name(lang)} article says"
            return Offer(
                OfferKind.BANNER,
                node.name,
                "",
                node.span.of(article.text),
                Edit(Span(node.span.start, end), ""),
                reason,
            )
    return None


@cache
def infobox_rule(name: str, lang: str) -> Infobox | None:
    """The rule for an infobox of this wiki, None where the data has none."""
    rules: InfoboxRules = topic(lang, "infobox", InfoboxRules)
    key = template_key(name)
    own = next((infobox for infobox in rules.infobox if key in infobox.names), None)
    return own or (infobox_rule(name, rules.also) if rules.also else None)


def _boxes(article: Article) -> Iterator[_Box]:
    """The templates of the lead that have several named parameters."""
    lead = article.sections[0].span
    for node in article.nodes:
        if node.kind is NodeKind.TEMPLATE and node.span in lead:
            params = template_params(node, article.text)
            if sum(not param.positional for param in params) > 2:  # a banner has a date and a topic
                yield _Box(node, params)


def _pairs(article: Article, counterpart: Article, known: Knowledge) -> tuple[_Box, _Box, Infobox | None] | None:
    """The English infobox, the counterpart's that is its twin, and the rule that says so."""
    for box in _boxes(counterpart):
        rule = infobox_rule(box.node.name, counterpart.lang)
        twin = rule.to if rule else known.templates.get(bare_name(box.node.name))
        for english in _boxes(article):
            if twin and template_key(english.node.name) == template_key(twin):
                return english, box, rule
    return None


def _english_box(article: Article, counterpart: Article, known: Knowledge) -> _Box | None:
    pair = _pairs(article, counterpart, known)
    return pair[0] if pair else None


def _lacking(article: Article, counterpart: Article, known: Knowledge) -> Iterator[tuple[str, Param, str]]:
    """English parameter, the counterpart's parameter, and what its value is, for those that English lacks."""
    pair = _pairs(article, counterpart, known)
    if pair is None:
        return
    english, box, rule = pair
    here = known.parameters.get(bare_name(english.node.name))
    there = known.source_parameters.get(bare_name(box.node.name))
    filled = {param.name for param in english.params if param.value.strip()}
    for param in box.params:
        value = _raw(param)
        key = param.name.strip().lower()
        name = rule.parameters.get(key) if rule else None
        if name is None and here is not None:
            name = here.canonical((there.canonical(param.name) if there else None) or param.name)
        names = {name, *(here.parameters.get(name, ()) if here and name else ())}
        if name and value and not names & filled:
            filled.add(name)
            yield name, param, (rule.values.get(key, "text") if rule else "text")


def _value(passage: Passage, param: Param, kind: str) -> str:
    raw, lang = _raw(param), passage.lang
    if kind == "file":
        return file_name(raw) if passage.knowledge.files.get(file_name(raw)) else ""
    if kind == "title":
        title = passage.knowledge.titles.get(page_title(raw))
        return f"[[{title}]]" if title else ""
    nodes = parse(raw, lang)
    shown = plain([node for node in nodes if not _is_mark(node)], raw)
    made = ""
    if kind in ("date", "years"):
        made = citation_date(re.sub(r"\s*\([^()]*\)", "", shown), lang, passage.style) or ""
    elif kind == "number" or "{}" in kind:
        number = english_number(shown, lang)
        if re.fullmatch(r"[\d,.]+", number):
            made = kind.replace("{}", number) if "{}" in kind else number.replace(",", "")
    if not made:
        return _words(passage, raw)
    return made + "".join(passage.untranslated((node,), raw) for node in nodes if _is_mark(node))


def _raw(param: Param) -> str:
    return re.sub(r"<!--.*?-->", "", param.value, flags=re.S).strip()


def _words(passage: Passage, raw: str) -> str:
    """A value that is text: translated where it holds words, else with its markup in English."""
    if not _needs_words(raw, passage.lang, "text"):
        return passage.finish(passage.untranslated(parse(raw, passage.lang), raw)).wikitext
    translated = passage.translated(raw)
    return passage.finish(translated, raw).wikitext if translated else ""


def _needs_words(raw: str, lang: str, kind: str) -> bool:
    shown = plain(parse(raw, lang), raw)
    return kind not in ("file", "title") and any(letter.isalpha() and not letter.isascii() for letter in shown)


def _is_mark(node: Node) -> bool:
    return node.kind is NodeKind.REFERENCE or (
        node.kind is NodeKind.TEMPLATE and template_key(node.name).startswith("sfn")
    )


def _parameter_edit(box: _Box, name: str, value: str, text: str) -> Edit:
    """Fill an empty parameter, else add one behind the last, aligned as the others are."""
    for param in box.params:
        if param.name == name:
            at = param.span.start + (param.value[:1] == " ")
            return Edit(Span(at, at), f"{'' if param.value[:1] == ' ' else ' '}{value}")
    source = box.node.span.of(text)
    sample = re.findall(r"\n([ \t]*\|[ \t]*)(\S[^=|\n]*?)([ \t]*)=", source)
    lead = sample[-1][0] if sample else "|"
    width = max((len(found[1] + found[2]) for found in sample), default=0)
    line = f"{lead}{name.ljust(width)}{'' if width > len(name) else ' '}= {value}\n"
    end = box.node.span.end - len("}}")
    return Edit(Span(end, end), line if text[:end].endswith("\n") else f"\n{line}")


def _category_edit(article: Article, link: str) -> Edit:
    last = [node for node in article.nodes if node.kind is NodeKind.CATEGORY]
    if last:
        return Edit(Span(last[-1].span.end, last[-1].span.end), f"\n{link}")
    end = len(article.text.rstrip())
    return Edit(Span(end, end), f"\n\n{link}")


def _categories(article: Article) -> Iterable[tuple[str, str]]:
    """Prefix as written («Категория:») and name of each category, in order."""
    for node in article.nodes:
        if node.kind is NodeKind.CATEGORY:
            prefix = re.match(r"\[\[\s*([^:\]]+:)", node.span.of(article.text))
            yield (prefix[1] if prefix else "Category:"), page_title(node.name)
