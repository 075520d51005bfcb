"""One request to a wiki's Action API: polite, bounded in time and size, retried, cached, checked.

Politeness follows https://www.mediawiki.org/wiki/API:Etiquette: one request at a time, ``maxlag``, ``Retry-After``,
a User-Agent that names us.
"""

from __future__ import annotations

import email.utils
import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import msgspec
import requests

from expander.errors import WikiError, WikiUnreachable
from expander.wiki import faults
from expander.wiki.cache import ReplyCache, key_of, key_stem
from expander.wiki.replies import Reply

R = TypeVar("R", bound=Reply)
Parameters = Mapping[str, str]

MAXLAG = 5  # seconds, as the etiquette advises
TRIES = 4
PATIENCE = 90.0  # seconds that one request may spend waiting between its tries
LONGEST_URL = 2000  # characters; longer requests are sent as POST
LARGEST_REPLY = 64 * 1024 * 1024  # bytes


@dataclass
class Traffic:
    """What a run cost: requests sent, replies taken from the cache, and seconds waited because a wiki asked for it."""

    requests: int = 0
    kept: int = 0
    waited: float = 0.0


@dataclass
class Transport:
    """Requests to wikis. ``offline``: never opens a socket. ``timeout``: seconds to connect, seconds for the answer.
    ``follows_redirects``: False where a secret is sent, which must reach nobody else.
    """

    session: requests.Session
    cache: ReplyCache
    offline: bool = False
    timeout: tuple[float, float] = (10.0, 60.0)
    warn: Callable[[str], None] = lambda message: None
    sleep: Callable[[float], None] = time.sleep
    follows_redirects: bool = True
    traffic: Traffic = field(default_factory=Traffic)

    def call(self, endpoint: str, action: Parameters, subject: Parameters, kind: type[R], fresh: timedelta) -> R:
        """The reply to ``action`` (what is asked) about ``subject`` (titles, ids, text): from the cache where one not
        older than ``fresh`` is kept, else from the wiki, else — with a warning — an older one.

        Raises WikiUnreachable, WikiError.
        """
        key = key_of(endpoint, action, subject)
        kept = self._kept(key, kind)
        if kept is not None and (self.offline or not kept[1]):
            self.traffic.kept += 1
            return kept[0]
        if self.offline:
            about = next(iter(subject.values()), "")
            raise WikiUnreachable(
                f"The cache does not hold what {faults.host_of(endpoint)} says of “{about[:80]}”: "
                "run once without --offline."
            )
        try:
            body, reply = self._send_patiently(endpoint, {**action, **subject}, kind)
        except WikiUnreachable as error:
            if kept is None:
                raise
            self.warn(f"{error} Using an older answer from the cache.")
            self.traffic.kept += 1
            return kept[0]
        url = _readable_url(endpoint, {**action, **subject})
        self.cache.keep(key, url, body, expires=datetime.now(UTC) + fresh)
        return reply

    def all_kept(self, endpoint: str, action: Parameters, kind: type[R]) -> Iterator[R]:
        """Every kept reply to ``action``, whatever its subject and age."""
        for response in self.cache.with_stem(key_stem(endpoint, action)):
            reply = self._checked(response.content, kind)
            if reply is not None:
                yield reply

    def send(
        self, endpoint: str, parameters: Parameters, kind: type[R], *, post: bool = False, patient: bool = False
    ) -> R:
        """Send without the cache: once, unless ``patient``. Raises WikiError with the sentence, Passing where trying
        again later may help, NeverSent where nothing can have arrived.
        """
        if patient:
            return self._send_patiently(endpoint, parameters, kind, post=post)[1]
        return self._send(endpoint, parameters, kind, post=post)[1]

    def _kept(self, key: str, kind: type[R]) -> tuple[R, bool] | None:
        response = self.cache.get_response(key)
        if response is None:
            return None
        reply = self._checked(response.content, kind)
        return None if reply is None else (reply, response.is_expired)

    def _checked(self, body: bytes, kind: type[R]) -> R | None:
        try:
            return msgspec.json.decode(body, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self.warn("A cache entry does not hold what the wiki would answer and is ignored.")
            return None

    def _send_patiently(
        self, endpoint: str, parameters: Parameters, kind: type[R], *, post: bool = False
    ) -> tuple[bytes, R]:
        waited = 0.0
        for pause in _pauses():
            try:
                return self._send(endpoint, parameters, kind, post=post)
            except faults.Passing as error:
                pause = pause if error.retry_after is None else error.retry_after
                if waited + pause > PATIENCE:
                    raise
                self.warn(f"{error} Waiting {pause:.0f} s.")
            self.sleep(pause)
            waited += pause
            self.traffic.waited += pause
        return self._send(endpoint, parameters, kind, post=post)

    def _send(self, endpoint: str, parameters: Parameters, kind: type[R], *, post: bool = False) -> tuple[bytes, R]:
        if self.offline:
            raise WikiUnreachable(f"{faults.host_of(endpoint)} is not asked: --offline opens no connection.")
        everything = {**parameters, "format": "json", "formatversion": "2", "maxlag": str(MAXLAG)}
        request = requests.Request("GET", endpoint, params=everything)
        try:
            if post or len(request.prepare().url or "") > LONGEST_URL:
                request = requests.Request("POST", endpoint, data=everything)
            status, retry_after, body = self._exchange(request)
        except (requests.RequestException, OSError, UnicodeError) as error:
            raise faults.of_connection(endpoint, error) from None
        if status == 200 or body.lstrip()[:1] == b"{":
            try:
                reply = msgspec.json.decode(body, type=kind)
            except msgspec.ValidationError as error:
                raise faults.of_shape(endpoint, error) from None
            except (msgspec.DecodeError, UnicodeDecodeError):
                if status == 200:
                    raise faults.of_body(endpoint, body) from None
            else:
                if reply.error is not None:
                    raise faults.of_api(endpoint, reply.error, retry_after)
                if status == 200:
                    return body, reply
        raise faults.of_status(endpoint, status, retry_after)

    def _exchange(self, request: requests.Request) -> tuple[int, float | None, bytes]:
        """Send and read the body, within the time and size that we allow."""
        deadline = time.monotonic() + sum(self.timeout)
        self.traffic.requests += 1
        prepared = self.session.prepare_request(request)
        settings = self.session.merge_environment_settings(prepared.url, {}, True, None, None)
        follow = self.follows_redirects
        with self.session.send(prepared, timeout=self.timeout, allow_redirects=follow, **settings) as response:
            parts: list[bytes] = []
            size = 0
            for part in response.iter_content(1 << 16):
                parts.append(part)
                size += len(part)
                if size > LARGEST_REPLY:
                    raise WikiError(f"{faults.host_of(request.url)} sends more than an answer can be; giving up.")
                if time.monotonic() > deadline:
                    raise requests.Timeout
            return response.status_code, _seconds(response.headers.get("Retry-After")), b"".join(parts)


def _pauses() -> Iterator[float]:
    """Seconds before each further try: 1, 2, 4 … with jitter, so that many clients do not come back together."""
    for power in range(TRIES - 1):
        yield 2.0**power * random.uniform(0.75, 1.25)  # noqa: S311 — no secret


def _seconds(retry_after: str | None) -> float | None:
    """A Retry-After header (seconds, or an HTTP date) as seconds from now."""
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after[:9])
    try:
        when = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _readable_url(endpoint: str, parameters: Parameters) -> str:
    """What was asked, for a person who reads the cache: not encoded, a text that was rendered cut."""
    pairs = (f"{name}={value[:400] if name == 'text' else value}" for name, value in parameters.items())
    return f"{endpoint}?{'&'.join(pairs)}"
