"""The report in a real browser."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from expander.proposals.proposal import Choice
from expander.review import decide, merge, read_decisions, recheck, render_report, tick
from tests.report.browser import chromium, opened
from tests.review.sample import sample_expansion

pytestmark = pytest.mark.browser
SAMPLE = sample_expansion()
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
ZOOMED = {"width": 320, "height": 256}  # a desk at 400 % (WCAG 1.4.10)


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def report(tmp_path) -> Path:
    path = tmp_path / "report.html"
    path.write_text(render_report(SAMPLE, "0.0"), encoding="utf-8")
    return path


@pytest.fixture
def desk(browser, report):
    with opened(browser, report, viewport=DESK) as seen:
        yield seen
        assert seen.requests == []
        assert seen.complaints == []


def visible(page) -> list[str]:
    return page.eval_on_selector_all(".passage:not([hidden])", "cards => cards.map(card => card.dataset.id)")


def focused(page) -> str:
    return page.evaluate("document.activeElement.closest('.passage')?.dataset.id ?? ''")


@pytest.mark.parametrize("viewport", [DESK, PHONE, ZOOMED], ids=["desk", "phone", "zoomed"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible_and_complete_at_every_width(browser, report, viewport, scheme):
    with opened(browser, report, viewport=viewport, color_scheme=scheme) as seen:
        page = seen.page
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        page.click("#p-ru-p1 [data-do=accepted]")
        page.click("#p-ru-p2 [data-do=edit]")
        page.wait_for_selector("#message", state="hidden")
        found = Axe().run(page).response["violations"]
        assert [(item["id"], item["nodes"][0]["html"]) for item in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        assert (seen.requests, seen.complaints) == ([], [])


def test_the_help_and_the_printed_page_are_accessible_too(desk):
    desk.page.click("#help-button")
    assert Axe().run(desk.page).response["violations"] == []
    desk.page.keyboard.press("Escape")
    desk.page.emulate_media(media="print")
    assert not desk.page.is_visible(".dock")
    assert not desk.page.is_visible("#filters")
    assert desk.page.is_visible("#p-ru-p1 .wikitext")


def test_filters(desk):
    page = desk.page
    assert len(visible(page)) == len(SAMPLE.proposals)
    page.select_option("#filter-source", "tg")
    assert visible(page) == [p.id for p in SAMPLE.proposals if p.gap.lang == "tg"]
    page.select_option("#filter-source", "")
    page.select_option("#filter-section", "Trade")
    assert visible(page) == [p.id for p in SAMPLE.proposals if p.section == "Trade"]
    assert page.text_content("#shown") == f"{len(visible(page))} of {len(SAMPLE.proposals)} passages"
    assert page.eval_on_selector_all(".group:not([hidden]) h3", "all => all.length") == 1
    page.click("#filters [type=reset]")
    page.select_option("#filter-finding", "error")
    assert visible(page) == ["ru-p3"]
    page.select_option("#filter-finding", "red-link")
    assert visible(page) == ["ru-p2"]
    page.select_option("#filter-finding", "none")
    assert set(visible(page)).isdisjoint({"ru-p1", "ru-p2", "ru-p3"})
    page.click("#filters [type=reset]")
    page.click("#p-ru-p4 [data-do=accepted]")
    page.select_option("#filter-choice", "accepted")
    assert visible(page) == ["ru-p4"]
    page.click("#filters [type=reset]")
    page.fill("#filter-text", "YELTSIN")
    assert visible(page) == ["ru-p6"]
    page.fill("#filter-text", "no such words")
    assert visible(page) == []
    assert page.is_visible("#nothing")


def test_the_keyboard_is_enough(desk, tmp_path):
    page = desk.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    assert focused(page) == "ru-p1"
    page.keyboard.press("a")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.keyboard.press("Control+End")
    page.keyboard.type(" More.")
    page.keyboard.press("Control+Enter")
    assert focused(page) == "ru-p2"
    page.keyboard.press("n")
    assert focused(page) == "ru-p3"
    page.keyboard.press("r")
    page.keyboard.type("a reason with a, e and r")
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.keyboard.type("nothing of this is kept")
    page.keyboard.press("Escape")
    assert focused(page) == "ru-p4"
    page.keyboard.press("a")
    page.keyboard.press("u")
    page.keyboard.press("k")
    assert focused(page) == "ru-p3"
    page.keyboard.press("/")
    page.keyboard.type("a")
    page.keyboard.press("?")  # in the search field: a character
    assert not page.is_visible("#help")
    page.fill("#filter-text", "")
    assert page.text_content("#progress") == f"3 of {len(SAMPLE.proposals)} decided"
    state = page.eval_on_selector_all(".passage", "all => all.slice(0, 4).map(card => card.dataset.choice)")
    assert state == ["accepted", "edited", "rejected", "undecided"]


def test_single_keys_can_be_turned_off(desk):
    page = desk.page
    page.focus("#p-ru-p1")
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.focus("#p-ru-p1")
    page.keyboard.press("a")
    assert page.get_attribute("#p-ru-p1", "data-choice") == "undecided"


def test_decisions_go_out_and_come_in(browser, report, tmp_path):
    with opened(browser, report, viewport=DESK) as seen:
        page = seen.page
        page.click("#p-ru-p1 [data-do=accepted]")
        page.click("#p-ru-p2 [data-do=edit]")
        page.fill("#p-ru-p2 textarea", "Words [[of]] my own — «и не только».\n")
        page.click("#p-ru-p2 [data-do=save]")
        page.click("#p-ru-p3 [data-do=reject]")
        page.fill("#p-ru-p3 [data-rejection] input", "English has it")
        page.click("#p-ru-p3 [data-do=rejected]")
        page.check("[data-tick=numbers-checked]")
        with page.expect_download() as download:
            page.click("#export")
        exported = tmp_path / "decisions.json"
        download.value.save_as(exported)
        assert [url for url in seen.requests if not url.startswith("blob:")] == []
        page.reload()  # the browser remembers
        assert page.get_attribute("#p-ru-p2", "data-choice") == "edited"
        assert page.is_checked("[data-tick=numbers-checked]")
        assert seen.complaints == []

    merged, skipped = merge(SAMPLE, read_decisions(exported.read_text(encoding="utf-8")), recheck)
    assert skipped == ()
    one, two, three = (proposal.decision for proposal in merged.proposals[:3])
    assert (one.choice, two.choice, three.choice) == (Choice.ACCEPTED, Choice.EDITED, Choice.REJECTED)
    assert two.wikitext == "Words [[of]] my own — «и не только»."
    assert three.reason == "English has it"
    assert [entry.item for entry in merged.checklist] == ["numbers-checked"]

    with opened(browser, report, viewport=DESK) as seen:  # another browser
        page = seen.page
        page.set_input_files("#import", exported)
        page.wait_for_selector("#p-ru-p3[data-choice=rejected]")
        assert page.input_value("#p-ru-p2 textarea") == two.wikitext
        page.set_input_files("#import", {"name": "x.json", "mimeType": "application/json", "buffer": b"{}"})
        page.wait_for_selector("#message >> text=no file of decisions")
        other = json.loads(exported.read_text()) | {"base": "0" * 40}
        page.set_input_files("#import", {"name": "x", "mimeType": "", "buffer": json.dumps(other).encode()})
        page.wait_for_selector("#message >> text=another revision")


def test_what_the_folder_knows_is_shown(browser, tmp_path):
    expansion = decide(SAMPLE, "ru-p1", Choice.REJECTED, reason="no <b>source</b>")
    expansion = tick(decide(expansion, "ru-p2", Choice.ACCEPTED), "languages-read")
    path = tmp_path / "decided.html"
    path.write_text(render_report(expansion, "0.0"), encoding="utf-8")
    with opened(browser, path, viewport=DESK) as seen:
        page = seen.page
        assert page.text_content("#progress") == f"2 of {len(SAMPLE.proposals)} decided"
        assert "no <b>source</b>" in page.text_content("#p-ru-p1 [data-reason]")
        assert page.is_checked("[data-tick=languages-read]")
        page.click("#p-ru-p1 [data-do=undecided]")
        assert page.get_attribute("#p-ru-p1", "data-choice") == "undecided"
        assert (seen.requests, seen.complaints) == ([], [])


def test_without_script_everything_can_be_read(browser, report):
    with opened(browser, report, viewport=DESK, java_script_enabled=False) as seen:
        assert seen.page.locator(".passage").count() == len(SAMPLE.proposals)
        assert seen.page.locator(".dock").is_hidden()
        assert seen.page.locator("#p-ru-p1 .actions").is_hidden()
