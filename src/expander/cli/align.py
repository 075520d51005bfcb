"""``expander align``: coverage only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from expander.cli.options import Options
from expander.cli.screen import Screen
from expander.printable import printable

if TYPE_CHECKING:
    from expander.alignment.verdict import Contradiction
    from expander.proposals.expansion import Coverage, Expansion, Page, SentenceCoverage


def run_align(options: Options, *, sentences: bool) -> int:
    """Compare, and show a table of sections, and the sentences on request."""
    from expander.cli.tools import open_tools
    from expander.config import load_config
    from expander.pipeline import compare, coverage

    screen = Screen(options.common, json=options.json)
    tools = open_tools(options, load_config(options.config), screen, translates=False)
    expansion = coverage(compare(options.request(), tools))
    screen.summary(expansion)
    screen.detail(tools.lookup.traffic)
    if options.json:
        import msgspec

        screen.write(msgspec.json.format(msgspec.json.encode(as_json(expansion)), indent=2).decode() + "\n")
        return 0
    screen.coverage(expansion.coverage)
    for item in expansion.coverage:
        for contradiction in item.contradictions:
            screen.write(printable(_contradiction(item.page.lang, contradiction)) + "\n")
        if sentences:
            for sentence in item.sentences:
                _show(screen, sentence)
    return 0


def as_json(expansion: Expansion) -> dict[str, Any]:
    """The result in the form of interface.md, “align --json”."""
    return {"article": _page(expansion.article), "counterparts": [_counterpart(item) for item in expansion.coverage]}


def _page(page: Page) -> dict[str, Any]:
    return {"lang": page.lang, "title": page.title, "revid": page.revid}


def _counterpart(coverage: Coverage) -> dict[str, Any]:
    return {
        **_page(coverage.page),
        "sections": [
            {
                "heading": section.heading,
                "level": section.level,
                "matches": list(section.matches),
                "score": round(section.score, 3),
            }
            for section in coverage.sections
        ],
        "sentences": [
            {
                "id": sentence.verdict.sentence,
                "section": sentence.section,
                "text": sentence.text,
                "wikitext": sentence.wikitext,
                "status": sentence.verdict.status,
                "match": sentence.verdict.closest,
                "score": round(sentence.verdict.score, 3),
                "evidence": [evidence.text for evidence in sentence.verdict.evidence],
                "flags": list(sentence.verdict.flags),
                "lacks": list(sentence.verdict.lacks),
            }
            for sentence in coverage.sentences
        ],
        "contradictions": [
            {
                "sentence": item.source,
                "kind": item.kind,
                "value": item.source_value,
                "english": item.english_value,
                "english_text": item.english_text,
                "references": list(item.source_references),
                "english_references": list(item.english_references),
                "date": item.source_date,
                "english_date": item.english_date,
                "newer": item.newer,
            }
            for item in coverage.contradictions
        ],
    }


def _contradiction(lang: str, found: Contradiction) -> str:
    ours, theirs = (f" ({date})" if date else "" for date in (found.source_date, found.english_date))
    text = f"Contradiction ({found.kind}): {lang} has “{found.source_value}”{ours}"
    text += f", English has “{found.english_value}”{theirs}"
    return text + {"source": "; English may be stale.", "english": f"; {lang} may be stale."}.get(
        found.newer or "", "."
    )


def _show(screen: Screen, sentence: SentenceCoverage) -> None:
    verdict = sentence.verdict
    lines = [f"\n{verdict.sentence} {verdict.status} {verdict.score:.2f}  {sentence.text}"]
    if verdict.closest:
        lines.append(f"    closest: {verdict.closest}")
    if verdict.lacks:
        lines.append(f"    lacks: {', '.join(verdict.lacks)}")
    if verdict.flags:
        lines.append(f"    flags: {', '.join(verdict.flags)}")
    if verdict.reason:
        lines.append(f"    because: {verdict.reason}")
    lines += [f"    {evidence.kind}: {evidence.text}" for evidence in verdict.evidence]
    screen.write(printable("\n".join(lines)) + "\n")
