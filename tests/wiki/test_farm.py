"""The client against real wikis."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path

import pytest

from expander.errors import PageMissing
from expander.wiki import Wiki, lookups
from tests.farm.farm import Farm

pytestmark = pytest.mark.farm

ARTICLE = "Российско-таджикские отношения"
BANNER = "Российско-таджикистанские отношения"


@pytest.fixture
def wiki(farm: Farm, tmp_path: Path) -> Wiki:
    return Wiki(farm.endpoints, cache=tmp_path / "cache")


def test_a_redirect_leads_to_the_page_with_its_revision(farm: Farm, wiki: Wiki) -> None:
    found = wiki.page("ru", BANNER)
    assert (found.title, found.redirected_from) == (ARTICLE, BANNER)
    newest = farm.revision("ru", ARTICLE)
    assert (found.revid, found.text) == (newest["revid"], newest["content"])
    assert found.sha1 == hashlib.sha1(found.text.encode()).hexdigest()
    assert found.langlink("en") == "Russia–Tajikistan relations"
    assert found.langlink("tg") == "Муносибатҳои Тоҷикистон бо Русия"
    assert found.timestamp == "2024-01-01T00:00:00Z"


def test_normalisation_is_no_redirect(wiki: Wiki) -> None:
    found = wiki.page("en", "  russia–Tajikistan_relations#Trade ")
    assert (found.title, found.redirected_from) == ("Russia–Tajikistan relations", None)


def test_a_missing_page_is_said_and_the_nearest_titles_offered(wiki: Wiki) -> None:
    with pytest.raises(
        PageMissing, match="no page “Russia–Tajikistan relation”; did you mean “Russia–Tajikistan relations”"
    ):
        wiki.page("en", "Russia–Tajikistan relation")
    with pytest.raises(PageMissing, match="cannot be the title"):
        wiki.page("en", "a|b")


def test_a_disambiguation_page_is_known_as_one(wiki: Wiki) -> None:
    assert wiki.page("en", "Mayakovsky (disambiguation)").disambiguation
    assert not wiki.page("en", "Russia").disambiguation


def test_hundreds_of_titles_cost_one_request_for_fifty_and_nothing_the_second_time(farm: Farm, wiki: Wiki) -> None:
    targets = [f"Нет такой страницы {number}" for number in range(517)] + ["Россия", "Таджикистан#История", BANNER]
    found = wiki.titles("ru", targets)
    assert wiki.traffic.requests == math.ceil(len(targets) / 50)
    assert {target for target, title in found.items() if title} == {"Россия", "Таджикистан#История", BANNER}
    assert found[BANNER] == "Russia–Tajikistan relations"
    assert set(found) == set(targets)
    assert wiki.titles("ru", reversed(targets)) == found
    assert wiki.traffic.requests == math.ceil(len(targets) / 50)


def test_continued_answers_are_put_together(wiki: Wiki, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = wiki.titles("ru", ["Россия", "Таджикистан", "Душанбе", "Москва"])
    before = wiki.traffic.requests
    small = {**lookups.twins("en"), "lllimit": "1"}
    monkeypatch.setattr(lookups, "twins", lambda to: small)
    assert wiki.titles("ru", whole) == whole
    assert wiki.traffic.requests - before == 4
    monkeypatch.setattr(lookups, "PAGE", {**lookups.PAGE, "lllimit": "1"})
    assert len(wiki.page("ru", ARTICLE).langlinks) == 2


@pytest.mark.parametrize(
    ("target", "title"),
    [
        ("россия", "Russia"),
        ("_Россия ", "Russia"),
        (":Россия", "Russia"),
        (":en:Sangtuda 1 Hydroelectric Power Plant", "Sangtuda 1 Hydroelectric Power Plant"),
        ("tg:Русия", None),
        ("Нет такой", None),
        ("#История", None),
        ("", None),
        ("a|b", None),
        ("<b>", None),
        ("x" * 300, None),
        ("\ud800", None),
        ("../../etc/passwd", None),
        ("Служебная:Поиск", None),
    ],
)
def test_every_kind_of_target(wiki: Wiki, target: str, title: str | None) -> None:
    assert wiki.titles("ru", [target]) == {target: title}


def test_titles_with_characters_that_mean_something_elsewhere(farm: Farm, wiki: Wiki) -> None:
    strange = ["AT&T + 100 % = ?", "C \"quoted\" 'x'", "Ё/Й; и̂", "日本語", "a: b …/etc"]
    for title in strange:
        farm.edit("en", title, "text")
    assert all(wiki.page("en", title).text == "text" for title in strange)


def test_long_titles_go_by_post(farm: Farm, wiki: Wiki) -> None:
    titles = [f"{'Щ' * 100} {number}" for number in range(60)]
    farm.edit("en", titles[0], "text")
    found = wiki.pages("en", titles)
    assert {title for title, page in found.items() if page} == {titles[0]}
    assert wiki.traffic.requests == 2


def test_files_here_on_commons_and_nowhere(wiki: Wiki) -> None:
    names = ["Flag of Russia.svg", "РТСУ, главный корпус.jpg", "Nothing.png"]
    assert list(wiki.files("ru", names).values()) == ["shared", "local", None]
    assert list(wiki.files("en", names).values()) == ["shared", None, None]


def test_templates_with_their_twins_and_parameters(wiki: Wiki) -> None:
    found = wiki.templates("ru", ["Cite web", "книга", "Нет такого"])
    assert found["Нет такого"] is None
    assert found["книга"] is not None
    assert (found["книга"].title, found["книга"].twin) == ("Шаблон:Книга", "Template:Cite book")
    data = wiki.templatedata("en", ["Cite web", "Nothing"])
    assert data["Nothing"] is None
    assert data["Cite web"] is not None
    assert "accessdate" in data["Cite web"].aliases["access-date"]


def test_a_rendering_shows_what_a_reader_would_trip_over(wiki: Wiki) -> None:
    text = "[[Russia]] [[No such page]] {{No such template}}<ref name=a/> <ref>b</ref> {{#expr:1/0}}"
    text += "[[Category:Some_thing]]"
    seen = wiki.render("en", "Sandbox", text)
    assert seen.links["Russia"]
    assert not seen.links["No such page"]
    assert seen.templates == {"Template:No such template": False}
    assert "Some thing" in seen.categories
    assert len(seen.cite_errors) == 1
    assert seen.errors == ("Division by zero.",)
    assert wiki.render("en", "Sandbox", "<ref>a</ref>").cite_errors == ()


def test_the_article_renders_without_an_error(wiki: Wiki) -> None:
    for lang, title in (
        ("en", "Russia–Tajikistan relations"),
        ("ru", ARTICLE),
        ("tg", "Муносибатҳои Тоҷикистон бо Русия"),
    ):
        seen = wiki.render(lang, title, wiki.page(lang, title).text)
        assert (seen.cite_errors, seen.errors) == ((), ())


def test_reachable(farm: Farm, wiki: Wiki) -> None:
    assert wiki.reachable("en")
    assert not Wiki({"en": "http://127.0.0.1:9/w/api.php"}).reachable("en")
