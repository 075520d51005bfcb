"""Every sentence of real articles through extraction, masking and adaptation, with each piece accounted for.

    python benchmarks/adaptation.py FOLDER [--lang ru] [--show NUMBER]

FOLDER holds wikitext files of one Wikipedia (tests/golden/adaptation/README.md says where such can be had). No network
and no translation: words stay as they are; every third link has no English article, files exist, templates have no twin
but by our data. It prints, a file and in all: references, citation templates, other templates and links in the
sentences, and how many were kept, mapped, or lost with a reason; how many of the citations English Wikipedia's
templates would accept; crashes; and sentences whose markup is not well-formed after.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from expander.adaptation import Adapter, Knowledge, Passage, Wanted, links, wanted
from expander.adaptation.citation_check import citation_problems, is_citation
from expander.adaptation.citations import citation_rule
from expander.adaptation.knowledge import page_title
from expander.adaptation.markup import walk
from expander.articles import file_revision, read
from expander.articles.article import Article, Node, NodeKind, Sentence
from expander.articles.wikitext import parse
from expander.translation import mask, unmask


def known_of(wants: Wanted, lang: str) -> Knowledge:
    """Made-up answers that take each way: titles with and without a twin, files, untranslated texts."""
    return Knowledge(
        titles={
            title: None if len(title) % 3 == 0 else f"English {number}" for number, title in enumerate(wants.links)
        },
        files=dict.fromkeys(wants.files, True),
        templates=dict.fromkeys(wants.templates, None),
        pages={title: title.startswith("Template:") for title in wants.pages},
        texts={text: mask(parse(text, lang), text, lang).text for text in wants.texts},
    )


def knowledge(article: Article) -> Knowledge:
    """All that the article's sentences ask for."""
    known = Knowledge()
    for _ in range(6):
        wants = wanted(article.nodes, article, known)
        if not wants:
            break
        known = known.merged(known_of(wants, article.lang))
    return known


def adapt(article: Article, sentence: Sentence, passage: Passage) -> str:
    """One sentence as an adapted passage."""
    masked = mask(sentence.nodes, article.text, article.lang)
    done = unmask(masked.text + " ", masked, passage.render)
    return passage.finish(done.wikitext, sentence.plain).wikitext


def measure(article: Article, show: int) -> Counter[str]:
    """The counts of one article."""
    counts: Counter[str] = Counter()
    base = read(file_revision("{{Use dmy dates}}\nText.\n\n== References ==\n{{reflist}}\n", "en", "Sample"))
    adapter = Adapter(base, article, knowledge(article))
    for sentence in article.sentences:
        counts["sentences"] += 1
        passage = adapter.passage()
        try:
            made = adapt(article, sentence, passage)
        except Exception as error:  # a crash is what is counted
            counts["crashes"] += 1
            print(f"crash in {sentence.span}: {error!r}", file=sys.stderr)
            continue
        count(article, sentence, made, passage, counts, show)
    return counts


def count(article: Article, sentence: Sentence, made: str, passage: Passage, counts: Counter[str], show: int) -> None:
    """Account for each piece of one sentence."""
    source = list(walk(sentence.nodes))
    after = list(walk(parse(made, "en")))
    found = {finding.code for finding in passage.findings}
    kinds = Counter(node.kind for node in source)
    kinds_after = Counter(node.kind for node in after)
    references, brought = kinds[NodeKind.REFERENCE], kinds_after[NodeKind.REFERENCE]
    footnotes = sum(
        node.kind is NodeKind.TEMPLATE and node.name.lower().startswith(("sfn", "#tag:ref")) for node in source
    )
    counts["references"] += references + footnotes
    counts["references kept"] += min(brought, references + footnotes)
    lost = max(0, references + footnotes - brought)
    counts["references lost with a reason"] += lost if "reference-undefined" in found else 0
    counts["REFERENCES LOST"] += 0 if "reference-undefined" in found else lost
    count_links(source, article, passage, counts)
    counts["links to English in the result"] += kinds_after[NodeKind.LINK]
    counts["red links in the result"] += sum(node.kind is NodeKind.TEMPLATE and node.name == "ill" for node in after)
    templates = [node for node in source if node.kind is NodeKind.TEMPLATE]
    counts["citation templates"] += sum(citation_rule(node.name, article.lang) is not None for node in templates)
    counts["other templates"] += sum(citation_rule(node.name, article.lang) is None for node in templates)
    counts["templates left out with a reason"] += "template-left-out" in found
    counts["Russian templates left"] += sum(
        node.kind is NodeKind.TEMPLATE and not node.name.isascii() for node in after
    )
    for node in after:
        if node.kind is NodeKind.TEMPLATE and is_citation(node):
            problems = citation_problems(node, made)
            counts["English citations"] += 1
            counts["English citations without a fault"] += not problems
            if problems and show:
                print(f"  {problems}: {node.span.of(made)[:300]}")
    counts["citations kept as text"] += "citation-as-text" in found
    if made.count("{{") != made.count("}}") or made.count("[[") != made.count("]]"):
        counts["UNBALANCED"] += 1
        if show:
            print(f"  unbalanced: {sentence.span.of(article.text)[:300]!r}\n  → {made[:300]!r}")


def count_links(source: list[Node], article: Article, passage: Passage, counts: Counter[str]) -> None:
    """What became of each link of a sentence; every one is in just one class."""
    in_references = {id(node) for outer in source if outer.kind is NodeKind.REFERENCE for node in walk(outer.content)}
    seen: set[str] = set()
    for node in source:
        if node.kind is not NodeKind.LINK:
            continue
        counts["links"] += 1
        title = passage.knowledge.titles.get(page_title(node.name))
        if not links.needs_title(node.name, article.lang):
            fate = "a date, another wiki or namespace: text"
        elif id(node) in in_references:
            fate = "in a reference: to English" if title else "in a reference, no English article: text"
        elif page_title(node.name) in seen:
            fate = "linked before in the sentence: text"
        elif title:
            fate = "to English"
        else:
            fate = "red, with a way to the other wiki"
        seen.add(page_title(node.name))
        counts[f"links: {fate}"] += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", default="ru")
    parser.add_argument("--show", type=int, default=0, help="1: print every fault")
    choices = parser.parse_args()
    total: Counter[str] = Counter()
    for path in sorted(choices.folder.glob("*.wikitext")):
        began = time.perf_counter()
        article = read(file_revision(path.read_text("utf-8"), choices.lang, path.stem))
        counts = measure(article, choices.show)
        total += counts
        print(
            f"{path.name}: {time.perf_counter() - began:.1f} s; "
            + ", ".join(f"{value} {key}" for key, value in counts.items() if value)
        )
    print("\nIn all")
    for key, value in total.items():
        print(f"{value:6} {key}")
    citations = total["English citations"] + total["citations kept as text"]
    if citations:
        valid = total["English citations without a fault"] / citations
        print(f"{valid:.1%} of citation templates are valid English citations")


if __name__ == "__main__":
    main()
