"""Fixtures that all tests share."""

from hypothesis import settings

from tests.farm.fixture import farm

__all__ = ["farm"]

settings.register_profile("expander", deadline=None)  # no timings in pass/fail tests
settings.load_profile("expander")
