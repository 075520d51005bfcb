"""Laws of decisions: each touches one passage, and all of them survive a file, a folder and a merge."""

import threading
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expander import store
from expander.articles import BlockKind
from expander.draft import SUMMARY_LIMIT, decided, make_drafts, passage_text, source_summary
from expander.errors import InputError
from expander.proposals.expansion import Expansion
from expander.proposals.proposal import Choice, Decision
from expander.review import CHECKLIST, decide, learned, merge, read_decisions, split, tick, unmodified, write_decisions
from tests.review.sample import sample_expansion

SAMPLE = sample_expansion()
IDS = [proposal.id for proposal in SAMPLE.proposals]
TRANSLATED = [proposal.id for proposal in SAMPLE.proposals if proposal.wikitext is not None]
TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(TRANSLATED), st.just(Choice.ACCEPTED), st.none(), st.just("")),
        st.tuples(st.sampled_from(IDS), st.just(Choice.EDITED), TEXTS, st.just("")),
        st.tuples(st.sampled_from(IDS), st.just(Choice.REJECTED), st.none(), TEXTS),
        st.tuples(st.sampled_from(IDS), st.just(Choice.UNDECIDED), st.none(), st.just("")),
    ),
    max_size=12,
)


def taken(steps, expansion: Expansion = SAMPLE) -> Expansion:
    for minute, (passage, choice, wikitext, reason) in enumerate(steps):
        expansion = decide(expansion, passage, choice, wikitext, reason, at=f"2024-05-02T10:{minute:02}:00Z")
    return expansion


@given(STEPS)
def test_a_decision_touches_its_passage_alone(steps):
    before = SAMPLE
    for step in steps:
        after = taken([step], before)
        changed = [new.id for old, new in zip(before.proposals, after.proposals, strict=True) if old != new]
        assert set(changed) <= {step[0]}
        assert replace(after, proposals=before.proposals) == before
        assert all(
            replace(new, decision=Decision()) == replace(old, decision=Decision())
            for old, new in zip(before.proposals, after.proposals, strict=True)
        )
        before = after


@given(STEPS)
def test_decisions_survive_a_file(steps):
    there = taken(steps)
    here, skipped = merge(SAMPLE, read_decisions(write_decisions(there)))
    assert (here, skipped) == (there, ())


@given(STEPS, STEPS)
def test_merging_twice_is_merging_once(mine, theirs):
    decisions = read_decisions(write_decisions(taken(theirs)))
    once, _ = merge(taken(mine), decisions)
    assert merge(once, decisions)[0] == once


@given(STEPS)
def test_decisions_survive_the_folder_format(steps):
    there = taken(steps)
    assert msgspec.json.decode(msgspec.json.encode(there), type=Expansion) == there


def test_the_later_decision_wins():
    here = decide(SAMPLE, IDS[0], Choice.ACCEPTED, at="2024-05-02T10:00:00Z")
    later = write_decisions(decide(SAMPLE, IDS[0], Choice.REJECTED, reason="no", at="2024-05-02T10:00:01Z"))
    earlier = write_decisions(decide(SAMPLE, IDS[0], Choice.REJECTED, reason="no", at="2024-05-02T09:59:59Z"))
    assert merge(here, read_decisions(later))[0].proposals[0].decision.choice is Choice.REJECTED
    kept, skipped = merge(here, read_decisions(earlier))
    assert kept == here
    assert "later" in skipped[0].reason


def test_nobody_decided_on_a_text_that_came_after():
    decisions = read_decisions(write_decisions(decide(SAMPLE, IDS[0], Choice.ACCEPTED)))
    other = replace(SAMPLE.proposals[0], wikitext="Another engine's text.")
    changed, skipped = merge(SAMPLE.with_proposals([other, *SAMPLE.proposals[1:]]), decisions)
    assert changed.proposals[0].decision.choice is Choice.UNDECIDED
    assert "no longer the one" in skipped[0].reason


@given(STEPS)
@settings(max_examples=40)
def test_summary_talk_and_draft_name_the_same_sources(steps):
    """Issue: exactly the sources of accepted passages, within the limit of an edit summary; nothing undecided."""
    expansion = taken(steps)
    drafts = make_drafts(expansion)
    chosen = [proposal for proposal in expansion.proposals if decided(proposal)]
    assert {id_ for draft in drafts for id_ in draft.passages} == {proposal.id for proposal in chosen}
    assert sum(len(draft.passages) for draft in drafts) == len(chosen)
    for draft in drafts:
        own = {(p.gap.lang, p.gap.title) for p in chosen if p.id in draft.passages}
        assert {(source.lang, source.title) for source in draft.sources} == own
        assert draft.summary == " ".join(source_summary(source) for source in draft.sources)
        assert draft.talk.count("{{Translated page|") == len(draft.sources)
        assert len(draft.summary) <= SUMMARY_LIMIT
    if not chosen:
        assert [draft.text for draft in drafts] == [expansion.base]


@given(st.data())
@settings(max_examples=40)
def test_the_parts_of_a_split_passage_are_the_passage(data):
    long = [p.id for p in SAMPLE.proposals if p.wikitext and len(p.gap.sentences) > 1]
    passage = data.draw(st.sampled_from(long))
    after = data.draw(st.integers(1, 9))
    try:
        parted = split(SAMPLE, passage, after)
    except InputError as error:
        assert "cannot be split" in str(error)
        return
    parts = [proposal for proposal in parted.proposals if proposal.part_of == passage]
    whole = next(proposal for proposal in SAMPLE.proposals if proposal.id == passage)
    assert "".join(f"{part.joint}{part.wikitext}" for part in parts) == whole.wikitext
    assert sum((part.gap.sentences for part in parts), ()) == whole.gap.sentences
    for part in parts:
        parted = decide(parted, part.id, Choice.ACCEPTED)
    assert make_drafts(parted)[0].text == make_drafts(decide(SAMPLE, passage, Choice.ACCEPTED))[0].text


def test_a_paragraph_break_stays_where_the_part_after_it_is_left_out():
    passage = next(p for p in SAMPLE.proposals if p.wikitext and p.gap.kind is BlockKind.PARAGRAPH)
    text = "The first part.\n\nThe second part. The third part."
    whole = SAMPLE.with_proposals([replace(passage, wikitext=text, findings=())])
    parted = split(split(whole, passage.id, 1), f"{passage.id}.2", 1)
    for part, choice in zip(parted.proposals, ("ACCEPTED", "REJECTED", "ACCEPTED"), strict=True):
        parted = decide(parted, part.id, Choice[choice])
    assert "The first part.\n\nThe third part." in make_drafts(parted)[0].text
    assert "The third part." in make_drafts(decide(parted, parted.proposals[0].id, Choice.REJECTED))[0].text


def test_split_again_and_of_what_is_decided():
    passage = next(p.id for p in SAMPLE.proposals if p.wikitext and len(p.gap.sentences) == 5)
    parted = split(split(SAMPLE, passage, 2), f"{passage}.2", 1)
    ids = [p.id for p in parted.proposals if p.part_of == passage]
    assert ids == [f"{passage}.1", f"{passage}.2.1", f"{passage}.2.2"]
    with pytest.raises(InputError, match="decided already"):
        split(decide(SAMPLE, passage, Choice.ACCEPTED), passage, 1)
    with pytest.raises(InputError, match=f"did you mean {passage}.1"):
        decide(parted, passage, Choice.ACCEPTED)


@pytest.mark.parametrize(
    ("passage", "choice", "wikitext", "words"),
    [
        ("ru-p99", Choice.ACCEPTED, None, "There is no passage 'ru-p99'"),
        (IDS[-1], Choice.ACCEPTED, None, "has no translation"),
        (IDS[0], Choice.EDITED, " \n", "is empty"),
        (IDS[0], Choice.EDITED, None, "is empty"),
        (IDS[0], Choice.EDITED, "a\0b", "is not text"),
        (IDS[0], Choice.EDITED, "a\ud800b", "is not text"),
    ],
)
def test_what_cannot_be_decided_is_said(passage, choice, wikitext, words):
    with pytest.raises(InputError, match=words):
        decide(SAMPLE, passage, choice, wikitext)


def test_an_edit_that_changes_nothing_is_an_acceptance():
    decision = decide(SAMPLE, IDS[0], Choice.EDITED, f"{SAMPLE.proposals[0].wikitext}\r\n").proposals[0].decision
    assert (decision.choice, decision.wikitext) == (Choice.ACCEPTED, None)


def test_an_untranslated_passage_can_be_written_by_hand():
    expansion = decide(SAMPLE, IDS[-1], Choice.EDITED, "My own words.")
    assert passage_text(expansion.proposals[-1]) == "My own words."
    assert unmodified(expansion).passages == {}


def test_the_checklist_is_kept_in_its_order():
    expansion = SAMPLE
    for item in reversed(CHECKLIST):
        expansion = tick(expansion, item.id, at="2024-05-02T10:00:00Z")
    assert [entry.item for entry in expansion.checklist] == [item.id for item in CHECKLIST]
    assert merge(SAMPLE, read_decisions(write_decisions(expansion)))[0] == expansion
    assert len(tick(expansion, CHECKLIST[0].id, done=False).checklist) == len(CHECKLIST) - 1
    with pytest.raises(InputError, match="no item 'x'"):
        tick(SAMPLE, "x")


NAMES = st.sampled_from(["kind", "schema", "base", "decisions", "id"])
JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner),
).map(lambda value: msgspec.json.encode(value).decode())


@given(st.text(max_size=200) | JSON)
def test_any_text_is_decisions_or_said_to_be_none(text):
    with pytest.raises(InputError, match="no file of decisions"):
        read_decisions(text)


def test_decisions_about_another_article_are_refused():
    decisions = read_decisions(write_decisions(replace(SAMPLE, article=replace(SAMPLE.article, sha1="0" * 40))))
    with pytest.raises(InputError, match="another revision"):
        merge(SAMPLE, decisions)


def test_one_bad_decision_does_not_block_the_others():
    good = write_decisions(decide(SAMPLE, IDS[0], Choice.ACCEPTED))
    decoded = msgspec.json.decode(good)
    decoded["decisions"].insert(0, decoded["decisions"][0] | {"id": "nobody"})
    decoded["decisions"].insert(0, decoded["decisions"][-1] | {"id": IDS[1]})
    decoded["checklist"] = [{"item": "unknown", "ticked_at": "2024-05-02T10:00:00Z"}]
    merged, skipped = merge(SAMPLE, read_decisions(msgspec.json.encode(decoded).decode()))
    assert merged.proposals[0].decision.choice is Choice.ACCEPTED
    assert [item.what for item in skipped] == [IDS[1], "nobody"]


def test_reviews_at_the_same_time_keep_each_others_decisions(tmp_path):
    store.save(tmp_path, SAMPLE, "0")
    halves = TRANSLATED[:6], TRANSLATED[6:12]

    def review(ids):
        for passage in ids:
            store.update(tmp_path, lambda kept, passage=passage: decide(kept, passage, Choice.ACCEPTED), "0")

    threads = [threading.Thread(target=review, args=(half,)) for half in halves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = {p.id for p in store.load(tmp_path).proposals if p.decision.choice is Choice.ACCEPTED}
    assert kept == {*halves[0], *halves[1]}


def test_a_red_link_is_remembered_as_the_link_that_it_translates():
    passage = next(p for p in SAMPLE.proposals if p.wikitext and p.gap.lang == "ru" and len(p.gap.sentences) == 1)
    source = "Работает [[Русский театр (Душанбе)|Русский театр]]<ref>Источник</ref>."
    made = (
        "The {{ill|Russian Theatre (Dushanbe)|ru|Русский театр (Душанбе)|lt=Russian Theatre}} works.<ref>Source</ref>"
    )
    expansion = SAMPLE.with_proposals([replace(passage, source_wikitext=source, wikitext=made)])
    (unit,) = learned(decide(expansion, passage.id, Choice.ACCEPTED))
    assert unit.source == "Работает <1>Русский театр</1><2/>."
    assert unit.target == "The <1>Russian Theatre</1> works.<2/>"
    assert (unit.source_lang, unit.target_lang, unit.origin) == ("ru", "en", "editor")
    assert learned(decide(expansion, passage.id, Choice.REJECTED)) == learned(expansion) == ()
