"""The checks on a whole draft find what they are for, and blame the passage that did it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from expander.adaptation import Placed
from expander.adaptation.checks import check_draft, check_rendering
from expander.adaptation.citation_check import citation_problems, is_citation_date
from expander.articles.article import BlockKind
from expander.articles.wikitext import parse
from expander.gaps.gap import Anchor
from tests.adaptation.bench import article

BASE = article('Base [[Russia]].<ref name="old">Old.</ref>\n', "en", "Sample")


def passage(number: int, wikitext: str) -> Placed:
    return Placed(f"p{number}", Anchor(0, 0), BlockKind.PARAGRAPH, wikitext)


@pytest.mark.parametrize(
    ("wikitext", "code"),
    [
        ('Text.<ref name="none" />', "reference-undefined"),
        ('Text.<ref name="old">New.</ref>', "reference-doubled"),
        ("Text {{convert|5|km.", "markup-unclosed"),
        ("Text [[Russia.", "markup-unclosed"),
        ("Text ''italic.", "markup-unclosed"),
        ("Text <ref>open.", "markup-unclosed"),
        ("Text по-русски.", "text-untranslated"),
        ("Text бо забони тоҷикӣ.", "text-untranslated"),
        ("Text.<ref>{{cite book |title=T |isbn=1}}</ref>", "citation-faulty"),
        ("The [[Russia]].", "link-doubled"),
    ],
)
def test_fault_is_found_and_tied_to_its_passage(wikitext: str, code: str) -> None:
    passages = [passage(0, "Fine."), passage(1, wikitext)]
    faults = check_draft(BASE, BASE.text + "\n\n" + "\n\n".join(item.wikitext for item in passages), passages)
    assert [(fault.passage, fault.finding.code) for fault in faults] == [("p1", code)]


def test_a_clean_draft_has_no_fault() -> None:
    clean = passage(
        0, 'The α in [[Dushanbe]] ({{langx|tg|Душанбе}}).<ref name="new">Газета.</ref> Fact.<ref name="old" />'
    )
    assert check_draft(BASE, BASE.text + clean.wikitext, [clean]) == ()


def test_a_fault_of_the_base_is_not_the_drafts() -> None:
    base = article('Base.<ref name="lost" />\n', "en", "Sample")
    assert check_draft(base, base.text + "Text.", [passage(0, "Text.")]) == ()


@dataclass
class Rendering:
    cite_errors: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    templates: dict[str, bool] = field(default_factory=dict)
    links: dict[str, bool] = field(default_factory=dict)


def test_what_the_wiki_shows_is_tied_to_passages() -> None:
    passages = [passage(0, 'A.<ref name="x" />'), passage(1, "{{Nothing}} [[Nowhere]] {{ill|Nobody|ru|Никто}}")]
    before = Rendering(("old error",), (), {"Template:Gone": False})
    after = Rendering(
        ("old error", 'no text for refs named "x"'),
        (),
        {"Template:Gone": False, "Template:Nothing": False},
        {"Nowhere": False, "Nobody": False},
    )
    found = [(fault.passage, fault.finding.code) for fault in check_rendering(before, after, passages)]
    assert found == [("p0", "cite-error"), ("p1", "template-missing"), ("p1", "link-red")]


@pytest.mark.parametrize(
    ("citation", "problem"),
    [
        ("{{cite web |title=T |url=http://a.ru/b}}", ""),
        ("{{cite web |url=http://a.ru/b}}", "no |title="),
        ("{{cite web |title=T}}", "no |url="),
        ("{{cite journal |title=T}}", "no |journal="),
        ("{{cite web |title=T |url=http://a.ru/b |deadlink=yes}}", "unknown parameter |deadlink="),
        (
            "{{cite web |title=T |url=http://a.ru/b |access-date=2020-01-01 |accessdate=2020-01-01}}",
            "more than one of |access-date=",
        ),
        ("{{cite web |title=T |url=http://a.ru/b |archive-url=http://c.ru/d}}", "|archive-url= without |archive-date="),
        ("{{cite web |title=T |url=a b}}", "|url= is no address"),
        ("{{cite web |title=T |url=http://a.ru/b |date=5 мая 2010}}", "|date=5 мая 2010 is no date"),
        ("{{cite book |title=T |isbn=5-88451-100-1}}", "|isbn= has a wrong check digit"),
        ("{{cite book |title=T |page=5 |pages=6}}", "more than one of |page=, |pages= and |at="),
        ("{{cite book |title=T |website=W}}", "|website= is not for this template"),
        ("{{cite book |title=T |first=A.}}", "|first= without |last="),
        ("{{cite book |script-title=Книга}}", "|script-title= without a language"),
        ("{{cite web |title=[[T]] |url=http://a.ru/b}}", "a link inside the title besides |url="),
        ("{{cite web |title=T |url=http://a.ru/b |publisher=http://a.ru}}", "an external link in |publisher="),
        ("{{cite web |title=T |url=http://a.ru/b |loose}}", "text without a parameter: “loose”"),
    ],
)
def test_citation_problems(citation: str, problem: str) -> None:
    (node,) = parse(citation, "en")
    assert citation_problems(node, citation) == ((problem,) if problem else ())


@pytest.mark.parametrize(
    ("date", "good"),
    [
        ("2015", True),
        ("April 2015", True),
        ("9 April 2015", True),
        ("April 9, 2015", True),
        ("2015-04-09", True),
        ("1890–1907", True),
        ("6–30 June 2016", True),
        ("n.d.", True),
        ("09.04.2015", False),
        ("апрель 2015", False),
        ("April", False),
    ],
)
def test_citation_dates(date: str, good: bool) -> None:
    assert is_citation_date(date) is good
