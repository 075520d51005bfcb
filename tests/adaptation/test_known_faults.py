"""Faults that other translation tools are known for: each has a case that keeps it out."""

from __future__ import annotations

import pytest

from tests.adaptation.cases import read

FAULTS = {
    "the last section of a page cannot be extended": ("placement", "The last section of a page"),
    "|Author= in capitals is lost": ("citations", "cite web: names of parameters in capitals"),
    "hyphenated parameters are lost": ("citations", "cite web: hyphenated names pass"),
    "two names of one parameter overwrite each other": (
        "citations",
        "cite web: two names of one parameter with different values",
    ),
    "two names of one parameter overwrite each other (templates)": (
        "templates",
        "Two names of one parameter of the twin do not overwrite each other",
    ),
    "links inside values stay foreign": ("templates", "Values with links inside are adapted"),
    "a heading with an equals sign or a comment is not found": (
        "placement",
        "A heading with an equals sign and a comment behind it",
    ),
    "plain-text references are dropped": ("references", "A plain-text reference is kept whole"),
    "a reference to a name defined elsewhere breaks": (
        "references",
        "A name that is defined elsewhere in the source brings its text",
    ),
    "a reused name ends up defined several times": (
        "references",
        "A name that is used twice in a passage has its text once",
    ),
    "a name collides with one of the English article": (
        "references",
        "A name that English uses for something else is changed",
    ),
    "citation parameters are lost silently": ("citations", "cite web: a parameter that no data knows is reported"),
    "labels stay in the source language": ("links", "Another label is piped"),
    "templates that English lacks are transcluded": ("templates", "Nothing is taken over under its Russian name"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_case_keeps_it_out(fault: str) -> None:
    file, reason = FAULTS[fault]
    assert reason in {case.reason for case in read(file)}
