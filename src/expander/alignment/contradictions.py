"""Conflicts → contradictions: both values with their texts, their references and the references' dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from expander.alignment.conflicts import Conflict
from expander.alignment.evidence import Evidence
from expander.alignment.facts import Facts, reference_keys, walk
from expander.alignment.quality import QualityTemplates
from expander.alignment.verdict import Contradiction
from expander.articles.article import Article, Node, NodeKind
from expander.articles.wikitext import template_params
from expander.language import topic
from expander.language.dates import Date, dates


def contradictions(
    article: Article, counterpart: Article, evidence: Evidence, conflicts: Iterable[Conflict]
) -> Iterator[Contradiction]:
    """The contradictions of a counterpart with the English article, in page order."""
    here, there = _References(counterpart), _References(article)
    for conflict in sorted(conflicts, key=lambda conflict: (conflict.sentence, conflict.value)):
        sentence, unit = evidence.sentences[conflict.sentence], evidence.units[conflict.unit]
        yield Contradiction(
            source=sentence.id,
            english=unit.id,
            kind=conflict.kind,
            source_value=conflict.value,
            english_value=conflict.english,
            source_text=sentence.plain,
            english_text=unit.text,
            source_references=here.of(sentence.nodes),
            english_references=there.of(unit.nodes),
            source_date=here.date(sentence.nodes) or _stated(conflict, evidence.stated[conflict.sentence]),
            english_date=there.date(unit.nodes) or _stated(conflict, evidence.unit_facts[conflict.unit]),
        )


def _stated(conflict: Conflict, facts: Facts) -> str | None:
    """The latest date that a text gives for a value of another kind («в 2020 году жили …»)."""
    if conflict.kind in ("year", "day"):
        return None
    return max((_iso(date) for date in facts.dates if date.year), default=None)


class _References:
    """The references of one article; a reused one (<ref name="…" />) stands for its first use."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._known = topic(article.lang, "templates_quality", QualityTemplates)
        self._bodies: Mapping[str, Node] = {
            node.name: node
            for node in walk(article.nodes)
            if node.kind is NodeKind.REFERENCE and node.name and node.content
        }

    def of(self, nodes: Iterable[Node]) -> tuple[str, ...]:
        """What identifies the works that ``nodes`` cite: addresses, ISBN, DOI."""
        text = self._article.text
        return tuple(dict.fromkeys(key for node in self._cited(nodes) for key in reference_keys(node.span.of(text))))

    def date(self, nodes: Iterable[Node]) -> str | None:
        """The latest date of a work that ``nodes`` cite (YYYY, YYYY-MM or YYYY-MM-DD)."""
        found = [
            _iso(date)
            for reference in self._cited(nodes)
            for template in walk(reference.content)
            if template.kind is NodeKind.TEMPLATE
            for param in template_params(template, self._article.text)
            if param.name.casefold() in self._known.date_parameters
            for date in dates(param.value, self._article.lang)
            if date.year
        ]
        return max(found, default=None)

    def _cited(self, nodes: Iterable[Node]) -> Iterator[Node]:
        for node in walk(nodes):
            if node.kind is NodeKind.REFERENCE:
                yield self._bodies.get(node.name, node)


def _iso(date: Date) -> str:
    parts = [f"{date.year:04d}"] + [f"{part:02d}" for part in (date.month, date.day) if part]
    return "-".join(parts)
