"""What a draft changes, as a person reads it."""

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from expander.draft import make_drafts
from expander.proposals.proposal import Choice
from expander.review import decide
from expander.review.page_diff import page_changes, show
from tests.review.sample import sample_expansion

SAMPLE = sample_expansion()
LINES = st.lists(st.sampled_from(["== A ==\n", "One. Two. Three.\n", "\n", "* item\n", "Four.\n", "end"])).map("".join)
BASE = "Lead.\n\n== Trade ==\nFirst one. Second one. Third one. Fourth one.\n\n== See also ==\n* [[X]]\n"


@given(LINES, LINES)
def test_what_is_new_and_what_is_gone_is_all_there(base, draft):
    changes = page_changes(base, draft)
    assert bool(changes) == (base != draft)
    shown = [run for change in changes for run in change.runs]
    grown = sum(len(run.text) for run in shown if run.kind == "ins") - sum(
        len(run.text) for run in shown if run.kind == "del"
    )
    assert grown == len(draft) - len(base)


def test_context_is_the_sentences_next_to_a_change():
    (change,) = page_changes(BASE, BASE.replace("Third one.", "Third one. New one.<ref>x</ref>"))
    assert change.section == "Trade"
    assert [(run.kind, run.text.strip()) for run in change.runs if run.text.strip()] == [
        ("same", "… Third one."),
        ("ins", "New one.<ref>x</ref>"),
        ("same", "Fourth one."),
    ]


def test_each_passage_stands_below_its_source_and_findings():
    expansion = decide(SAMPLE, "ru-p1", Choice.ACCEPTED)
    expansion = decide(expansion, "ru-p14", Choice.ACCEPTED)
    (draft,) = make_drafts(expansion)
    console = Console(width=100, record=True, file=open("/dev/null", "w"), no_color=True)  # noqa: PTH123, SIM115
    for line in show(expansion, draft, console):
        console.print(line)
    shown = console.export_text()
    places = [shown.index(words) for words in (
        "History ─", "ru-p1: Russian; translated by memory", "warning: The source says", "[[Diplomatic relations]]",
        "ru-p14: Russian, Торговля", "==Trade==",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "{+" in shown
