"""Which English article, and which counterparts?"""

from expander.seed.counterparts import Base, Counterparts, find_base, find_counterparts
from expander.seed.read import Seed, SeedKind, parse_counterpart, read_seed

__all__ = [
    "Base",
    "Counterparts",
    "Seed",
    "SeedKind",
    "find_base",
    "find_counterparts",
    "parse_counterpart",
    "read_seed",
]
