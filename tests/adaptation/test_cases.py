"""The table of conversions: every case file of ``tests/golden/adaptation``."""

from __future__ import annotations

import pytest

from tests.adaptation.bench import adapt
from tests.adaptation.cases import Case, read

FILES = ("links", "references", "citations", "templates", "punctuation", "typography", "files", "tables")


@pytest.mark.parametrize("case", [case for name in FILES for case in read(name)], ids=str)
def test_case(case: Case) -> None:
    adapted = adapt(case)
    assert adapted.wikitext == case.one("expect")
    codes = {finding.code for finding in adapted.findings}
    if case.one("finding") == "none":
        assert not codes
    else:
        assert {code.strip() for code in case.one("finding").split(",") if code.strip()} <= codes
    for edit in case.all("edit"):
        assert edit.strip() in {item.text.strip() for item in adapted.extra_edits}


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("links", 60),
        ("templates", 40),
        ("punctuation", 30),
        ("typography", 30),
        ("files", 20),
        ("tables", 15),
        ("placement", 20),
    ],
)
def test_enough_cases(name: str, least: int) -> None:
    cases = read(name)
    assert len(cases) >= least
    assert len({case.reason for case in cases}) == len(cases)
    assert name == "placement" or {case.one("lang", "ru") for case in cases} >= {"ru", "tg"}


def test_enough_references() -> None:
    assert len(read("references")) + len(read("citations")) >= 60
