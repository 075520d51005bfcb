"""A passage taken from the other counterpart: on the sample's recorded replies and its translation memory."""

import os
import subprocess
import sys
from dataclasses import replace

from expander import store
from expander.sample import memory_path

EXPANDER = [sys.executable, "-m", "expander"]


def run(*arguments, cwd, lines=""):
    command, own = [*EXPANDER, *map(str, arguments)], {**os.environ, "XDG_DATA_HOME": str(cwd / "data")}
    return subprocess.run(command, input=lines, capture_output=True, text=True, cwd=cwd, env=own)


def test_the_attribution_follows_the_source_that_the_editor_chose(tmp_path):
    folder = tmp_path / "sample"
    assert run("demo", "--out", folder, cwd=tmp_path).returncode == 0
    expansion = store.load(folder)
    passage = next(p for p in expansion.proposals if p.gap.twins and p.gap.lang != p.gap.twins[0].lang)
    twin = passage.gap.twins[0]
    tools = ("--offline", "--cache", tmp_path / "cache", "--memory", memory_path(), "--engine", "memory")
    done = run("review", folder, *tools, cwd=tmp_path, lines=f"g {passage.id}\no\na\ny\nq\n")
    assert done.returncode == 0, done.stderr
    chosen = next(p for p in store.load(folder).proposals if p.id == passage.id)
    assert (chosen.gap.lang, chosen.gap.title, chosen.gap.sentences) == (twin.lang, twin.title, twin.sentences)
    assert chosen.gap.twins[0].text == passage.source_text
    assert chosen.gap.anchor == passage.gap.anchor
    assert chosen.decision.is_in_draft
    assert run("apply", folder, cwd=tmp_path).returncode == 0
    assert f"[[:{twin.lang}:{twin.title}]]" in (folder / "summary.txt").read_text()
    assert (folder / "talk.wikitext").read_text().count("{{Translated page|") == 1


def test_the_samples_folder_brings_its_memory_along(tmp_path):
    folder = tmp_path / "sample"
    assert run("demo", "--out", folder, cwd=tmp_path).returncode == 0
    passage = next(p for p in store.load(folder).proposals if p.gap.twins and p.gap.lang != p.gap.twins[0].lang)
    done = run("review", folder, "--cache", tmp_path / "cache", cwd=tmp_path, lines=f"g {passage.id}\no\nq\n")
    assert done.returncode == 0, done.stderr
    chosen = next(p for p in store.load(folder).proposals if p.id == passage.id)
    assert chosen.gap.lang == passage.gap.twins[0].lang
    assert chosen.engines == ("memory",)


def test_without_an_engine_the_other_source_is_refused_in_words(tmp_path):
    folder = tmp_path / "sample"
    assert run("demo", "--out", folder, cwd=tmp_path).returncode == 0
    expansion = replace(store.load(folder), sample=False)
    store.save(folder, expansion, "0")
    passage = next(p for p in expansion.proposals if p.gap.twins)
    tools = ("--offline", "--cache", tmp_path / "cache", "--engine", "memory")
    done = run("review", folder, *tools, cwd=tmp_path, lines=f"g {passage.id}\no\nt\nq\n")
    assert done.returncode == 0, done.stderr
    assert "It could not be translated" in done.stdout
    assert "No other engine is ready" in done.stdout
    assert next(p for p in store.load(folder).proposals if p.id == passage.id) == passage
