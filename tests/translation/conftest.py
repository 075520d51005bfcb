"""No timings decide whether a test passes; EXPANDER_EXAMPLES asks for more examples of each law than 100."""

import os

from hypothesis import settings

settings.register_profile("expander", deadline=None, max_examples=int(os.environ.get("EXPANDER_EXAMPLES", "100")))
settings.load_profile("expander")
