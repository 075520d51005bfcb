"""What can go wrong between us and a wiki, each as one sentence for a person that says what to do."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import requests

from expander.errors import WikiError, WikiUnreachable
from expander.wiki.replies import ApiError

_HTTP = {
    401: "the wiki asks for a login",
    403: "the wiki refuses us; it may block this network or this user agent",
    404: "there is no Action API at this address; check [wikis] in expander.toml",
    407: "the network's proxy asks for a login",
    414: "the request is too long for the server",
}


class Passing(WikiUnreachable):
    """A fault that may be over in a moment; ``retry_after`` in seconds, None where the server gave no time."""

    def __init__(self, message: str, retry_after: float | None = None, code: str = "") -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.code = code  # the API's, where the wiki itself said so


class NeverSent(WikiUnreachable):
    """There was no connection: the wiki has not got the request."""


class Refused(WikiError):
    """The API understood and said no."""

    def __init__(self, message: str, error: ApiError) -> None:
        super().__init__(message)
        self.error = error


def host_of(url: str) -> str:
    """The host (with its port) of an address, for messages."""
    try:
        return urlsplit(url).netloc or url
    except ValueError:  # "http://["
        return url


def of_connection(url: str, error: Exception) -> WikiUnreachable:
    """The sentence for what ``requests`` raised."""
    host = host_of(url)
    causes = tuple(_causes(error))

    def caused_by(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in causes)

    if caused_by(socket.gaierror):
        return NeverSent(f"{host} cannot be found: check the network and the address, or use --offline.")
    if caused_by(ssl.SSLError, requests.exceptions.SSLError):
        return NeverSent(f"The secure connection to {host} fails (TLS): check this machine's clock and certificates.")
    if caused_by(ConnectionRefusedError):
        return NeverSent(f"{host} refuses the connection: is the wiki running, is the address right?")
    if caused_by(requests.exceptions.ProxyError):
        return WikiUnreachable(f"The proxy between us and {host} fails: check the proxy settings of the environment.")
    if caused_by(requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, requests.exceptions.MissingSchema):
        return NeverSent(f"{url} is no address of a wiki: check [wikis] in expander.toml.")
    if caused_by(requests.exceptions.TooManyRedirects):
        return WikiUnreachable(f"{host} sends us in circles: check the address in [wikis] of expander.toml.")
    if caused_by(requests.exceptions.Timeout, TimeoutError):
        return Passing(f"{host} does not answer in time: try again later, or use --offline.")
    return Passing(f"The connection to {host} broke off: try again, or use --offline.")


def of_status(url: str, status: int, retry_after: float | None) -> WikiUnreachable:
    """The sentence for an HTTP status that is no success."""
    host = host_of(url)
    if status == 429:
        when = f"in {retry_after:.0f} s" if retry_after else "later"
        return Passing(f"{host} asks us to slow down (HTTP 429): try again {when}.", retry_after)
    if status >= 500:
        return Passing(f"{host} has a problem (HTTP {status}): try again later.", retry_after)
    return WikiUnreachable(f"{host} answers with HTTP {status}: {_HTTP.get(status, 'the request was refused')}.")


def of_body(url: str, body: bytes) -> WikiUnreachable:
    """The sentence for a body that is no JSON."""
    host = host_of(url)
    if not body.strip():
        return Passing(f"{host} sent an empty answer: try again later.")
    if body.lstrip()[:1] == b"<":
        return WikiUnreachable(
            f"{host} answers with a web page instead of the API's JSON: "
            "check the address in [wikis] of expander.toml, and whether this network asks for a login."
        )
    return Passing(f"{host} sent a damaged answer (JSON cut off): try again.")


def of_shape(url: str, problem: Exception) -> WikiError:
    """The sentence for JSON that is not what the API documents."""
    return WikiError(f"{host_of(url)} answers otherwise than the Action API documents ({str(problem)[:120]}).")


def of_api(url: str, error: ApiError, retry_after: float | None) -> WikiError:
    """The sentence for the API's own error: https://www.mediawiki.org/wiki/API:Errors_and_warnings."""
    host, code = host_of(url), error.code
    said = error.info.strip().rstrip(".")[:300] or code
    if code == "maxlag":
        return Passing(f"{host} is busy (its databases lag): try again in a minute.", retry_after, code)
    if code == "ratelimited":
        return Passing(f"{host} limits our requests: try again later.", retry_after, code)
    if code.startswith("internal_api_error"):
        return Passing(f"{host} has an internal problem: try again later. It says: {said}.", retry_after, code)
    return Refused(f"{host} refuses the request ({code}): {said}.", error)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exception, what it was raised from, and the exceptions that it carries (urllib3's ``reason``)."""
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        inner = (current.__cause__, current.__context__, getattr(current, "reason", None), *current.args)
        waiting += [cause for cause in inner if isinstance(cause, BaseException)]
