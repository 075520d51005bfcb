"""The recorded replies that ship: of the sample as it is, and what a real MediaWiki answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import requests

from expander.wiki import Wiki
from tests.farm import sample
from tests.farm.farm import Farm
from tests.farm.hosts import adapters
from tests.farm.record import RECORDED

FILES = sorted(RECORDED.glob("*.json"))
ARTICLES = [page for page in sample.read().pages if (sample.SAMPLE / page.wiki / f"{page.title}.wikitext").is_file()]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda page: page.wiki)
def test_the_articles_replay_without_a_network(article: sample.Page) -> None:
    found = Wiki(offline=True, samples=[RECORDED]).page(article.wiki, article.title)
    assert found.text == article.text.rstrip()
    assert dict(found.langlinks) == dict(article.langlinks)


def test_nothing_of_the_recording_machine_is_in_them() -> None:
    for path in FILES:
        text = path.read_text("utf-8")
        assert "127.0.0.1" not in text and "localhost" not in text and str(Path.home()) not in text
        assert json.loads(text)["created_at"] == "2024-01-02T00:00:00+00:00"


@pytest.mark.farm
def test_they_are_what_the_farm_answers_now(farm: Farm) -> None:
    session = requests.Session()
    for prefix, adapter in adapters(farm.endpoints).items():
        session.mount(prefix, adapter)
    assert FILES
    for path in FILES:
        kept = json.loads(path.read_text("utf-8"))
        address, _, query = kept["url"].partition("?")
        parameters = dict(pair.split("=", 1) for pair in query.split("&"))
        answer = session.post(address, data={**parameters, "format": "json", "formatversion": "2"}, timeout=60)
        assert answer.json() == kept["_decoded_content"], f"{path.name}: record again with python -m tests.farm record"
