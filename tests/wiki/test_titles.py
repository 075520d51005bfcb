"""Titles through redirects, and Wikidata where a page has an item but no language link."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from expander.errors import WikiError
from expander.wiki import Wiki
from expander.wiki.replies import Move, PageReply
from expander.wiki.titles import Answers, batches, request_title
from tests.wiki.server import Answer, serving

titles = st.text(max_size=40)


@given(titles)
def test_a_title_to_ask_for_is_harmless_and_stays_itself(target: str) -> None:
    title = request_title(target)
    if title is not None:
        assert title == title.strip() and not set(title) & set("#<>[]{}|\n\t_")
        assert 0 < len(title.encode()) <= 255
        assert title.startswith(":") or request_title(title) == title


@given(st.lists(titles), st.integers(1, 60))
def test_batches_hold_each_thing_once_whatever_the_order(things: list[str], size: int) -> None:
    cut = list(batches(things, size))
    assert [thing for batch in cut for thing in batch] == sorted(set(things))
    assert all(0 < len(batch) <= size for batch in cut)
    assert cut == list(batches(reversed(things), size))


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"))), st.sampled_from("abcde"))
def test_redirects_in_a_circle_come_to_an_end(moves: list[tuple[str, str]], title: str) -> None:
    answers: Answers[PageReply] = Answers()
    answers.add([PageReply("a")], [Move(source, target) for source, target in moves])
    assert answers.final(title) in "abcde"


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["Россия", "Q1", "", "en", "\x1b[2J"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["query", "pages", "title", "redirects", "from", "to", "langlinks", "lang", "missing", "error"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def test_whatever_a_wiki_answers_a_person_gets_titles_or_a_sentence() -> None:
    body: list[object] = [{}]
    with serving(lambda parameters: Answer(json.dumps(body[0]))) as script:
        wiki = Wiki({"ru": script.url})

        @given(anything)
        def check(answer: object) -> None:
            body[0] = {"query": answer}
            try:
                found = wiki.titles("ru", ["Россия"])
            except WikiError as error:
                assert "\n" not in str(error)
            else:
                assert all(title is None or isinstance(title, str) for title in found.values())

        check()


def wikidata(parameters: dict[str, str]) -> Answer:
    """Items Q1 and Q3 have an English page; Q2 has none (PHP writes its empty table as a list)."""
    links = {"Q1": {"enwiki": {"site": "enwiki", "title": "One"}}, "Q2": [], "Q3": {"enwiki": {"title": "Three"}}}
    assert (parameters["action"], parameters["sitefilter"]) == ("wbgetentities", "enwiki")
    return Answer({"entities": {name: {"sitelinks": links[name]} for name in parameters["ids"].split("|")}})


def test_pages_with_an_item_and_no_language_link_are_asked_of_wikidata() -> None:
    pages = [
        {"title": "Один", "pageprops": {"wikibase_item": "Q1"}},
        {"title": "Два", "pageprops": {"wikibase_item": "Q2"}},
        {"title": "Три", "pageprops": {"wikibase_item": "Q3"}},
        {"title": "Четыре", "langlinks": [{"lang": "en", "title": "Four"}], "pageprops": {"wikibase_item": "Q4"}},
        {"title": "Пять", "pageprops": {"wikibase_item": "Q0|Q1"}},
        {"title": "Шесть"},
    ]
    redirects = [{"from": "Третий", "to": "Три"}]
    with (
        serving(Answer({"query": {"pages": pages, "redirects": redirects}})) as russian,
        serving(wikidata) as items,
    ):
        wiki = Wiki({"ru": russian.url, "wikidata": items.url})
        found = wiki.titles("ru", ["Один", "Два", "Третий", "Четыре", "Пять", "Шесть"])
    assert found == {"Один": "One", "Два": None, "Третий": "Three", "Четыре": "Four", "Пять": None, "Шесть": None}
    assert wiki.traffic.requests == 2


def test_without_wikidata_the_language_links_must_do() -> None:
    pages = [
        {"title": "Один", "pageprops": {"wikibase_item": "Q1"}},
        {"title": "Два", "langlinks": [{"lang": "en", "title": "Two"}]},
    ]
    warnings: list[str] = []
    with serving(Answer({"query": {"pages": pages}})) as russian, serving(Answer("gone", 404)) as items:
        alone = Wiki({"ru": russian.url})
        assert alone.titles("ru", ["Один", "Два"]) == {"Один": None, "Два": "Two"}
        broken = Wiki({"ru": russian.url, "wikidata": items.url}, warn=warnings.append)
        assert broken.titles("ru", ["Один", "Два"]) == {"Один": None, "Два": "Two"}
    assert len(warnings) == 1
