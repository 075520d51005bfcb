"""No way leads past the rules: what nobody decided on, or may not be published, is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from expander.articles import Revision, file_revision
from expander.proposals.expansion import Expansion
from expander.proposals.proposal import Choice, Decision
from expander.publication import obstacles
from expander.values import Finding, Severity
from tests.publication.making import TEXT, Passage, expansion

PASSAGE = Passage("It was much.", "A passage about the money.")


def base() -> Revision:
    return replace(file_revision(TEXT, "en", "Dam", "wiki"), revid=7, timestamp="2024-01-01T00:00:00Z")


def codes(made: Expansion, *, revised: bool = False, mainspace: bool = True, llm: bool = False) -> list[str]:
    found = obstacles(made, revised=revised, mainspace=mainspace, may_be_llm=lambda engine: llm)
    assert all(item.message.endswith(".") or "--target" in item.message for item in found)
    return [item.code for item in found]


def test_an_accepted_passage_of_a_known_engine_may_go() -> None:
    assert codes(expansion(base(), [PASSAGE])) == []


@pytest.mark.parametrize("choice", [Choice.UNDECIDED, Choice.REJECTED])
def test_nothing_goes_that_nobody_accepted(choice: Choice) -> None:
    assert codes(expansion(base(), [replace(PASSAGE, choice=choice)])) == ["nothing-decided"]


def test_text_of_no_revision_does_not_go() -> None:
    assert codes(expansion(file_revision(TEXT, "en", "Dam"), [PASSAGE])) == ["no-revision"]


def test_passages_with_errors_do_not_go() -> None:
    made = expansion(base(), [PASSAGE])
    (proposal,) = made.proposals
    error = (Finding("reference-lost", Severity.ERROR, "A reference is lost."),)
    assert codes(made.with_proposals([replace(proposal, findings=error)])) == ["errors"]
    edited = Decision(Choice.EDITED, "Another text.", decided_at="2024-01-02T00:00:00Z")
    assert codes(made.with_proposals([replace(proposal, findings=error, decision=edited)])) == []
    still = replace(edited, findings=error)
    assert codes(made.with_proposals([replace(proposal, decision=still)])) == ["errors"]


def test_unrevised_machine_text_goes_on_the_editors_word_alone() -> None:
    made = expansion(base(), [PASSAGE])
    (proposal,) = made.proposals
    long = made.with_proposals(
        [replace(proposal, source_text="слово " * 12, wikitext="one two three four five six seven")]
    )
    assert codes(long) == ["unmodified"]
    assert codes(long, revised=True) == []


def test_a_language_models_text_goes_to_an_article_only_when_checked() -> None:
    unchecked = expansion(base(), [PASSAGE], checked=False)
    assert codes(unchecked) == []
    assert codes(unchecked, llm=True) == ["llm-unchecked"]
    assert codes(unchecked, llm=True, mainspace=False) == []
    assert codes(expansion(base(), [PASSAGE]), llm=True) == []
    partly = expansion(base(), [PASSAGE])
    assert codes(replace(partly, checklist=partly.checklist[:-1]), llm=True) == ["llm-unchecked"]
