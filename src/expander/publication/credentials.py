"""Who publishes: a bot password or an owner-only OAuth 2 token, from the environment or the system's keyring."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from expander.errors import InputError

VARIABLE = "EXPANDER_WIKI_TOKEN"
HOW = (
    f"Put a bot password (Special:BotPasswords) as NAME@LABEL:PASSWORD, or an owner-only OAuth 2 access token "
    f"(Special:OAuthConsumerRegistration/propose/oauth2), into the environment variable {VARIABLE} or into the "
    "system's keyring (service “expander”, user “wiki”)."
)
_BOT_PASSWORD = re.compile(r"([^:\s][^:]*@[^:\s]+):(\S+)")


@dataclass(frozen=True, slots=True)
class BotPassword:
    """``user`` is NAME@LABEL (https://www.mediawiki.org/wiki/Manual:Bot_passwords)."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AccessToken:
    """An owner-only OAuth 2 token, sent as bearer (https://www.mediawiki.org/wiki/OAuth/Owner-only_consumers)."""

    token: str = field(repr=False)


Credentials = BotPassword | AccessToken


def read_credentials(environment: Mapping[str, str] | None = None) -> Credentials | None:
    """What the environment, else the keyring holds; None where neither holds anything. Raises InputError for what is
    neither a bot password nor a token; the message never shows it.
    """
    secret = (os.environ if environment is None else environment).get(VARIABLE, "").strip() or _from_keyring()
    if not secret:
        return None
    if found := _BOT_PASSWORD.fullmatch(secret):
        return BotPassword(found[1], found[2])
    if re.fullmatch(r"[\x21-\x7e]{16,}", secret) and "@" not in secret:
        return AccessToken(secret)
    raise InputError(f"What {VARIABLE} or the keyring holds is neither a bot password nor an access token. {HOW}")


def check_confidential(endpoint: str) -> None:
    """Raises InputError where a secret would travel unencrypted to another machine."""
    parts = urlsplit(endpoint)
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or "")):
        return
    raise InputError(f"{endpoint} is not encrypted, so no password is sent there; give an https address in [wikis].")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _from_keyring() -> str:
    try:
        keyring: Any = import_module("keyring")
    except ImportError:
        return ""
    try:
        return str(keyring.get_password("expander", "wiki") or "").strip()
    except keyring.errors.KeyringError:  # locked, or no backend on this machine
        return ""
