"""Laws of rebasing, over random pages, random edits of others, and random passages."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from expander.articles import file_revision
from expander.draft import make_drafts
from expander.publication import rebase
from expander.publication.rebase import matching
from tests.publication.making import Passage, expansion

WORDS = ("dam", "river", "work", "money", "people", "water", "road", "town")
sentences = st.builds(
    lambda words, number: f"{' '.join(words).capitalize()} {number}.",
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=6),
    st.integers(0, 99),
)
pages = st.lists(st.lists(sentences, min_size=1, max_size=4), min_size=1, max_size=5)


@st.composite
def edited(draw: st.DrawFn, page: list[list[str]]) -> str:
    """The page after somebody has dropped, changed, added and moved sentences and paragraphs."""
    paragraphs = []
    for paragraph in page:
        kept = []
        for sentence in paragraph:
            fate = draw(st.sampled_from(["keep", "keep", "keep", "drop", "change", "add"]))
            kept += {
                "drop": [],
                "change": [sentence.replace(" ", " very ", 1)],
                "add": [sentence, draw(sentences)],
            }.get(fate, [sentence])
        paragraphs.append(" ".join(kept))
    if draw(st.booleans()):
        paragraphs = draw(st.permutations(paragraphs))
    return text_of([[paragraph] for paragraph in paragraphs if paragraph])


def text_of(page: list[list[str]]) -> str:
    return "\n\n".join(" ".join(paragraph) for paragraph in page)


@given(st.data(), pages)
def test_others_text_is_kept_and_passages_follow_their_anchors(data: st.DataObject, page: list[list[str]]) -> None:
    base = text_of(page)
    anchors = [sentence for paragraph in page for sentence in paragraph if base.count(sentence) == 1]
    chosen = data.draw(st.lists(st.sampled_from(anchors), unique=True, max_size=3)) if anchors else []
    passages = [Passage(after, f"Passage number {number} is brought here.") for number, after in enumerate(chosen)]
    current = data.draw(edited(page))
    made = expansion(replace(file_revision(base, "en", "Dam", "wiki"), revid=7), passages)
    rebased = rebase(made, replace(file_revision(current, "en", "Dam", "wiki"), revid=8))
    drafts = make_drafts(rebased.expansion)
    text = drafts[-1].text
    without = text
    placed = {proposal.id for proposal in rebased.expansion.proposals}
    for proposal, passage in zip(made.proposals, passages, strict=True):
        if proposal.id in placed:
            assert f"{passage.after} {passage.wikitext}" in text
            without = without.replace(f" {passage.wikitext}", "", 1)
    assert without == current
    assert placed | {item.passage for item in rebased.unplaced} == {proposal.id for proposal in made.proposals}
    assert {passage for draft in drafts for passage in draft.passages} == placed
    assert bool(drafts[-1].summary) == bool(placed)
    if current == base:
        assert not rebased.unplaced


@given(pages, st.data())
def test_what_matches_is_the_same_and_in_order(page: list[list[str]], data: st.DataObject) -> None:
    base, current = text_of(page), data.draw(edited(page))
    old = new = 0
    for match in matching(base, current):
        assert match.length > 0 and match.old >= old and match.new >= new
        assert base[match.old : match.old + match.length] == current[match.new : match.new + match.length]
        old, new = match.old + match.length, match.new + match.length
    assert [match.length for match in matching(base, base)] == ([len(base)] if base else [])


def test_a_large_page_with_many_changes_is_soon_done() -> None:
    base = "\n\n".join(f"Sentence {number} of the article. It goes on here {number}." for number in range(3000))
    current = base.replace("7 of the", "7 of this")
    passages = [Passage(f"It goes on here {number}.", f"A passage for number {number}.") for number in (2, 1500, 2998)]
    made = expansion(replace(file_revision(base, "en", "Dam", "wiki"), revid=7), passages)
    rebased = rebase(made, replace(file_revision(current, "en", "Dam", "wiki"), revid=8))
    assert not rebased.unplaced
