"""The pairs hang together: what they say about pages agrees with itself and with the sample."""

from __future__ import annotations

import re

import pytest

from tests.farm import pairs
from tests.farm.pairs import Pair
from tests.farm.sample import Page

MAGIC = re.compile(r"DEFAULTSORT|DISPLAYTITLE")
NAMESPACE = {"en": "Template", "ru": "Шаблон", "tg": "Шаблон"}


@pytest.fixture(scope="module")
def pages() -> dict[tuple[str, str], Page]:
    return {(page.wiki, page.title): page for page in pairs.read().pages}


def test_language_links_hold_in_every_direction(pages: dict[tuple[str, str], Page]) -> None:
    for own, page in pages.items():
        for twin in page.langlinks:
            assert own in pages[twin].langlinks, (own, twin)


@pytest.mark.parametrize("pair", tuple(pairs.pairs()), ids=lambda pair: pair.name)
def test_articles_are_pages_and_their_templates_exist(pair: Pair, pages: dict[tuple[str, str], Page]) -> None:
    for wiki, title, text in ((pair.lang, pair.title, pair.text), ("en", pair.english, pair.english_text)):
        assert pages[wiki, title].text == text
        for name in re.findall(r"\{\{\s*([^|{}\n<]+?)\s*(?=[|}\n])", text):
            template = f"{NAMESPACE[wiki]}:{name[0].upper()}{name[1:]}"
            assert MAGIC.match(name) or (wiki, template) in pages, template


def test_english_of_one_pair_ends_with_a_section_of_text() -> None:
    (pair,) = (pair for pair in pairs.pairs() if pair.name == "bratsk")
    last = pair.english_text.rsplit("\n==", 1)[1]
    assert last.startswith("Use==") and not re.search(r"\[\[Category:|\{\{", last)
