"""Flags of doubtful sentences."""

import pytest

from expander.alignment.quality import flags
from expander.articles import file_revision, read

CASES = [
    ("ru", "Факт.<ref>{{cite web|url=http://a.ru/b|title=Т}}</ref>", ()),
    ("ru", "Факт без ссылки.", ("unreferenced",)),
    ("ru", "Первое. Второе.<ref>Книга.</ref>", ()),
    ("ru", "Первое.<ref>Книга.</ref> Второе.", ("unreferenced",)),
    ("ru", "Факт{{нет АИ|1|2|2020}}.", ("citation-needed", "unreferenced")),
    ("ru", "Факт{{Нет АИ 2|дата=2020-01-01}}.", ("citation-needed", "unreferenced")),
    ("ru", "Факт.<ref>{{cite web|url=http://a.ru/b|title=Т|deadlink=yes}}</ref>", ("dead-link",)),
    (
        "ru",
        "Факт.<ref>{{cite web|url=http://a.ru/b|title=Т|deadlink=yes|archiveurl=https://web.archive.org/x}}</ref>",
        (),
    ),
    ("ru", "Факт.<ref>{{cite web|url=http://a.ru/b|title=Т|deadlink=no}}</ref>", ()),
    ("ru", "Факт.<ref>[http://a.ru/b Т] {{недоступная ссылка}}</ref>", ("dead-link",)),
    ("ru", "Факт.<ref>[http://a.ru/b Т] {{недоступная ссылка}}</ref><ref>Книга.</ref>", ()),
    ("tg", "Далел{{Факт}}.", ("citation-needed", "unreferenced")),
    ("tg", "Далел.<ref>[http://a.tj/b А] {{Пайванди мурда}}</ref>", ("dead-link",)),
    ("en", "Fact.{{citation needed|date=May 2020}}", ("citation-needed", "unreferenced")),
]


@pytest.mark.parametrize(("lang", "text", "wanted"), CASES)
def test_flags_of_the_last_sentence(lang, text, wanted):
    article = read(file_revision(text, lang, "T"))
    assert flags(article).get(article.sentences[-1].id, ()) == wanted


def test_a_reused_reference_is_as_dead_as_its_first_use():
    text = "Раз.<ref name=a>{{cite web|url=http://a.ru/b|title=Т|deadlink=yes}}</ref>\n\nДва.<ref name=a />"
    article = read(file_revision(text, "ru", "T"))
    assert set(flags(article).values()) == {("dead-link",)}


def test_tags_count_for_their_section_and_those_below():
    tagged = "== Раз ==\n{{реклама}}\nТекст.<ref>А</ref>\n=== Под ===\nЕщё.<ref>А</ref>\n\n"
    text = f"Начало.<ref>А</ref>\n\n{tagged}== Два ==\nИ это.<ref>А</ref>"
    article = read(file_revision(text, "ru", "T"))
    found = flags(article)
    assert [found.get(sentence.id, ()) for sentence in article.sentences] == [
        (),
        ("promotional",),
        ("promotional",),
        (),
    ]


def test_a_tag_in_the_lead_counts_for_the_page():
    article = read(file_revision("{{заготовка}}\nНачало.<ref>А</ref>\n\n== Раз ==\nТекст.<ref>А</ref>", "ru", "T"))
    assert all("stub" in found for found in flags(article).values())
    assert len(flags(article)) == len(article.sentences)
