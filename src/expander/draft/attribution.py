"""Edit summaries and talk-page templates.

The licence (CC BY-SA 4.0) demands that the edit summary link the page that the text comes from; the wording is the
model summary of https://en.wikipedia.org/wiki/Help:Translation#License_requirements and
https://en.wikipedia.org/wiki/WP:CWW.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from expander.language import language_name

# Unicode code points; https://www.mediawiki.org/wiki/Manual:Edit_summary
SUMMARY_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Source:
    """A page that text was translated from. ``revid`` None: it came from a file, the revision is not known."""

    lang: str
    title: str
    revid: int | None = None


def source_summary(source: Source) -> str:
    """The model attribution summary for one source, exactly as English Wikipedia's banner gives it."""
    return (
        f"Content in this edit is translated from the existing {language_name(source.lang)} Wikipedia article at "
        f"[[:{source.lang}:{source.title}]]; see its history for attribution."
    )


def edit_summary(sources: Sequence[Source]) -> str | None:
    """One summary that attributes all ``sources``; None where they do not fit into 500 code points together (then it
    is two edits).
    """
    summary = " ".join(source_summary(source) for source in sources)
    return summary if len(summary) <= SUMMARY_LIMIT else None


def talk_template(sources: Sequence[Source], insertversion: int | None = None, section: str = "") -> str:
    """``{{Translated page}}`` for each source, a line each.

    ``insertversion`` is the revision id of the saved edit, known only after saving; ``section`` the English section
    that the edit is about, where it is about one (https://en.wikipedia.org/wiki/Template:Translated_page).
    """
    about = f"|section={section.replace('|', '{{!}}')}" if section else ""
    return "".join(
        f"{{{{Translated page|{source.lang}|{source.title}"
        f"|version={source.revid or ''}|insertversion={insertversion or ''}{about}}}}}\n"
        for source in sources
    )
