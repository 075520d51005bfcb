"""The report as text: complete, harmless, self-contained."""

import re
from dataclasses import replace

from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from expander.proposals.expansion import Expansion, Page
from expander.proposals.proposal import Choice
from expander.review import decide, render_report
from expander.review.page_links import revision_url
from expander.values import Finding, Severity, Skipped
from tests.review.sample import sample_expansion

SAMPLE = sample_expansion()
EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)></script></style>{{ 7*7 }}&<!--"


def shown(expansion: Expansion) -> BeautifulSoup:
    return BeautifulSoup(render_report(expansion, "0.0"), "html.parser")


def test_every_passage_is_there_with_all_that_a_person_needs():
    page = shown(SAMPLE)
    assert len(page.select("article.passage")) == len(SAMPLE.proposals)
    for proposal in SAMPLE.proposals:
        card = page.find(id=f"p-{proposal.id}")
        text = card.get_text()
        assert proposal.source_text in text
        assert proposal.context in text
        assert all(finding.message in text and finding.code in text for finding in proposal.findings)
        if proposal.wikitext is None:
            assert proposal.untranslated in text
            assert card.select_one("[data-do=accepted]").has_attr("disabled")
        else:
            assert card.select_one("[data-wikitext]").get_text() == proposal.wikitext
        source = SAMPLE.source(proposal.gap.lang, proposal.gap.title)
        assert card.select_one(f'a[href*="oldid={source.revid}"]')
        assert card.select_one(".source")["lang"] == proposal.gap.lang
    text = page.get_text()
    for coverage in SAMPLE.coverage:
        assert all(fact.source_value in text and fact.english_value in text for fact in coverage.contradictions)
        assert all(section.heading in text for section in coverage.sections if not section.back_matter)
    assert all(item.reason in text for item in SAMPLE.skipped)
    assert all(note in text for note in SAMPLE.notes)


def test_ids_are_unique_and_links_lead_somewhere():
    page = shown(SAMPLE)
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for link in page.select("a[href]"):
        assert link["href"].startswith(("https://", "http://")) or link["href"].lstrip("#") in ids


def test_nothing_is_fetched_and_only_our_script_runs():
    page = shown(SAMPLE)
    assert not page.select("[src], link[rel=stylesheet], iframe, object, embed, base, form[action], [style], [onclick]")
    assert [link["href"] for link in page.select("link")] == ["data:,"]
    policy = page.select_one("meta[http-equiv=Content-Security-Policy]")["content"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|innerHTML", render_report(SAMPLE, "0"))


def test_an_edited_passage_shows_what_changed():
    passage = SAMPLE.proposals[3]
    text = (passage.wikitext or "").replace("long remained", "was for decades")
    finding = Finding("numbers", Severity.NOTE, "Look at the number.", None)
    expansion = decide(SAMPLE, passage.id, Choice.EDITED, text, findings=[finding])
    card = shown(expansion).find(id=f"p-{passage.id}")
    assert card["data-choice"] == "edited"
    assert card.select_one("del").get_text().strip() == "long remained"
    assert card.select_one("ins").get_text().strip() == "was for decades"
    assert finding.message in card.get_text()


def test_links_lead_to_the_exact_revision_and_section():
    page = Page("ru", "Т", 4702, None, "", "wiki")
    assert revision_url(page, "До 1991 года") == (
        "https://ru.wikipedia.org/w/index.php?oldid=4702#%D0%94%D0%BE_1991_%D0%B3%D0%BE%D0%B4%D0%B0"
    )
    assert revision_url(replace(page, revid=None)) is None
    assert revision_url(replace(page, lang="evil.example/")) is None


def test_what_is_right_to_left_says_so():
    coverage = SAMPLE.coverage[0]
    other = replace(coverage, page=replace(coverage.page, lang="fa"))
    passage = replace(SAMPLE.proposals[0], gap=replace(SAMPLE.proposals[0].gap, lang="fa"))
    page = shown(replace(SAMPLE, coverage=(other,), proposals=(passage,)))
    assert page.select_one(".source")["dir"] == "rtl"


def test_nothing_to_propose():
    page = shown(replace(SAMPLE, proposals=(), skipped=(), notes=()))
    assert "Nothing is missing" in page.get_text()
    assert "0 passages" in page.get_text()


def test_text_of_others_is_text():
    """Markup in every field that another wiki or an engine fills stays text."""
    expansion = hostile(EVIL)
    page = shown(expansion)
    assert len(page.select("script")) == 2
    assert not page.select("img")
    assert page.find(id="p-ru-p1").select_one(".source").get_text() == EVIL
    assert "49" not in page.find(id="p-ru-p1").select_one(".translation").get_text()


@given(st.text(st.sampled_from("<>&\"'`/={}-!;:scriptimgonerror\u2028\u0000\u202e[|]"), max_size=60))
@settings(max_examples=25, deadline=None)
def test_no_text_becomes_markup(text):
    page = shown(hostile(text))
    assert len(page.select("script")) == 2
    assert not page.select("img, [onerror]")
    assert len(page.select("article.passage")) == 1


def hostile(text: str) -> Expansion:
    first, coverage = SAMPLE.proposals[0], SAMPLE.coverage[0]
    passage = replace(
        first,
        section=text,
        source_section=text,
        source_wikitext=text,
        source_text=text,
        translation=text,
        wikitext=text,
        context=text,
        engines=(text,),
        findings=(Finding(text, Severity.ERROR, text, None),),
        gap=replace(first.gap, title=text, anchor=replace(first.gap.anchor, reason=text), flags=(text,)),
    )
    page = replace(coverage.page, title=text, requested=text)
    facts = tuple(
        replace(fact, source_value=text, english_value=text, source_references=("javascript:alert(1)",))
        for fact in coverage.contradictions
    )
    return replace(
        SAMPLE,
        article=replace(SAMPLE.article, title=text),
        coverage=(replace(coverage, page=page, contradictions=facts),),
        proposals=(passage,),
        skipped=(Skipped(text, text),),
        notes=(text,),
    )
