"""Whether the answer is a translation at all: leftovers, error pages, loops, length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from expander.translation.checks.pair import Pair, error, warning
from expander.translation.checks.rules import script
from expander.translation.wording import quote
from expander.values import Finding, Span

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SAME = 0.6  # this part of the words unchanged is no translation
_FEW_WORDS = 4
_SHORT = 20  # characters; the length of shorter sentences says nothing
_MOST_REPEATS = 3
_LONGEST_UNIT = 8


def check_leftovers(pair: Pair) -> Iterator[Finding]:
    """``untranslated``: words in the source's script, or the source itself."""
    source, target = _words(pair.source), _words(pair.translated)
    common = sum((Counter(source) & Counter(target)).values())
    lower = [word for word in source if word.islower()]
    if len(source) >= _FEW_WORDS and lower and common >= _SAME * len(source) and set(lower) & set(target):
        yield error("untranslated", "The engine returned the source text; translate the sentence.")
        return
    own = pair.source_script
    if not own or own == _script_of(pair.target_lang):
        return
    run: list[re.Match[str]] = []
    for match in (*_WORD.finditer(pair.translated), None):
        if match is not None and any(script(letter) == own for letter in match[0]):
            run.append(match)
        elif run:
            span = Span(run[0].start(), run[-1].end())
            yield warning("untranslated", f"{quote(span.of(pair.translated))} is left in the source language.", span)
            run = []


def check_machine_messages(pair: Pair) -> Iterator[Finding]:
    """``not-a-translation``: an error page, a limit, a refusal or chatter of a language model."""
    for pattern in (*pair.target_rules.machine_messages, *pair.source_rules.machine_messages):
        match = re.search(pattern, pair.translated, re.IGNORECASE)
        if match and not _is_about_it(pattern, match[0], pair.source):
            message = f"{quote(match[0])} looks like a message of the engine, not a translation; translate again."
            yield error("not-a-translation", message, Span(*match.span()))
            return


def _is_about_it(pattern: str, message: str, source: str) -> bool:
    """Whether the source itself speaks of error pages."""
    numbers = re.findall(r"\d+", message)
    return re.search(pattern, source, re.IGNORECASE) is not None or (
        bool(numbers) and all(number in source for number in numbers)
    )


def check_loops(pair: Pair) -> Iterator[Finding]:
    """``repetition``: the same words over and over."""
    words = list(_WORD.finditer(pair.translated))
    folded = [match[0].casefold() for match in words]
    ours = [word.casefold() for word in _WORD.findall(pair.source)]
    most = max(_MOST_REPEATS, _repeats(ours)[0] + 2)
    times, first, last = _repeats(folded)
    if times >= most or (times >= 2 and last - first >= 3 and _repeats(ours)[0] < 2):
        span = Span(words[first].start(), words[last].end())
        yield warning("repetition", f"{quote(span.of(pair.translated))} repeats itself {times} times; cut it.", span)


def check_length(pair: Pair) -> Iterator[Finding]:
    """``length``: much shorter or longer than translations from this language are."""
    ours, theirs = len(pair.source.strip()), len(pair.translated.strip())
    least, most = pair.source_rules.length
    if not theirs and ours:
        yield error("translation-empty", "The translation is empty; translate by hand.")
    elif ours >= _SHORT and theirs < least * ours:
        yield warning("length", f"The translation has {theirs} characters for {ours}; part of it may be missing.")
    elif theirs > most * max(ours, _SHORT):
        yield warning("length", f"The translation has {theirs} characters for {ours}; part of it may be invented.")


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _repeats(words: list[str]) -> tuple[int, int, int]:
    """The most immediate repetitions of a sequence of words: times, first and last word."""
    best = (1, 0, 0)
    for unit in range(1, min(_LONGEST_UNIT, len(words) // 2) + 1):
        run = 0
        for index in range(unit, len(words)):
            run = run + 1 if words[index] == words[index - unit] else 0
            times = run // unit + 1
            if run and times > best[0]:
                best = (times, index - times * unit + 1, index)
    return best


def _script_of(lang: str) -> str:
    """The script that a language's months are written in, by CLDR."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(lang, sep="-").months["format"]["wide"][1]
    except (UnknownLocaleError, ValueError, KeyError):
        return "LATIN"
    return next((script(letter) for letter in name if letter.isalpha()), "LATIN")
