"""Laws: whatever the source, nothing crashes, nothing foreign is transcluded, no reference is lost unsaid."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from expander.adaptation import Adapter, Knowledge, wanted
from expander.adaptation.checks import check_draft
from expander.adaptation.finish import finish
from expander.adaptation.markup import inside, map_prose, render, walk
from expander.adaptation.style import Style
from expander.articles.article import NodeKind
from expander.articles.wikitext import parse
from expander.translation import mask, unmask
from tests.adaptation.bench import article

BITS = st.sampled_from(
    [
        "Горы ",
        "[[Азия]]",
        "[[Азия|азиатские]]е",
        "[[1992 год]]а",
        "[[:en:Asia|Азия]]",
        "[[Файл:X.jpg|мини|Подпись [[Азия]]]]",
        "<ref>А</ref>",
        '<ref name="а">{{книга|автор=Иванов И. И.|заглавие=К}}</ref>',
        '<ref name="а" />',
        '<ref name="нет" />',
        "<ref>{{cite web|url=http://a.ru/b|title=Т|deadlink=yes}}</ref>",
        "{{нет АИ|5|3|2021}}",
        "{{sfn|Иванов|1991|с=5}}",
        "{{num|1200}}",
        "{{s|5 {{кв. км}}}}",
        "{{неизвестный|1=[[Азия]]}}",
        "{{lang-tg|Кӯҳ}}",
        "{{нп5|Азия|Азии|en|Asia}}",
        "'''",
        "''",
        "{{",
        "}}",
        "[[",
        "]]",
        "|",
        "<ref>",
        "</ref>",
        "{|",
        "\n|-\n| а || б",
        "\n|}",
        "<!-- к -->",
        "<nowiki>{{а}}</nowiki>",
        "<math>a|b</math>",
        "&nbsp;",
        "«",
        "»",
        " — ",
        "5,5 %",
        ". ",
        ", ",
        "\n",
        "{{#tag:ref|Т<ref>Б</ref>|name=т}}",
        "\u0301",
        "\u202e",
    ]
)
SOURCES = st.lists(BITS, min_size=1, max_size=9).map("".join)


def known_of(source: str, lang: str) -> tuple[Adapter, object]:
    base = article(
        '{{Use dmy dates}} Base.<ref name="а">Other.</ref>\n\n== References ==\n{{reflist}}\n', "en", "Sample"
    )
    counterpart = article(source, lang, "Образец")
    known = Knowledge()
    for _ in range(6):
        wants = wanted(counterpart.nodes, counterpart, known)
        if not wants:
            break
        known = known.merged(
            Knowledge(
                titles={title: "Asia" if title == "Азия" else None for title in wants.links},
                files=dict.fromkeys(wants.files, True),
                templates=dict.fromkeys(wants.templates, None),
                pages={page: page.startswith("Template:") for page in wants.pages},
                texts={text: mask(parse(text, lang), text, lang).text for text in wants.texts},
            )
        )
    assert not wanted(counterpart.nodes, counterpart, known)  # the rounds come to an end
    return Adapter(base, counterpart, known), counterpart


@settings(max_examples=300, deadline=None)
@given(SOURCES, st.sampled_from(["ru", "tg"]))
def test_nothing_crashes_and_nothing_foreign_is_transcluded(source: str, lang: str) -> None:
    adapter, _ = known_of(source, lang)
    counterpart = adapter.counterpart
    passage = adapter.passage()
    masked = mask(counterpart.nodes, counterpart.text, lang)
    done = unmask(masked.text + " ", masked, passage.render)
    adapted = passage.finish(done.wikitext, source)
    for node in parse(adapted.wikitext, "en"):
        if node.kind is NodeKind.TEMPLATE and "{{" not in node.name:
            assert not re.match("(книга|нет АИ|num|нп5|неизвестный|кв. км)", node.name)


WELL_FORMED = st.lists(
    BITS.filter(
        lambda bit: (
            bit not in {"{{", "}}", "[[", "]]", "|", "<ref>", "</ref>", "{|", "'''", "''", "\n|}", "\n|-\n| а || б"}
        )
    ),
    min_size=1,
    max_size=8,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(WELL_FORMED)
def test_references_are_kept_or_reported(source: str) -> None:
    adapter, _ = known_of(source, "ru")
    counterpart = adapter.counterpart
    passage = adapter.passage()
    masked = mask(counterpart.nodes, counterpart.text, "ru")
    adapted = passage.finish(unmask(masked.text + " ", masked, passage.render).wikitext, source)

    def count(text: str) -> int:
        marks = (node for node in walk(parse(text, "ru")) if node.kind in (NodeKind.REFERENCE, NodeKind.TEMPLATE))
        return sum(node.kind is NodeKind.REFERENCE or node.name in ("sfn", "#tag:ref") for node in marks)

    undefined = any(finding.code == "reference-undefined" for finding in adapted.findings)
    assert count(adapted.wikitext) == count(source) or undefined
    codes = {fault.finding.code for fault in check_draft(adapter.article, adapted.wikitext, [])}
    assert not codes & {"markup-unclosed"}


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab «»“”'\"-—–,.0123456789 \u00a0[]{}|<>/ref=\n№…")), max_size=60))
def test_finishing_english_text_never_crashes_and_is_stable(text: str) -> None:
    once = finish(text, Style(), "ru")
    assert finish(once, Style(), "ru") == finish(finish(once, Style(), "ru"), Style(), "ru")


@settings(max_examples=200, deadline=None)
@given(SOURCES)
def test_markup_that_nobody_changes_stays(source: str) -> None:
    nodes = parse(source, "ru")
    assert render(nodes, source, lambda node: None) == source
    assert "".join(inside(node, source, lambda child: child.span.of(source)) for node in nodes) == source
    assert map_prose(source, lambda run: run) == source
