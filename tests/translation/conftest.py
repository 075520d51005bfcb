"""No timings decide whether a test passes."""

from hypothesis import settings

settings.register_profile("expander", deadline=None)
settings.load_profile("expander")
