"""Hand our client to a library that asks with a bare ``requests``."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_lock = threading.Lock()


@contextmanager
def asking(module: Any, asker: object) -> Iterator[None]:
    """``module`` finds ``asker`` under the name ``requests``, for this block and thread alone."""
    with _lock:
        original = module.requests
        module.requests = asker
        try:
            yield
        finally:
            module.requests = original
