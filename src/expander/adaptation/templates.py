"""Templates that are no citations: by data, else by their English twin, else their visible text, else left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from expander.adaptation import links
from expander.adaptation.dates import citation_date, month_of, written
from expander.adaptation.knowledge import page_title
from expander.adaptation.markup import capitalised, template
from expander.adaptation.numbers import english_number
from expander.adaptation.rules import Rule, english_templates, template_rule
from expander.articles.article import Node
from expander.articles.wikitext import Param, parse, template_key, template_params
from expander.language.dates import Date, dates
from expander.values import Severity

if TYPE_CHECKING:
    from expander.adaptation.passage import Passage


def bare_name(name: str) -> str:
    """A template's name as its page's title."""
    return page_title(name)


def adapt_template(passage: Passage, node: Node, text: str, label: str) -> str:
    """A TEMPLATE node as English wikitext; ``label`` is its translated visible text, "" where it has none."""
    rule, params = rule_for(node, text, passage.lang)
    if rule is not None:
        return _by_rule(passage, rule, node, params, label)
    twin = passage.knowledge.templates.get(bare_name(node.name))
    if twin and not passage.knowledge.lacks_template(twin):
        made = _by_twin(passage, twin, node, params)
        if made is not None:
            return made
    if label:
        passage.note("template-as-text", f"{{{{{node.name}}}}} has no English twin; its text is kept.")
        return label
    passage.note("template-left-out", f"{{{{{node.name}}}}} has no English twin and is left out.", Severity.WARNING)
    return ""


def rule_for(node: Node, text: str, lang: str) -> tuple[Rule | None, tuple[Param, ...]]:
    """The rule for a template and its parameters; of a parser function (``{{formatnum:12}}``), what follows the colon
    is the first.
    """
    params = template_params(node, text)
    rule = template_rule(node.name, lang)
    name, colon, value = node.name.removeprefix("#").partition(":")
    if rule is None and colon and value.strip():
        rule = template_rule(name, lang)
        params = (Param("1", value.strip(), True, node.span), *params)
    return rule, params


def _by_rule(passage: Passage, rule: Rule, node: Node, params: tuple[Param, ...], label: str) -> str:
    values = {param.name.lower(): param for param in params if param.value.strip()}
    if rule.drop:
        passage.note("template-left-out", f"{{{{{node.name}}}}} is left out: {rule.drop}.")
        return label
    if rule.link:
        return _foreign_link(passage, rule, values, label)
    if rule.unit:
        return _unit(passage, rule.unit, values, label)
    if rule.text:
        return _as_text(passage, rule, values, label)
    if passage.knowledge.lacks_template(rule.to):
        if not label:
            passage.note(
                "template-left-out",
                f"English Wikipedia has no {{{{{rule.to}}}}}, which {{{{{node.name}}}}} would become.",
                Severity.WARNING,
            )
        return label
    made = template(rule.to, _parameters(passage, rule, node, params, values))
    return label + made if rule.around else made


def _parameters(
    passage: Passage, rule: Rule, node: Node, params: tuple[Param, ...], values: dict[str, Param]
) -> dict[str, str]:
    made: dict[str, str] = {}
    if rule.language:
        code = re.fullmatch(rule.language, template_key(node.name))
        if code:
            made[rule.language_parameter] = rule.languages.get(code[1], code[1])
    dated = {*rule.date, *rule.drop_parameters, rule.around}
    for goal, pattern in rule.compose.items():
        words = re.sub(
            r"\{(\w+)\}", lambda key: values[key[1]].value.strip() if key[1] in values else "", pattern
        ).strip()
        words = _with_month(words, made.get("1", ""), passage)
        if words:
            made[goal] = citation_date(words, passage.lang, passage.style) or words
    if rule.compose:
        return made
    for param in params:
        name = param.name.lower()
        if name in dated or not param.value.strip():
            continue
        english = param.name if rule.parameters is None else rule.parameters.get(name)
        kind = rule.values.get(name) or rule.values.get("*", "keep")
        if english is None or english in made:
            if rule.parameters:
                passage.note("template-parameter-lost", f"|{param.name}= of {{{{{node.name}}}}} is left out.")
            continue
        made[english] = value_of(passage, param, kind)
    made |= rule.fixed
    if rule.date:
        date = _month_and_year(passage, rule, values)
        if date:
            made["date"] = date
    return dict(
        sorted(made.items(), key=lambda item: (not item[0].isdigit(), item[0].zfill(3) if item[0].isdigit() else ""))
    )


def _with_month(words: str, other: str, passage: Passage) -> str:
    """A day alone, beside the same day of the other calendar: of that one's month, or of the month before."""
    found = dates(other, "en")
    if not words.isdecimal() or len(words) > 2 or not found or found[0].month is None or found[0].day is None:
        return words
    earlier = int(words) > found[0].day
    day = Date(found[0].span, None, (found[0].month - 1 - earlier) % 12 + 1, int(words))
    return written(day, passage.style)


def _month_and_year(passage: Passage, rule: Rule, values: dict[str, Param]) -> str:
    said = [values[name].value.strip() if name in values else "" for name in rule.date]
    month = month_of(said[1], passage.lang)
    return f"{month} {said[2]}" if month and re.fullmatch(r"\d{4}", said[2]) else ""


def value_of(passage: Passage, param: Param, kind: str) -> str:
    """A parameter's value in English: ``kind`` is text, number, date, month, title, language or keep."""
    raw = param.value.strip()
    if kind == "number":
        return english_number(raw, passage.lang)
    if kind == "date":
        return citation_date(raw, passage.lang, passage.style) or raw
    if kind == "month":
        return month_of(raw, passage.lang) or raw
    if kind == "title":
        title = passage.knowledge.titles.get(page_title(raw))
        if title is None:
            passage.note("link-without-article", f"English Wikipedia has no article for “{raw}”.")
        return title or passage.translated_text(raw) or raw
    if kind == "text":
        translated = passage.translated(raw)
        if translated is not None:
            return passage.typed(translated)
    return passage.untranslated(parse(raw, passage.lang), raw)


def _as_text(passage: Passage, rule: Rule, values: dict[str, Param], label: str) -> str:
    date = ""
    if rule.date and all(name in values for name in rule.date):
        day, month, year = (values[name].value.strip() for name in rule.date)
        date = citation_date(f"{day.zfill(2)}.{month.zfill(2)}.{year}", passage.lang, passage.style) or ""
        if date and "{date}" not in rule.text:
            return date
    if "{date}" in rule.text:
        return rule.text.replace("{date}", date) if date else ""
    named = [name for names in re.findall(r"\{([\w|]+)\}", rule.text) for name in names.split("|") if name in values]
    if label and any(rule.values.get(name, "text") in ("text", "keep") for name in named):
        return label

    def fill(key: re.Match[str]) -> str:
        found = next((values[name] for name in key[1].split("|") if name in values), None)
        return value_of(passage, found, rule.values.get(found.name.lower(), "keep")) if found else ""

    return re.sub(r"\{([\w|]+)\}", fill, rule.text).strip() if "{" in rule.text else rule.text


def _unit(passage: Passage, unit: str, values: dict[str, Param], label: str) -> str:
    number = english_number(values["1"].value.strip(), passage.lang) if "1" in values else ""
    if passage.knowledge.lacks_template("Convert"):
        written = english_templates().units.get(unit, label or unit)
        return f"{number}&nbsp;{written}" if number else written
    return template("convert", {"1": number, "2": unit})


def _foreign_link(passage: Passage, rule: Rule, values: dict[str, Param], label: str) -> str:
    title, shown, lang, foreign = (
        next((values[name].value.strip() for name in names.split("|") if name in values), "") for names in rule.link
    )
    foreign = re.sub(r"^:?[a-z-]+:", "", foreign)
    label = label or passage.translated_text(shown or title) or ""
    if not label:
        passage.note("untranslated", f"“{shown or title}” is not translated.", Severity.WARNING)
        return shown or title
    return links.foreign_link(passage, title, label, (lang or rule.link_language).lower(), foreign or title)


def _by_twin(passage: Passage, twin: str, node: Node, params: tuple[Param, ...]) -> str | None:
    """The English twin with the parameters that both know; None where no parameter of several survives."""
    here, there = passage.knowledge.parameters.get(twin), passage.knowledge.source_parameters.get(bare_name(node.name))
    made: dict[str, str] = {}
    lost = []
    for param in params:
        if not param.value.strip():
            continue
        canonical = (there.canonical(param.name) if there else None) or param.name
        english = here.canonical(canonical) or here.canonical(param.name) if here else _same_name(param)
        if english is None or english in made:
            lost.append(param.name)
            continue
        made[english] = value_of(passage, param, "text" if _needs_words(param.value) else "keep")
    if lost and not made:
        return None
    if lost:
        passage.note("template-parameter-lost", f"{{{{{node.name}}}}} → {{{{{twin}}}}} leaves out |{'|'.join(lost)}.")
    name = twin if twin[:1] != capitalised(node.name)[:1] or node.name[:1].isupper() else twin[:1].lower() + twin[1:]
    return template(name, made)


def _same_name(param: Param) -> str | None:
    return param.name if param.positional or param.name.isascii() else None


def _needs_words(value: str) -> bool:
    return any(letter.isalpha() and not letter.isascii() for letter in value)
