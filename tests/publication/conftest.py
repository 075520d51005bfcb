"""Fixtures of publication: an account, and pages of one's own."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from expander.articles import Revision
from expander.publication import Account, BotPassword
from expander.wiki import Wiki
from tests.farm.farm import Farm
from tests.publication.making import TEXT

_numbers = count(1)


@pytest.fixture
def account(farm: Farm) -> Account:
    """Editor's account, which does not really wait."""
    account = Account("en", farm.endpoints["en"], BotPassword(*farm.bot_password))
    account.sleep = lambda seconds: None
    return account


@pytest.fixture
def page(farm: Farm) -> Callable[..., Revision]:
    """Makes a page that no other test uses, and reads it as ``expand`` does."""

    def make(text: str = TEXT, prefix: str = "Dam") -> Revision:
        title = f"{prefix} {next(_numbers)}"
        farm.edit("en", title, text, user="Admin")
        return Wiki(farm.endpoints).page("en", title)

    return make
