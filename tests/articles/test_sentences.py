"""The golden case files of sentence splitting."""

from pathlib import Path

import pytest

from expander.articles import file_revision, read

_FOLDER = Path(__file__).parents[1] / "golden" / "sentences"


def _cases():
    for path in sorted(_FOLDER.glob("*.txt")):
        for chunk in path.read_text(encoding="utf-8").split("\n\n"):
            lines = [line for line in chunk.splitlines() if line and not line.startswith("#")]
            if lines:
                yield pytest.param(
                    path.stem, lines[0], [line[2:] for line in lines[1:]], id=f"{path.stem}: {lines[0][:40]}"
                )


@pytest.mark.parametrize(("lang", "wikitext", "expected"), list(_cases()))
def test_golden(lang, wikitext, expected):
    article = read(file_revision(wikitext, lang, "T"))
    assert [sentence.plain for sentence in article.sentences] == expected


def test_references_belong_to_the_sentence_they_support():
    text = "Первое<ref>a</ref>. Второе.<ref>b</ref> {{нет АИ}}Третье."
    sources = [sentence.span.of(text) for sentence in read(file_revision(text, "ru", "T")).sentences]
    assert sources == ["Первое<ref>a</ref>.", "Второе.<ref>b</ref>", "{{нет АИ}}Третье."]


def test_list_items_and_table_rows_count_as_sentences():
    text = "* Один\n** Два. Три.\n{|\n|+ Подпись\n! Год !! Сумма\n|-\n| 1995 || 357\n|-\n| 2009 || 785\n|}\n"
    article = read(file_revision(text, "ru", "T"))
    assert [sentence.plain for sentence in article.sentences] == ["Один", "Два.", "Три.", "1995 | 357", "2009 | 785"]


@pytest.mark.parametrize(
    ("lang", "heading", "kind"),
    [
        ("ru", "Примечания", "references"), ("ru", "См. также", "see_also"), ("ru", "Ссылки", "external_links"),
        ("tg", "Эзоҳ", "references"), ("tg", "Пайвандҳо", "external_links"), ("tg", "Адабиёт", "further_reading"),
        ("en", "See also", "see_also"), ("en", "History", "body"), ("ru", "История", "body"),
        ("de", "References", "references"),
    ],
)  # fmt: skip
def test_back_matter_is_known_by_its_heading(lang, heading, kind):
    article = read(file_revision(f"Lead.\n\n== {heading} ==\nText.\n", lang, "T"))
    assert article.sections[1].kind == kind


def test_headings_with_an_equals_sign_or_a_comment_are_found():
    article = read(
        file_revision("a\n== E = mc² ==\nb\n== С <!-- x --> ==\nc\n=== ''Д'' === <!-- y -->\nd\n", "ru", "T")
    )
    assert [section.heading for section in article.sections] == ["", "E = mc²", "С", "Д"]
    assert article.section_path(article.sections[3]) == ("С", "Д")
