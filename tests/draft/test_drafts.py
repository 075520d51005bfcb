"""Laws of drafts over random decisions: summary, talk template and text name exactly the accepted sources."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expander.articles import BlockKind, file_revision, read
from expander.draft import SUMMARY_LIMIT, Source, edit_summary, make_drafts, source_summary, talk_template
from expander.gaps.gap import Anchor, Gap, NewSection
from expander.proposals.expansion import Coverage, Expansion, Page
from expander.proposals.proposal import Choice, Decision, Proposal
from expander.values import Span

BASE = "Lead sentence.<ref>r</ref> Second.\n\n== History ==\nOne. Two.\n\n* item\n\n== References ==\n{{reflist}}\n"
ARTICLE = read(file_revision(BASE, "en", "Article"))
OFFSETS = [sentence.span.end for sentence in ARTICLE.sentences]
TITLES = {"ru": "Статья", "tg": "Мақола", "de": "Artikel"}


def _proposal(index, lang, offset, decision, title, opens=""):
    section = (ARTICLE.sentence_at(offset - 1) or ARTICLE.sentences[0]).section
    new = (NewSection(opens, 2, 1),) if opens else ()
    anchor = Anchor(offset, section, None, new, joins=not opens)
    gap = Gap(f"{lang}-p{index}", lang, title, (f"{lang}-{index}",), Span(0, 1), BlockKind.PARAGRAPH, anchor)
    text = f"Passage {lang}{index}x."
    heading = opens or ARTICLE.sections[section].heading
    opened = (opens,) if opens else ()
    return Proposal(gap.id, gap, heading, "", "s", "s", text, text, ("memory",), opened, decision=decision)


def _expansion(proposals, titles, per_section=False):
    pages = [Page(lang, title, 5, "2024-01-01T00:00:00Z", "0" * 40, "wiki") for lang, title in titles.items()]
    coverage = tuple(Coverage(page, (), (), ()) for page in pages)
    return Expansion(
        Page("en", "Article", 1, None, "0" * 40, "wiki"), BASE, coverage, tuple(proposals), per_section=per_section
    )


DECISIONS = st.one_of(
    st.just(Decision()),
    st.just(Decision(Choice.ACCEPTED)),
    st.just(Decision(Choice.REJECTED, reason="no")),
    st.just(Decision(Choice.EDITED, "Edited by hand.")),
)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(TITLES)), st.sampled_from(OFFSETS), DECISIONS, st.sampled_from(["", "", "Trade"])
        ),
        max_size=8,
    ),
    st.integers(1, 250),
    st.booleans(),
)
def test_draft_summary_and_talk_page_agree(choices, length, per_section):
    titles = {lang: (title * 99)[:length] for lang, title in TITLES.items()}
    proposals = [
        _proposal(index, lang, offset, decision, titles[lang], opens)
        for index, (lang, offset, decision, opens) in enumerate(choices)
    ]
    expansion = _expansion(sorted(proposals, key=lambda item: item.gap.anchor.offset), titles, per_section)
    drafts = make_drafts(expansion)
    accepted = [proposal for proposal in proposals if proposal.decision.is_in_draft]
    final = drafts[-1].text
    assert drafts[0].base == BASE
    assert all(before.text == after.base for before, after in pairwise(drafts))
    assert _is_subsequence(BASE, final)
    for proposal in proposals:
        expected = proposal.decision.choice is Choice.ACCEPTED
        assert (proposal.wikitext in final) == expected
    assert final.count("Edited by hand.") == sum(item.decision.choice is Choice.EDITED for item in proposals)
    assert sorted(name for draft in drafts for name in draft.passages) == sorted(item.id for item in accepted)
    if not per_section:
        named = [match for draft in drafts for match in _named(draft)]
        assert sorted(named) == sorted({(item.gap.lang, item.gap.title) for item in accepted})
    for draft in drafts:
        own = [item for item in accepted if item.id in draft.passages]
        assert sorted(_named(draft)) == sorted({(item.gap.lang, item.gap.title) for item in own})
        assert len(draft.summary) <= SUMMARY_LIMIT
        assert draft.talk == talk_template(draft.sources, section=draft.section)
        assert draft.talk.count("|section=") == (len(draft.sources) if draft.section else 0)
        sections = {item.section for item in own}
        assert sections <= {draft.section} if per_section else draft.section == ""
        assert {source.lang for source in draft.sources} == {name.split("-")[0] for name in draft.passages}
    if not accepted:
        assert final == BASE
        assert (drafts[0].summary, drafts[0].talk) == ("", "")


def _named(draft):
    return re.findall(r"\[\[:([a-z]+):([^\]]+)\]\]", draft.summary)


def _is_subsequence(base, text):
    rest = iter(text)
    return all(character in rest for character in base)


def test_the_model_summary_is_exact():
    assert source_summary(Source("ru", "Российско-таджикистанские отношения")) == (
        "Content in this edit is translated from the existing Russian Wikipedia article at "
        "[[:ru:Российско-таджикистанские отношения]]; see its history for attribution."
    )
    assert talk_template([Source("tg", "А")], section="Trade | aid") == (
        "{{Translated page|tg|А|version=|insertversion=|section=Trade {{!}} aid}}\n"
    )
    assert talk_template([Source("tg", "А", 7)], 9) == "{{Translated page|tg|А|version=7|insertversion=9}}\n"


@pytest.mark.parametrize(("excess", "fits"), [(-50, True), (0, True), (1, False), (60, False)])
def test_two_sources_share_a_summary_where_500_code_points_hold_them(excess, fits):
    russian = Source("ru", "я" * 100)
    room = SUMMARY_LIMIT - len(source_summary(russian)) - len(source_summary(Source("tg", ""))) - 1
    summary = edit_summary([russian, Source("tg", "ӣ" * (room + excess))])
    assert (summary is not None) == fits
    assert summary is None or len(summary) == SUMMARY_LIMIT + excess


def test_an_edited_passage_replaces_the_machines(tmp_path):
    proposal = _proposal(1, "ru", OFFSETS[0], Decision(Choice.EDITED, "By hand."), "Статья")
    (draft,) = make_drafts(_expansion([proposal], {"ru": "Статья"}))
    assert "By hand." in draft.text
    assert "Passage ru1x." not in draft.text
    undone = replace(proposal, decision=Decision())
    assert make_drafts(_expansion([undone], {"ru": "Статья"}))[0].text == BASE
