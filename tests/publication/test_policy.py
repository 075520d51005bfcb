"""Over random decisions: what nobody decided on reaches no page, and no refusal is forgotten."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from expander.articles import file_revision
from expander.draft import make_drafts, source_summary
from expander.proposals.expansion import Expansion, Tick
from expander.proposals.proposal import Choice, Decision
from expander.publication import obstacles, rebase
from expander.review import CHECKLIST, REFUSE_ABOVE, unmodified
from expander.values import Finding, Severity
from tests.publication.making import RUSSIAN, TAJIK, TEXT, Passage, expansion

AFTER = ("is a sample.", "It ended in 2009.", "People came to see it.", "It was much.")
ERROR = (Finding("reference-lost", Severity.ERROR, "A reference is lost."),)
LONG = "слово " * 12


@st.composite
def decided(draw: st.DrawFn) -> Expansion:
    """A page with passages: decided or not, edited or not, with an error or not, checked or not."""
    base = replace(file_revision(TEXT, "en", "Dam", "wiki"), revid=draw(st.sampled_from([None, 7])))
    places = sorted(draw(st.lists(st.sampled_from(range(len(AFTER))), max_size=6)))
    made = expansion(
        base,
        [
            Passage(
                AFTER[place],
                f"The machine wrote the text of passage number {number} of all these.",
                draw(st.sampled_from([RUSSIAN, TAJIK])),
                engine=draw(st.sampled_from(["firefox", "google"])),
            )
            for number, place in enumerate(places)
        ],
    )
    proposals = []
    for number, proposal in enumerate(made.proposals):
        choice = draw(st.sampled_from(Choice))
        text = f"Somebody's words, number {number}, stand here." if choice is Choice.EDITED else None
        found = draw(st.sampled_from([(), (), (), ERROR]))
        decision = Decision(choice, text, decided_at="2024-01-02T00:00:00Z", findings=found if text else ())
        proposals.append(replace(proposal, source_text=LONG, decision=decision, findings=found))
    ticks = tuple(Tick(item.id, "2024-01-02T00:00:00Z") for item in CHECKLIST if draw(st.booleans()))
    return replace(made, proposals=tuple(proposals), checklist=ticks, per_section=draw(st.booleans()))


@given(decided(), st.booleans(), st.booleans())
def test_a_refusal_for_each_rule_and_no_other(made: Expansion, revised: bool, mainspace: bool) -> None:
    found = {
        item.code
        for item in obstacles(made, revised=revised, mainspace=mainspace, may_be_llm=lambda engine: engine == "google")
    }
    chosen = [p for p in made.proposals if p.decision.choice in (Choice.ACCEPTED, Choice.EDITED)]
    share = unmodified(made).whole
    assert ("no-revision" in found) == (made.article.revid is None)
    assert ("nothing-decided" in found) == (not chosen)
    assert ("errors" in found) == any(
        p.decision.findings if p.decision.choice is Choice.EDITED else p.findings for p in chosen
    )
    assert ("unmodified" in found) == (share is not None and share > REFUSE_ABOVE and not revised)
    assert ("llm-unchecked" in found) == (
        mainspace and any("google" in p.engines for p in chosen) and len(made.checklist) < len(CHECKLIST)
    )
    assert found <= {"no-revision", "nothing-decided", "errors", "unmodified", "llm-unchecked"}


@given(decided(), st.booleans())
def test_only_what_somebody_decided_on_is_in_any_edit(made: Expansion, others_edit: bool) -> None:
    now = replace(file_revision(made.base, "en", "Dam", "wiki"), revid=8)
    if others_edit:
        text = made.base.replace("'''Dam''' is", "A '''dam''' is").replace(
            "== See also", "Another's words.\n\n== See also"
        )
        now = replace(file_revision(text, "en", "Dam", "wiki"), revid=8)
    for published in (made, rebase(made, now).expansion):
        drafts = make_drafts(published)
        for proposal in made.proposals:
            choice, machine = proposal.decision.choice, proposal.wikitext or ""
            assert choice is Choice.ACCEPTED or machine not in drafts[-1].text
        for draft in drafts:
            named = {p.gap.lang for p in made.proposals if p.id in draft.passages}
            assert {source.lang for source in draft.sources} == named
            assert draft.summary == " ".join(map(source_summary, draft.sources))
