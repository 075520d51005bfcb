"""Programs that some tests need: in CI a missing one is a failure, elsewhere a skip that says how to get it."""

from __future__ import annotations

import os
import shutil

import pytest


def need(program: str, how: str) -> str:
    """The path of ``program``."""
    path = shutil.which(program)
    if path is None:
        missing = f"{program} is not installed: {how}"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return path
