"""What ARTICLE may be, and what a seed names."""

from pathlib import Path

import pytest

from expander.articles import Revision, file_revision, read
from expander.errors import InputError, PageMissing, WikiUnreachable
from expander.seed import find_base, find_counterparts, parse_counterpart, read_seed
from expander.seed.banners import banner_hints

SEEDS = Path(__file__).parents[2] / "seeds"
TITLE = "Russia–Tajikistan relations"
RU, RU_REDIRECT = "Российско-таджикские отношения", "Российско-таджикистанские отношения"
TG = "Муносибатҳои Тоҷикистон бо Русия"


@pytest.mark.parametrize(
    "argument",
    [
        TITLE,
        "Russia–Tajikistan_relations",
        "https://en.wikipedia.org/wiki/Russia%E2%80%93Tajikistan_relations#History",
        "https://en.m.wikipedia.org/wiki/Russia–Tajikistan_relations",
        "https://en.wikipedia.org/w/index.php?title=Russia–Tajikistan_relations&action=edit",
        "http://127.0.0.1:8101/index.php?title=Russia–Tajikistan_relations",
    ],
)
def test_titles_and_urls(argument):
    assert read_seed(argument).title == TITLE


@pytest.mark.parametrize(
    "argument",
    ["", "  ", "A|B", "[[x]]", "a\x1b[31mb", "x" * 300, "https://ru.wikipedia.org/wiki/Москва", "https://example.org/", "http://[x/"],
)  # fmt: skip
def test_what_is_no_article_is_said_in_one_sentence(argument):
    with pytest.raises(InputError) as error:
        read_seed(argument)
    assert str(error.value).isprintable()


@pytest.mark.parametrize("content", [b"", b"  \n", b"\x00\x01", b"\xff\xfe\xfa text"])
def test_files_that_cannot_be_used(tmp_path, content):
    for name in ("a.txt", "a.wikitext"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError):
            read_seed(str(tmp_path / name))
    with pytest.raises(InputError):
        read_seed(str(tmp_path / "missing.wikitext"))
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(InputError):
        read_seed(str(tmp_path / "folder.txt"))


def test_the_seed_with_a_title():
    seed = read_seed(str(SEEDS / "relations-article.txt"))
    assert seed.title == TITLE


def test_the_seed_with_banners_names_both_counterparts():
    seed = read_seed(str(SEEDS / "relations-banners.txt"))
    assert seed.title is None
    assert [(hint.lang, hint.title) for hint in seed.hints if hint.title] == [
        ("ru", RU_REDIRECT),
        ("ru", RU),
        ("tg", TG),
    ]


def test_banner_lines_and_footnote_marks_are_no_prose():
    text = (SEEDS / "relations-banners.txt").read_text(encoding="utf-8")
    article = read(file_revision(text, "en", "T", "seed"))
    assert article.sentences[0].plain.startswith("Both countries were members")
    assert not any("[2]" in sentence.plain for sentence in article.sentences)


@pytest.mark.parametrize(
    ("banner", "expected"),
    [
        ("{{Expand Russian|Москва|date=May 2020}}", ("ru", "Москва")),
        ("{{expand Tajik}}", ("tg", None)),
        ("{{Expand language|langcode=de|otherarticle=Moskau}}", ("de", "Moskau")),
    ],
)
def test_banners(banner, expected):
    (hint,) = banner_hints(f"{banner}\nText {{{{Expand section}}}}.")
    assert (hint.lang, hint.title) == expected


def _fetch(pages):
    def fetch(lang, title):
        if (lang, title) not in pages:
            raise PageMissing(f"{lang}: no {title}")
        return pages[lang, title]

    return fetch


def _page(lang, title, links=(), text="Text.", **more):
    return Revision(lang, title, text, "0" * 40, 1, "2024-01-01T00:00:00Z", langlinks=tuple(links), **more)


PAGES = {
    ("en", TITLE): _page("en", TITLE, [("ru", RU), ("tg", TG)], "{{Expand Russian|" + RU_REDIRECT + "}}\nText."),
    ("ru", RU): _page("ru", RU, [("en", TITLE)]),
    ("ru", RU_REDIRECT): _page("ru", RU, [("en", TITLE)], redirected_from=RU_REDIRECT),
    ("tg", TG): _page("tg", TG),
    ("ru", "Мост"): _page("ru", "Мост", disambiguation=True),
}


def test_a_seed_without_a_title_finds_its_page_by_a_counterparts_language_link():
    base = find_base(read_seed(str(SEEDS / "relations-banners.txt")), _fetch(PAGES))
    assert (base.revision.title, base.revision.origin, base.note) == (TITLE, "wiki", "")


def test_without_a_wiki_the_seed_text_is_the_base():
    def fetch(lang, title):
        raise WikiUnreachable("No network.")

    path = SEEDS / "relations-article.txt"
    base = find_base(read_seed(str(path)), fetch)
    assert base.revision.text == path.read_text(encoding="utf-8")
    assert "No network." in base.note


def test_banners_decide_the_languages_and_options_win():
    seed = read_seed(TITLE)
    base = find_base(seed, _fetch(PAGES)).revision
    assert [item.lang for item in find_counterparts(seed, base, _fetch(PAGES)).revisions] == ["ru"]
    both = find_counterparts(seed, base, _fetch(PAGES), ("tg", "ru"))
    assert [item.title for item in both.revisions] == [TG, RU]
    named = find_counterparts(seed, base, _fetch(PAGES), (), {"tg": TG})
    assert [item.lang for item in named.revisions] == ["tg"]


def test_a_counterpart_may_be_a_file(tmp_path):
    (tmp_path / "Статья.wikitext").write_text("Текст.", encoding="utf-8")
    base = _page("en", "A")
    found = find_counterparts(read_seed("A"), base, _fetch({}), (), {"ru": str(tmp_path / "Статья.wikitext")})
    assert (found.revisions[0].title, found.revisions[0].origin) == ("Статья", "file")


@pytest.mark.parametrize("named", [{"ru": "Мост"}, {"ru": "Нет такой"}, None])
def test_no_usable_counterpart_is_an_error_that_says_what_to_do(named):
    with pytest.raises(PageMissing) as error:
        find_counterparts(read_seed("A"), _page("en", "A"), _fetch(PAGES), (), named)
    assert "--counterpart" in str(error.value) or "no Нет" in str(error.value)


def test_one_bad_counterpart_does_not_hide_the_other():
    found = find_counterparts(read_seed(TITLE), PAGES["en", TITLE], _fetch(PAGES), ("ru", "tg"), {"ru": "Мост"})
    assert [item.lang for item in found.revisions] == ["tg"]
    assert found.skipped[0].what == "Russian counterpart"


@pytest.mark.parametrize("argument", ["ru", "=x", "ru=", "RU=x", "русский=x"])
def test_counterpart_option_must_have_its_form(argument):
    with pytest.raises(InputError):
        parse_counterpart(argument)
