"""What English calls what a sentence names."""

from expander.articles.wikitext import parse
from expander.translation import mask
from expander.translation.glossary import enforce, hints, terms

TITLES = {
    "Барки Точик": "Barqi Tojik", "Истиклол (клуб)": "FC Istiklol", "СССР": "Soviet Union", "Памир": "Pamir Mountains",
    "Душанбе": "Dushanbe", "Хлопок": "Cotton", "Нет": None,
}  # fmt: skip


def masked_of(source):
    return mask(parse(source, "ru"), source, "ru")


def test_terms_are_names_that_english_spells_in_latin_letters():
    masked = masked_of(
        "«[[Барки Точик]]» в [[Душанбе|столице]] [[СССР]], на [[Памир]]е, собирает [[хлопок]] и [[Нет]]."
    )
    assert terms(masked, TITLES) == (("Барки Точик", "Barqi Tojik"), ("Памире", "Pamir Mountains"))


def test_the_articles_own_title_is_a_term():
    masked = masked_of("'''Барки Точик''' — компания.")
    assert terms(masked, {}, ("Барки Точик", "Barqi Tojik")) == (("Барки Точик", "Barqi Tojik"),)
    assert terms(masked, {}, ("Вахш", "Vakhsh")) == ()


def test_a_translated_name_becomes_the_english_title():
    masked = masked_of("Компания «[[Барки Точик]]» и клуб «[[Истиклол (клуб)|Истиклол]]».")
    text, findings = enforce("The company “<1>Tajik Lightning</1>” and the club “<2>Independence</2>”.", masked, TITLES)
    assert text == "The company “<1>Barqi Tojik</1>” and the club “<2>FC Istiklol</2>”."
    assert [finding.code for finding in findings] == ["glossary-applied"] * 2


def test_another_spelling_of_the_name_stays():
    masked = masked_of("Компания «[[Барки Точик]]», [[СССР]], на [[Памир]]е.")
    text = "The company “<1>Barki Tojik</1>”, <2>USSR</2>, in the <3>Pamirs</3>."
    assert enforce(text, masked, TITLES) == (text, ())


def test_a_label_with_markup_in_it_stays():
    masked = masked_of("[[Барки Точик|Барки ''Точик'']]<ref>a</ref> здесь.")
    text = "<1>Tajik <2>Lightning</2></1><3/> is here."
    assert enforce(text, masked, TITLES)[0] == text


def test_hints_are_titles_of_targets_and_of_the_article():
    masked = masked_of("'''Барки Точик''' в [[Душанбе#История|столице]], [[душанбе]], [[Нет]].")
    known = hints(TITLES, ("Барки Точик", "Barqi Tojik"))
    assert [tuple(known(piece)) for piece in masked.pieces] == [("Barqi Tojik",), ("Dushanbe",), ("Dushanbe",), ()]


def test_names_without_a_link_are_known_from_the_infobox():
    titles = {"Лякин-Фролов, Игорь Семёнович": "Igor Lyakin-Frolov", "Фролов (посёлок)": "Frolov"}
    masked = masked_of("Послом стал Игорь Лякин-Фролов.")
    assert terms(masked, titles) == (("Игорь Лякин-Фролов", "Igor Lyakin-Frolov"),)
    assert terms(masked_of("Послом стал Игорь Иванов."), titles) == ()
