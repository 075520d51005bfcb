"""expander.toml: endpoints of wikis, settings of engines (interface.md, Configuration)."""

from __future__ import annotations

from pathlib import Path

import msgspec
import platformdirs

from expander.errors import InputError

DEFAULT_WIKI = "https://{lang}.wikipedia.org/w/api.php"


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings; every key is optional.

    ``contact``: an e-mail address or user page that the wikis find in the User-Agent, as their policy asks; ``wikis``:
    Action API endpoint by language; ``engines``: a table of settings by engine name.
    """

    contact: str = ""
    wikis: dict[str, str] = {}
    engines: dict[str, dict[str, str | int | float | bool]] = {}

    def endpoint(self, lang: str) -> str:
        """The Action API URL of a language's Wikipedia."""
        return self.wikis.get(lang) or DEFAULT_WIKI.format(lang=lang)

    def index(self, lang: str) -> str:
        """The address of the same wiki's ``index.php``, which shows pages and takes edits."""
        return f"{self.endpoint(lang).removesuffix('/').removesuffix('api.php')}index.php"


def load_config(path: Path | None = None) -> Config:
    """Read ``path``, else ``expander.toml`` in the working folder, else the user's, else the defaults. Raises
    InputError.
    """
    if path is None:
        candidates = (Path("expander.toml"), Path(platformdirs.user_config_dir("expander")) / "expander.toml")
        path = next((candidate for candidate in candidates if candidate.is_file()), None)
    if path is None:
        return Config()
    try:
        config = msgspec.toml.decode(path.read_bytes(), type=Config)
    except OSError as error:
        raise InputError(f"The configuration {path} cannot be read: {error.strerror or error}.") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"The configuration {path} is not as documented: {error}.") from None
    for lang, url in config.wikis.items():
        if not url.startswith(("http://", "https://")):
            raise InputError(f"The configuration {path} gives no http(s) URL for the wiki “{lang}”: {url}")
    return config
