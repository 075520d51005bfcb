"""Runs one case through the real stages: parse, mask, unmask with the adapter's renderer, finish."""

from __future__ import annotations

import re

from expander.adaptation import Adapted, Adapter, Knowledge, TemplateData
from expander.articles import file_revision, read
from expander.articles.article import Article
from expander.articles.visible import clip, plain
from expander.gaps.gap import Anchor
from expander.translation import mask, unmask
from expander.values import Span
from tests.adaptation.cases import Case


def knowledge(case: Case) -> Knowledge:
    """What the case says is known."""
    return Knowledge(
        titles={title: None if english == "-" else english for title, english in case.pairs("title").items()},
        files={name: answer != "no" for name, answer in case.pairs("file").items()},
        templates={name: None if english == "-" else english for name, english in case.pairs("template").items()},
        pages={title: answer != "no" for title, answer in case.pairs("page").items()},
        texts=case.pairs("text"),
        parameters={name: _template_data(given) for name, given in case.pairs("parameters").items()},
        source_parameters={name: _template_data(given) for name, given in case.pairs("foreign").items()},
    )


def _template_data(given: str) -> TemplateData:
    made = {}
    for part in given.split(","):
        found = re.match(r"\s*([^()]+?)\s*(?:\(([^)]*)\))?\s*$", part)
        if found:
            made[found[1]] = tuple(alias.strip() for alias in (found[2] or "").split("/") if alias.strip())
    return TemplateData(made)


def article(text: str, lang: str, title: str) -> Article:
    """An article from text."""
    return read(file_revision(text, lang, title))


def adapt(case: Case) -> Adapted:
    """The case's source as an adapted passage."""
    lang, source = case.one("lang", "ru"), case.one("source")
    base = article(case.one("article", "Text."), "en", case.one("name", "Sample"))
    counterpart = article(source + "\n\n" + case.one("counterpart"), lang, "Образец")
    adapter = Adapter(base, counterpart, knowledge(case))
    passage = adapter.passage(_anchor(case, base))
    nodes = clip(counterpart.nodes, Span(0, len(source)))
    if source.startswith("{|"):
        made = passage.table(nodes)
        return passage.finish(made if made is not None else "", plain(nodes, counterpart.text))
    masked = mask(nodes, counterpart.text, lang)
    done = unmask(case.one("translation") or masked.text + " ", masked, passage.render)
    return passage.finish(done.wikitext, plain(nodes, counterpart.text))


def _anchor(case: Case, base: Article) -> Anchor | None:
    section = next((item for item in base.sections if item.heading == case.one("section")), None)
    return None if section is None else Anchor(section.body.end, section.index)
