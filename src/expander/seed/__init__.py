"""Which English article, and which counterparts?"""

from expander.seed.banners import Hint, banner_hints
from expander.seed.read import Seed, SeedKind, parse_counterpart, read_seed, read_text_file

__all__ = ["Hint", "Seed", "SeedKind", "banner_hints", "parse_counterpart", "read_seed", "read_text_file"]
