"""Engines, disks and users in trouble: one clear sentence, the documented status, finished work kept."""

import json
import resource
import shutil
import signal
import subprocess
import time

import pytest

from tests.engines.servers.base import Server
from tests.engines.servers.protocols import PROTOCOLS
from tests.journey.running import MEMORY, ROOT, TITLE, command, expander, proposals, share_embeddings


def _config(place, server, name="mint"):
    path = place / "expander.toml"
    path.write_text(f'[engines.{name}]\nurl = "{server.url if server else "http://127.0.0.1:9"}"\n')
    return path


@pytest.fixture(scope="module")
def wiki_cache(tmp_path_factory):
    """The recorded replies as a user's own cache, which live runs read."""
    folder = tmp_path_factory.mktemp("cache")
    shutil.copytree(ROOT / "cache" / "sample", folder / "pages")
    return folder


def _offline_wiki(farm):
    return "\n".join(f'{lang} = "{url}"' for lang, url in farm.endpoints.items())


@pytest.mark.farm
@pytest.mark.parametrize("script", ["500", "429", "page", "403", "truncated", "reset"])
def test_an_engine_in_trouble_leaves_an_honest_proposal(farm, tmp_path, script):
    with Server(PROTOCOLS["mint"](), [script]).running() as server:
        path = _config(tmp_path, server)
        path.write_text(f"[wikis]\n{_offline_wiki(farm)}\n{path.read_text()}deadline = 3\n")
        result = expander("expand", TITLE, "--engine", "mint", "--from", "tg", "--out", "out", cwd=tmp_path)
    assert result.returncode == 4, result.stderr
    found = proposals(tmp_path / "out")
    assert found
    assert all(item["wikitext"] is None and "mint" in item["untranslated"] for item in found)
    assert (tmp_path / "out" / "report.html").exists()


@pytest.mark.farm
def test_an_engine_that_is_down_hands_over_to_the_next(farm, tmp_path):
    with Server(PROTOCOLS["libretranslate"]()).running() as server:
        (tmp_path / "expander.toml").write_text(
            f"[wikis]\n{_offline_wiki(farm)}\n"
            f'[engines.mint]\nurl = "http://127.0.0.1:9"\n[engines.libretranslate]\nurl = "{server.url}"\n'
        )
        result = expander(
            "expand", TITLE, "--engine", "mint,libretranslate", "--from", "ru", "--out", "out", cwd=tmp_path
        )
    assert result.returncode == 0, result.stderr
    assert {name for item in proposals(tmp_path / "out") for name in item["engines"]} == {"libretranslate"}


def test_a_full_disk_loses_nothing_that_was_there(tmp_path):
    arguments = ("expand", TITLE, "--offline", "--memory", MEMORY, "--out", "out")
    assert expander(*arguments, cwd=tmp_path).returncode == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    line, options = command(*arguments, cwd=tmp_path)

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    result = subprocess.run(line, capture_output=True, check=False, timeout=300, preexec_fn=limit, **options)
    assert result.returncode == 2, result.stderr
    assert "cannot be" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.stderr
    after = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert after == before


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "out").write_text("mine")
    result = expander("expand", TITLE, "--offline", "--memory", MEMORY, "--out", "out", cwd=tmp_path)
    assert result.returncode == 2
    assert "out" in result.stderr
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("damage", [b"", b"{", b"\x00\xff", b'{"a": 1}'])
def test_corrupt_cache_entries_are_asked_anew_or_said_so(tmp_path, wiki_cache, damage):
    cache = tmp_path / "cache"
    shutil.copytree(wiki_cache, cache)
    for path in (cache / "pages").glob("*.json"):
        path.write_bytes(damage)
    if damage == b"{":  # once is enough: the vectors are computed anew
        (cache / "embeddings.sqlite").write_bytes(damage)
    else:
        share_embeddings(tmp_path)
        shutil.copyfile(tmp_path / ".cache" / "expander" / "embeddings.sqlite", cache / "embeddings.sqlite")
    (cache / "translations").mkdir()
    (cache / "translations" / "translations.sqlite").write_bytes(damage)
    result = expander("expand", TITLE, "--offline", "--memory", MEMORY, "--cache", cache, "--out", "out", cwd=tmp_path)
    assert result.returncode == 0, result.stderr


@pytest.mark.farm
def test_ctrl_c_keeps_what_is_finished(farm, tmp_path):
    """Interrupted while an engine translates, the next run asks only for what was not answered."""
    with Server(PROTOCOLS["mint"](), delay=0.5).running() as server:
        path = _config(tmp_path, server)
        path.write_text(f"[wikis]\n{_offline_wiki(farm)}\n{path.read_text()}")
        arguments = ("expand", TITLE, "--engine", "mint", "--from", "ru,tg", "--out", "out")
        line, options = command(*arguments, cwd=tmp_path)
        process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        _wait(lambda: len(server.packets) >= 2)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 130, errors
        assert "interrupted" in errors
        assert "Traceback" not in errors
        answered = [text for packet in server.packets[:-1] for text in packet]  # the last may not have arrived
        server.packets.clear()
        result = expander(*arguments, cwd=tmp_path)
        assert result.returncode == 0, result.stderr
        again = [text for packet in server.packets for text in packet]
        assert again
        assert not set(answered) & set(again)


def _wait(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_proposal_says_which_format_it_has(tmp_path):
    assert expander("expand", TITLE, "--offline", "--memory", MEMORY, "--out", "out", cwd=tmp_path).returncode == 0
    assert json.loads((tmp_path / "out" / "proposal.json").read_text(encoding="utf-8"))["schema"] == 1
