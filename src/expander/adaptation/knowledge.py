"""What adaptation must know of the wikis, as frozen data: it never asks a wiki itself.

The pipeline calls :func:`expander.adaptation.wanted` with what is known so far, looks up in batches what it answers,
and calls again until nothing is wanted any more (at most four rounds).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must be looked up or translated, each thing once and in page order.

    ``links`` are counterpart page titles whose English titles are wanted; ``files`` file names without namespace, to
    be found on Commons or on English Wikipedia; ``templates`` names (no namespace) of counterpart templates whose
    English twins and TemplateData are wanted; ``pages`` English titles, with namespace, whose existence is asked;
    ``texts`` wikitext of the counterpart to translate like a sentence: captions, cells, titles of citations.
    """

    links: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, entry.name) for entry in fields(self))


@dataclass(frozen=True, slots=True)
class TemplateData:
    """A template's parameters as TemplateData gives them: canonical name → aliases; ``suggested`` those that matter."""

    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def canonical(self, name: str) -> str | None:
        """The canonical name of a parameter, however it is written; None where the template has none such."""
        key = parameter_key(name)
        for known, aliases in self.parameters.items():
            if key in (parameter_key(known), *map(parameter_key, aliases)):
                return known
        return None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The answers to :class:`Wanted`.

    ``titles``: counterpart title → English title, None where there is none (redirects followed on both sides).
    ``files``: file name → whether it exists. ``templates``: counterpart template name → English template name, None
    where it has no twin. ``pages``: English title → whether it exists. ``texts``: wikitext fragment → its translation
    as canonical masked text (see :mod:`expander.translation`); a fragment that no engine could translate is mapped to
    None. ``parameters`` and ``source_parameters``: TemplateData of English templates and of the counterpart's.
    """

    titles: Mapping[str, str | None] = field(default_factory=dict)
    files: Mapping[str, bool] = field(default_factory=dict)
    templates: Mapping[str, str | None] = field(default_factory=dict)
    pages: Mapping[str, bool] = field(default_factory=dict)
    texts: Mapping[str, str | None] = field(default_factory=dict)
    parameters: Mapping[str, TemplateData] = field(default_factory=dict)
    source_parameters: Mapping[str, TemplateData] = field(default_factory=dict)

    def merged(self, other: Knowledge) -> Knowledge:
        """This and the other knowledge; the other's word counts where both have one."""
        return Knowledge(
            **{entry.name: {**getattr(self, entry.name), **getattr(other, entry.name)} for entry in fields(self)}
        )

    def lacks_template(self, name: str) -> bool:
        """Whether English Wikipedia is known not to have this template."""
        return self.pages.get(f"Template:{page_title(name)}") is False


def page_title(target: str) -> str:
    """A link's target as a page title: no fragment, single spaces, first letter upper-case."""
    title = re.sub(r"[\s_]+", " ", target.split("#", 1)[0].removeprefix(":")).strip()
    return title[:1].upper() + title[1:]


def parameter_key(name: str) -> str:
    """A parameter's name as it is compared: case, hyphens, underscores and spaces do not count."""
    return re.sub(r"[\s_-]+", "", name).lower()
