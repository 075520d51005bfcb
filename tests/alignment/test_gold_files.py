"""The gold itself: whoever adds or mends a pair is told what does not fit its articles."""

import pytest
from benchmarks import training
from benchmarks.gold import GOLD, fold, matches, pairs

from expander.alignment.units import units
from expander.articles import SectionKind

PAIRS = {f"{side}/{pair.name}": pair for side in ("dev", "test") for pair in pairs(side)}


def _headings(article):
    return {section.heading for section in article.sections if section.kind is SectionKind.BODY}


@pytest.mark.parametrize("name", PAIRS)
def test_labels_fit_the_articles(name):
    pair = PAIRS[name]
    english, faults = units(pair.article), []
    starts = [fold(sentence.plain) for sentence in pair.article.sentences]
    for sentence, label in pair.labels.items():
        text = label["text"]
        source = fold(text + pair.counterpart.by_id[sentence].span.of(pair.counterpart.text))  # a link's target too
        if label["label"] not in ("covered", "partial", "missing"):
            faults.append(f"no such label: {label['label']}")
        if (label["label"] == "missing") == bool(label.get("match")):
            faults.append(f"a match belongs to covered and partial sentences: {text}")
        if (label["label"] == "partial") != bool(label.get("lacks")):
            faults.append(f"what English lacks belongs to partial sentences: {text}")
        faults += [f"found not just once: {match}" for match in label.get("match", ()) if not _once(match, english)]
        faults += [f"not in the text: {fact}" for fact in label.get("lacks", ()) if fold(fact) not in source]
        anchor = label.get("anchor", "section: ")
        if not anchor.startswith("section: ") and sum(fold(anchor) in start for start in starts) != 1:
            faults.append(f"anchor found not just once: {anchor}")
    for heading, twins in [item for sections in (pair.sections, *pair.readers) for item in sections.items()]:
        if heading not in _headings(pair.counterpart) or not set(twins) <= {"", *_headings(pair.article)}:
            faults.append(f"no such sections: {heading} = {twins}")
    assert faults == []


def _once(match, english):
    return len(matches({"match": [match]}, english)) == 1


def test_no_subject_stands_on_both_sides():
    sides = [{path.parent.name for path in (GOLD / side).glob("*/pair.toml")} for side in ("dev", "test")]
    assert sides[0].isdisjoint(sides[1])
    titles = [{PAIRS[name].article.title for name in PAIRS if name.startswith(side)} for side in ("dev", "test")]
    assert titles[0].isdisjoint(titles[1])


def test_short_articles_can_be_read_and_hold_every_label():
    lessons = [lesson for _, lesson in training.short()]
    assert len(lessons) >= 780
    labels = [label for lesson in lessons for label in lesson.labels.values()]
    assert {label: labels.count(label) > 500 for label in ("covered", "partial", "missing")} == dict.fromkeys(
        ("covered", "partial", "missing"), True
    )
    assert all(lesson.matches[sentence] for lesson in lessons for sentence, label in lesson.labels.items()
               if label != "missing")  # fmt: skip


def test_nothing_to_train_with_is_on_a_subject_of_the_test_side():
    told = {line.removeprefix("# ").rpartition(" | ")[0].casefold()
            for path in training.SHORT.glob("*.txt")
            for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# ")}  # fmt: skip
    assert told.isdisjoint(PAIRS[name].article.title.casefold() for name in PAIRS if name.startswith("test"))
