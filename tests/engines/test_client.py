"""The client's pace and limits."""

from __future__ import annotations

import time
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expander.engines.client import MAX_REPLY, Client, Failure, _seconds
from expander.engines.pace import BURST, Pace
from expander.errors import EngineError
from tests.engines.servers.base import Response


@given(st.floats(0.1, 50), st.lists(st.floats(0, 10), min_size=1, max_size=60))
def test_no_host_is_asked_faster_than_its_pace(rate, gaps):
    """In any stretch of time, at most a burst and what the rate gives."""
    pace, now, taken = Pace(rate), 0.0, []
    for gap in gaps:
        now += gap
        while (wait := pace.take(now)) > 0:
            assert wait <= 1 / rate + 1e-6
            now += wait
        taken.append(now)
    for index, start in enumerate(taken):
        for count, end in enumerate(taken[index:], start=1):
            assert count <= BURST + (end - start) * rate + 1e-3


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7), (" 120 ", 120), ("", None), ("soon", None), ("-1", None), ("٣", None), ("1.5", None)],
)
def test_retry_after(value, seconds):
    assert _seconds(value) == seconds


def test_retry_after_as_a_date():
    assert 25 <= _seconds(formatdate(time.time() + 30, usegmt=True)) <= 30
    assert _seconds(formatdate(time.time() - 30, usegmt=True)) == 0


@given(st.text(max_size=40))
def test_any_retry_after_is_a_time_or_none(value):
    seconds = _seconds(value)
    assert seconds is None or seconds >= 0


def test_a_reply_without_end_is_cut_off(bench, monkeypatch):
    made = bench("mint")
    reply = Response(b"x" * (MAX_REPLY + 10))
    monkeypatch.setattr(made.server.protocol, "success", lambda *_: reply)
    monkeypatch.setattr(made.server.protocol, "texts", lambda _: [])
    with pytest.raises(Failure, match="more than"):
        made.engine.client.post(f"{made.server.url}/api/translate", json={})


def test_redirects_are_not_followed(bench, monkeypatch):
    """A key must not follow a server's word to another server."""
    made = bench("mint")
    reply = Response(b"", 307, headers={"Location": "http://127.0.0.1:9/elsewhere"})
    monkeypatch.setattr(made.server.protocol, "success", lambda *_: reply)
    monkeypatch.setattr(made.server.protocol, "texts", lambda _: [])
    with pytest.raises(Failure, match="307"):
        made.engine.client.post(f"{made.server.url}/api/translate", json={})


def test_hosts_messages_are_made_harmless(bench, monkeypatch):
    made = bench("mint")
    reply = Response("\x1b[2J\x07 evil " + "x" * 5000, 400)
    monkeypatch.setattr(made.server.protocol, "error", lambda *_: reply)
    made.server.script = ["400"]
    with pytest.raises(Failure) as caught:
        made.engine.client.post(f"{made.server.url}/api/translate", json={})
    assert str(caught.value).isprintable() and len(str(caught.value)) < 200


@pytest.mark.parametrize("url", ["http://a b/", "http://\u2603.\u0000/"])
def test_addresses_that_cannot_be(url):
    with pytest.raises(EngineError, match="address"):
        Client("The engine", sleep=lambda _: None).get(url)
