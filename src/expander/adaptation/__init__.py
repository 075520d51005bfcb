"""Adaptation: translated passages become wikitext that English Wikipedia accepts.

Pure: it never asks a wiki. The pipeline's calls, in order::

    known = Knowledge()
    while wants := wanted(nodes, counterpart, known):     # at most four rounds, each looked up in batches
        known = known.merged(look_up(wants))
    adapter = Adapter(article, counterpart, known)
    passage = adapter.passage(gap.anchor)                 # one a gap
    sentences = [unmask(translated, masked, passage.render).wikitext for …]
    adapted = passage.finish(" ".join(sentences), source_text)
    heading = adapter.heading(new_section.heading, translated_heading)

**Passages stand for themselves.** Each brings every reference definition, red link and link that it needs, so that it
is right whatever happens to the others. For the passages that enter a draft together (all, or those accepted)::

    edits = place(article, settle(article, passages))

:func:`settle` is a pure function of the base and of those passages: of a reference name that several bring, the first
in page order keeps its text and the others become reuses; a red link keeps its way to the other wiki once a page; a
link made twice in a section stays once. Any subset settles to a whole draft, and settling twice changes nothing.
"""

from expander.adaptation.adapter import Adapter
from expander.adaptation.knowledge import Knowledge, TemplateData, Wanted
from expander.adaptation.passage import Adapted, Passage
from expander.adaptation.placement import Placed, place
from expander.adaptation.settle import settle
from expander.adaptation.wanted import wanted

__all__ = [
    "Adapted",
    "Adapter",
    "Knowledge",
    "Passage",
    "Placed",
    "TemplateData",
    "Wanted",
    "place",
    "settle",
    "wanted",
]
