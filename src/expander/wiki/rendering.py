"""A rendered page: its HTML, and what a reader would trip over."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

from expander.wiki.replies import Parsed

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_CITE = frozenset({"mw-ext-cite-error"})
_OTHER = frozenset({"error", "scribunto-error"})


@dataclass(frozen=True, slots=True)
class Rendered:
    """What the wiki makes of a wikitext.

    ``categories`` are names without namespace; ``templates`` and ``links`` map each title (with namespace) to whether
    it exists; ``cite_errors`` and ``errors`` are the error messages in the page, those of references and others.
    """

    html: str
    categories: tuple[str, ...]
    templates: dict[str, bool]
    links: dict[str, bool]
    cite_errors: tuple[str, ...]
    errors: tuple[str, ...]


def rendered(parsed: Parsed) -> Rendered:
    """The API's parse as a value."""
    finder = _Errors()
    finder.feed(parsed.text)
    finder.close()
    return Rendered(
        parsed.text,
        tuple(category.category.replace("_", " ") for category in parsed.categories),
        {template.title: template.exists for template in parsed.templates},
        {link.title: link.exists for link in parsed.links},
        tuple(finder.of_references),
        tuple(finder.others),
    )


class _Errors(HTMLParser):
    """Collects the text of the outermost elements that carry an error class."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.of_references: list[str] = []
        self.others: list[str] = []
        self._depth = 0
        self._text: list[str] = []
        self._target = self.others

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth:
            self._depth += tag not in _VOID
            return
        classes = frozenset((dict(attrs).get("class") or "").split())
        if classes & (_CITE | _OTHER) and tag not in _VOID:
            self._target = self.of_references if classes & _CITE else self.others
            self._depth = 1
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        if not self._depth or tag in _VOID:
            return
        self._depth -= 1
        if not self._depth:
            self._target.append(" ".join("".join(self._text).split()))

    def handle_data(self, data: str) -> None:
        if self._depth:
            self._text.append(data)
