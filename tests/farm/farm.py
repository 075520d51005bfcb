"""The farm as tests use it: endpoints, and other people who edit, protect and delete pages."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import platformdirs
import requests

from tests.farm import sample
from tests.farm.mediawiki import BOT_PASSWORD, MEDIAWIKI, Server, Wiki
from tests.farm.sample import Sample

KEPT = 3  # loaded farms that stay on disk for later runs
FIRST_IDS = {"commons": 9_000_000, "en": 1_200_000, "ru": 2_300_000, "tg": 3_400_000}


class Refused(RuntimeError):
    """The farm's wiki refused what a test's helper asked for; ``code`` is the API's."""

    def __init__(self, error: Mapping[str, Any]) -> None:
        super().__init__(f"{error['code']}: {error['info']}")
        self.code = error["code"]


@dataclass
class Person:
    """A logged-in user of one wiki, with plain requests: independent of the client under test."""

    endpoint: str
    name: str
    session: requests.Session = field(default_factory=requests.Session, repr=False)

    def __post_init__(self) -> None:
        token = self.call("query", meta="tokens", type="login")["query"]["tokens"]["logintoken"]
        reply = self.call("login", lgname=f"{self.name}@farm", lgpassword=BOT_PASSWORD, lgtoken=token)
        if reply["login"]["result"] != "Success":
            raise RuntimeError(f"{self.name} cannot log in: {reply}")

    def call(self, action: str, **parameters: object) -> dict[str, Any]:
        data = {"action": action, "format": "json", "formatversion": "2", **parameters}
        reply = self.session.post(self.endpoint, data=data, timeout=60).json()
        if "error" in reply:
            raise Refused(reply["error"])
        return reply

    def write(self, action: str, **parameters: object) -> dict[str, Any]:
        token = self.call("query", meta="tokens")["query"]["tokens"]["csrftoken"]
        return self.call(action, token=token, **parameters)


@dataclass
class Farm:
    """Running wikis; ``endpoints`` maps "en", "ru", "tg" to Action API addresses."""

    folder: Path
    servers: Mapping[str, Server]
    _people: dict[tuple[str, str], Person] = field(default_factory=dict, repr=False)

    @classmethod
    def start(cls, folder: Path) -> Self:
        """Serve the wikis of ``folder``, which tests may change."""
        servers = {name: Server(Wiki(folder, name)) for name in sample.WIKIS}
        farm = cls(folder, servers)
        try:
            for server in servers.values():
                server.start()
        except BaseException:
            farm.stop()
            raise
        return farm

    def stop(self) -> None:
        for server in self.servers.values():
            server.stop()

    @property
    def endpoints(self) -> dict[str, str]:
        return {name: server.endpoint for name, server in self.servers.items()}

    @property
    def bot_password(self) -> tuple[str, str]:
        """User name and password with which ``Editor`` logs in through the API, on every wiki."""
        return "Editor@farm", BOT_PASSWORD

    def person(self, lang: str, name: str) -> Person:
        """``Admin``, ``Editor`` or ``Rival`` on one wiki."""
        if (lang, name) not in self._people:
            self._people[lang, name] = Person(self.endpoints[lang], name)
        return self._people[lang, name]

    def edit(self, lang: str, title: str, text: str, user: str = "Rival", **more: object) -> int:
        """Save a page, whether it exists or not; its new revision id."""
        reply = self.person(lang, user).write("edit", title=title, text=text, **{"summary": "An edit", **more})["edit"]
        if reply["result"] != "Success":
            raise RuntimeError(f"edit of {title}: {reply}")
        return reply.get("newrevid") or self.revision(lang, title)["revid"]

    def delete(self, lang: str, title: str) -> None:
        self.person(lang, "Admin").write("delete", title=title, reason="A test")

    def protect(self, lang: str, title: str, level: str = "sysop") -> None:
        self.person(lang, "Admin").write("protect", title=title, protections=f"edit={level}", reason="A test")

    def block(self, lang: str, user: str) -> None:
        self.person(lang, "Admin").write("block", user=user, reason="A test", autoblock="", allowusertalk="")

    def unblock(self, lang: str, user: str) -> None:
        self.person(lang, "Admin").write("unblock", user=user)

    def revision(self, lang: str, title: str) -> dict[str, Any]:
        """The newest revision: revid, parentid, user, comment, content."""
        return self.history(lang, title, limit=1)[0]

    def history(self, lang: str, title: str, limit: int = 50) -> list[dict[str, Any]]:
        """Newest revision first; empty where there is no such page."""
        reply = self.person(lang, "Admin").call(
            "query",
            prop="revisions",
            titles=title,
            rvprop="ids|user|comment|content|tags|flags",
            rvslots="main",
            rvlimit=limit,
        )
        page = reply["query"]["pages"][0]
        return [{**row, "content": row["slots"]["main"]["content"]} for row in page.get("revisions", [])]

    def text(self, lang: str, title: str) -> str:
        return self.revision(lang, title)["content"]

    def create_bot_password(self, lang: str, user: str, name: str, grants: str) -> tuple[str, str]:
        """A further bot password with these grants only."""
        self.servers[lang].wiki.script("createBotPassword.php", "--appid", name, "--grants", grants, user, BOT_PASSWORD)
        return f"{user}@{name}", BOT_PASSWORD

    @contextmanager
    def override(self, lang: str, php: str) -> Iterator[None]:
        """Settings of one wiki for a while: ``$wgReadOnly = "…";``."""
        wiki = self.servers[lang].wiki
        wiki.override(php)
        try:
            yield
        finally:
            wiki.override("")

    @contextmanager
    def abuse_filter(self, lang: str, pattern: str, action: str = "disallow") -> Iterator[None]:
        """A filter that matches edits by the AbuseFilter rule ``pattern`` (``added_lines contains "x"``)."""
        with sqlite3.connect(self.servers[lang].wiki.database, timeout=20) as database:
            number = database.execute(
                "INSERT INTO abuse_filter (af_pattern, af_user, af_user_text, af_timestamp, af_enabled, af_comments, "
                "af_public_comments, af_hidden, af_hit_count, af_throttled, af_deleted, af_actions, af_global, "
                "af_group) "
                "VALUES (?, 1, 'Admin', '20240101000000', 1, '', 'A test filter', 0, 0, 0, 0, ?, 0, 'default')",
                (pattern, action),
            ).lastrowid
            database.execute("INSERT INTO abuse_filter_action VALUES (?, ?, '')", (number, action))
        try:
            yield
        finally:
            with sqlite3.connect(self.servers[lang].wiki.database, timeout=20) as database:
                database.execute("UPDATE abuse_filter SET af_enabled = 0 WHERE af_id = ?", (number,))


def built(whole: Sample) -> Path:
    """A folder with the wikis loaded, made now or kept from an earlier run with the same pages and scripts.

    To be copied, never served: see :func:`fresh`.
    """
    keep = platformdirs.user_cache_path("expander-farm")
    folder = keep / _fingerprint(whole)
    if folder.is_dir():
        return folder
    keep.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix="making-", dir=keep))
    _build(making, whole)
    for old in sorted(keep.glob("[0-9a-f]*"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    try:
        making.rename(folder)
    except OSError:  # another run was faster
        shutil.rmtree(making)
    return folder


def fresh(folder: Path, whole: Sample | None = None) -> Path:
    """A copy of the loaded wikis below ``folder``, ready to be served and changed; ``whole`` None: the sample."""
    return shutil.copytree(built(whole or sample.read()), folder / "farm")


def _build(folder: Path, whole: Sample) -> None:
    for name, first in FIRST_IDS.items():
        wiki = Wiki(folder, name)
        wiki.install(first)
        wiki.add_users()
        files = [file for file in whole.files if file.wiki == name]
        if files:
            wiki.upload(files)
        pages = [page for page in whole.pages if page.wiki == name]
        if pages:
            wiki.load(pages)


def _fingerprint(whole: Sample) -> str:
    """Of everything that makes a farm: MediaWiki's version, our scripts, the pages."""
    own = Path(__file__).parent
    digest = hashlib.sha256((MEDIAWIKI / "includes" / "Defines.php").read_bytes())
    digest.update(str((MEDIAWIKI / "autoload.php").stat().st_mtime_ns).encode())
    for path in (*sorted(own.glob("php/*.php")), own / "mediawiki.py"):
        digest.update(path.read_bytes())
    digest.update(repr(whole).encode())
    return digest.hexdigest()[:16]
