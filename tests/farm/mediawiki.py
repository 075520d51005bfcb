"""Install, load and serve one wiki with MediaWiki's own maintenance scripts."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from tests.farm.sample import File, Page

MEDIAWIKI = Path(os.environ.get("FARM_MEDIAWIKI", "/usr/share/mediawiki"))
PHP = Path(__file__).parent / "php"
EXTENSIONS = (
    "AbuseFilter,Cite,ConfirmEdit,Interwiki,ParserFunctions,Scribunto,SpamBlacklist,TemplateData,TitleBlacklist"
)
INTERWIKIS = ("en", "ru", "tg", "de", "fr", "fa", "uz", "kk", "uk", "zh")
USERS: Mapping[str, str] = {"Admin": "sysop,bureaucrat", "Editor": "", "Rival": ""}
PASSWORD = "farm-password-of-everybody"
BOT_PASSWORD = "farm" * 8  # 32 characters, as MediaWiki asks for
GRANTS = "basic,editpage,editprotected,createeditmovepage,delete,protect,rollback,blockusers,highvolume,editinterface"
FIRST_EDIT = datetime(2024, 1, 1, tzinfo=UTC)
_PIXELS = {
    ".png": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=",
    ".jpg": "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP"
    + "/" * 86
    + "wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=",
    ".svg": base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>').decode(),
}


def missing_requirement() -> str | None:
    """What this machine lacks, as one sentence that says how to get it; None where everything is there."""
    lacking = [name for name in ("php", "lua5.1") if shutil.which(name) is None]
    if not (MEDIAWIKI / "maintenance" / "install.php").is_file():
        lacking.insert(0, "MediaWiki")
    if not lacking:
        return None
    return f"{' and '.join(lacking)} not found: on Debian or Ubuntu run .ci/install-system as root"


@dataclass(frozen=True)
class Wiki:
    """One wiki below the farm's folder: its database is ``data/<name>wiki.sqlite``."""

    farm: Path
    name: str

    @property
    def database(self) -> Path:
        return self.farm / "data" / f"{self.name}wiki.sqlite"

    @property
    def environment(self) -> dict[str, str]:
        own = {"FARM": str(self.farm), "FARM_WIKI": f"{self.name}wiki", "FARM_MEDIAWIKI": str(MEDIAWIKI)}
        return {"PATH": os.environ["PATH"], "MW_CONFIG_FILE": str(PHP / "settings.php"), **own}

    def script(self, name: str, *arguments: str) -> str:
        """Run a maintenance script; its output."""
        command = ["php", str(MEDIAWIKI / "maintenance" / name), *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{name} on {self.name}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def install(self, first_id: int) -> None:
        """An empty wiki with its users; ``first_id`` keeps the ids of the wikis apart."""
        for folder in ("data", "l10n", "overrides", f"images/{self.name}wiki"):
            (self.farm / folder).mkdir(parents=True, exist_ok=True)
        scratch = self.farm / "installer"
        scratch.mkdir(exist_ok=True)
        options = {
            "--dbtype": "sqlite",
            "--dbpath": str(self.farm / "data"),
            "--dbname": f"{self.name}wiki",
            "--server": "http://127.0.0.1",
            "--scriptpath": "/w",
            "--lang": "en" if self.name == "commons" else self.name,
            "--pass": PASSWORD,
            "--confpath": str(scratch),
            "--extensions": EXTENSIONS,
        }
        command = ["php", str(MEDIAWIKI / "maintenance" / "install.php")]
        command += [f"{option}={value}" for option, value in options.items()]
        bare = {"PATH": os.environ["PATH"]}
        done = subprocess.run([*command, "Wikipedia", "Admin"], env=bare, capture_output=True, text=True, check=False)
        if done.returncode or not self.database.is_file():
            raise RuntimeError(f"install.php on {self.name}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        shutil.rmtree(scratch)
        with sqlite3.connect(self.database) as database:
            database.execute("PRAGMA journal_mode=WAL")
            for table in ("page", "revision"):
                database.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (first_id, table))
            database.executemany(
                "INSERT OR REPLACE INTO interwiki (iw_prefix, iw_url, iw_api, iw_wikiid, iw_local, iw_trans) "
                "VALUES (?, ?, ?, '', 1, 0)",
                [
                    (lang, f"https://{lang}.wikipedia.org/wiki/$1", f"https://{lang}.wikipedia.org/w/api.php")
                    for lang in INTERWIKIS
                ],
            )

    def add_users(self) -> None:
        """Everybody has the same password and the same bot password (``User@farm``)."""
        for user, groups in USERS.items():
            options = [f"--custom-groups={groups}"] if groups else []
            self.script("createAndPromote.php", "--force", *options, user, PASSWORD)
            self.script("createBotPassword.php", "--appid", "farm", "--grants", GRANTS, user, BOT_PASSWORD)

    def load(self, pages: Iterable[Page]) -> None:
        """Import pages as revisions of the past, one minute after another, and fill the link tables."""
        pages = list(pages)
        links = {page.title: [f"{lang}:{title}" for lang, title in page.langlinks] for page in pages if page.langlinks}
        (self.farm / "langlinks").mkdir(exist_ok=True)
        (self.farm / "langlinks" / f"{self.name}wiki.json").write_text(json.dumps(links), "utf-8")
        dump = self.farm / f"{self.name}.xml"
        dump.write_text(_dump(pages), "utf-8")
        self.script("importDump.php", "--no-updates", "--quiet", str(dump))
        dump.unlink()
        with sqlite3.connect(self.database) as database:  # else it walks through every id from 1
            (first,) = database.execute("SELECT min(page_id) FROM page WHERE page_id > 1").fetchone()
        self.script("refreshLinks.php", str(first))
        self.script("rebuildrecentchanges.php")
        self.script("runJobs.php")
        self.script("initSiteStats.php", "--update")

    def upload(self, files: Iterable[File]) -> None:
        """Put a one-pixel image under each name."""
        folder = self.farm / f"{self.name}-uploads"
        folder.mkdir()
        for file in files:
            suffix = Path(file.name).suffix.lower().replace(".jpeg", ".jpg")
            (folder / file.name).write_bytes(base64.b64decode(_PIXELS[suffix]))
        self.script("importImages.php", "--comment", "Sample", "--user", "Admin", str(folder))
        shutil.rmtree(folder)

    def override(self, php: str) -> None:
        """Settings in force until the next call; "" takes them back."""
        path = self.farm / "overrides" / f"{self.name}wiki.php"
        whole = path.with_suffix(".new")
        whole.write_text(php, "utf-8")
        whole.replace(path)


def _dump(pages: Iterable[Page]) -> str:
    """MediaWiki's own format of exports; without blank ends, which a wiki cuts off what is saved."""
    parts = ['<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11">']
    for minutes, page in enumerate(pages):
        when = (FIRST_EDIT + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
        model = "Scribunto" if page.title.startswith("Module:") else "wikitext"
        style = "text/plain" if model == "Scribunto" else "text/x-wiki"
        parts.append(
            f"<page><title>{escape(page.title)}</title><revision><timestamp>{when}</timestamp>"
            f"<contributor><username>Admin</username><id>1</id></contributor><comment>Sample</comment>"
            f"<model>{model}</model><format>{style}</format>"
            f'<text xml:space="preserve">{escape(page.text.rstrip())}</text></revision></page>'
        )
    return "\n".join((*parts, "</mediawiki>\n"))


@dataclass
class Server:
    """PHP's own web server for one wiki, on a free port of loopback."""

    wiki: Wiki
    workers: int = 2
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}/w/api.php"

    def start(self) -> None:
        """Returns when the wiki answers."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", self.port))
            self.port = probe.getsockname()[1]
        log = (self.wiki.farm / f"{self.wiki.name}.log").open("wb")
        command = ["php", "-S", f"127.0.0.1:{self.port}", "-t", str(MEDIAWIKI.parent), str(PHP / "router.php")]
        environment = {**self.wiki.environment, "PHP_CLI_SERVER_WORKERS": str(self.workers)}
        with log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        for _ in range(100):
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.endpoint}?action=query&meta=siteinfo&format=json", timeout=20).read()
                return
            except ConnectionError:
                time.sleep(0.1)
            except OSError as trouble:
                if not isinstance(getattr(trouble, "reason", None), ConnectionError):
                    raise
                time.sleep(0.1)
        raise RuntimeError(
            f"{self.wiki.name} does not answer: {(self.wiki.farm / f'{self.wiki.name}.log').read_text()[-2000:]}"
        )

    def stop(self) -> None:
        """End the server and its workers, which share its process group."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=10)
            self.process = None
