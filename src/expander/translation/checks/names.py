"""Names and terms of the source must be in the translation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from expander.language.names import Name, exonyms, name_similarity, names, romanise
from expander.translation.checks.pair import Pair, warning
from expander.translation.wording import quote, resemblance, significant, words
from expander.values import Finding

_ENOUGH = 0.6  # this part of a name's words in Latin letters makes a title its spelling
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
    """``glossary``: a name whose English spelling is known is missing; an engine may have translated its meaning."""
    for wording, english in pair.glossary:
        wanted = sounding(wording, english, pair.source_lang)
        if wanted and _said(wording, pair.source) and not says(pair.translated, wanted):
            yield warning("glossary", f"{quote(wording)} is {quote(english)} on English Wikipedia; use this name.")


def sounding(wording: str, english: str, lang: str) -> tuple[str, ...]:
    """The words of ``english`` that are words of ``wording`` (language ``lang``) in Latin letters; () where those are
    few: then the English name is a translation, which may be worded in several ways.
    """
    heard = [romanise(word, lang) for word in significant(wording) or words(wording)]
    title = significant(english) or words(english)
    found = [word for word in title if any(name_similarity(romanise(word, "en"), other) for other in heard)]
    return tuple(found) if len(found) >= _ENOUGH * len(heard) else ()


def says(text: str, wanted: Iterable[str]) -> bool:
    """Whether ``text`` has the words ``wanted``, in this or a like spelling."""
    have = [romanise(word, "en") for word in words(text)]
    return all(any(name_similarity(romanise(word, "en"), other) >= _SAME_NAME for other in have) for word in wanted)


def _is_name(name: Name, source: str) -> bool:
    """Whether it is surely one: no single word at the beginning of a sentence or quotation, no abbreviation (those
    have abbreviations of their own in English).
    """
    if not all(word[0].isupper() for word in name.words):
        return False  # what stands in quotation marks may be a sentence
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
