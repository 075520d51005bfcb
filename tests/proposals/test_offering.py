"""What is offered apart: an infobox value, a category, a banner that may go."""

from dataclasses import replace

from expander.adaptation import Knowledge
from expander.alignment.verdict import Alignment
from expander.articles import file_revision, read
from expander.proposals import offer
from expander.proposals.expansion import Expansion, Page
from expander.review import render_report
from expander.translation.translator import Translation

ENGLISH = read(file_revision("{{Expand Russian|Статья}}\nText.\n\n[[Category:Rivers of Russia]]\n", "en", "Article"))
RUSSIAN = read(file_revision("Текст.\n\n[[Категория:Реки России]]\n[[Категория:Реки Сибири]]\n", "ru", "Статья"))
TITLES = {"Категория:Реки России": "Category:Rivers of Russia", "Категория:Реки Сибири": "Category:Rivers of Siberia"}


class _Lookup:
    """Knows two categories; no engine."""

    traffic = ""

    def knowledge(self, wanted, lang):
        return Knowledge(titles={title: TITLES.get(title) for title in wanted.links})

    def translate(self, requests, lang, hints):
        return [Translation(request.masked.text) for request in requests]


def _offers(incomplete):
    return offer(ENGLISH, [Alignment(ENGLISH, RUSSIAN, (), ())], _Lookup(), incomplete)


def test_a_category_that_english_lacks_is_offered_and_one_that_it_has_is_not():
    (category,) = _offers({"ru"})
    assert (category.kind, category.value) == ("category", "[[Category:Rivers of Siberia]]")


def test_the_banner_may_go_once_english_has_everything():
    assert {item.kind for item in _offers(set())} == {"category", "banner"}


def test_the_report_shows_offers_and_escapes_them():
    (category,) = _offers({"ru"})
    hostile = replace(category, name="<script>alert(1)</script>")
    page = Page.of(ENGLISH.revision)
    report = render_report(Expansion(page, ENGLISH.text, (), offers=(category, hostile)), "0")
    assert "[[Category:Rivers of Siberia]]" in report
    assert "<script>alert(1)" not in report
