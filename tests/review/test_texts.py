"""Laws of what the review says about texts: shares, word changes, runs of wikitext, findings of an edit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expander.proposals.proposal import Choice
from expander.review import decide, recheck, unmodified, unmodified_share
from expander.review.markup import reference_urls, runs
from expander.review.words import word_changes
from expander.values import Finding, Severity, Span
from tests.review.sample import sample_expansion

SAMPLE = sample_expansion()
WORDS = st.lists(st.sampled_from("abcde"), max_size=12)
PIECES = ["[[a|b]]", "{{c|d}}", "<ref>e</ref>", "'''f'''", "<!-- g -->", "h ", "\n", "[[", "}}", "й"]
WIKITEXT = st.lists(st.sampled_from(PIECES)).map("".join)


@pytest.mark.parametrize(
    ("machine", "edited", "share"),
    [
        ("a b c d", "a b c d", 1),
        ("a b c d", "a b c d e", 0.8),
        ("a b c d", "a b c", 0.75),
        ("a b c d e", "A B C D E", 0),
        ("a b c d e.", "a B c d e. f g h", 0.5),
        ("foo", "   ", 0),
        ("", "", 0),
    ],
)
def test_shares_are_content_translations(machine, edited, share):
    """What Content Translation's own tests expect of the measure."""
    assert unmodified_share(machine, edited) == share


@given(WORDS, WORDS)
def test_the_share_is_that_of_the_longest_common_subsequence(one, other):
    lengths = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, left in enumerate(one):
        for j, right in enumerate(other):
            lengths[i + 1][j + 1] = lengths[i][j] + 1 if left == right else max(lengths[i][j + 1], lengths[i + 1][j])
    longest = max(len(one), len(other))
    assert unmodified_share(" ".join(one), " ".join(other)) == (lengths[-1][-1] / longest if longest else 0)
    assert unmodified_share(" ".join(one), " ".join(other)) == unmodified_share(" ".join(other), " ".join(one))


def test_passages_are_measured_by_what_a_reader_sees():
    long = next(p for p in SAMPLE.proposals if p.wikitext and len(p.source_text.split()) >= 10)
    short = next(p for p in SAMPLE.proposals if p.wikitext and len(p.source_text.split()) < 10)
    accepted = decide(decide(SAMPLE, long.id, Choice.ACCEPTED), short.id, Choice.ACCEPTED)
    assert unmodified(accepted).passages == {long.id: 1.0}  # a short source is not measured
    assert unmodified(accepted).warned == (long.id,)
    assert unmodified(accepted).is_refused
    rewritten = unmodified(decide(SAMPLE, long.id, Choice.EDITED, "Words of my own.<ref>A book</ref>"))
    assert (rewritten.whole or 0) < 0.3
    assert not rewritten.is_refused
    assert unmodified(SAMPLE).whole is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_word_changes_hold_both_texts(old, new):
    changes = word_changes(old, new)
    assert "".join(run.text for run in changes if run.kind != "ins") == old
    assert "".join(run.text for run in changes if run.kind != "del") == new
    assert old != new or all(run.kind == "same" for run in changes)


def test_a_rewritten_phrase_is_one_change():
    changes = word_changes(
        "The dam was long the tallest in the world.", "The dam stayed for decades the tallest in the world."
    )
    assert [run.kind for run in changes] == ["same", "del", "ins", "same"]


@given(WIKITEXT, st.integers(0, 20), st.integers(0, 20))
def test_runs_are_the_wikitext(wikitext, start, length):
    span = Span(min(start, len(wikitext)), min(start + length, len(wikitext)))
    cut = runs(wikitext, [Finding("x", Severity.ERROR, "x", span)])
    assert "".join(run.text for run in cut) == wikitext
    assert "".join(run.text for run in cut if run.finding) == span.of(wikitext)


def test_reference_urls():
    text = "A.<ref>{{cite web|url=https://a.org/x?y=1|title=T}}</ref> B [https://b.org c].<ref>[https://c.org/ d]</ref>"
    assert reference_urls(text) == ("https://a.org/x?y=1", "https://c.org/")


@pytest.mark.parametrize(
    ("wikitext", "code"),
    [
        ("Trade grew [[fast.", "markup-broken"),
        ("Trade grew {{fast.", "markup-broken"),
        ("Trade grew.<ref>{{cite web|url=https://a.org}}", "markup-broken"),
        ("Trade grew.</ref>", "markup-broken"),
        ("Trade grew.\n\n== Trade ==\n", "heading-in-passage"),
        ("Торговля выросла, и выросла сильно.", "untranslated"),
    ],
)
def test_what_an_edit_broke_is_found(wikitext, code):
    proposal = SAMPLE.proposals[0]
    findings = recheck(proposal, wikitext)
    assert any(code in finding.code for finding in findings), findings
    assert all(finding.span is None or finding.span.end <= len(wikitext) for finding in findings)


def test_a_reference_that_the_edit_dropped_is_named():
    proposal = next(p for p in SAMPLE.proposals if p.wikitext and reference_urls(p.wikitext))
    (url, *_) = reference_urls(proposal.wikitext)
    assert any(finding.code == "reference-removed" and url in finding.message for finding in recheck(proposal, "Text."))
    assert not any(finding.code == "reference-removed" for finding in recheck(proposal, proposal.wikitext))


@given(WIKITEXT)
def test_any_edit_can_be_rechecked(wikitext):
    for finding in recheck(SAMPLE.proposals[0], wikitext):
        assert finding.span is None or finding.span.end <= len(wikitext)
