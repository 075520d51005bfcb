"""Engines that spoil what they are given, each in its own way."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable

from tests.engines.servers.words import translate

Spoil = Callable[[str, random.Random], str]
_TOKEN = re.compile(r"\[/?\d+\]|</?[a-z]+(?: id=\"\d+\")?>|</?\d+/?>")


def _parts(text: str) -> list[str]:
    """Tokens and what stands between them, in turn; tokens at odd places."""
    return re.split(f"({_TOKEN.pattern})", text)


def _each_token(text: str, change: Callable[[str], str], chance: float, rng: random.Random) -> str:
    parts = _parts(text)
    parts[1::2] = [change(token) if rng.random() < chance else token for token in parts[1::2]]
    return "".join(parts)


def reverses_words(text: str, rng: random.Random) -> str:
    return " ".join(reversed(text.split(" ")))


def drops(text: str, rng: random.Random) -> str:
    return _each_token(text, lambda _: "", 0.4, rng)


def drops_all(text: str, rng: random.Random) -> str:
    return _TOKEN.sub("", text)


def doubles(text: str, rng: random.Random) -> str:
    return _each_token(text, lambda token: token + token, 0.4, rng)


def doubles_text(text: str, rng: random.Random) -> str:
    return text + " " + text


def invents(text: str, rng: random.Random) -> str:
    words = text.split(" ")
    for new in (
        "[77]",
        "[/3]",
        "<b>",
        "<ref>x</ref>",
        "{{x}}",
        "[[A|b]]",
        "''",
        '<a id="99">',
        "<2/>",
        "https://x.y",
        "==",
    ):
        if rng.random() < 0.4:
            words.insert(rng.randint(0, len(words)), new)
    return " ".join(words)


def splits(text: str, rng: random.Random) -> str:
    return _each_token(text, lambda token: token[: len(token) // 2] + "\n" + token[len(token) // 2 :], 0.4, rng)


def moves_into_words(text: str, rng: random.Random) -> str:
    tokens, bare = _TOKEN.findall(text), _TOKEN.sub("", text)
    for token in tokens:
        at = rng.randint(0, len(bare))
        bare = bare[:at] + token + bare[at:]
    return bare


def changes_case(text: str, rng: random.Random) -> str:
    return text.upper() if rng.random() < 0.5 else text.swapcase()


def spaces(text: str, rng: random.Random) -> str:
    return _each_token(text, lambda token: " " + " ".join(token) + " ", 0.7, rng)


def spaces_around(text: str, rng: random.Random) -> str:
    return _each_token(text, lambda token: f" {token} ", 0.7, rng)


def glues(text: str, rng: random.Random) -> str:
    return re.sub(rf"\s*({_TOKEN.pattern})\s*", r"\1", text)


def swaps(text: str, rng: random.Random) -> str:
    parts = _parts(text)
    tokens = parts[1::2]
    rng.shuffle(tokens)
    parts[1::2] = tokens
    return "".join(parts)


def entities(text: str, rng: random.Random) -> str:
    return (
        html.escape(text) if rng.random() < 0.5 else "".join(f"&#{ord(c)};" if rng.random() < 0.2 else c for c in text)
    )


def full_width(text: str, rng: random.Random) -> str:
    return text.translate(str.maketrans("[]/<>0123456789", "［］／＜＞０１２３４５６７８９"))


def other_brackets(text: str, rng: random.Random) -> str:
    return text.translate(str.maketrans("[]", rng.choice(("【】", "()", "{}", "⟦⟧"))))


def newlines(text: str, rng: random.Random) -> str:
    return text.replace(" ", rng.choice(("\n", "\r\n", "\u2028", "\n\n* ", "\n== ", "\n{|\n", "\x85")))


def empties(text: str, rng: random.Random) -> str:
    return rng.choice(("", " ", "\n", "...", "\u200b"))


def error_page(text: str, rng: random.Random) -> str:
    return rng.choice(
        (
            "Error 500 (Server Error)!!1500.That’s an error.There was an error. Please try again later.",
            "<!DOCTYPE html><html><body><h1>429 Too Many Requests</h1></body></html>",
            "I'm sorry, but I can't translate this text.",
            '{"error": "quota exceeded"}',
        )
    )


def ten_times(text: str, rng: random.Random) -> str:
    return " ".join([text] * 10)


def ten_times_words(text: str, rng: random.Random) -> str:
    return text + " and" * 10 * (1 + text.count(" "))


def cuts(text: str, rng: random.Random) -> str:
    return text[: rng.randint(0, len(text))]


def shuffles_letters(text: str, rng: random.Random) -> str:
    letters = list(text)
    rng.shuffle(letters)
    return "".join(letters)


def writes_wikitext(text: str, rng: random.Random) -> str:
    return re.sub(
        r"(\w+)", lambda word: rng.choice((word[1], f"[[{word[1]}]]", f"''{word[1]}", f"{{{{{word[1]}")), text
    )


def quotes(text: str, rng: random.Random) -> str:
    return _each_token(text, lambda token: f"'{token}'", 0.6, rng)


HOSTILE: dict[str, Spoil] = {
    spoil.__name__: spoil
    for spoil in (
        reverses_words, drops, drops_all, doubles, doubles_text, invents, splits, moves_into_words, changes_case,
        spaces,
        spaces_around, glues, swaps, entities, full_width, other_brackets, newlines, empties, error_page, ten_times,
        ten_times_words, cuts, shuffles_letters, writes_wikitext, quotes,
    )
}  # fmt: skip


def returns_source(text: str, rng: random.Random) -> str:
    """What comes back where the engine is given ``text`` untranslated."""
    return text


def spoiled(text: str, rng: random.Random) -> tuple[str, str]:
    """An answer to ``text`` from an engine with one to three bad habits, and their names."""
    habits = rng.sample(sorted(HOSTILE), rng.choice((1, 1, 2, 3)))
    answer = text if rng.random() < 0.1 else translate(text)
    for habit in habits:
        answer = HOSTILE[habit](answer, rng)
    return answer, "+".join(habits)
