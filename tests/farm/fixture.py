"""The pytest fixture ``farm``."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.farm.farm import Farm, fresh
from tests.farm.mediawiki import missing_requirement


@pytest.fixture(scope="session")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    """Three wikis with the sample, shared by the session: a test changes only pages that it made.

    Without MediaWiki the test is skipped, with a sentence that says how to get it; with ``CI=true`` in the environment
    it fails.
    """
    lacking = missing_requirement()
    if lacking and os.environ.get("CI") == "true":
        pytest.fail(lacking)
    if lacking:
        pytest.skip(lacking)
    running = Farm.start(fresh(tmp_path_factory.mktemp("wikis")))
    yield running
    running.stop()
