"""Fetch a model's files once."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import requests
import urllib3

from expander.engines.client import USER_AGENT, Client
from expander.errors import EngineError, StorageError

_PART = 1 << 20  # bytes


def fetch_folder(client: Client, address: str, names: Sequence[str], folder: Path) -> None:
    """Fetch ``address/<name>`` for each of ``names`` into ``folder``; a file that is there whole is not fetched again.

    Each file appears under its name when it is complete. Raises EngineError where one cannot be had, StorageError where
    it cannot be kept.
    """
    for name in names:
        path = folder / name
        if not path.is_file():
            _fetch(client, f"{address.rstrip('/')}/{name}", path)


def _fetch(client: Client, url: str, path: Path) -> None:
    partial: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with (
            requests.get(
                url, stream=True, timeout=(10, client.timeout), headers={"User-Agent": USER_AGENT}
            ) as response,
            tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as file,
        ):
            partial = Path(file.name)
            if response.status_code != requests.codes.ok:
                raise EngineError(f"{client.title} cannot be fetched: {path.name} gave status {response.status_code}.")
            for part in response.iter_content(_PART):
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        partial = None
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        raise EngineError(
            f"{client.title} cannot be fetched: {path.name} did not arrive ({type(error).__name__}); try again."
        ) from None
    except OSError as error:
        raise StorageError(f"{client.title} cannot be kept in {path.parent} ({error.strerror}).") from None
    finally:
        if partial is not None:
            partial.unlink(missing_ok=True)
