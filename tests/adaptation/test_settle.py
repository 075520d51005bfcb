"""Passages stand for themselves, and any subset of them makes one whole draft."""

from __future__ import annotations

import re
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from expander.adaptation import Placed, place, settle
from expander.adaptation.checks import check_draft
from expander.adaptation.placement import extra_edits
from expander.articles.article import Article, BlockKind
from expander.gaps.gap import Anchor, NewSection
from expander.values import Edit, Span, apply_edits
from tests.adaptation.bench import article

BASE = article('Base [[Russia]].<ref name="en">English.</ref>\n\n== References ==\n{{reflist}}\n', "en", "Sample")
REF = '<ref name="a">{{cite web |title=A |url=http://a.ru/b}}</ref>'


def passage(number: int, wikitext: str, new: tuple[NewSection, ...] = ()) -> Placed:
    end = BASE.text.index("\n\n==")
    return Placed(
        str(number), Anchor(end, 0, new_sections=new), BlockKind.PARAGRAPH, wikitext, tuple(n.heading for n in new)
    )


def draft(passages: list[Placed], base: Article = BASE) -> str:
    settled = settle(base, passages)
    return apply_edits(base.text, [*(edit for _, edit in place(base, settled)), *extra_edits(settled)])


def test_a_reference_that_two_passages_bring_is_defined_once() -> None:
    first, second = settle(BASE, [passage(0, f"One.{REF}"), passage(1, f"Two.{REF}")])
    assert first.wikitext == f"One.{REF}"
    assert second.wikitext == 'Two.<ref name="a" />'


def test_a_passage_alone_keeps_its_definition() -> None:
    (alone,) = settle(BASE, [passage(1, f"Two.{REF}")])
    assert alone.wikitext == f"Two.{REF}"


def test_the_same_name_for_something_else_is_renamed_with_its_reuses() -> None:
    other = 'Two.<ref name="a">Other.</ref> Three.<ref name="a" />'
    _, second = settle(BASE, [passage(0, f"One.{REF}"), passage(1, other)])
    assert second.wikitext == 'Two.<ref name="a-2">Other.</ref> Three.<ref name="a-2" />'


def test_a_name_of_the_english_article_for_something_else_is_renamed() -> None:
    (only,) = settle(BASE, [passage(0, 'One.<ref name="en">Other.</ref>')])
    assert only.wikitext == 'One.<ref name="en-2">Other.</ref>'


def test_references_inside_templates_are_settled_too() -> None:
    quotation = f"{{{{blockquote|Two|author=X{REF}}}}}"
    _, second = settle(BASE, [passage(0, f"One.{REF}"), passage(1, quotation)])
    assert second.wikitext == '{{blockquote|Two|author=X<ref name="a" />}}'


def test_a_red_link_keeps_its_way_to_the_other_wiki_once() -> None:
    first, second = settle(
        BASE,
        [passage(0, "{{ill|Name|ru|Имя|lt=He}}."), passage(1, "{{ill|Name|ru|Имя|lt=him}} and {{ill|Name|ru|Имя}}.")],
    )
    assert first.wikitext == "{{ill|Name|ru|Имя|lt=He}}."
    assert second.wikitext == "him and Name."


def test_a_link_is_made_once_a_section() -> None:
    new = (NewSection("New", 2, 1),)
    first, second, elsewhere = settle(
        BASE,
        [
            passage(0, "[[Dushanbe]]."),
            passage(1, "[[Dushanbe|The capital]] and [[Dushanbe|''it'']]."),
            passage(2, "[[Dushanbe]].", new),
        ],
    )
    assert (first.wikitext, second.wikitext) == ("[[Dushanbe]].", "The capital and ''it''.")
    assert elsewhere.wikitext == "[[Dushanbe]]."


def test_files_and_categories_are_no_links() -> None:
    text = "[[File:A.jpg|thumb]] [[File:A.jpg|thumb]]"
    (only,) = settle(BASE, [passage(0, text)])
    assert only.wikitext == text


def test_equal_edits_elsewhere_are_one() -> None:
    edit = Edit(Span(5, 5), " name=x")
    passages = [
        Placed("0", Anchor(0, 0), BlockKind.PARAGRAPH, "A.", (), (edit,)),
        Placed("1", Anchor(0, 0), BlockKind.PARAGRAPH, "B.", (), (edit,)),
    ]
    assert extra_edits(passages) == (edit,)


PIECES = st.sampled_from(
    [
        "Text.",
        REF,
        '<ref name="b">B.</ref>',
        '<ref name="b">B2.</ref>',
        '<ref name="en">Mine.</ref>',
        "<ref>Plain.</ref>",
        "[[Dushanbe]]",
        "[[Russia|RU]]",
        "{{ill|Name|ru|Имя|lt=He}}",
        '{{blockquote|Q<ref name="b">B.</ref>}}',
        "''it''",
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=4))
def test_every_subset_settles_to_a_whole_draft(texts: list[str]) -> None:
    passages = [passage(number, f"P{number} {text}") for number, text in enumerate(texts)]
    for size in range(len(passages) + 1):
        for chosen in combinations(passages, size):
            settled = settle(BASE, chosen)
            assert settle(BASE, settled) == settled
            made = draft(list(chosen))
            codes = {fault.finding.code for fault in check_draft(BASE, made, settled)}
            assert not codes & {"reference-undefined", "reference-doubled", "markup-unclosed"}
            assert made.count("{{ill|") <= 1
            names = re.findall(r'<ref name="([^"]+)">', made)
            assert len(names) == len(set(names))
            kept = iter(made)
            assert all(character in kept for character in BASE.text)
