"""Where passages enter: ``golden/adaptation/placement.txt``.

Besides ``article`` and ``expect``, a case says ``at`` (``after WORDS``, ``before WORDS``, ``start of HEADING``, ``end
of HEADING``) and ``new`` (headings of new sections, outermost first, with `` / `` between), and then brings passages:
``joins`` (continues the paragraph), ``paragraph``, ``item``, ``table``, ``row``, ``file``. What ``at`` and ``new`` say
holds for all that follow.
"""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expander.adaptation import Placed, place
from expander.articles.article import Article, BlockKind
from expander.gaps.gap import Anchor, NewSection
from expander.values import apply_edits
from tests.adaptation.bench import article
from tests.adaptation.cases import Case, read

KINDS = {
    "joins": BlockKind.PARAGRAPH,
    "paragraph": BlockKind.PARAGRAPH,
    "item": BlockKind.LIST_ITEM,
    "table": BlockKind.TABLE,
    "row": BlockKind.TABLE,
    "file": BlockKind.FILE,
}


def passages(case: Case, base: Article) -> list[Placed]:
    """The passages of a case."""
    made: list[Placed] = []
    offset, new = 0, ()
    for key, value in case.lines:
        if key == "at":
            offset, new = _offset(base, value), ()
        elif key == "new":
            names = value.split(" / ")
            new = tuple(NewSection(name, 2 + depth, depth) for depth, name in enumerate(names))
        elif key in KINDS:
            section = max(item.index for item in base.sections if item.span.start <= offset)
            anchor = Anchor(offset, section, new_sections=new, joins=key == "joins")
            headings = tuple(item.heading for item in new)
            made.append(Placed(str(len(made)), anchor, KINDS[key], value, headings))
    return made


def _offset(base: Article, place_: str) -> int:
    word, _, rest = place_.partition(" ")
    if word in ("after", "before"):
        return base.text.index(rest) + (len(rest) if word == "after" else 0)
    section = next(item for item in base.sections if item.heading == rest.removeprefix("of ").strip())
    return section.body.start if word == "start" else section.body.end


def placed(base: Article, items: list[Placed]) -> str:
    """The base with the passages in it."""
    return apply_edits(base.text, [edit for _, edit in place(base, items)])


@pytest.mark.parametrize("case", read("placement"), ids=str)
def test_case(case: Case) -> None:
    base = article(case.one("article"), "en", "Sample")
    assert placed(base, passages(case, base)) == case.one("expect")


@pytest.mark.parametrize("case", read("placement"), ids=str)
def test_inverse_edits_restore_the_base(case: Case) -> None:
    base = article(case.one("article"), "en", "Sample")
    draft, rest, position = placed(base, passages(case, base)), [], 0
    shift = 0
    for _, edit in place(base, passages(case, base)):
        start = edit.span.start + shift
        rest.append(draft[position:start])
        assert draft[start : start + len(edit.text)] == edit.text
        position = start + len(edit.text)
        shift += len(edit.text)
    assert "".join((*rest, draft[position:])) == base.text


@pytest.mark.parametrize("case", read("placement"), ids=str)
def test_every_subset_keeps_the_structure(case: Case) -> None:
    """Blocks of the base are still blocks of the draft, whichever passages are accepted; each passage is in it once."""
    base = article(case.one("article"), "en", "Sample")
    items = passages(case, base)
    for size in range(len(items) + 1):
        for chosen in combinations(items, size):
            draft = article(placed(base, list(chosen)), "en", "Sample")
            headings = [section.heading for section in draft.sections]
            assert [heading for heading in headings if heading in {s.heading for s in base.sections}] == [
                section.heading for section in base.sections
            ]
            assert len(set(headings)) == len(headings)
            lists = sum(block.kind is BlockKind.LIST_ITEM for block in draft.blocks)
            assert lists == sum(block.kind is BlockKind.LIST_ITEM for block in base.blocks) + sum(
                item.kind is BlockKind.LIST_ITEM for item in chosen
            )
            tables = sum(block.kind is BlockKind.TABLE for block in draft.blocks)
            assert tables == sum(block.kind is BlockKind.TABLE for block in base.blocks) + sum(
                item.wikitext.startswith("{|") for item in chosen
            )
            assert "\n\n\n" not in draft.text


BLOCKS = st.sampled_from(
    ["One. Two.", "== H{} ==", "* item\n* other", "{|\n|-\n| a || b\n|}", "{{Box|a=1}}", "[[File:X.jpg|thumb]]"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=6), st.data())
def test_no_passage_is_lost_or_merged(blocks: list[str], data: st.DataObject) -> None:
    """Wherever the anchors are: the base's own characters stay, in order, and new paragraphs are paragraphs."""
    text = (
        "\n\n".join(block.format(index) if block.startswith("==") else block for index, block in enumerate(blocks))
        + "\n"
    )
    base = article(text, "en", "Sample")
    offsets = data.draw(st.lists(st.integers(0, len(text)), min_size=1, max_size=3))
    items = []
    for number, offset in enumerate(offsets):
        section = max(item.index for item in base.sections if item.span.start <= offset)
        items.append(Placed(str(number), Anchor(offset, section), BlockKind.PARAGRAPH, f"New {number}."))
    draft = placed(base, items)
    kept = iter(draft)
    assert all(character in kept for character in text)
    found = [
        block.span.of(draft) for block in article(draft, "en", "Sample").blocks if block.kind is BlockKind.PARAGRAPH
    ]
    for item in items:
        assert item.wikitext in found
