"""What a counterpart has apart from its text, offered apart: infobox parameters, categories, the banner that may go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from expander.adaptation import Adapter
from expander.adaptation.offers import Offer, banner_offer, category_offers, infobox_offers, wanted_for_offers
from expander.alignment.verdict import Alignment
from expander.articles.article import Article
from expander.proposals.expansion import Offered, Page
from expander.proposals.gathering import gather
from expander.proposals.lookup import Lookup


def offer(
    article: Article, alignments: Sequence[Alignment], lookup: Lookup, incomplete: Collection[str]
) -> tuple[Offered, ...]:
    """The offers of each counterpart, what several have once. The removal of a banner is offered for languages that are
    not ``incomplete``.
    """
    found: dict[tuple[str, str], Offered] = {}
    for alignment in alignments:
        counterpart = alignment.counterpart
        gathered = gather(article, counterpart, lookup, partial(wanted_for_offers, article, counterpart))
        adapter = Adapter(article, counterpart, gathered.knowledge)
        offers: list[Offer | None] = [*infobox_offers(adapter), *category_offers(adapter)]
        if counterpart.lang not in incomplete:
            offers.append(banner_offer(article, counterpart.lang))
        page = Page.of(counterpart.revision)
        for item in filter(None, offers):
            found.setdefault(
                (item.kind, item.name),
                Offered(page, item.kind, item.name, item.value, item.source, item.reason, item.findings),
            )
    return tuple(found.values())
