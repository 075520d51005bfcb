"""Everything that a counterpart says, accepted, saved and rendered by a real MediaWiki: no repair is needed after."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import pytest

from expander.adaptation import Placed, place, settle
from expander.adaptation.checks import check_draft, check_rendering
from expander.adaptation.citation_index import all_nodes
from expander.adaptation.markup import walk
from expander.adaptation.placement import extra_edits
from expander.articles.article import Article, NodeKind
from expander.articles.wikitext import parse
from expander.values import Edit, apply_edits
from expander.wiki import Wiki
from tests.adaptation.bench import article
from tests.adaptation.journey import proposals
from tests.farm import pairs, sample
from tests.farm.farm import Farm, fresh
from tests.farm.mediawiki import missing_requirement

pytestmark = pytest.mark.farm


@dataclass(frozen=True)
class Job:
    """An English article and a counterpart."""

    name: str
    lang: str
    title: str
    text: str
    english: str
    english_text: str


def jobs() -> list[Job]:
    """The pairs, and the sample with each of its counterparts."""
    found = [
        Job(pair.name, pair.lang, pair.title, pair.text, pair.english, pair.english_text) for pair in pairs.pairs()
    ]
    pages = [page for page in sample.read().pages if ":" not in page.title and page.text.count("==") > 8]
    (english,) = (page for page in pages if page.wiki == "en")
    return found + [
        Job(f"sample-{page.wiki}", page.wiki, page.title, page.text.rstrip(), english.title, english.text.rstrip())
        for page in pages
        if page.wiki != "en"
    ]


@pytest.fixture(scope="module")
def pairs_farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    """Three wikis with the sample and the article pairs."""
    lacking = missing_requirement()
    if lacking and os.environ.get("CI") == "true":
        pytest.fail(lacking)
    if lacking:
        pytest.skip(lacking)
    running = Farm.start(fresh(tmp_path_factory.mktemp("pairs"), pairs.read()))
    yield running
    running.stop()


@dataclass(frozen=True)
class Done:
    """A job with all passages in the draft."""

    job: Job
    base: Article
    passages: tuple[Placed, ...]
    edits: tuple[Edit, ...]
    draft: str
    requests: int


@pytest.fixture(scope="module", params=jobs(), ids=lambda job: job.name)
def done(request: pytest.FixtureRequest, pairs_farm: Farm) -> Done:
    job: Job = request.param
    wiki = Wiki(pairs_farm.endpoints)
    base = article(job.english_text, "en", job.english)
    counterpart = article(job.text, job.lang, job.title)
    made = proposals(base, counterpart, wiki)
    assert all(proposal.wikitext is not None for proposal in made)
    placed = [
        Placed(item.id, item.gap.anchor, item.gap.kind, item.wikitext or "", item.headings, item.extra_edits)
        for item in made
    ]
    settled = settle(base, placed)
    edits = (*(edit for _, edit in place(base, settled)), *extra_edits(settled))
    asked = wiki.traffic.requests
    return Done(job, base, settled, edits, apply_edits(base.text, edits), asked)


def test_rendered_draft_needs_no_repair(done: Done, pairs_farm: Farm) -> None:
    wiki = Wiki(pairs_farm.endpoints)
    before = wiki.render("en", done.job.english, done.base.text)
    after = wiki.render("en", done.job.english, done.draft)
    assert Counter(after.cite_errors) == Counter(before.cite_errors)
    assert Counter(after.errors) == Counter(before.errors)
    assert [
        title for title, exists in after.templates.items() if not exists and before.templates.get(title, True)
    ] == []
    faults = check_rendering(before, after, done.passages)
    assert [fault for fault in faults if fault.finding.code != "link-red"] == []


def test_every_red_link_has_a_way_to_the_other_wiki(done: Done, pairs_farm: Farm) -> None:
    wiki = Wiki(pairs_farm.endpoints)
    before, after = (wiki.render("en", done.job.english, text) for text in (done.base.text, done.draft))
    assert check_rendering(before, after, done.passages) == ()


def test_draft_by_its_text(done: Done) -> None:
    assert check_draft(done.base, done.draft, done.passages) == ()


def test_saved_draft_is_the_draft(done: Done, pairs_farm: Farm) -> None:
    title = f"Draft of {done.job.name}"
    pairs_farm.edit("en", title, done.draft)
    assert pairs_farm.revision("en", title)["content"] == done.draft.rstrip()


def test_reference_names_are_defined_once(done: Done) -> None:
    defined = Counter(
        (node.group, node.name)
        for node in all_nodes(parse(done.draft, "en"), done.draft, "en")
        if node.kind is NodeKind.REFERENCE and node.name and node.inner is not None
    )
    assert [name for name, count in defined.items() if count > 1] == []


def test_references_before_and_brought_make_those_after(done: Done) -> None:
    def marks(text: str) -> int:
        found = all_nodes(parse(text, "en"), text, "en")
        return sum(
            node.kind is NodeKind.REFERENCE
            or (
                node.kind is NodeKind.TEMPLATE
                and node.name.lower().startswith(("sfn", "efn", "#tag:ref"))
                and node.name != "sfnref"
            )
            for node in found
        )

    brought = sum(marks(edit.text) for edit in done.edits)
    assert marks(done.base.text) + brought == marks(done.draft)
    assert brought > 0


def test_passages_hold_no_word_of_the_source(done: Done) -> None:
    for passage in done.passages:
        text = passage.wikitext
        shown = [node for node in walk(parse(text, "en")) if node.kind is NodeKind.TEXT]
        inside = [node.span for node in walk(parse(text, "en")) if node.kind in (NodeKind.REFERENCE, NodeKind.TEMPLATE)]
        for node in shown:
            if not any(node.span in span for span in inside):
                assert not re.search("[а-яёғӣқӯҳҷ]{2}", node.span.of(text), flags=re.I), node.span.of(text)


def test_inverse_edits_restore_the_base(done: Done) -> None:
    text = done.draft
    for edit in sorted(done.edits, key=lambda edit: edit.span.start):
        start = edit.span.start  # what stood before is restored already
        assert text[start : start + len(edit.text)] == edit.text
        text = text[:start] + edit.span.of(done.base.text) + text[start + len(edit.text) :]
    assert text == done.base.text


def test_two_sources_in_one_draft(pairs_farm: Farm) -> None:
    """Passages from Russian and from Tajik, at the same places: still one whole article."""
    wiki = Wiki(pairs_farm.endpoints)
    both = [job for job in jobs() if job.name.startswith("sample")]
    assert {job.lang for job in both} == {"ru", "tg"}
    base = article(both[0].english_text, "en", both[0].english)
    made = [item for job in both for item in proposals(base, article(job.text, job.lang, job.title), wiki)]
    placed = [
        Placed(item.id, item.gap.anchor, item.gap.kind, item.wikitext or "", item.headings, item.extra_edits)
        for item in made
    ]
    settled = settle(base, placed)
    draft = apply_edits(base.text, [*(edit for _, edit in place(base, settled)), *extra_edits(settled)])
    before, after = (wiki.render("en", base.title, text) for text in (base.text, draft))
    assert Counter(after.cite_errors) == Counter(before.cite_errors)
    assert check_draft(base, draft, settled) == ()
    assert check_rendering(before, after, settled) == ()
    opened = Counter(heading for passage in settled for heading in set(passage.headings))
    headings = Counter(section.heading for section in article(draft, "en", base.title).sections)
    old = Counter(section.heading for section in base.sections)
    assert any(count > 1 for count in opened.values())  # both sources open "Economic cooperation"
    assert {heading: headings[heading] - old[heading] for heading in opened} == dict.fromkeys(opened, 1)


def test_requests_come_in_batches(done: Done) -> None:
    counterpart = article(done.job.text, done.job.lang, done.job.title)
    kinds = Counter(node.kind for node in all_nodes(counterpart.nodes, counterpart.text, counterpart.lang))
    most = sum(ceil(kinds[kind] / 50) for kind in (NodeKind.LINK, NodeKind.FILE, NodeKind.TEMPLATE)) + 10
    assert 0 < done.requests <= most
