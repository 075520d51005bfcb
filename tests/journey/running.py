"""The command ``expander`` as a user runs it, and what tests ask of its results."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from expander.articles import Node, NodeKind
from expander.articles.wikitext import parse, template_key

ROOT = Path(__file__).parents[2]
TITLE = "Russia–Tajikistan relations"
MEMORY = ROOT / "src" / "expander" / "sample" / "memory.tmx"
SEEDS = ROOT / "seeds"
_EMBEDDINGS = Path(tempfile.mkdtemp(prefix="expander-tests-")) / "embeddings.sqlite"
CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
# where English Wikipedia shows or keeps Cyrillic on purpose
FOREIGN_TEMPLATES = {"ill", "lang", "langx", "efn", "expand russian", "expand tajik", "sfn"}


def command(*arguments: str | Path, cwd: Path, **environment: str) -> tuple[list[str], dict[str, object]]:
    home = {
        "HOME": str(cwd),
        "XDG_CACHE_HOME": str(cwd / ".cache"),
        "XDG_DATA_HOME": str(cwd / ".data"),
        "NO_COLOR": "1",
    }
    line = [sys.executable, "-m", "expander", *map(str, arguments)]
    return line, {"cwd": cwd, "env": {**os.environ, **home, **environment}, "text": True}


def share_embeddings(cwd: Path) -> None:
    """Vectors that an earlier test computed: they are a cache by content, and cost most of a run's time."""
    own = cwd / ".cache" / "expander" / "embeddings.sqlite"
    if own.exists():
        shutil.copyfile(own, _EMBEDDINGS)
    elif _EMBEDDINGS.exists():
        own.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_EMBEDDINGS, own)


def expander(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    line, options = command(*arguments, cwd=cwd, **environment)
    share_embeddings(cwd)
    result = subprocess.run(line, capture_output=True, check=False, timeout=300, **options)  # type: ignore[call-overload]
    share_embeddings(cwd)
    assert "Traceback" not in result.stderr, result.stderr
    return result


def decide(folder: Path, choice: str) -> None:
    """Take the same decision on every passage."""
    path = folder / "proposal.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    for proposal in stored["expansion"]["proposals"]:
        proposal["decision"]["choice"] = choice
    path.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")


def proposals(folder: Path) -> list[dict]:
    return json.loads((folder / "proposal.json").read_text(encoding="utf-8"))["expansion"]["proposals"]


def cyrillic_left(wikitext: str) -> list[str]:
    """Cyrillic words outside references, language templates and interlanguage links."""

    def left(nodes: tuple[Node, ...]):
        for node in nodes:
            if node.kind in (NodeKind.REFERENCE, NodeKind.LANGLINK, NodeKind.COMMENT):
                continue
            if node.kind is NodeKind.TEMPLATE and template_key(node.name) in FOREIGN_TEMPLATES:
                continue
            if node.kind is NodeKind.LINK and node.name.startswith(":"):
                continue
            if node.content and node.kind is not NodeKind.LINK:
                yield from left(node.content)
            else:
                yield from CYRILLIC.findall(node.span.of(wikitext))

    return list(left(parse(wikitext, "en")))


def patched(folder: Path, patch: str, tool: str) -> str:
    """``base.wikitext`` after ``git apply`` or ``patch``, in a copy of the folder."""
    copy = folder.parent / f"{folder.name}-{tool}"
    copy.mkdir()
    (copy / "base.wikitext").write_bytes((folder / "base.wikitext").read_bytes())
    line = ["git", "apply"] if tool == "git" else ["patch", "-s", "-p1", "-i"]
    subprocess.run([*line, str((folder / patch).resolve())], cwd=copy, check=True)
    return (copy / "base.wikitext").read_bytes().decode("utf-8")
