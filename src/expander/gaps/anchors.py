"""Where a passage reads naturally in the English article.

In a section that English has: after the match of the nearest covered neighbour, else at the end of the section's own
text. A section that English lacks is opened where the counterpart's order puts it, at the right level, before the back
matter.
"""

from __future__ import annotations

from expander.alignment.verdict import Alignment, Status
from expander.articles.article import Article, Block, BlockKind, NodeKind, Section, SectionKind, Sentence
from expander.gaps.gap import Anchor, NewSection
from expander.gaps.passages import Passage

_BODY = (SectionKind.LEAD, SectionKind.BODY)
_TOLD = (Status.COVERED, Status.PARTIAL)


def anchor(passage: Passage) -> Anchor:
    """The place of ``passage`` in the English article."""
    alignment = passage.alignment
    section = alignment.counterpart.sections[passage.sentences[0].section]
    own = _own_match(passage)
    if own is not None:
        return _beside(passage, own, passage.sentences[0], before=True)
    twins = _twins(alignment, section)
    neighbour = _neighbour(passage, (twins, None) if twins else (_twins_around(alignment, section),))
    if neighbour is not None:
        sentence, match, before = neighbour
        return _beside(passage, match, sentence, before)
    return at_section(alignment, section)


def at_section(alignment: Alignment, section: Section) -> Anchor:
    """The end of the English text of a counterpart's ``section``; the place of a new one where English lacks it."""
    twins = _twins(alignment, section)
    if not twins:
        return _in_new_section(alignment, section)
    return _at_end_of(alignment.article, alignment.article.sections[twins[0]], "at the end of what the section has")


def _twins(alignment: Alignment, section: Section) -> tuple[int, ...]:
    """The English sections with the content of ``section``; the lead's twin is the lead."""
    if section.kind is SectionKind.LEAD:
        return (0,)
    return next((match.matches for match in alignment.sections if match.section == section.index), ())


def _twins_around(alignment: Alignment, section: Section) -> tuple[int, ...]:
    """The twins of the nearest section around ``section`` that has any."""
    while section.parent is not None:
        section = alignment.counterpart.sections[section.parent]
        if twins := _twins(alignment, section):
            return twins
    return ()


def _own_match(passage: Passage) -> Sentence | None:
    """The English prose sentence that tells a part of a partial sentence: it is the place for the rest."""
    verdict, english = passage.verdicts[0], passage.alignment.article
    if verdict.status is not Status.PARTIAL:
        return None
    prose = (english.by_id[match] for match in verdict.matches if match in english.by_id)
    return next((match for match in prose if english.blocks[match.block].kind is not BlockKind.TABLE), None)


def _neighbour(passage: Passage, homes: tuple[tuple[int, ...] | None, ...]) -> tuple[Sentence, Sentence, bool] | None:
    """The nearest covered sentence of the section before the passage, else after it: (it, its match, is before).

    One in the passage's own paragraph goes before those in others; its match in the first of ``homes`` (English
    sections; None: the whole body) that has any.
    """
    article = passage.alignment.counterpart
    first, last = passage.sentences[0], passage.sentences[-1]
    own = [sentence for sentence in article.sentences if sentence.section == first.section]
    before = [sentence for sentence in own if sentence.index < first.index][::-1]
    after = [sentence for sentence in own if sentence.index > last.index]
    beside = [[sentence for sentence in side if sentence.block == first.block] for side in (before, after)]
    sides = ((beside[0], True), (beside[1], False), (before, True), (after, False))
    for home in homes:
        for side, is_before in sides:
            for sentence in side:
                match = _match(passage, sentence, home)
                if match is not None:
                    return sentence, match, is_before
    return None


def _match(passage: Passage, sentence: Sentence, home: tuple[int, ...] | None) -> Sentence | None:
    """The English sentence that covers ``sentence`` best, in ``home`` if given, else anywhere in the body; a table's
    row for tables alone.
    """
    english = passage.alignment.article
    verdict = passage.alignment.by_sentence[sentence.id]
    if verdict.status not in _TOLD:
        return None
    for match in verdict.matches:
        there = english.by_id.get(match)
        if there is None or english.sections[there.section].kind not in _BODY:
            continue
        if english.blocks[there.block].kind is BlockKind.TABLE and passage.kind is not BlockKind.TABLE:
            continue
        if there.section in home if home is not None else there.section:
            return there
    return None


def _beside(passage: Passage, match: Sentence, neighbour: Sentence, before: bool) -> Anchor:
    """After ``match``, joining its paragraph where that is possible: text may follow it there, but not its list."""
    english = passage.alignment.article
    block = english.blocks[match.block]
    if neighbour.id in {sentence.id for sentence in passage.sentences}:
        reason = "after the English sentence that tells a part of it"
    elif before:
        reason = "after what English has of the text before it"
    else:
        reason = "next to what English has of the text after it"
    alike = passage.kind is block.kind
    if alike and block.kind is BlockKind.PARAGRAPH and not passage.introduces:
        return Anchor(match.span.end, match.section, match.id, joins=True, reason=reason)
    if alike and block.kind is not BlockKind.PARAGRAPH and not (block.kind is BlockKind.TABLE and passage.whole):
        end = match.span.end if block.kind is BlockKind.TABLE else block.span.end
        return Anchor(end, match.section, match.id, reason=reason)
    last = _end_of_list(english, block)
    return Anchor(last.span.end, match.section, _last_sentence(english, last) or match.id, reason=reason)


def _end_of_list(article: Article, block: Block) -> Block:
    """The last item of the list that ``block`` is an item of; other blocks are their own end."""
    while (
        block.kind is BlockKind.LIST_ITEM
        and block.index + 1 < len(article.blocks)
        and (following := article.blocks[block.index + 1]).kind is BlockKind.LIST_ITEM
        and following.section == block.section
    ):
        block = following
    return block


def _at_end_of(article: Article, section: Section, reason: str, new: tuple[NewSection, ...] = ()) -> Anchor:
    """The end of a section's own text; with ``new`` sections, the end of all below it too."""
    inside = section.span if new and section.kind is not SectionKind.LEAD else section.body
    blocks = [block for block in article.blocks if block.span in inside]
    content = _without_tail(article, blocks)
    if content:
        last = content[-1]
        after = None if new else _last_sentence(article, last)
        return Anchor(last.span.end, section.index, after, new, reason=reason)
    heading = section.heading_span
    offset = section.body.start if heading is None else heading.end
    return Anchor(offset, section.index, None, new, reason=reason)


def _without_tail(article: Article, blocks: list[Block]) -> list[Block]:
    """Drop categories and, at the end of a page, navigation templates: nothing may be added after them."""
    content = list(blocks)
    at_end = bool(blocks) and not any(section.span.start >= blocks[-1].span.end for section in article.sections)
    while content and (_is_metadata(content[-1]) or (at_end and content[-1].kind is BlockKind.TEMPLATE)):
        content.pop()
    return content


def _is_metadata(block: Block) -> bool:
    if block.kind is not BlockKind.OTHER:
        return False
    return all(node.kind is not NodeKind.OPAQUE or node.name.startswith("__") for node in block.nodes)


def _last_sentence(article: Article, block: Block) -> str | None:
    inside = [sentence.id for sentence in article.sentences if sentence.block == block.index]
    return inside[-1] if inside else None


def _in_new_section(alignment: Alignment, section: Section) -> Anchor:
    """Open ``section`` in English, with those of its ancestors that English lacks too."""
    english, source = alignment.article, alignment.counterpart
    chain = [section]
    parent_twin: int | None = None
    while chain[0].parent is not None:
        parent = source.sections[chain[0].parent]
        twins = _twins(alignment, parent)
        if twins and english.sections[twins[0]].kind is SectionKind.BODY:
            parent_twin = twins[0]
            break
        chain.insert(0, parent)
    level = 2 if parent_twin is None else english.sections[parent_twin].level + 1
    new = tuple(NewSection(part.heading, level + depth, part.index) for depth, part in enumerate(chain))
    if parent_twin is not None:
        return _at_end_of(english, english.sections[parent_twin], "below the section that it stands in there", new)
    place, reason = _place_of_new(alignment, chain[0])
    return _at_end_of(english, place, reason, new)


def _place_of_new(alignment: Alignment, section: Section) -> tuple[Section, str]:
    """The top-level English section after which a new one stands: the twin of the nearest one before it in the
    counterpart, else the one before the twin of the nearest after it, else the last before the back matter.
    """
    english, source = alignment.article, alignment.counterpart
    for earlier in reversed(source.sections[1 : section.index]):
        for twin in reversed(_body_twins(alignment, earlier)):
            return _outermost(english, twin), f"after what English has of «{earlier.heading}», as there"
    body = [part for part in english.sections if part.kind in _BODY and part.parent is None]
    for later in source.sections[section.index + 1 :]:
        for twin in _body_twins(alignment, later):
            outer = _outermost(english, twin)
            before = [part for part in body if part.index < outer.index]
            if before:
                return before[-1], f"before what English has of «{later.heading}», as there"
    return body[-1], "after the last section of the text"


def _body_twins(alignment: Alignment, section: Section) -> tuple[int, ...]:
    """Twins of ``section`` in the body, in page order."""
    kinds = alignment.article.sections
    return tuple(sorted(twin for twin in _twins(alignment, section) if kinds[twin].kind is SectionKind.BODY))


def _outermost(article: Article, index: int) -> Section:
    section = article.sections[index]
    while section.parent is not None:
        section = article.sections[section.parent]
    return section
