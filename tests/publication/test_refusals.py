"""Each refusal of a real wiki, in words and with a way on; lost connections; logins."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from expander.articles import Revision
from expander.errors import EditRefused, WikiUnreachable
from expander.publication import Account, BotPassword, Plan, Wishes, publish
from tests.farm.farm import Farm
from tests.publication.cutting import cutting
from tests.publication.making import TEXT, Passage, expansion

pytestmark = pytest.mark.farm

PASSAGE = Passage("It was much.", "A passage about the money of the dam.")


def yes(plan: Plan) -> bool:
    return True


def refused(farm: Farm, account: Account, base: Revision, wishes: Wishes | None = None) -> EditRefused:
    """What publishing says, after making sure that nothing was saved."""
    with pytest.raises(EditRefused) as caught:
        publish(expansion(base, [PASSAGE]), account, yes, wishes)
    assert farm.revision("en", base.title)["revid"] == base.revid
    assert "\n" not in str(caught.value)
    return caught.value


def test_an_edit_filter_that_forbids(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    base = page()
    with farm.abuse_filter("en", 'added_lines contains "money of the dam"'):
        error = refused(farm, account, base)
    assert error.code == "abusefilter-disallowed"
    assert "A test filter" in str(error) and "False positives" in str(error)


def test_an_edit_filter_that_warns(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    base = page()
    with farm.abuse_filter("en", 'added_lines contains "money of the dam"', "warn"):
        error = refused(farm, account, base)
        assert error.code == "abusefilter-warning" and "--despite-warning" in str(error)
    with farm.abuse_filter("en", 'added_lines contains "money of the dam" & true', "warn"):
        fresh = Account("en", farm.endpoints["en"], BotPassword(*farm.bot_password))
        (saved,) = publish(expansion(base, [PASSAGE]), fresh, yes, Wishes(despite_warning=True))
    assert saved.exact


def test_the_rate_limiter(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    base, other = page(), page()
    with farm.override(
        "en", "$wgRateLimits['edit'] = [ 'user' => [ 2, 60 ], 'newbie' => [ 2, 60 ], 'ip' => [ 2, 60 ] ];"
    ):
        publish(expansion(other, [PASSAGE]), account, yes)  # the article and its talk page: two edits
        error = refused(farm, account, base)
    assert error.code == "ratelimited" and "publish again in some minutes" in str(error)


def test_read_only(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    base = page()
    account.log_in()
    with farm.override("en", "$wgReadOnly = 'Moving to another building';"):
        error = refused(farm, account, base)
    assert error.code == "readonly" and "Moving to another building" in str(error)


def test_the_spam_list(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    farm.edit("en", "MediaWiki:Spam-blacklist", r"bad-shop\.example", user="Admin")
    base = page()
    spam = Passage("It was much.", "The money is described.<ref>[https://bad-shop.example/x Shop]</ref>")
    with pytest.raises(EditRefused, match=r"spam list forbids an address in the text \(bad-shop\.example\)"):
        publish(expansion(base, [spam]), account, yes)
    assert farm.revision("en", base.title)["revid"] == base.revid


def test_a_captcha(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    base = page()
    with farm.override("en", "$wgCaptchaTriggers['edit'] = true;"):
        error = refused(farm, account, base)
    assert error.code == "captcha" and "paste the draft into the page's edit form" in str(error)


def test_a_block(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    base = page()
    account.log_in()
    farm.block("en", "Editor")
    try:
        error = refused(farm, account, base)
    finally:
        farm.unblock("en", "Editor")
    assert error.code == "blocked"
    assert "blocked by Admin" in str(error) and "(A test)" in str(error) and "how to appeal" in str(error)


def test_a_session_that_ended_is_renewed(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    base = page()
    account.log_in()
    account._token = "0" * 32 + "+\\"
    (saved,) = publish(expansion(base, [PASSAGE]), account, yes)
    assert saved.exact
    account._transport.session.cookies.clear()
    other = page()
    (saved,) = publish(expansion(other, [PASSAGE]), account, yes)
    assert farm.revision("en", other.title)["user"] == "Editor"


def test_a_wrong_password(farm: Farm) -> None:
    account = Account("en", farm.endpoints["en"], BotPassword("Editor@farm", "wrong" * 6 + "pw"))
    with pytest.raises(
        EditRefused, match=r"does not accept the bot password of Editor@farm.*Special:BotPasswords"
    ) as caught:
        account.log_in()
    assert "wrong" not in str(caught.value)


def through(url: str, farm: Farm) -> tuple[Account, list[str]]:
    warnings: list[str] = []
    account = Account("en", url, BotPassword(*farm.bot_password), warn=warnings.append)
    account.sleep = lambda seconds: None
    return account, warnings


def test_an_edit_whose_answer_was_lost_is_found_and_not_sent_again(farm: Farm, page: Callable[..., Revision]) -> None:
    base = page()
    with cutting(farm.endpoints["en"], "cut the answer", "cut the answer") as way:
        account, warnings = through(way.url, farm)
        (saved,) = publish(expansion(base, [PASSAGE]), account, yes)
    assert [row["revid"] for row in farm.history("en", base.title)] == [saved.revid, base.revid]
    assert len(farm.history("en", f"Talk:{base.title}")) == 1
    assert saved.exact and saved.talk_revid is not None
    assert way.edits == 2  # the article's and the talk page's
    assert "Looking whether the edit was saved" in warnings[0]


def test_an_edit_that_did_not_arrive_is_sent_once_more(farm: Farm, page: Callable[..., Revision]) -> None:
    base = page()
    with cutting(farm.endpoints["en"], "cut the request") as way:
        account, _ = through(way.url, farm)
        (saved,) = publish(expansion(base, [PASSAGE]), account, yes)
    assert [row["revid"] for row in farm.history("en", base.title)] == [saved.revid, base.revid]
    assert way.edits == 3


def test_an_edit_that_never_arrives_is_not_sent_for_ever(farm: Farm, page: Callable[..., Revision]) -> None:
    base = page()
    with cutting(farm.endpoints["en"], *["cut the request"] * 9) as way:
        account, _ = through(way.url, farm)
        with pytest.raises(WikiUnreachable, match=r"sent twice, .* it was not saved"):
            publish(expansion(base, [PASSAGE]), account, yes)
    assert way.edits == 2
    assert farm.revision("en", base.title)["revid"] == base.revid


def test_where_nobody_can_tell_the_editor_is_told_to_look(farm: Farm, page: Callable[..., Revision]) -> None:
    base = page()
    with cutting(farm.endpoints["en"], "cut the answer", gone_after=1) as way:
        account, _ = through(way.url, farm)
        account._transport.sleep = lambda seconds: None
        with pytest.raises(WikiUnreachable, match="read the page's history before you publish again"):
            publish(expansion(base, [PASSAGE]), account, yes)
    again, _ = through(farm.endpoints["en"], farm)
    assert publish(expansion(base, [PASSAGE]), again, yes) == ()
    assert len(farm.history("en", base.title)) == 2


def test_somebody_elses_edit_is_not_taken_for_ours(farm: Farm, page: Callable[..., Revision]) -> None:
    base = page()
    theirs = TEXT.replace("* [[Russia]]", "* [[Tajikistan]]")
    with cutting(farm.endpoints["en"], "cut the request") as way:
        account, _ = through(way.url, farm)
        account.sleep = lambda seconds: (
            farm.revision("en", base.title)["revid"] == base.revid and farm.edit("en", base.title, theirs)
        )
        publish(expansion(base, [PASSAGE]), account, yes)
    text = farm.text("en", base.title)
    assert "* [[Tajikistan]]" in text and text.count(PASSAGE.wikitext) == 1
