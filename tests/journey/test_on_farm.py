"""The journey against three real MediaWikis, translated by engines that speak their true protocols."""

import json
import re

import pytest

from expander.articles import NodeKind
from expander.articles.wikitext import parse
from expander.wiki import Wiki
from tests.engines.servers.base import Server
from tests.engines.servers.protocols import PROTOCOLS
from tests.journey.running import MEMORY, TITLE, cyrillic_left, decide, expander, patched, proposals

pytestmark = pytest.mark.farm


@pytest.fixture(scope="module")
def config(farm, tmp_path_factory):
    """expander.toml for the farm and for two engines on this machine."""
    path = tmp_path_factory.mktemp("config") / "farm.toml"
    mint, libre = (Server(PROTOCOLS[name]()) for name in ("mint", "libretranslate"))
    with mint.running(), libre.running():
        wikis = "\n".join(f'{lang} = "{url}"' for lang, url in farm.endpoints.items())
        path.write_text(
            f'[wikis]\n{wikis}\n[engines.mint]\nurl = "{mint.url}"\n[engines.libretranslate]\nurl = "{libre.url}"\n'
        )
        yield path


@pytest.fixture(scope="module")
def folder(config, tmp_path_factory):
    """The sample expanded on the farm, with the sample's memory."""
    place = tmp_path_factory.mktemp("farm")
    result = expander(
        "expand", TITLE, "--config", config, "--memory", MEMORY, "--engine", "mint", "--out", "out", cwd=place
    )
    assert result.returncode == 0, result.stderr
    return place / "out"


def test_the_base_is_the_page_as_it_stands_on_the_wiki(farm, folder):
    assert (folder / "base.wikitext").read_bytes().decode() == farm.text("en", TITLE)
    stored = json.loads((folder / "proposal.json").read_text(encoding="utf-8"))["expansion"]
    assert stored["article"]["revid"] == farm.revision("en", TITLE)["revid"]
    russian = next(item["page"] for item in stored["coverage"] if item["page"]["lang"] == "ru")
    assert russian["title"] == "Российско-таджикские отношения"
    assert russian["requested"] == "Российско-таджикистанские отношения"
    assert russian["revid"] == farm.revision("ru", russian["title"])["revid"]
    patched(folder, "changes.diff", "git")


@pytest.mark.parametrize(("engine", "languages"), [("mint", "ru,tg"), ("libretranslate", "ru")])
def test_engines_translate_what_no_memory_knows(config, tmp_path, engine, languages):
    result = expander(
        "expand", TITLE, "--config", config, "--engine", engine, "--from", languages, "--out", "out", cwd=tmp_path
    )
    assert result.returncode == 0, result.stderr
    assert {name for item in proposals(tmp_path / "out") for name in item["engines"]} == {engine}
    patched(tmp_path / "out", "changes.diff", "git")


def test_everything_accepted_renders_clean(farm, folder):
    decide(folder, "accepted")
    assert expander("apply", folder, cwd=folder).returncode == 0
    base = (folder / "base.wikitext").read_bytes().decode("utf-8")
    draft = (folder / "draft.wikitext").read_bytes().decode("utf-8")
    page = "Draft of everything"
    farm.edit("en", page, draft)
    assert farm.text("en", page) == draft.rstrip()
    wiki = Wiki(farm.endpoints)
    before, after = wiki.render("en", TITLE, base), wiki.render("en", page, draft)
    assert before.cite_errors == after.cite_errors == ()
    assert before.errors == after.errors == ()
    unknown = [name for name, exists in after.templates.items() if not exists and name not in before.templates]
    assert unknown == []
    assert cyrillic_left(draft) == []
    names = re.findall(r'<ref name="([^"]+)"[^/>]*>', draft)
    assert len(names) == len(set(names)), "a reference is defined twice"
    assert _balanced(draft)


def _balanced(wikitext):
    """Whether no bracket, brace or tag is left over as text."""
    texts = "".join(node.span.of(wikitext) for node in parse(wikitext, "en") if node.kind is NodeKind.TEXT)
    return not re.search(r"\[\[|\]\]|\{\{|\}\}|</?ref|'''", texts)


def test_language_links_cost_few_requests_and_nothing_the_second_time(farm, config, tmp_path):
    first = expander("-v", "align", TITLE, "--config", config, "--json", cwd=tmp_path)
    sent = _requests(first.stderr)
    links = sum(len(set(re.findall(r"\[\[([^\]|#]+)", farm.text(lang, title)))) for lang, title in _counterparts(first))
    assert sent <= -(-links // 50) + 8
    assert _requests(expander("-v", "align", TITLE, "--config", config, "--json", cwd=tmp_path).stderr) == 0


def _requests(remarks):
    return int(re.search(r"(\d+) requests? to the wikis", remarks)[1])


def _counterparts(result):
    return [(item["lang"], item["title"]) for item in json.loads(result.stdout)["counterparts"]]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["A page that does not exist"], "no page"),
        (["A page of its own"], "no counterpart"),
        ([TITLE, "--counterpart", "ru=Маяковский", "--from", "ru"], "disambiguation"),
        ([TITLE, "--counterpart", "ru=Такой страницы нет", "--from", "ru"], "no page"),
    ],
)
def test_pages_that_cannot_be_used(farm, config, tmp_path, arguments, says):
    farm.edit("en", "A page of its own", "It has no language links.")
    result = expander("expand", *arguments, "--config", config, "--engine", "mint", cwd=tmp_path)
    assert result.returncode == 3
    assert len(result.stderr.strip().splitlines()) == 1
    assert says in result.stderr
