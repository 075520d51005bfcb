"""Fixtures that all tests share."""

from tests.farm.fixture import farm

__all__ = ["farm"]
