"""What the editor decided, as units for the translation memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from expander.adaptation.links import rules as link_rules
from expander.articles import Node, NodeKind, file_revision, read
from expander.articles.wikitext import template_key, template_params
from expander.draft.draft import decided, passage_text
from expander.proposals.expansion import Expansion
from expander.proposals.proposal import Choice, Proposal
from expander.translation.learning import learn
from expander.translation.masked import Piece
from expander.translation.tmx import Unit
from expander.values import Edit, apply_edits


def learned(expansion: Expansion) -> tuple[Unit, ...]:
    """The sentences of the passages in the draft, each with what the editor made of it.

    Left out is what is no translation of its source: an edited passage that English told in part already (it was
    merged), and a part of a split passage whose source could not be split with it.
    """
    parts = Counter((p.part_of, p.gap.sentences) for p in expansion.proposals if p.part_of)
    return tuple(
        unit
        for proposal in expansion.proposals
        if decided(proposal) and not _is_merged(proposal) and parts[proposal.part_of, proposal.gap.sentences] < 2
        for unit in _units(expansion, proposal)
    )


def _is_merged(proposal: Proposal) -> bool:
    return bool(proposal.gap.lacks) and proposal.decision.choice is Choice.EDITED


def _units(expansion: Expansion, proposal: Proposal) -> Iterator[Unit]:
    gap = proposal.gap
    titles = next(
        (item.titles for item in expansion.coverage if (item.page.lang, item.page.title) == (gap.lang, gap.title)), {}
    )

    def hints(piece: Piece) -> tuple[str, ...]:
        title = titles.get(piece.node.name)
        return () if title is None else (title,)

    yield from learn(
        (gap.lang, proposal.source_wikitext),
        (expansion.article.lang, _linked(passage_text(proposal) or "")),
        _time(proposal.decision.decided_at),
        hints,
    )


def _linked(wikitext: str) -> str:
    """``wikitext`` with each ``{{ill|English|ru|Русское|lt=label}}`` as the link to the source's page that it stands
    for: ``[[Русское|label]]``.
    """
    edits = []
    for node in _red_links(read(file_revision(wikitext, "en", "")).nodes):
        given = {item.name: item.value.strip() for item in template_params(node, wikitext)}
        foreign, label = given.get("3") or given.get("1", ""), given.get("lt") or given.get("1", "")
        edits.append(Edit(node.span, f"[[{foreign}|{label}]]"))
    return apply_edits(wikitext, edits)


def _red_links(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.kind is NodeKind.TEMPLATE and template_key(node.name) == link_rules().red_link:
            yield node
        else:
            yield from _red_links(node.content)


def _time(stamp: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp or "")
    except ValueError:
        return None
