"""Names and terms of the source must be in the translation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from expander.language.names import Name, exonyms, name_similarity, names, romanise
from expander.translation.checks.pair import Pair, quote, warning
from expander.translation.wording import resemblance, significant, words
from expander.values import Finding

_ENOUGH = 0.34  # this part of a title's words says that it is meant
_SAME_NAME = 0.5
_SHORTEST = 4
_OPENING, _CLOSING = "«„“\"'(—–", "»”\"'“)"


def check_names(pair: Pair) -> Iterator[Finding]:
    """``name-lost``: a name of the source that nothing in the translation sounds like, where the translation has
    fewer names than the source.
    """
    theirs = [word.casefold() for word in words(pair.translated)]
    ours = [name for name in names(pair.source, pair.source_lang) if _is_name(name, pair.source)]
    fewer = sum(len(name.words) for name in ours) - len(_capitalised(pair.translated))
    for name in ours:
        if fewer < len(name.words) or _is_there(name, theirs, pair):
            continue
        yield warning("name-lost", f"The name {quote(name.text)} of the source is missing; add it.")


def check_glossary(pair: Pair) -> Iterator[Finding]:
    """``glossary``: a term whose English wording is known is worded otherwise."""
    for wording, english in pair.glossary:
        if _said(wording, pair.source) and not agrees(pair.translated, english):
            yield warning("glossary", f"{quote(wording)} is {quote(english)} on English Wikipedia; use this name.")


def agrees(text: str, title: str) -> bool:
    """Whether ``text`` may mean ``title``: enough of the title's words are in it."""
    wanted = significant(title) or words(title)
    have = words(text)
    found = [word for word in wanted if any(_alike(word.casefold(), other.casefold()) for other in have)]
    return not wanted or len(found) >= _ENOUGH * len(wanted)


def _alike(one: str, other: str) -> bool:
    return resemblance(one, other) > 0 or name_similarity(romanise(one, "en"), romanise(other, "en")) >= _SAME_NAME


def _is_name(name: Name, source: str) -> bool:
    """Whether it is surely one: no single word at the beginning of a sentence or quotation, no abbreviation (those
    have abbreviations of their own in English).
    """
    if len(name.words) > 1:
        return not all(word.isupper() for word in name.words)
    before, after = source[: name.span.start].rstrip(), source[name.span.end :]
    begins = not before or before[-1] in ".!?…:;" or (before[-1] in _OPENING and after[:1] not in _CLOSING)
    return not (name.first or begins or name.text.isupper() or len(name.text) < _SHORTEST)


def _is_there(name: Name, theirs: Iterable[str], pair: Pair) -> bool:
    named = name.words[1:] if len(name.words) > 1 and not pair.source[: name.span.start].strip() else name.words
    for word in named:
        heard = romanise(word, pair.source_lang)
        known = [part.casefold() for english in exonyms(word, pair.source_lang) for part in english.split()]
        for other in theirs:
            if any(resemblance(part, other) for part in known) or name_similarity(heard, romanise(other, "en")):
                return True
    return any(_said(name.text, wording) for wording, _ in pair.glossary)


def _said(wording: str, text: str) -> bool:
    """Whether ``text`` holds the words of ``wording``, endings aside."""
    have = [word.casefold() for word in words(text)]
    return all(any(resemblance(word.casefold(), other) for other in have) for word in words(wording))


def _capitalised(text: str) -> list[str]:
    """Capitalised words that do not begin the sentence."""
    begun = re.search(r"\w", text)
    return [
        match[0]
        for match in re.finditer(r"[^\W\d_]+", text)
        if match[0][0].isupper() and (begun is None or match.start() > begun.start()) and len(match[0]) > 1
    ]
