"""What the missing passages would be in wikitext that English Wikipedia accepts."""

from expander.proposals.offering import offer
from expander.proposals.propose import propose

__all__ = ["offer", "propose"]
