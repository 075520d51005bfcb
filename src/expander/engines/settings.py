"""What a user sets for one engine: ``[engines.<name>]`` of the configuration, and its key.

Keys come from ``EXPANDER_<NAME>_KEY`` or the system keyring (service ``expander``, user name the engine's), never
from a file; they are kept out of every ``repr``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs

from expander.engines.client import Client
from expander.errors import InputError


def key_variable(name: str) -> str:
    """The environment variable that holds the key of engine ``name``."""
    return f"EXPANDER_{name.upper().replace('-', '_')}_KEY"


def key_of(name: str) -> str:
    """The engine's key, "" where neither the environment nor the keyring has one."""
    return os.environ.get(key_variable(name), "").strip() or _from_keyring(name)


def _from_keyring(name: str) -> str:
    try:
        keyring: Any = import_module("keyring")
    except ImportError:
        return ""
    try:
        return str(keyring.get_password("expander", name) or "")
    except keyring.errors.KeyringError:  # locked, or no backend on this machine
        return ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of engine ``name``. ``offline``: it must not fetch anything, not even a model."""

    name: str
    values: Mapping[str, object] = field(default_factory=dict)
    key: str = field(default="", repr=False)
    offline: bool = False

    def __post_init__(self) -> None:
        if {"key", "api_key", "token", "secret"} & set(self.values):
            raise InputError(
                f"[engines.{self.name}] holds a key; put it into {key_variable(self.name)} or the system's keyring."
            )

    def text(self, key: str, default: str = "") -> str:
        """A setting that is text; raises InputError where it is something else."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise InputError(f"[engines.{self.name}] {key} must be text, not {value!r}.")
        return value

    def folder(self, model: str) -> Path:
        """The setting ``folder``; where it is not set, ``model``'s place in the user's data folder."""
        if value := self.text("folder"):
            return Path(value).expanduser()
        return Path(platformdirs.user_data_dir("expander")) / "models" / model

    def number(self, key: str, default: float) -> float:
        """A setting that is a positive number; raises InputError where it is something else."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
            raise InputError(f"[engines.{self.name}] {key} must be a positive number, not {value!r}.")
        return float(value)

    def url(self, default: str = "") -> str:
        """The server's address without a slash at its end; raises InputError where it is no http address."""
        value = self.text("url", default).rstrip("/")
        try:
            parts = urlsplit(value)
            fine = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
        except ValueError:
            fine = False
        if not fine:
            raise InputError(f"[engines.{self.name}] url must be an http or https address, not “{value}”.")
        return value

    def client(self, title: str, *, rate: float, headers: Mapping[str, str] | None = None) -> Client:
        """A client with this engine's ``timeout`` (seconds a request) and ``rate`` (requests a second)."""
        return Client(
            title=title,
            timeout=self.number("timeout", 60.0),
            patience=self.number("patience", 120.0),
            rate=self.number("rate", rate),
            headers=headers or {},
            secret=self.key,
        )
