"""Make ``src/expander/sample/memory.tmx`` from the translations in ``seeds/sample/translations``.

``python -m tools.sample_memory`` writes it; ``… --check`` only says whether it is up to date.

The translators wrote templates that show something as points (``<1/>``); in masked text they stand around what they
show. Such sentences, and table rows, are put together from the translations of their parts.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from expander.articles import NodeKind, file_revision, read
from expander.language import topic
from expander.translation import Masked, mask
from expander.translation.mask import Masking
from expander.translation.tmx import Unit, dumps, loads

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds" / "sample"
MEMORY = ROOT / "src" / "expander" / "sample" / "memory.tmx"
TARGET = "en"


def main(arguments: list[str]) -> int:
    """Write the memory, or check it; the exit status."""
    made = tuple(units())
    if "--check" in arguments:
        return 0 if loads(MEMORY.read_bytes()) == made else 1
    MEMORY.parent.mkdir(parents=True, exist_ok=True)
    MEMORY.write_text(dumps(made), encoding="utf-8")
    return 0


def units() -> Iterator[Unit]:
    """All units of the sample, language by language, in the order of the files."""
    for path in sorted((SEEDS / "translations").glob("*.txt")):
        lang = path.stem
        pairs = dict(_pairs(path.read_text(encoding="utf-8"), lang))
        pairs |= dict(_composed(lang, pairs))
        yield from (Unit(source, target, lang, TARGET, "sample") for source, target in pairs.items())


def missing(lang: str) -> list[str]:
    """Masked sentences of the sample's article that the translations do not cover."""
    known = {unit.source for unit in units() if unit.source_lang == lang}
    return [masked.text.strip() for masked in _sentences(lang) if masked.text.strip() not in known]


def _pairs(text: str, lang: str) -> Iterator[tuple[str, str]]:
    """``S:`` and ``T:`` lines; stress marks go, as masking takes them away."""
    stress = dict.fromkeys(map(ord, topic(lang, "masking", Masking).stress_marks))
    source = ""
    for line in text.splitlines():
        if line.startswith("S: "):
            source = line[3:].strip().translate(stress)
        elif line.startswith("T: ") and source:
            yield source, line[3:].strip()


def _sentences(lang: str) -> Iterator[Masked]:
    for path in sorted((SEEDS / lang).glob("*.wikitext")):
        revision = file_revision(path.read_text(encoding="utf-8"), lang, path.stem)
        article = read(revision)
        for sentence in article.sentences:
            yield mask(sentence.nodes, article.text, lang)


def _composed(lang: str, pairs: dict[str, str]) -> Iterator[tuple[str, str]]:
    for masked in _sentences(lang):
        source = masked.text.strip()
        if source not in pairs:
            target = _with_shown(masked, source, pairs) or _by_parts(source, pairs)
            if target:
                yield source, target


def _with_shown(masked: Masked, source: str, pairs: dict[str, str]) -> str:
    """The translation of the sentence whose templates are points, with what they show put back."""
    outer = [
        piece.id
        for piece in masked.pieces
        if piece.paired and piece.kind is NodeKind.TEMPLATE and not _inside_template(piece.id, masked)
    ]
    reduced, shown = source, {}
    for number in outer:
        whole = re.search(rf"<{number}>.*?</{number}>", reduced)
        if whole:
            shown[number] = whole[0]
            reduced = reduced.replace(whole[0], f"<{number}/>")
    numbers = [int(number) for number in re.findall(r"<(\d+)/?>", reduced)]
    new = {old: index for index, old in enumerate(numbers, start=1)}
    reduced = re.sub(r"<(/?)(\d+)(/?)>", lambda m: f"<{m[1]}{new[int(m[2])]}{m[3]}>", reduced)
    target = pairs.get(reduced)
    if target is None:
        return ""
    old = {index: number for number, index in new.items()}
    target = re.sub(r"<(/?)(\d+)(/?)>", lambda m: f"<{m[1]}{old[int(m[2])]}{m[3]}>", target)
    for number, text in shown.items():
        target = target.replace(f"<{number}/>", re.sub(r"(?<=>)\d{4,}(?=<)", _grouped, _by_parts(text, pairs) or text))
    return target


def _grouped(number: re.Match[str]) -> str:
    return f"{int(number[0]):,}"


def _inside_template(number: int, masked: Masked) -> bool:
    return any(
        masked.pieces[outer - 1].kind is NodeKind.TEMPLATE for outer in masked.ancestors(masked.pieces[number - 1])
    )


def _by_parts(source: str, pairs: dict[str, str]) -> str:
    """Each run of text by its own translation; "" where one has letters and no translation."""
    parts: list[str] = []
    for part in re.split(r"(<[^<>]*>)", source):
        words = part.strip()
        if part.startswith("<") or not any(map(str.isalpha, words)):
            parts.append(part)
        elif words in pairs:
            parts.append(part.replace(words, pairs[words]))
        else:
            return ""
    return "".join(parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
