"""An Expansion of the sample article made from its labels and hand-made translations, without alignment or engines."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import count
from pathlib import Path

from expander.alignment.verdict import Alignment, Contradiction, SectionMatch, Status, Verdict
from expander.articles import Article, BlockKind, NodeKind, Sentence, file_revision, read
from expander.gaps.gap import Anchor, Gap, NewSection, Twin
from expander.proposals.expansion import Expansion, Page, coverage_of
from expander.proposals.proposal import Proposal
from expander.translation import mask, unmask
from expander.values import Evidence, Finding, Severity, Skipped, Span

SAMPLE = Path(__file__).parents[2] / "seeds" / "sample"
REVIDS = {"en": 1301, "ru": 4702, "tg": 515}
HEADINGS = {
    "Политические отношения": "Political relations",
    "Экономическое сотрудничество": "Economic cooperation",
    "Торговля": "Trade",
    "Энергетика": "Energy",
    "Связь и транспорт": "Communications and transport",
    "Военное сотрудничество": "Military cooperation",
    "Образование и культура": "Education and culture",
}


@cache
def sample_expansion() -> Expansion:
    """The sample's English, Russian and Tajik pages, what English lacks, and a proposal for each missing passage."""
    english = _article("en")
    alignments = [_alignment(english, _article(lang)) for lang in ("ru", "tg")]
    coverage = tuple(coverage_of(alignment) for alignment in alignments)
    proposals = tuple(proposal for alignment in alignments for proposal in _proposals(alignment))
    tajik = next(p for p in proposals if p.gap.lang == "tg")
    return Expansion(
        Page.of(english.revision),
        english.text,
        coverage,
        tuple(_with_troubles(proposals)),
        (Skipped("Template:Двусторонние отношения", "English has an infobox of its own."),),
        (
            f"{len(proposals)} passages; the base text is the wiki's revision {REVIDS['en']}.",
            f"{tajik.id} and the others were translated by the sample's translation memory.",
        ),
    )


def _article(lang: str) -> Article:
    path = next((SAMPLE / lang).glob("*.wikitext"))
    revision = file_revision(path.read_text(encoding="utf-8"), lang, path.stem, "wiki")
    fields = {name: getattr(revision, name) for name in ("lang", "title", "text", "sha1")}
    return read(type(revision)(**fields, revid=REVIDS[lang], timestamp="2024-05-02T10:11:12Z"))


def _alignment(english: Article, other: Article) -> Alignment:
    labels = {item["text"]: item for item in tomllib.loads((SAMPLE / "labels.toml").read_text("utf-8"))["sentence"]}
    closest = [sentence for sentence in english.sentences if sentence.section]
    verdicts, contradictions = [], []
    for sentence in other.sentences:
        label = labels.get(mask(sentence.nodes, other.text, other.lang).text)
        near = closest[sentence.index % len(closest)]
        if label is None:
            verdicts.append(Verdict(sentence.id, Status.EXCLUDED, reason="a table row or back matter"))
            continue
        status = Status(label["label"])
        flags = () if any(node.kind is NodeKind.REFERENCE for node in sentence.nodes) else ("unreferenced",)
        evidence = (
            Evidence("similarity", "closest English sentence at 0.81", 0.4),
            Evidence("number", "1992 is in neither", -0.2),
        )
        verdicts.append(
            Verdict(sentence.id, status, (near.id,), near.plain, 0.31, evidence, tuple(label.get("lacks", ())), flags)
        )
        contradictions += [
            Contradiction(sentence.id, near.id, "name", here, there, sentence.plain, near.plain, ("https://ria.ru/a",))
            for here, there in label.get("contradicts", ())
        ]
    matches = tuple(
        SectionMatch(section.index, (0,) if section.level == 1 else (2,) if section.index in (1, 2, 3) else (), 0.9)
        for section in other.sections
    )
    return Alignment(english, other, matches, tuple(verdicts), tuple(contradictions))


def _proposals(alignment: Alignment) -> list[Proposal]:
    other, english = alignment.counterpart, alignment.article
    runs: list[list[Sentence]] = []
    for sentence in other.sentences:
        if alignment.by_sentence[sentence.id].status is not Status.MISSING:
            continue
        follows = runs and runs[-1][-1].index == sentence.index - 1 and runs[-1][-1].block == sentence.block
        runs[-1].append(sentence) if follows else runs.append([sentence])
    numbers = count(1)
    return [_proposal(alignment, tuple(run), f"{other.lang}-p{next(numbers)}", english) for run in runs]


def _proposal(alignment: Alignment, run: tuple[Sentence, ...], id_: str, english: Article) -> Proposal:
    other = alignment.counterpart
    source = other.sections[run[0].section]
    translations = _translations(other.lang)
    kind = other.blocks[run[0].block].kind
    heading = HEADINGS.get(source.heading)
    new = (NewSection(source.heading, 2, source.index),) if heading else ()
    section = next(section for section in english.sections if section.heading == ("See also" if new else "History"))
    offset = section.span.start if new else section.body.end
    before = english.sentence_at(offset - 1)
    span = Span(run[0].span.start, run[-1].span.end)
    english_parts, wikitext_parts = [], []
    for sentence in run:
        masked = mask(sentence.nodes, other.text, other.lang)
        translated = translations[masked.text]
        english_parts.append(re.sub(r"<[^>]*>", "", translated))
        wikitext_parts.append(
            unmask(
                translated, masked, lambda piece, label: f"[[{label}]]" if piece.kind is NodeKind.LINK else piece.source
            ).wikitext
        )
    reason = "after the last sentence of History" if not new else "a section of its own, before See also"
    return Proposal(
        id_,
        Gap(
            id_, other.lang, other.title, tuple(sentence.id for sentence in run), span, kind,
            Anchor(offset, section.index, before.id if before else None, new, False, reason),
            flags=tuple(dict.fromkeys(flag for s in run for flag in alignment.by_sentence[s.id].flags)),
            evidence=(Evidence("similarity", "no English sentence comes closer than 0.81", -0.6),),
        ),
        heading or "History",
        source.heading,
        span.of(other.text),
        " ".join(sentence.plain for sentence in run),
        " ".join(english_parts),
        ("* " if kind is BlockKind.LIST_ITEM else "") + " ".join(wikitext_parts),
        ("memory",),
        (heading,) if heading else (),
        context=before.plain if before else "",
    )  # fmt: skip


def _with_troubles(proposals: tuple[Proposal, ...]) -> list[Proposal]:
    """Findings of each severity, a twin, an untranslated passage: what the review must be able to show."""
    changed = list(proposals)
    for index, (severity, code, message) in enumerate(
        (
            (
                Severity.WARNING,
                "number-changed",
                "The source says 16 млрд, the translation 16 million: check the number.",
            ),
            (Severity.NOTE, "red-link", "English Wikipedia has no article “Demarcation”; the link is red."),
            (Severity.ERROR, "reference-lost", "A reference of the source is not in the translation."),
        )
    ):
        text = changed[index].wikitext or ""
        span = Span(0, min(len(text), 12)) if index == 0 else None
        changed[index] = _replace(changed[index], findings=(Finding(code, severity, message, span),))
    twin = Twin(
        "tg", "Муносибатҳои Тоҷикистон бо Русия", ("tg-9",), "Сафорати Русия дар Душанбе 4 майи соли 1992 кушода шуд."
    )
    changed[3] = _replace(changed[3], gap=_replace(changed[3].gap, twins=(twin,)))
    changed[-1] = _replace(changed[-1], wikitext=None, translation="", engines=(), untranslated="No engine answered.")
    return changed


def _replace(value, **changes):
    from dataclasses import replace

    return replace(value, **changes)


@cache
def _translations(lang: str) -> dict[str, str]:
    text = (SAMPLE / "translations" / f"{lang}.txt").read_text("utf-8")
    pairs = re.findall(r"^S: (.*)\nT: (.*)$", text, re.MULTILINE)
    return dict(pairs)
