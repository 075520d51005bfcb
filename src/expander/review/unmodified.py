"""How much of a machine's text the editor left as it was, measured as Content Translation measures it.

See https://www.mediawiki.org/wiki/Content_translation/Published_translations#Limits: the longest common subsequence of
the tokens of both texts over the number of tokens of the longer one; a passage of under ten source tokens is not
measured. Tokens are what stands between white space, of the visible text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expander.articles import file_revision, plain, read
from expander.draft.draft import passage_text
from expander.proposals.expansion import Expansion
from expander.proposals.proposal import Proposal

# Shares of unmodified text: above the first the editor is warned, above the second nothing is published unasked.
WARN_ABOVE = 0.85
REFUSE_ABOVE = 0.95
FEWEST_SOURCE_TOKENS = 10


@dataclass(frozen=True, slots=True)
class Unmodified:
    """Shares 0…1 of unmodified machine text: of each measured passage that is in the draft, and of them all (None:
    none was measured).
    """

    passages: Mapping[str, float]
    whole: float | None

    @property
    def warned(self) -> tuple[str, ...]:
        """The passages with too little revised."""
        return tuple(passage for passage, share in self.passages.items() if share > WARN_ABOVE)

    @property
    def is_refused(self) -> bool:
        """Whether publishing needs the editor's word that the text was revised."""
        return self.whole is not None and self.whole > REFUSE_ABOVE


def unmodified_share(machine: str, edited: str) -> float:
    """The share 0…1 of tokens that ``edited`` kept of ``machine`` (plain texts); 0 where either is empty."""
    kept, longer = _kept(machine.split(), edited.split())
    return kept / longer if longer else 0.0


def unmodified(expansion: Expansion) -> Unmodified:
    """The shares of the passages in the draft; all of them together weigh by their tokens."""
    shares, kept_in_all, longer_in_all = {}, 0, 0
    for proposal in expansion.proposals:
        if not (proposal.decision.is_in_draft and _is_measured(proposal)):
            continue
        machine, edited = _tokens(proposal.wikitext), _tokens(passage_text(proposal))
        kept, longer = _kept(machine, edited)
        kept_in_all, longer_in_all = kept_in_all + kept, longer_in_all + longer
        shares[proposal.id] = kept / longer if longer else 0.0
    return Unmodified(shares, kept_in_all / longer_in_all if longer_in_all else None)


def _is_measured(proposal: Proposal) -> bool:
    return proposal.wikitext is not None and len(proposal.source_text.split()) >= FEWEST_SOURCE_TOKENS


def _tokens(wikitext: str | None) -> list[str]:
    article = read(file_revision(wikitext or "", "en", ""))
    return plain(article.nodes, article.text).split()


def _kept(one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """The length of the longest common subsequence, and of the longer sequence.

    Bit-parallel (H. Hyyrö, "Bit-parallel LCS-length computation revisited", 2004): texts of any length cost little.
    """
    places: dict[str, int] = {}
    for index, token in enumerate(one):
        places[token] = places.get(token, 0) | 1 << index
    everything = (1 << len(one)) - 1
    row = everything
    for token in other:
        matched = row & places.get(token, 0)
        row = (row + matched | row - matched) & everything
    return len(one) - row.bit_count(), max(len(one), len(other))
