"""What holds for every engine behind a server, whatever its protocol: its real client against a real server."""

from __future__ import annotations

import socket
import traceback

import pytest

from expander.engines import registry
from expander.engines.protocol import Segment, Translated, Untranslated
from expander.errors import EngineError, EngineLimited
from tests.engines.conftest import KEY
from tests.engines.servers import words
from tests.engines.servers.protocols import PROTOCOLS, SETTINGS

TEXTS = [
    "Дипломатические отношения установлены 8 апреля 1992 года.",
    "Посольство в Душанбе открыто 4 мая 1992 года; товарооборот — 3,595 млрд долларов.",
    "«Сангтудинская ГЭС-1» построена в 2009 году.",
]
SEGMENTS = [Segment(text) for text in TEXTS]
ENGINES = sorted(PROTOCOLS)
every_engine = pytest.mark.parametrize("name", ENGINES)


def packet(bench):
    """As many of the segments as the engine takes in one request."""
    return SEGMENTS[: bench.engine.info.max_segments]


def untranslated(bench):
    answers = bench.engine.translate(packet(bench), "ru", "en")
    assert len(answers) == len(packet(bench))
    assert all(isinstance(answer, Untranslated) for answer in answers)
    several = len(answers) > 1
    assert all(answer.alone == several for answer in answers), "what failed together may work alone"
    assert all(answer.reason and KEY not in answer.reason for answer in answers)
    return answers[0].reason


def refused(bench, kind=EngineError):
    with pytest.raises(kind) as caught:
        bench.engine.translate(packet(bench), "ru", "en")
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert KEY not in shown
    assert str(caught.value).endswith("."), "one sentence"
    return caught.value


@every_engine
def test_success_is_one_answer_a_segment_in_order(bench, name):
    made = bench(name)
    segments = packet(made)
    answers = made.engine.translate(segments, "ru", "en")
    assert [answer.text for answer in answers] == [words.translate(segment.text) for segment in segments]
    assert all(isinstance(answer, Translated) and answer.match is None for answer in answers)
    assert len(made.server.requests) == 1


@every_engine
def test_one_segment_alone(bench, name):
    made = bench(name)
    [answer] = made.engine.translate(SEGMENTS[:1], "ru", "en")
    assert answer.text == words.translate(TEXTS[0])


@every_engine
def test_languages(bench, name):
    made = bench(name)
    assert made.engine.supports("ru", "en")
    assert not made.engine.supports("xx", "en")
    assert not made.engine.supports("ru", "xx")


@every_engine
def test_info_opens_no_socket(bench, name, monkeypatch):
    made = bench(name)

    def no_socket(*_, **__):
        raise AssertionError("opened a socket")

    monkeypatch.setattr(socket, "socket", no_socket)
    info = made.engine.info
    assert info.name == name
    assert info.max_chars > 0 and info.max_segments > 0
    assert info.key_variable in ("", f"EXPANDER_{name.upper()}_KEY")


@every_engine
def test_user_agent_says_who_asks(bench, name):
    made = bench(name)
    made.engine.translate(SEGMENTS[:1], "ru", "en")
    assert made.server.requests[0].headers["user-agent"].startswith("expander/")


@every_engine
def test_400_is_this_packets_trouble(bench, name):
    assert "400" in untranslated(bench(name, "400"))


@every_engine
@pytest.mark.parametrize("status", ["401", "403"])
def test_refusal_ends_the_engines_run(bench, name, status):
    made = bench(name, status)
    assert status in str(refused(made))
    assert len(made.server.requests) == 1, "not tried again"


@every_engine
def test_413_asks_for_smaller_packets(bench, name):
    made = bench(name, "413")
    assert "too long" in untranslated(made)
    assert len(made.server.requests) == 1


@every_engine
def test_429_waits_as_long_as_it_is_told(bench, name):
    made = bench(name, "429:7", "ok")
    answers = made.engine.translate(packet(made), "ru", "en")
    assert all(isinstance(answer, Translated) for answer in answers)
    assert made.naps == [7.0]


@every_engine
def test_429_without_a_time_waits_longer_and_longer(bench, name):
    made = bench(name, "429", "429", "ok")
    made.engine.client.jitter = lambda: 0.5
    answers = made.engine.translate(packet(made), "ru", "en")
    assert all(isinstance(answer, Translated) for answer in answers)
    assert made.naps == [1.0, 2.0]


@every_engine
def test_429_for_ever_is_a_limit(bench, name):
    made = bench(name, "429")
    refused(made, EngineLimited)
    assert 2 <= len(made.server.requests) <= 6


@every_engine
def test_429_for_an_hour_is_not_waited_for(bench, name):
    made = bench(name, "429:3600")
    assert refused(made, EngineLimited).retry_after == 3600
    assert made.naps == []


@every_engine
def test_500_is_tried_again(bench, name):
    made = bench(name, "500", "ok")
    answers = made.engine.translate(packet(made), "ru", "en")
    assert all(isinstance(answer, Translated) for answer in answers)


@every_engine
def test_500_for_ever(bench, name):
    made = bench(name, "500")
    assert "500" in untranslated(made)
    assert 2 <= len(made.server.requests) <= 6


@every_engine
def test_503_with_a_time(bench, name):
    made = bench(name, "503:5", "ok")
    made.engine.translate(packet(made), "ru", "en")
    assert made.naps == [5.0]


@every_engine
def test_timeout(bench, name):
    made = bench(name, "timeout", timeout=0.2)
    made.engine.client.tries = 2
    assert "0.2 seconds" in untranslated(made)
    assert len(made.server.requests) == 2


@every_engine
def test_dripping_does_not_stretch_the_deadline(bench, name):
    made = bench(name, "drip", timeout=0.4)
    import time

    made.engine.client.clock, made.engine.client.tries = time.monotonic, 1
    assert "0.4 seconds" in untranslated(made)


@every_engine
@pytest.mark.parametrize("behaviour", ["truncated", "cut", "encoding", "page", "empty"])
def test_replies_that_are_no_translation(bench, name, behaviour):
    made = bench(name, behaviour)
    made.engine.client.tries = 2
    assert "answer" in untranslated(made)


@every_engine
def test_connection_closed_without_a_word(bench, name):
    made = bench(name, "reset")
    assert "reached" in str(refused(made))


@every_engine
def test_nobody_there(bench, name):
    made = bench(name)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}{PROTOCOLS[name].address}"
        [engine] = registry.get([name], {name: {"url": url, "rate": 1000, **SETTINGS.get(name, {})}})
    engine.client.sleep = made.clock.sleep
    made.engine = engine
    assert "cannot be reached" in str(refused(made))


@every_engine
def test_one_sentence_too_few_is_asked_again_alone(bench, name):
    made = bench(name, "fewer")
    if made.engine.info.max_segments == 1:
        pytest.skip("takes one sentence a request")
    untranslated(made)


@every_engine
def test_keys_are_never_shown(bench, name, caplog):
    caplog.set_level("DEBUG")
    made = bench(name, "400")
    if not PROTOCOLS[name].takes_key:
        pytest.skip("takes no key")
    untranslated(made)
    assert KEY not in caplog.text
    assert KEY not in repr(made.engine.__dict__)
    assert all(KEY not in request.path and KEY not in str(request.query) for request in made.server.requests)


@every_engine
def test_text_that_looks_like_something_else_arrives_whole(bench, name):
    made = bench(name)
    text = "100 % «a+b=c» #1 ?x=1 \\ / ; č 𐍈 é"
    [answer] = made.engine.translate([Segment(text)], "ru", "en")
    assert answer.text == words.translate(text)
