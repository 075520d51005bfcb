"""The golden case files of masking, and every sentence of real articles."""

import os
from pathlib import Path

import pytest

from expander.articles import file_revision, read
from expander.articles.wikitext import parse
from expander.engines.protocol import Carrier
from expander.translation import encode, mask, unmask

_ROOT = Path(__file__).parents[2]
_DATA = Path(os.environ.get("EXPANDER_DATA", _ROOT.parent / "shared" / "data"))


def _cases():
    for path in sorted((_ROOT / "tests" / "golden" / "masks").glob("*.txt")):
        for chunk in path.read_text(encoding="utf-8").split("\n\n"):
            lines = [line for line in chunk.splitlines() if line and not line.startswith("#")]
            if lines:
                yield pytest.param(path.stem, *lines, id=f"{path.stem}: {lines[0][:40]}")


@pytest.mark.parametrize(("lang", "wikitext", "masked", "labels"), list(_cases()))
def test_golden(lang, wikitext, masked, labels):
    made = mask(parse(wikitext, lang), wikitext, lang)
    assert made.text.replace("\u00a0", " ") == masked
    assert "> " + encode(made, Carrier.LABELS).replace("\u00a0", " ") == labels
    assert unmask(made.text, made).wikitext == wikitext


def _articles():
    yield from sorted((_ROOT / "seeds" / "sample").glob("*/*.wikitext"))
    yield from sorted((_ROOT / "tests" / "gold" / "alignment").glob("**/*.wikitext"))


def _loses_nothing(path, lang):
    text = path.read_text(encoding="utf-8")
    sentences = read(file_revision(text, lang, path.stem)).sentences
    assert sentences
    for sentence in sentences:
        masked = mask(sentence.nodes, text, lang)
        assert unmask(masked.text, masked).wikitext == sentence.span.of(text)
        assert unmask(masked.text, masked).findings == ()


@pytest.mark.parametrize("path", list(_articles()), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_sentence_of_our_articles_loses_anything(path):
    _loses_nothing(path, path.parent.name if path.stem not in {"en", "ru", "tg"} else path.stem)


@pytest.mark.skipif(
    not (_DATA / "wikitext").is_dir(), reason="the real articles are not here; EXPANDER_DATA names them"
)
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_no_sentence_of_real_articles_loses_anything(lang):
    paths = sorted((_DATA / "wikitext" / lang).glob("*.wikitext"))
    assert paths
    for path in paths:
        _loses_nothing(path, lang)
