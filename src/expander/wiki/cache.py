"""Replies kept on disk: requests-cache's file storage in layers, as JSON that a person can read.

The first layer is the user's and is written; those below are read only (the sample's recorded replies). What is kept
is the reply's body and when it was fetched: no cookie, no header, no secret.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from requests.structures import CaseInsensitiveDict
from requests_cache.backends.base import BaseCache, DictStorage
from requests_cache.backends.filesystem import FileDict
from requests_cache.models.response import CachedResponse
from requests_cache.serializers import SerializerPipeline, Stage, json_serializer

from expander.wiki.faults import host_of

Warn = Callable[[str], None]
_UNSAFE = re.compile(r"[^a-z0-9.]+")


def key_stem(endpoint: str, action: Mapping[str, str]) -> str:
    """What the keys of all requests of one kind begin with; ``action`` are the parameters that make the kind."""
    what = "-".join(action[name].split("|")[0] for name in ("action", "prop", "meta", "list") if action.get(name))
    named = _UNSAFE.sub("-", f"{host_of(endpoint)}-{what}".lower()).strip("-.")[:80]
    return f"{named}-{_digest({**action, '': endpoint}, 6)}"


def key_of(endpoint: str, action: Mapping[str, str], subject: Mapping[str, str]) -> str:
    """The key of a request: a file name of letters, digits, dots and hyphens, whatever the titles are."""
    return f"{key_stem(endpoint, action)}-{_digest(subject, 16)}"


def _digest(parameters: Mapping[str, str], length: int) -> str:
    canonical = json.dumps(sorted(parameters.items()), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:length]


class ReplyCache(BaseCache):
    """A requests-cache of API replies, in layers of folders.

    ``folder`` None: nothing is kept. A folder that cannot be written, a full disk, or a damaged entry costs a warning
    and nothing else.
    """

    def __init__(self, folder: Path | None, below: Sequence[Path] = (), warn: Warn = lambda message: None) -> None:
        super().__init__(cache_name="expander")
        self.responses: LayeredFiles = LayeredFiles(folder, below, warn)
        self.redirects = DictStorage()  # type: ignore[no-untyped-call]

    def keep(self, key: str, url: str, body: bytes, expires: datetime | None, fetched: datetime | None = None) -> None:
        """Keep a JSON body until ``expires``; ``url`` says to a person what was asked."""
        self.responses[key] = CachedResponse(
            url=url,
            status_code=200,
            content=body,
            encoding="utf-8",
            headers=CaseInsensitiveDict({"Content-Type": "application/json; charset=utf-8"}),
            created_at=fetched or datetime.now(UTC),
            expires=expires,
        )

    def with_stem(self, stem: str) -> Iterator[CachedResponse]:
        """All kept replies of one kind, the upper layers' first."""
        for key in self.responses.keys_with(f"{stem}-"):
            response = self.get_response(key)
            if response is not None:
                yield response


class LayeredFiles(DictStorage):
    """requests-cache's mapping of keys to responses over several folders: reads through, writes to the first alone."""

    def __init__(self, folder: Path | None, below: Sequence[Path], warn: Warn) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._warn = warn
        self._folder = folder
        self._top: FileDict | None = None
        self._below = tuple(_files(layer) for layer in below if layer.is_dir())
        if folder is not None and folder.is_dir():
            self._top = _files(folder)

    def __getitem__(self, key: str) -> CachedResponse:
        for layer in self._layers():
            response = self._read(layer, key)
            if response is not None:
                return response
        raise KeyError(key)

    def __setitem__(self, key: str, response: CachedResponse) -> None:
        if self._folder is None:
            return
        try:
            if self._top is None:
                self._top = _files(self._folder)
            _replace(self._top, key, response)
        except (OSError, KeyError) as error:
            reason = error.__cause__ or error
            self._warn(f"The cache {self._folder} cannot be written ({_reason(reason)}); going on without it.")
            self._folder = None

    def __delitem__(self, key: str) -> None:
        if self._top is None:
            raise KeyError(key)
        del self._top[key]  # type: ignore[no-untyped-call]

    def __contains__(self, key: object) -> bool:
        return any(key in layer for layer in self._layers())

    def keys_with(self, prefix: str) -> list[str]:
        """The keys that begin so, in a fixed order, each once."""
        found = (path.name.removesuffix(".json") for layer in self._layers() for path in layer.paths())
        return sorted({key for key in found if key.startswith(prefix)})

    def _layers(self) -> Iterator[FileDict]:
        if self._top is not None:
            yield self._top
        yield from self._below

    def _read(self, layer: FileDict, key: str) -> CachedResponse | None:
        try:
            response: CachedResponse = layer[key]
        except KeyError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return None
            problem = _reason(error.__cause__ or error)
        except Damaged as error:
            problem = str(error)
        else:
            return response
        self._warn(f"The cache entry {layer.cache_dir / key}.json is ignored: {problem}.")
        return None


class Damaged(Exception):
    """A cache file does not hold a reply."""


class ReadableJson(SerializerPipeline):
    """requests-cache's JSON, in UTF-8 whatever the locale, with letters as they are."""

    def __init__(self) -> None:
        structure = json_serializer.stages[0]
        text = Stage(
            dumps=lambda value: json.dumps(value, indent=1, ensure_ascii=False) + "\n",
            loads=json.loads,
        )
        super().__init__([structure, text, Stage(dumps=str.encode, loads=bytes.decode)], "json", is_binary=True)

    def copy(self) -> ReadableJson:
        """requests-cache copies a serializer before it uses it."""
        return ReadableJson()

    def loads(self, value: bytes) -> CachedResponse:
        """Raises Damaged, whatever a damaged file makes the stages raise."""
        try:
            response = super().loads(value)
            if response.status_code != 200 or not isinstance(response.content, bytes):
                raise ValueError("no reply in it")
            response.is_expired  # noqa: B018 — a date that cannot be compared shows here
        except Exception as error:
            raise Damaged("it is damaged") from error
        return response


def _files(folder: Path) -> FileDict:
    return FileDict(folder, serializer=ReadableJson(), decode_content=True, extension="json")


def _replace(layer: FileDict, key: str, response: CachedResponse) -> None:
    """Write a file whole or not at all: a full disk or Ctrl-C leaves the old entry."""
    scratch = f"{key}.part"
    path = Path(layer.cache_dir)
    try:
        layer[scratch] = response
        (path / f"{scratch}.json").replace(path / f"{key}.json")
    except BaseException:
        (path / f"{scratch}.json").unlink(missing_ok=True)
        raise


def _reason(error: Any) -> str:
    return getattr(error, "strerror", None) or str(error)
