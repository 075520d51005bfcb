"""Ask a server politely: a pace per host, deadlines, waiting when told to, and failures as one clear sentence.

Every hosted engine speaks through a :class:`Client`, so that what holds for one holds for all: nothing secret is ever
part of a message, no reply is larger than ``MAX_REPLY``, no request lasts longer than its deadline.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests
import urllib3

from expander import __version__
from expander.engines.pace import Pace, pace_of
from expander.errors import EngineError, EngineLimited

USER_AGENT = f"expander/{__version__} (expands Wikipedia articles; python-requests)"
MAX_REPLY = 8_000_000  # bytes
_RETRIED = frozenset({408, 500, 502, 503, 504})


class Failure(Exception):
    """This request got no usable answer; the next one may. The message is one clause: “answered 500 …”.

    ``size`` tells that the request was too large, so that a smaller one is worth a try.
    """

    def __init__(self, reason: str, *, size: bool = False) -> None:
        super().__init__(reason)
        self.size = size


@dataclass(frozen=True)
class Reply:
    """A whole reply with status 2xx. Has what deep-translator asks of a response: ``status_code``, ``text``,
    ``json``.
    """

    body: bytes
    status_code: int = 200

    @cached_property
    def text(self) -> str:
        """The body; raises Failure where it is not UTF-8, which every protocol here promises."""
        try:
            return self.body.decode("utf-8")
        except UnicodeDecodeError:
            raise Failure("answered in another encoding than UTF-8") from None

    def json(self) -> Any:
        """The body as JSON; raises Failure where it is none (truncated, an error page)."""
        try:
            return msgspec.json.decode(self.text)
        except msgspec.DecodeError:
            kind = "an HTML page" if self.text.lstrip()[:1] == "<" else "something that is not whole"
            raise Failure(f"answered with {kind} instead of JSON") from None

    def close(self) -> None:
        """Nothing is left open."""


@dataclass
class Client:
    """Requests to one engine's server.

    ``timeout`` is the deadline of one request in seconds, from the first byte sent to the last received; ``patience``
    how long to wait in all before one request is given up (seconds); ``tries`` how often it is sent at most.
    """

    title: str
    timeout: float = 60.0
    tries: int = 4
    patience: float = 120.0
    rate: float = 4.0
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    secret: str = field(default="", repr=False)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random

    @cached_property
    def _session(self) -> requests.Session:
        session = requests.Session()
        session.headers.update({"User-Agent": USER_AGENT, **self.headers})
        return session

    def get(self, url: str, **options: Any) -> Reply:
        """GET, see :meth:`request`."""
        return self.request("GET", url, **options)

    def post(self, url: str, **options: Any) -> Reply:
        """POST, see :meth:`request`."""
        return self.request("POST", url, **options)

    def request(self, method: str, url: str, **options: Any) -> Reply:
        """Send until there is an answer, patience ends, or the answer is final; ``options`` are those of requests.

        Raises Failure (this text did not work), EngineLimited (slow down) or EngineError (it cannot be used).
        """
        host = urlsplit(url).netloc
        pace = pace_of(host, self.rate)
        waited = 0.0
        for attempt in range(1, self.tries + 1):
            self._keep(pace)
            trouble, wait = self._attempt(method, url, host, options)
            if isinstance(trouble, Reply):
                return trouble
            if wait is None:
                raise trouble
            pause = wait if wait >= 0 else min(2.0 ** (attempt - 1), 30.0) * (0.5 + self.jitter())
            if attempt >= self._tries(trouble) or waited + pause > self.patience:
                raise trouble
            waited += pause
            self.sleep(pause)
        raise AssertionError("unreachable: the last try returns or raises")

    def _tries(self, trouble: Exception) -> int:
        """A server that cannot be reached at all is given up sooner than one that answers with trouble."""
        unreachable = isinstance(trouble, EngineError) and not isinstance(trouble, EngineLimited)
        return min(self.tries, 2) if unreachable else self.tries

    def _keep(self, pace: Pace) -> None:
        while (pause := pace.take(self.clock())) > 0:
            self.sleep(pause)

    def _attempt(
        self, method: str, url: str, host: str, options: Mapping[str, Any]
    ) -> tuple[Reply, None] | tuple[Exception, float | None]:
        """A reply; or what went wrong and the seconds to wait before another try (None: final, −1: as we see fit)."""
        end = self.clock() + self.timeout
        connect = min(10.0, self.timeout)
        try:
            with self._session.request(
                method, url, timeout=(connect, self.timeout), stream=True, allow_redirects=False, **options
            ) as response:
                body = self._body(response, end)
        except (requests.Timeout, urllib3.exceptions.TimeoutError):
            return Failure(f"gave no answer within {self.timeout:g} seconds"), -1.0
        except (urllib3.exceptions.ProtocolError, urllib3.exceptions.DecodeError):
            return Failure("broke off in the middle of its answer"), -1.0
        except requests.ConnectionError:
            return EngineError(f"{self.title} cannot be reached at {host}; check the network and its address."), -1.0
        except (requests.RequestException, UnicodeError):
            return EngineError(f"{self.title} has an address that cannot be used; check its url in the settings."), None
        except Failure as failure:
            return failure, None
        return self._verdict(response, body, host)

    def _body(self, response: requests.Response, end: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        # read1 gives what has arrived: a server that drips byte by byte must not stretch the deadline.
        while part := response.raw.read1(65536, decode_content=True):
            size += len(part)
            if size > MAX_REPLY:
                raise Failure(f"answered with more than {MAX_REPLY:,} bytes")
            if self.clock() > end:
                raise requests.Timeout
            parts.append(part)
        return b"".join(parts)

    def _verdict(
        self, response: requests.Response, body: bytes, host: str
    ) -> tuple[Reply, None] | tuple[Exception, float | None]:
        status = response.status_code
        if 200 <= status < 300:
            return Reply(body, status), None
        wait = _seconds(response.headers.get("Retry-After", ""))
        said = self._said(body)
        if status in (429, 456):  # 456: DeepL, quota exceeded
            message = f"{self.title} at {host} limits us (status {status}){said}; wait, or use another engine."
            return EngineLimited(message, wait), (None if status == 456 else -1.0 if wait is None else wait)
        if status in (401, 403):
            return EngineError(f"{self.title} at {host} refuses us (status {status}){said}; check its key."), None
        if status in (413, 414):
            return Failure(f"finds the text too long (status {status})", size=True), None
        again = status in _RETRIED
        return Failure(f"answered with status {status}{said}", size=status == 400), (
            None if not again else -1.0 if wait is None else wait
        )

    def _said(self, body: bytes) -> str:
        """What the server said of its trouble: short, printable, without our key."""
        text = body[:2000].decode("utf-8", "replace")
        if text.lstrip()[:1] == "<" or not text.strip():
            return ""
        if self.secret:
            text = text.replace(self.secret, "…")
        clean = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        return f": {clean[:120]}"


def _seconds(value: str) -> float | None:
    """``Retry-After`` in seconds: a number or an HTTP date (RFC 9110, 10.2.3); None where it is neither."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return None
