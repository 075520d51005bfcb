"""Patches that git and patch accept, whatever the text."""

import subprocess

from hypothesis import given, settings
from hypothesis import strategies as st

from expander.draft import unified_diff
from expander.values import Edit, Span, apply_edits

LINES = st.lists(
    st.sampled_from(
        ["", "a", "b", "--- a", "+++ b", "@@ -1 +1 @@", "# x", "\\ No newline", "x\u2028y", "t\r", "Москва"]
    ),
    max_size=12,
)
TEXTS = st.builds(lambda lines, end: "\n".join(lines) + end, LINES, st.sampled_from(["", "\n"]))


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_git_applies_every_patch(tmp_path_factory, base, draft):
    folder = tmp_path_factory.mktemp("patch")
    (folder / "base.wikitext").write_bytes(base.encode())
    patch = unified_diff(base, draft, preamble=["Summary: x", "--- not a header\n+++ nor this\n@@ nor this"])
    (folder / "p.diff").write_bytes(patch.encode())
    if base != draft and base:
        subprocess.run(["git", "apply", "p.diff"], cwd=folder, check=True)
        assert (folder / "base.wikitext").read_bytes().decode() == draft


def test_equal_texts_give_no_patch():
    assert unified_diff("a\nb", "a\nb") == ""


@given(st.text(max_size=60), st.data())
def test_bytes_outside_edits_are_unchanged(base, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(base)), max_size=8)))
    spans = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    edits = [Edit(span, data.draw(st.text(max_size=5))) for span in spans]
    changed = apply_edits(base, edits)
    position, rest = 0, changed
    for edit in edits:
        kept = base[position : edit.span.start] + edit.text
        assert rest.startswith(kept)
        rest, position = rest[len(kept) :], edit.span.end
    assert rest == base[position:]


def test_overlapping_edits_are_refused():
    for spans in ([Span(0, 3), Span(2, 4)], [Span(0, 9)]):
        try:
            apply_edits("abcde", [Edit(span, "x") for span in spans])
        except ValueError:
            continue
        raise AssertionError("an edit overlaps another or the text's end, and was made")
