"""Engines in turn, and what is finished stays finished."""

from __future__ import annotations

import random
import socket
import sqlite3

import pytest

from expander.articles import file_revision, read
from expander.engines.protocol import Carrier, EngineInfo, Segment, Translated, Untranslated
from expander.errors import EngineError, StorageError
from expander.translation import mask
from expander.translation.finished import FILE
from expander.translation.memory import Memory
from expander.translation.tmx import Unit
from expander.translation.translator import Request, Translator
from tests.engines.servers import words

TEXTS = [f"Посольство номер {number} открыто в Душанбе." for number in range(1, 61)]


def masked(wikitext):
    article = read(file_revision(wikitext, "ru", "Душанбе"))
    [sentence] = article.sentences
    return mask(sentence.nodes, article.text, "ru")


class Engine:
    """An engine inside the test; ``say`` gives an answer or raises."""

    def __init__(self, name="inside", say=None, max_segments=10, supports=True, network=True):
        self.name, self.max_segments, self.network, self._supports = name, max_segments, network, supports
        self.say = say or (lambda segments: [Translated(words.translate(s.text), "m1") for s in segments])
        self.asked = []

    @property
    def info(self):
        return EngineInfo(
            name=self.name,
            title=self.name.title(),
            carrier=Carrier.TOKENS,
            max_chars=2000,
            max_segments=self.max_segments,
            remote=True,
            may_use_llm=True,
            network=self.network,
        )

    def supports(self, source, target):
        return self._supports

    def translate(self, segments, source, target):
        self.asked.append([segment.text for segment in segments])
        return self.say(segments)


def failing(segments):
    return [Untranslated("answered with status 500", alone=len(segments) > 1)] * len(segments)


def test_everything_by_the_first_engine():
    first, second = Engine("first"), Engine("second")
    result = Translator([first, second]).translate(TEXTS, "ru", "en")
    assert [entry.text for entry in result] == [words.translate(text) for text in TEXTS]
    assert {(entry.engine, entry.model, entry.may_use_llm) for entry in result} == {("first", "m1", True)}
    assert len(first.asked) == 6 and not second.asked


def test_the_next_engine_where_one_fails_and_it_is_said_which():
    first, second = Engine("first", failing), Engine("second")
    result = Translator([first, second]).translate(TEXTS[:2], "ru", "en")
    assert {entry.engine for entry in result} == {"second"}
    assert result[0].failures == (("first", "answered with status 500"),)


def test_an_engine_that_keeps_failing_is_given_up():
    first = Engine("first", failing)
    result = Translator([first]).translate(TEXTS, "ru", "en")
    assert len(first.asked) == 3
    assert result[-1].text is None
    assert "First failed 3 times in a row" in result[-1].reason


def test_one_bad_sentence_does_not_give_up_an_engine():
    def say(segments):
        bad = any("номер 7 " in segment.text for segment in segments)
        return failing(segments) if bad else [Translated(words.translate(s.text)) for s in segments]

    first, second = Engine("first", say), Engine("second")
    result = Translator([first, second]).translate(TEXTS, "ru", "en")
    assert [entry.engine for entry in result].count("second") == 1
    assert result[6].engine == "second"
    assert len(first.asked) == 6 + 10, "the packet with the bad one, one by one"


def test_an_engine_that_refuses_us_is_not_asked_again():
    def say(segments):
        raise EngineError("First refuses us; check its key.")

    first = Engine("first", say)
    result = Translator([first]).translate(TEXTS, "ru", "en")
    assert len(first.asked) == 1
    assert {entry.reason for entry in result} == {"first: First refuses us; check its key"}


def test_an_engine_that_was_given_up_is_not_asked_by_the_next_call():
    first = Engine("first", failing)
    translator = Translator([first, Engine("second")])
    for _ in range(3):
        translator.translate(TEXTS, "ru", "en")
    assert len(first.asked) == 3


def test_an_engine_without_the_language_is_passed_over():
    first, second = Engine("first", supports=False), Engine("second")
    result = Translator([first, second]).translate(TEXTS[:1], "tg", "en")
    assert result[0].engine == "second"
    assert result[0].failures == (("first", "does not translate from tg to en"),)
    assert not first.asked


def test_no_engine_at_all():
    [result] = Translator([]).translate(TEXTS[:1], "ru", "en")
    assert result.text is None and result.reason == "there is no engine to ask"


def test_a_sentence_too_long_for_one_engine():
    first = Engine("first")
    result = Translator([first]).translate(["слово " * 1000, "коротко"], "ru", "en")
    assert result[0].reason == "first: takes no sentence that long"
    assert result[1].text == "korotko"


def test_the_same_sentence_is_asked_once():
    first = Engine("first")
    result = Translator([first]).translate(["Да.", "Нет.", "Да."], "ru", "en")
    assert [entry.text for entry in result] == ["Da.", "Net.", "Da."]
    assert first.asked == [["Да.", "Нет."]]


def test_what_holds_no_word_is_not_asked():
    first = Engine("first")
    result = Translator([first]).translate(["—", "", "Да."], "ru", "en")
    assert [(entry.text, entry.engine) for entry in result] == [("—", ""), ("", ""), ("Da.", "first")]
    assert first.asked == [["Да."]]


def test_half_a_surrogate_pair_stops_nothing(tmp_path, bench):
    for name in ("google", "mint"):
        translator = Translator([bench(name).engine], cache_folder=tmp_path)
        result = translator.translate(["Да\ud800.", "Нет."], "ru", "en")
        assert [entry.text for entry in result] == ["Da?.", "Net."]


def test_an_engine_that_raises_what_it_should_not():
    def say(segments):
        raise ZeroDivisionError("secret of the engine")

    [result] = Translator([Engine("first", say), Engine("second")]).translate(["Да."], "ru", "en")
    assert result.engine == "second"
    assert result.failures == (("first", "First broke (ZeroDivisionError); report it to its maker."),)


def test_an_engine_that_breaks_its_promise():
    first, second = Engine("first", lambda segments: []), Engine("second")
    result = Translator([first, second]).translate(TEXTS[:2], "ru", "en")
    assert {entry.engine for entry in result} == {"second"}


def test_progress_is_told():
    told = []
    Translator([Engine("first")], progress=lambda done, total: told.append((done, total))).translate(
        TEXTS[:3], "ru", "en"
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_nothing_is_asked_twice(tmp_path):
    Translator([Engine("first")], cache_folder=tmp_path).translate(TEXTS, "ru", "en")
    again = Engine("first")
    result = Translator([again], cache_folder=tmp_path).translate([*TEXTS, "Новое."], "ru", "en")
    assert again.asked == [["Новое."]]
    assert result[0].text == words.translate(TEXTS[0]) and result[0].model == "m1"


def test_another_language_or_engine_is_asked(tmp_path):
    Translator([Engine("first")], cache_folder=tmp_path).translate(TEXTS[:1], "ru", "en")
    for engine, source in ((Engine("other"), "ru"), (Engine("first"), "tg")):
        Translator([engine], cache_folder=tmp_path).translate(TEXTS[:1], source, "en")
        assert engine.asked


def test_what_failed_is_asked_again(tmp_path):
    Translator([Engine("first", failing)], cache_folder=tmp_path).translate(TEXTS[:2], "ru", "en")
    again = Engine("first")
    Translator([again], cache_folder=tmp_path).translate(TEXTS[:2], "ru", "en")
    assert again.asked == [TEXTS[:2]]


def test_interrupted_it_keeps_what_is_finished(tmp_path):
    def say(segments):
        if len(first.asked) == 3:
            raise KeyboardInterrupt
        return [Translated(words.translate(s.text)) for s in segments]

    first = Engine("first", say)
    with pytest.raises(KeyboardInterrupt):
        Translator([first], cache_folder=tmp_path).translate(TEXTS, "ru", "en")
    again = Engine("first")
    Translator([again], cache_folder=tmp_path).translate(TEXTS, "ru", "en")
    assert [text for packet in again.asked for text in packet] == TEXTS[20:]


def test_offline_opens_no_socket(tmp_path, bench, monkeypatch):
    online = bench("mint")
    Translator([online.engine], cache_folder=tmp_path).translate(TEXTS[:2], "ru", "en")

    def no_socket(*_, **__):
        raise AssertionError("opened a socket")

    monkeypatch.setattr(socket, "socket", no_socket)
    memory = Memory([Unit("В памяти.", "In memory.", "ru", "en", "editor")])
    result = Translator([online.engine], memory, tmp_path, offline=True).translate(
        [TEXTS[0], "В памяти.", "Нигде."], "ru", "en"
    )
    assert [entry.engine for entry in result] == ["mint", "memory", ""]
    assert result[2].reason == "memory: holds nothing like it; mint: is not asked offline"


def test_offline_asks_engines_that_need_no_network(tmp_path):
    local = Engine("local", network=False)
    for asked in ([["Да."]], []):
        local.asked = []
        [result] = Translator([local], cache_folder=tmp_path, offline=True).translate(["Да."], "ru", "en")
        assert result.text == "Da." and local.asked == asked


@pytest.mark.parametrize("damage", ["checksum", "answer", "type"])
def test_a_damaged_row_is_asked_again(tmp_path, damage):
    Translator([Engine("first")], cache_folder=tmp_path).translate(TEXTS[:3], "ru", "en")
    with sqlite3.connect(tmp_path / FILE) as database:
        value = b"\xff\xfe" if damage == "type" else "spoiled"
        column = "answer" if damage == "type" else damage
        database.execute(f"UPDATE answers SET {column} = ? WHERE source = ?", (value, TEXTS[1]))
    again = Engine("first")
    result = Translator([again], cache_folder=tmp_path).translate(TEXTS[:3], "ru", "en")
    assert again.asked == [[TEXTS[1]]]
    assert result[1].text == words.translate(TEXTS[1])


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_file_stops_nothing(tmp_path, seed):
    Translator([Engine("first")], cache_folder=tmp_path).translate(TEXTS, "ru", "en")
    path = tmp_path / FILE
    data = bytearray(path.read_bytes())
    chance = random.Random(seed)
    for _ in range(40):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data[: chance.choice([len(data), len(data) // 2])])
    for suffix in ("-wal", "-shm"):
        path.with_name(FILE + suffix).unlink(missing_ok=True)
    for _ in range(2):
        result = Translator([Engine("first")], cache_folder=tmp_path).translate(TEXTS, "ru", "en")
        assert [entry.text for entry in result] == [words.translate(text) for text in TEXTS]


def test_a_file_that_is_no_database_is_set_aside(tmp_path):
    (tmp_path / FILE).write_text("nothing of the kind " * 100)
    [result] = Translator([Engine("first")], cache_folder=tmp_path).translate(["Да."], "ru", "en")
    assert result.text == "Da."
    assert (tmp_path / "translations.damaged").exists()


def test_a_folder_that_cannot_be_used(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="--cache"):
        Translator([Engine("first")], cache_folder=tmp_path / "file").translate(["Да."], "ru", "en")


def test_the_memory_comes_first():
    memory = Memory([Unit("Да.", "Yes.", "ru", "en", "editor")])
    first = Engine("first")
    result = Translator([first], memory).translate(["Да.", "Нет."], "ru", "en")
    assert [(entry.text, entry.engine, entry.match) for entry in result] == [
        ("Yes.", "memory", 100),
        ("Net.", "first", None),
    ]


NEAR = Memory([Unit("Посольство открыто в 2009 году.", "The embassy opened in 2009.", "ru", "en", "editor")])


def test_a_near_match_is_shown_beside_the_engines_translation():
    [result] = Translator([Engine("first")], NEAR).translate(["Посольство открыто в 2010 году."], "ru", "en")
    assert result.engine == "first"
    [finding] = result.findings
    assert finding.code == "memory-match" and finding.severity == "note"
    assert "96 %" in finding.message or "93 %" in finding.message or "%" in finding.message
    assert "“2009” became “2010”" in finding.message and "The embassy opened in 2009." in finding.message


def test_a_near_match_is_the_last_resort_and_says_so():
    [result] = Translator([Engine("first", failing)], NEAR).translate(["Посольство открыто в 2010 году."], "ru", "en")
    assert (result.text, result.engine) == ("The embassy opened in 2009.", "memory")
    assert 75 <= result.match < 100
    assert result.findings[-1].severity == "warning" and "“2009” became “2010”" in result.findings[-1].message


def test_links_whose_tokens_are_lost_are_found_by_their_translated_labels():
    def say(segments):
        return [Translated(dictionary(words.translate(s.text))) for s in segments]

    def dictionary(text):
        import re

        return re.sub(r"\[/?\d+\]", "", text).replace("khlopok", "cotton").replace("Khlopok", "Cotton")

    first = Engine("first", say)
    sentence = masked("Таджикистан вывозил [[Хлопчатник|хлопок]] в Россию<ref>A</ref>.")
    [result] = Translator([first]).translate([Request(sentence)], "ru", "en")
    assert result.text == "Tajikistan vyvozil <1>cotton</1> in Rossiyu<2/>."
    assert first.asked == [["Таджикистан вывозил [1]хлопок[/1] в Россию."], ["хлопок"]]


def test_context_topic_and_glossary_reach_the_engine():
    seen = []

    def say(segments):
        seen.extend(segments)
        return [Translated(s.text) for s in segments]

    sentence = masked("[[Душанбе|Столица]] растёт.")
    request = Request(sentence, context="Душанбе — столица. Столица растёт.", topic="Душанбе")
    Translator([Engine("first", say)]).translate([request], "ru", "en", hints=lambda piece: ("Dushanbe",))
    assert seen[0] == Segment("[1]Столица[/1] растёт.", request.context, "Душанбе", (("Столица", "Dushanbe"),))
