"""From each seed to a draft, without a network: the recorded replies and the sample's memory."""

import json
import tomllib

import pytest

from tests.journey.running import SEEDS, TITLE, cyrillic_left, decide, expander, patched, proposals

EXPAND = ("--offline",)  # the sample brings its memory along


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The proposal folder of the sample; tests that change it copy it."""
    place = tmp_path_factory.mktemp("offline")
    result = expander("expand", TITLE, *EXPAND, "--out", "out", cwd=place)
    assert result.returncode == 0, result.stderr
    return place / "out"


@pytest.fixture(scope="module")
def labelled(folder):
    """What the author of the sample (not of the aligner) says of each sentence, by the sentence's id."""
    labels = tomllib.loads((SEEDS / "sample" / "labels.toml").read_text(encoding="utf-8"))["sentence"]
    stored = json.loads((folder / "proposal.json").read_text(encoding="utf-8"))["expansion"]
    found = {}
    for page in stored["coverage"]:
        lang = page["page"]["lang"]
        own = [label for label in labels if label["lang"] == lang]
        body = [row for row in page["sentences"] if row["verdict"]["status"] != "excluded" and " | " not in row["text"]]
        assert len(own) == len(body)
        found |= {
            row["verdict"]["sentence"]: {**label, "shown": row["text"]} for row, label in zip(body, own, strict=True)
        }
    return found


@pytest.mark.parametrize("seed", ["relations-article.txt", "relations-banners.txt"])
def test_each_seed_alone_is_an_article(tmp_path, seed, folder):
    result = expander("expand", SEEDS / seed, *EXPAND, "--out", "out", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "out" / "changes.diff").read_bytes() == (folder / "changes.diff").read_bytes()


def test_the_diff_applies_with_git_and_patch(folder):
    by_git = patched(folder, "changes.diff", "git")
    assert by_git == patched(folder, "changes.diff", "patch")
    assert len(by_git) > 2 * len((folder / "base.wikitext").read_text(encoding="utf-8"))
    assert not cyrillic_left(by_git)


def test_the_diff_only_adds(folder):
    """Each line of the base is still there, with text inserted between its characters at most."""
    base = (folder / "base.wikitext").read_text(encoding="utf-8")
    draft = iter(patched(folder.absolute(), "changes.diff", "check"))
    assert all(character in draft for character in base), "the base is not a subsequence of the draft"


def test_summary_and_talk_page_name_both_sources(folder):
    summary = (folder / "summary.txt").read_text(encoding="utf-8")
    assert summary == (
        "Content in this edit is translated from the existing Russian Wikipedia article at "
        "[[:ru:Российско-таджикские отношения]]; see its history for attribution. "
        "Content in this edit is translated from the existing Tajik Wikipedia article at "
        "[[:tg:Муносибатҳои Тоҷикистон бо Русия]]; see its history for attribution.\n"
    )
    talk = (folder / "talk.wikitext").read_text(encoding="utf-8")
    assert talk.startswith("{{Translated page|ru|Российско-таджикские отношения|version=")
    assert talk.count("|insertversion=}}") == 2


def test_what_english_has_is_not_proposed(folder, labelled):
    """Of the 25 sentences that English covers at most one is proposed, and then with a warning."""
    owner = {number: item for item in proposals(folder) for number in item["gap"]["sentences"]}
    again = [number for number, label in labelled.items() if label["label"] == "covered" and number in owner]
    assert len(again) <= 1, [labelled[number]["shown"] for number in again]
    for number in again:
        assert "perhaps-told" in {finding["code"] for finding in owner[number]["findings"]}


def test_each_missing_passage_is_proposed_once(folder, labelled):
    """Each missing sentence is in one proposal, or named as the twin of one; what both counterparts have comes once."""
    found = proposals(folder)
    owners = [number for item in found for number in item["gap"]["sentences"]]
    assert len(owners) == len(set(owners))
    twins = {number for item in found for twin in item["gap"]["twins"] for number in twin["sentences"]}
    missing = {
        number for number, label in labelled.items() if label["label"] == "missing" and not label.get("contradicts")
    }
    assert [f"{number}: {labelled[number]['shown']}" for number in sorted(missing - set(owners) - twins)] == []
    russian = {label["id"]: number for number, label in labelled.items() if label["lang"] == "ru"}
    shared = {
        number: label
        for number, label in labelled.items()
        if label.get("twins")
        and label["label"] == "missing"
        and all(russian[twin] in owners for twin in label["twins"])
    }
    twice = [f"{number}: {label['shown']}" for number, label in shared.items() if number in owners]
    # the bundled model does not recognise every Tajik sentence in Russian: README, “Limits”
    assert len(twice) <= len(shared) / 4, f"{len(twice)} of {len(shared)}: {twice}"


def test_contradictions_are_in_the_report_and_not_in_the_diff(folder, labelled):
    stored = json.loads((folder / "proposal.json").read_text(encoding="utf-8"))["expansion"]
    found = [item for page in stored["coverage"] for item in page["contradictions"]]
    pairs = {(item["source"], item["source_value"].replace("\u00a0", " "), item["english_value"]) for item in found}
    missed = [
        f"{number}: {here} against {english}"
        for number, label in labelled.items()
        for here, english in label.get("contradicts", ())
        if not any(
            source == number and (other in english or english in other) and (value in here or here in value)
            for source, value, other in pairs
        )
    ]
    assert len(missed) <= 1, f"{missed} are not among {sorted(pairs)}"  # README, “Limits”
    assert len(pairs) <= 6, "false contradictions hide gaps"
    added = [
        line for line in (folder / "changes.diff").read_text(encoding="utf-8").splitlines() if line.startswith("+")
    ]
    assert not any("9,506,300" in line or "Sattorov" in line for line in added)
    assert "Сатторов" in (folder / "report.html").read_text(encoding="utf-8")


def test_rejecting_everything_gives_the_base_back(tmp_path, folder):
    copy = _copy(folder, tmp_path)
    decide(copy, "rejected")
    assert expander("apply", copy, cwd=tmp_path).returncode == 0
    assert (copy / "draft.wikitext").read_bytes() == (copy / "base.wikitext").read_bytes()
    assert (copy / "summary.txt").read_text() == ""


def test_accepting_one_passage_names_its_source_alone(tmp_path, folder):
    copy = _copy(folder, tmp_path)
    path = copy / "proposal.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    chosen = next(item for item in stored["expansion"]["proposals"] if item["gap"]["lang"] == "tg")
    chosen["decision"]["choice"] = "accepted"
    path.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
    assert expander("apply", copy, cwd=tmp_path).returncode == 0
    summary = (copy / "summary.txt").read_text(encoding="utf-8")
    assert "[[:tg:" in summary
    assert "[[:ru:" not in summary
    assert chosen["wikitext"].split("<ref")[0][:40] in (copy / "draft.wikitext").read_text(encoding="utf-8")


def test_decisions_survive_another_run(tmp_path, folder):
    copy = _copy(folder, tmp_path)
    decide(copy, "accepted")
    assert expander("expand", TITLE, *EXPAND, "--out", copy, cwd=tmp_path).returncode == 0
    assert {item["decision"]["choice"] for item in proposals(copy)} == {"accepted"}


def test_align_prints_the_documented_json(tmp_path):
    result = expander("align", TITLE, "--offline", "--json", cwd=tmp_path)
    found = json.loads(result.stdout)
    assert found["article"]["title"] == TITLE
    assert [item["lang"] for item in found["counterparts"]] == ["ru", "tg"]
    for counterpart in found["counterparts"]:
        assert counterpart["revid"]
        assert {row["status"] for row in counterpart["sentences"]} <= {"covered", "partial", "missing", "excluded"}
        assert {"heading", "level", "matches", "score"} <= set(counterpart["sections"][0])
        keys = {"id", "section", "text", "wikitext", "status", "match", "score", "evidence", "flags"}
        assert all(keys <= set(row) for row in counterpart["sentences"])


def test_local_files_need_no_network(tmp_path):
    (sample,) = (SEEDS / "sample" / "en").glob("*.wikitext")
    (russian,) = (SEEDS / "sample" / "ru").glob("*.wikitext")
    result = expander("align", sample, "--counterpart", f"ru={russian}", "--offline", "--json", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["counterparts"][0]["revid"] is None


def test_one_section_only(tmp_path):
    result = expander("expand", TITLE, *EXPAND, "--section", "Энергетика", "--out", "out", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert {item["source_section"] for item in proposals(tmp_path / "out")} == {"Энергетика"}


def test_the_demo(tmp_path):
    result = expander("demo", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    for part in ("Энергетика", "+==Economic cooperation==", "Edit summary:", "report.html"):
        assert part in result.stdout
    assert "translation memory" in result.stderr


def _copy(folder, place):
    copy = place / "copy"
    copy.mkdir()
    for path in folder.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    return copy
