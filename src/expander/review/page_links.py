"""Addresses of exact revisions and sections on the wikis."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from expander.proposals.expansion import Page

_WIKIPEDIA = "https://{lang}.wikipedia.org/w/index.php"
_CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


def revision_url(page: Page, heading: str = "") -> str | None:
    """Where a reader sees this very revision, at this section; None for text that no wiki has.

    Sections' names in addresses: https://www.mediawiki.org/wiki/Manual:$wgFragmentMode (``html5``).
    """
    if page.revid is None or not _CODE.fullmatch(page.lang):
        return None
    section = "#" + quote(heading.strip().replace(" ", "_"), safe="/:@!$&'()*+,;=-._~") if heading else ""
    index = page.index if page.index.startswith(("https://", "http://")) else _WIKIPEDIA.format(lang=page.lang)
    return f"{index}?{urlencode({'oldid': page.revid})}{section}"
