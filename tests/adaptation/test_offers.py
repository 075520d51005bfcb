"""Infobox parameters, categories and banners are offered one by one, and each alone fits the article."""

from __future__ import annotations

import pytest

from expander.adaptation import Adapter, Knowledge, TemplateData
from expander.adaptation.offers import banner_offer, category_offers, infobox_offers, wanted_for_offers
from expander.articles.article import NodeKind
from expander.articles.wikitext import parse, template_params
from expander.values import apply_edits
from tests.adaptation.bench import article

DAM = """{{Expand Russian|ГЭС|date=May 2020}}
{{Use dmy dates|date=May 2020}}
{{Infobox dam
| name       = Bratsk Dam
| dam_height =
| country    = Russia
}}
The dam.

[[Category:Dams in Russia]]
"""
GES = """{{ГЭС
|Название = Братская ГЭС
|Страна = Россия
|Высота плотины = 124,5
|Длина плотины = 924<ref name="а">http://a.ru/b</ref>
|Мощность = {{num|4500}}
|Собственник = [[Россия|РФ]] <!-- проверить -->
|Цвет = красный
}}
Плотина.

[[Категория:Плотины России]]
[[Категория:Братск]]
[[Категория:Без пары]]
"""


def adapter(english: str, source: str, known: Knowledge, lang: str = "ru") -> Adapter:
    return Adapter(article(english, "en", "Dam"), article(source, lang, "ГЭС"), known)


KNOWN = Knowledge(
    titles={
        "Россия": "Russia",
        "Категория:Плотины России": "Category:Dams in Russia",
        "Категория:Братск": "Category:Bratsk",
        "Категория:Без пары": None,
    },
    texts={"[[Россия|РФ]]": "<1>Russian Federation</1>"},
)


def test_parameters_that_english_lacks_are_offered() -> None:
    found = {offer.name: offer.value for offer in infobox_offers(adapter(DAM, GES, KNOWN))}
    assert found == {
        "dam_height": "{{convert|124.5|m}}",
        "dam_length": '{{convert|924|m}}<ref name="а">http://a.ru/b</ref>',
        "plant_capacity": "4,500 MW",
        "owner": "[[Russia|Russian Federation]]",
    }


def test_an_empty_parameter_is_filled_and_a_missing_one_added() -> None:
    offers = {offer.name: offer for offer in infobox_offers(adapter(DAM, GES, KNOWN))}
    assert "| dam_height = {{convert|124.5|m}}\n" in apply_edits(DAM, [offers["dam_height"].edit])
    assert "| owner      = [[Russia|Russian Federation]]\n}}" in apply_edits(DAM, [offers["owner"].edit])


def test_all_offers_together_leave_one_whole_infobox() -> None:
    made = apply_edits(DAM, [offer.edit for offer in infobox_offers(adapter(DAM, GES, KNOWN))])
    (box,) = (node for node in parse(made, "en") if node.kind is NodeKind.TEMPLATE and node.name == "Infobox dam")
    names = [param.name for param in template_params(box, made)]
    assert names == ["name", "dam_height", "country", "dam_length", "plant_capacity", "owner"]


def test_a_twin_by_templatedata_maps_equal_parameters() -> None:
    known = Knowledge(
        templates={"Карточка": "Infobox thing"},
        parameters={"Infobox thing": TemplateData({"title": (), "web_site": ("website",)})},
        source_parameters={"Карточка": TemplateData({"web site": ("сайт",)})},
    )
    english = "{{Infobox thing|title=T|a=1|b=2}}\nText."
    offers = infobox_offers(adapter(english, "{{Карточка|сайт=http://a.ru/b|имя=И|цвет=к}}\nТекст.", known))
    assert [(offer.name, offer.value) for offer in offers] == [("web_site", "http://a.ru/b")]


def test_another_infobox_is_no_twin() -> None:
    assert infobox_offers(adapter(DAM.replace("Infobox dam", "Infobox river"), GES, KNOWN)) == ()


def test_english_categories_through_language_links() -> None:
    (offer,) = category_offers(adapter(DAM, GES, KNOWN))
    assert offer.value == "[[Category:Bratsk]]"
    assert apply_edits(DAM, [offer.edit]).endswith("[[Category:Dams in Russia]]\n[[Category:Bratsk]]\n")


@pytest.mark.parametrize(
    ("banner", "lang"),
    [
        ("{{Expand Russian|ГЭС|date=May 2020}}", "ru"),
        ("{{expand Tajik|date=May 2020}}", "tg"),
        ("{{Expand language|langcode=ru|otherarticle=ГЭС}}", "ru"),
    ],
)
def test_the_banner_may_go(banner: str, lang: str) -> None:
    offer = banner_offer(article(f"{{{{Short description|Dam}}}}\n{banner}\nText.", "en", "Dam"), lang)
    assert offer is not None
    assert (
        apply_edits(f"{{{{Short description|Dam}}}}\n{banner}\nText.", [offer.edit])
        == "{{Short description|Dam}}\nText."
    )


def test_no_banner_no_offer() -> None:
    assert banner_offer(article("Text.", "en", "Dam"), "ru") is None
    assert banner_offer(article("{{Expand French|date=May 2020}} Text.", "en", "Dam"), "ru") is None


def test_what_offers_want_is_asked_once() -> None:
    english, source = article(DAM, "en", "Dam"), article(GES, "ru", "ГЭС")
    wants = wanted_for_offers(english, source)
    assert set(wants.links) >= {"Россия", "Категория:Братск"}
    assert "[[Россия|РФ]]" in wants.texts
    known = Knowledge(
        dict.fromkeys(wants.links), texts=dict.fromkeys(wants.texts), pages=dict.fromkeys(wants.pages, True)
    )
    assert not wanted_for_offers(english, source, known.merged(KNOWN))
