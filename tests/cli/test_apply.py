"""``expander apply``: the draft's files, warnings in words, and what goes into the translation memory."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from expander import store
from expander.proposals.expansion import Expansion
from expander.proposals.proposal import Choice
from expander.review import decide, write_decisions
from expander.review.page_links import revision_url
from expander.translation.memory import read
from tests.journey.running import MEMORY, expander
from tests.review.sample import sample_expansion

SAMPLE = sample_expansion()
TEXT = "The commission drew the border along the [[Pamir River]] in 1895."


def folder(place: Path, expansion: Expansion = SAMPLE) -> Path:
    store.save(place / "proposal", expansion, "0")
    return place / "proposal"


def accepted(*passages: str) -> Expansion:
    expansion = SAMPLE
    for passage in passages:
        expansion = decide(expansion, passage, Choice.ACCEPTED)
    return expansion


def two_sections() -> tuple[str, str, str]:
    """A Russian passage of one section, and a Russian and a Tajik one of another."""
    known = [p for p in SAMPLE.proposals if p.wikitext and not p.findings]
    first = next(p for p in known if p.gap.lang == "ru" and p.headings)
    other = next(p for p in known if p.gap.lang == "ru" and not p.headings)
    tajik = next(p for p in known if p.gap.lang == "tg" and not p.headings)
    return first.id, other.id, tajik.id


def test_one_edit_a_section(tmp_path: Path) -> None:
    first, other, tajik = two_sections()
    made = folder(tmp_path, accepted(first, other, tajik))
    whole = expander("apply", made, cwd=tmp_path)
    assert whole.returncode == 0, whole.stderr
    text = (made / "draft.wikitext").read_text()
    parted = expander("apply", made, "--per-section", "--json", cwd=tmp_path)
    assert parted.returncode == 0, parted.stderr
    edits = json.loads(parted.stdout)
    assert sorted(edit["passages"] for edit in edits) == sorted([[first], [other, tajik]])
    assert not (made / "draft.wikitext").exists()
    for number, edit in enumerate(edits, start=1):
        assert (made / f"summary-{number}.txt").read_text() == f"{edit['summary']}\n"
        assert (made / f"talk-{number}.wikitext").read_text() == edit["talk"]
        assert edit["talk"].count(f"|section={edit['section']}}}}}") == len(edit["talk"].splitlines())
        assert ("[[:tg:" in edit["summary"]) == (tajik in edit["passages"])
    assert (made / "draft-2.wikitext").read_text() == text
    assert store.load(made).per_section
    assert expander("apply", made, cwd=tmp_path).returncode == 0
    assert not (made / "draft-1.wikitext").exists() and not store.load(made).per_section


def test_what_was_decided_goes_into_the_memory(tmp_path: Path) -> None:
    single = [p for p in SAMPLE.proposals if p.wikitext and len(p.gap.sentences) == 1 and not p.findings]
    taken, edited, rejected, left = (p.id for p in single[:4])
    expansion = decide(accepted(taken), edited, Choice.EDITED, TEXT)
    made = folder(tmp_path, decide(expansion, rejected, Choice.REJECTED))
    memory = tmp_path / "mine" / "memory.tmx"
    done = expander("apply", made, "--memory", memory, cwd=tmp_path)
    assert f"2 sentences of what you decided went into the translation memory {memory}" in done.stderr
    targets = {unit.target for unit in read(memory)}
    assert len(targets) == 2
    assert any("The commission drew the border along the" in target for target in targets)
    before = memory.read_bytes()
    again = expander("apply", made, "--memory", memory, cwd=tmp_path)
    assert (again.returncode, memory.read_bytes()) == (0, before)
    assert "went into" not in again.stderr
    assert read(memory).exact(next(p for p in single if p.id == left).source_text, "ru", "en") is None


def test_the_users_own_memory_is_the_default(tmp_path: Path) -> None:
    made = folder(tmp_path, accepted(two_sections()[0]))
    assert "went into the translation memory" in expander("apply", made, cwd=tmp_path).stderr
    assert len(read(tmp_path / ".data" / "expander" / "memory.tmx")) > 0


def test_the_samples_memory_is_never_written(tmp_path: Path) -> None:
    before = MEMORY.read_bytes()
    made = folder(tmp_path, replace(accepted(two_sections()[0]), sample=True))
    assert "nothing goes into your translation memory" in expander("apply", made, cwd=tmp_path).stderr
    assert not (tmp_path / ".data" / "expander" / "memory.tmx").exists()
    assert "is not written to" in expander("apply", made, "--memory", MEMORY, cwd=tmp_path).stderr
    assert MEMORY.read_bytes() == before


@pytest.mark.parametrize("memory", ["occupied/memory.tmx", "no.tmx"])
def test_trouble_with_the_memory_costs_no_draft(tmp_path: Path, memory: str) -> None:
    (tmp_path / "occupied").write_text("a file, no folder")
    (tmp_path / "no.tmx").write_text("<tmx><body>")
    made = folder(tmp_path, accepted(two_sections()[0]))
    done = expander("apply", made, "--memory", tmp_path / memory, cwd=tmp_path)
    assert done.returncode == 0
    assert "could not be remembered" in done.stderr
    assert (made / "draft.wikitext").read_text() != SAMPLE.base
    assert (tmp_path / "no.tmx").read_text() == "<tmx><body>"


def test_merged_passages_and_uncut_parts_are_not_remembered(tmp_path: Path) -> None:
    from expander.review import learned, split

    passage = next(p for p in SAMPLE.proposals if p.wikitext and len(p.gap.sentences) == 1)
    merged = replace(passage, gap=replace(passage.gap, lacks=("1895",)))
    expansion = SAMPLE.with_proposals([merged])
    assert learned(decide(expansion, merged.id, Choice.EDITED, "In 1895.")) == ()
    assert len(learned(decide(expansion, merged.id, Choice.ACCEPTED))) == 1
    longer = replace(passage, wikitext="One sentence. Another sentence.", findings=())
    parted = split(SAMPLE.with_proposals([longer]), passage.id, 1)
    assert learned(decide(parted, f"{passage.id}.1", Choice.ACCEPTED)) == ()


def test_warnings_are_in_words(tmp_path: Path) -> None:
    broken = next(p for p in SAMPLE.proposals if any(f.severity == "error" for f in p.findings))
    made = folder(tmp_path, accepted(broken.id, *two_sections()))
    said = expander("--quiet", "apply", made, cwd=tmp_path).stderr
    assert f"{broken.id} has an error, and is not published with it: {broken.findings[0].message}" in said
    assert "Hardly revised (over 85 % unmodified): " in said
    assert "“expander publish” refuses that without --i-have-revised (WP:MTRANS)" in said


def test_text_edited_in_the_report_is_checked(tmp_path: Path) -> None:
    passage = two_sections()[0]
    (tmp_path / "decisions.json").write_text(
        write_decisions(decide(SAMPLE, passage, Choice.EDITED, "A [[link that never ends."))
    )
    made = folder(tmp_path)
    done = expander("apply", made, "--decisions", tmp_path / "decisions.json", cwd=tmp_path)
    assert done.returncode == 0
    assert f"{passage} has an error" in done.stderr


def test_the_folder_keeps_where_its_pages_are(tmp_path: Path) -> None:
    first = SAMPLE.coverage[0]
    page = replace(first.page, index="http://127.0.0.1:8102/index.php")
    kept = replace(SAMPLE, coverage=(replace(first, page=page, titles={"Душанбе": "Dushanbe"}), *SAMPLE.coverage[1:]))
    assert store.load(folder(tmp_path, kept)) == kept
    assert (revision_url(page, "Х") or "").startswith("http://127.0.0.1:8102/index.php?oldid=4702#")
    assert (revision_url(replace(page, index="javascript:alert(1)")) or "").startswith("https://ru.wikipedia.org/w/")
