"""SIGKILL at random moments: the next run goes on where it stopped."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from expander.translation.finished import FILE
from tests.engines.killable import sentences
from tests.engines.servers import words
from tests.engines.servers.base import Server
from tests.engines.servers.protocols import PROTOCOLS

ROOT = Path(__file__).parent.parent.parent
KILLS = 10
COUNT = 900


def start(name, server, folder):
    command = [sys.executable, "-m", "tests.engines.killable", name, server.url + server.protocol.address]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}
    return subprocess.Popen([*command, str(folder), str(COUNT)], cwd=ROOT, env=environment)


def wait_for(condition, run, seconds=60):
    end = time.monotonic() + seconds
    while not condition() and run.poll() is None and time.monotonic() < end:
        time.sleep(0.002)


@pytest.mark.parametrize("name", ["mint"])
def test_killed_ten_times(name, tmp_path):
    chance = random.Random(name)
    server = Server(PROTOCOLS[name](), delay=0.03)
    settled = set()  # sentences that were answered before another request was made: the answer was in our hands
    with server.running():
        for _ in range(KILLS):
            before = len(server.packets)
            run = start(name, server, tmp_path)
            wait_for(lambda: len(server.packets) > before, run)  # noqa: B023 - called at once
            time.sleep(chance.random() * 0.4)
            run.send_signal(signal.SIGKILL)
            run.wait()
            packets = server.packets[before:]
            again = settled & {text for packet in packets for text in packet}
            assert not again, "asked although it had been answered"
            settled |= {text for packet in packets[:-1] for text in packet}
            whole(tmp_path)
        run = start(name, server, tmp_path)
        assert run.wait(60) == 0
    assert json.loads((tmp_path / "done.json").read_text()) == [words.translate(text) for text in sentences(COUNT)]
    assert len(settled) > COUNT / 10, "the kills came too early to show anything"
    asked = [text for packet in server.packets for text in packet]
    assert len(asked) <= COUNT + KILLS * max(map(len, server.packets)), "at most what was under way at each kill"


def whole(folder):
    with sqlite3.connect(folder / FILE) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
