"""Secrets: where they come from, and that they go nowhere else."""

from __future__ import annotations

import logging
import traceback

import pytest

from expander.errors import ExpanderError, InputError, WikiError
from expander.publication import AccessToken, Account, BotPassword, read_credentials
from tests.wiki.server import Answer, serving

SECRET = "s3cret" * 6
WHO = Answer(
    {
        "query": {"userinfo": {"id": 7, "name": "Editor"}, "tokens": {"csrftoken": "abc+\\"}},
    }
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("  ", None),
        (f"Some Editor@laptop:{SECRET}", BotPassword("Some Editor@laptop", SECRET)),
        (f"Редактор@дом:{SECRET}\n", BotPassword("Редактор@дом", SECRET)),
        (f"eyJ0.{SECRET}.x-_", AccessToken(f"eyJ0.{SECRET}.x-_")),
    ],
)
def test_what_the_environment_may_hold(text: str, expected: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("expander.publication.credentials._from_keyring", lambda: "")
    assert read_credentials({"EXPANDER_WIKI_TOKEN": text}) == expected


def test_the_keyring_comes_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("expander.publication.credentials._from_keyring", lambda: f"A@b:{SECRET}")
    assert read_credentials({}) == BotPassword("A@b", SECRET)
    assert read_credentials({"EXPANDER_WIKI_TOKEN": f"C@d:{SECRET}"}) == BotPassword("C@d", SECRET)


@pytest.mark.parametrize("text", ["short", f"Editor:{SECRET} x", f"Editor@:{SECRET}", f"a@{SECRET}", "ключ" * 10])
def test_what_is_neither_is_not_shown(text: str) -> None:
    with pytest.raises(InputError, match="neither a bot password nor an access token") as caught:
        read_credentials({"EXPANDER_WIKI_TOKEN": text})
    assert text not in str(caught.value)


def test_no_secret_in_any_representation() -> None:
    for value in (BotPassword("A@b", SECRET), AccessToken(SECRET)):
        assert SECRET not in repr(value) and SECRET not in str(value)


@pytest.mark.parametrize(
    "url", ["http://en.wikipedia.org/w/api.php", "http://127.0.0.1.example.org/", "ftp://localhost/", "http://[::2]/"]
)
def test_no_secret_travels_unencrypted(url: str) -> None:
    with pytest.raises(InputError, match="is not encrypted"):
        Account("en", url, AccessToken(SECRET))


@pytest.mark.parametrize(
    "url", ["https://en.wikipedia.org/w/api.php", "http://127.0.0.1:1/", "http://localhost/", "http://[::1]/"]
)
def test_but_to_this_machine_or_encrypted_it_may(url: str) -> None:
    Account("en", url, AccessToken(SECRET))


def test_a_token_is_sent_as_bearer_and_in_no_address() -> None:
    with serving(WHO) as script:
        assert Account("en", script.url, AccessToken(SECRET)).log_in() == "Editor"
    assert script.headers[0]["Authorization"] == f"Bearer {SECRET}"
    assert script.methods == ["POST"]


def test_a_token_that_is_not_accepted() -> None:
    nobody = Answer(
        {"query": {"userinfo": {"id": 0, "name": "127.0.0.1", "anon": True}, "tokens": {"csrftoken": "+\\"}}}
    )
    refused = Answer(
        {"error": {"code": "mwoauth-invalid-authorization", "info": "The authorization headers are not valid"}}
    )
    for answer in (nobody, refused):
        with serving(answer) as script, pytest.raises(WikiError, match=r"token|authorization") as caught:
            Account("en", script.url, AccessToken(SECRET)).log_in()
        assert SECRET not in str(caught.value)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_secret_follows_a_redirect(status: int) -> None:
    with serving(WHO) as elsewhere, serving(Answer("", status, {"Location": elsewhere.url})) as script:
        for who in (AccessToken(SECRET), BotPassword("A@b", SECRET)):
            with pytest.raises(WikiError):
                Account("en", script.url, who).log_in()
    assert elsewhere.asked == []


def test_no_secret_in_a_log_or_a_traceback(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = Answer({"query": {"tokens": {"logintoken": "t+\\"}}})
    for answers in ((token, Answer({"login": {"result": "Failed", "reason": "No"}})), (token, Answer("<html>", 500))):
        with serving(*answers) as script:
            try:
                Account("en", script.url, BotPassword("A@b", SECRET)).log_in()
            except ExpanderError as error:
                assert SECRET not in "".join(traceback.format_exception(error))
            else:
                pytest.fail("logged in")
    assert SECRET not in caplog.text
