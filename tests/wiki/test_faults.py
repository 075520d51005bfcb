"""Every fault on the way is retried as it should be, and ends in one sentence."""

from __future__ import annotations

import gzip
import socket
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from expander.errors import WikiError, WikiUnreachable
from expander.wiki import Wiki
from expander.wiki import transport as transport_module
from tests.wiki.server import Answer, page, serving

GOOD = page("Russia", "text")


def client(url: str, **more: object) -> tuple[Wiki, list[float], list[str]]:
    """A wiki that writes down how long it would wait and what it warns of."""
    waits: list[float] = []
    warnings: list[str] = []
    wiki = Wiki({"en": url}, warn=warnings.append, timeout=(2.0, 1.0), **more)  # type: ignore[arg-type]
    wiki.transport.sleep = waits.append
    return wiki, waits, warnings


@pytest.mark.parametrize(
    ("fault", "least", "most"),
    [
        (Answer("", 429, {"Retry-After": "7"}), 7, 7),
        (Answer("", 429), 0.5, 1.5),
        (Answer("<h1>Bad gateway</h1>", 502), 0.5, 1.5),
        (Answer("", 503, {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}), 0, 0),
        (Answer({"error": {"code": "maxlag", "info": "Waiting for db1"}}, headers={"Retry-After": "5"}), 5, 5),
        (Answer({"error": {"code": "maxlag", "info": "Waiting for db1"}}, 503), 0.5, 1.5),
        (Answer({"error": {"code": "ratelimited", "info": "Slow down"}}), 0.5, 1.5),
        (Answer('{"query": {"pages": ['), 0.5, 1.5),
        (Answer(""), 0.5, 1.5),
    ],
)
def test_a_passing_fault_is_waited_out(fault: Answer, least: float, most: float) -> None:
    with serving(fault, GOOD) as script:
        wiki, waits, warnings = client(script.url)
        assert wiki.page("en", "Russia").text == "text"
    assert len(waits) == len(warnings) == 1
    assert least <= waits[0] <= most
    assert wiki.traffic.requests == 2


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Answer("", 429, {"Retry-After": "3600"}), "asks us to slow down .* in 3600 s"),
        (Answer("", 429), "asks us to slow down .* later"),
        (Answer("oops", 500), r"has a problem \(HTTP 500\)"),
        (Answer("", 403), "HTTP 403: the wiki refuses us"),
        (Answer("<html>", 404), "no Action API at this address"),
        (Answer("<html>Log in to the Wi-Fi</html>"), "a web page instead of the API's JSON"),
        (Answer('{"query": '), "damaged answer"),
        (Answer({"error": {"code": "maxlag", "info": "x"}}), "is busy"),
    ],
)
def test_a_lasting_fault_ends_in_a_sentence(fault: Answer, says: str) -> None:
    with serving(fault) as script:
        wiki, _, _ = client(script.url)
        with pytest.raises(WikiUnreachable, match=says) as caught:
            wiki.page("en", "Russia")
    assert "\n" not in str(caught.value)
    assert script.url.split("/")[2] in str(caught.value)


def test_other_refusals_are_not_retried() -> None:
    with serving(Answer({"error": {"code": "badvalue", "info": "Unrecognized value"}})) as script:
        wiki, waits, _ = client(script.url)
        with pytest.raises(WikiError, match=r"refuses the request \(badvalue\): Unrecognized value"):
            wiki.page("en", "Russia")
    assert not waits


@pytest.mark.parametrize(
    "body",
    [
        {"query": {"pages": "none"}},
        {"query": {"pages": [{"title": 1}]}},
        {"query": []},
        [],
        {"error": "no"},
        {"query": {"pages": [{"title": "Russia", "revisions": [{"revid": "7"}]}]}},
    ],
)
def test_answers_of_another_shape_are_refused(body: dict) -> None:
    with serving(Answer(body if isinstance(body, dict) else "[]")) as script:
        wiki, _, _ = client(script.url)
        with pytest.raises(WikiError):
            wiki.page("en", "Russia")


def test_a_damaged_text_is_noticed_by_its_check_sum() -> None:
    with serving(page("Russia", "text", sha1="0" * 40)) as script:
        wiki, _, _ = client(script.url)
        with pytest.raises(WikiError, match="check sum"):
            wiki.page("en", "Russia")


def test_an_endless_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_module, "LARGEST_REPLY", 1_000_000)
    bomb = gzip.compress(b" " * 5_000_000)
    with serving(Answer(bomb, headers={"Content-Encoding": "gzip"})) as script:
        wiki, _, _ = client(script.url)
        with pytest.raises(WikiError, match="more than an answer can be"):
            wiki.page("en", "Russia")


def test_an_endless_continuation_is_given_up() -> None:
    def more(parameters: dict[str, str]) -> Answer:
        return Answer({"continue": {"llcontinue": str(len(parameters)), "continue": "||"}, "query": {"pages": []}})

    with serving(more) as script:
        wiki, _, _ = client(script.url)
        with pytest.raises(WikiError, match="without end"):
            wiki.titles("en", ["Russia"])


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def cut(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"query":')
    handler.connection.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("fault", "says"), [(silent, "does not answer in time"), (dripping, "does not answer in time"), (cut, "broke off")]
)
def test_connections_that_stall_or_break(fault, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_module, "TRIES", 1)
    with serving(Answer(fault)) as script:
        wiki, _, _ = client(script.url)
        wiki.transport.timeout = (0.5, 0.5)
        with pytest.raises(WikiUnreachable, match=says):
            wiki.page("en", "Russia")


def test_nobody_there() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    wiki, waits, _ = client(f"http://127.0.0.1:{port}/w/api.php")
    with pytest.raises(WikiUnreachable, match="refuses the connection"):
        wiki.page("en", "Russia")
    assert not waits


def test_no_such_host() -> None:
    wiki, waits, _ = client("https://wiki.invalid/w/api.php")
    with pytest.raises(WikiUnreachable, match="cannot be found"):
        wiki.page("en", "Russia")
    assert not waits


def test_no_tls_there() -> None:
    with serving(GOOD) as script:
        wiki, waits, _ = client(script.url.replace("http:", "https:"))
        with pytest.raises(WikiUnreachable, match="TLS"):
            wiki.page("en", "Russia")
    assert not waits


@pytest.mark.parametrize("url", ["ftp://example.org/api.php", "nonsense", "http://", "http://["])
def test_addresses_that_are_none(url: str) -> None:
    wiki, _, _ = client(url)
    with pytest.raises(WikiUnreachable, match="no address of a wiki"):
        wiki.page("en", "Russia")


def test_an_older_answer_is_better_than_none(tmp_path: Path) -> None:
    with serving(GOOD, Answer("", 500)) as script:
        wiki, _, warnings = client(script.url, cache=tmp_path)
        wiki.page("en", "Russia")
        for path in tmp_path.glob("*.json"):
            path.write_text(path.read_text("utf-8").replace('"expires": "2', '"expires": "1'), "utf-8")
        assert wiki.page("en", "Russia").text == "text"
    assert "older answer" in warnings[-1]


def test_what_every_request_says_of_itself() -> None:
    with serving(GOOD) as script:
        wiki, _, _ = client(script.url, agent="expander/test (somebody@example.org)")
        wiki.page("en", "Russia")
    assert script.headers[0]["User-Agent"] == "expander/test (somebody@example.org)"
    assert script.asked[0]["maxlag"] == "5"
    assert (script.asked[0]["format"], script.asked[0]["formatversion"]) == ("json", "2")
