"""TMX in and out: what goes in comes out, other tools' files are read, hostile ones refused."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expander.errors import InputError
from expander.translation.layout import escape, read
from expander.translation.tmx import Unit, dumps, loads

words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1
).filter(str.strip)


@st.composite
def masked(draw) -> str:
    """Canonical masked text with pieces numbered in order, nested at random."""
    number = 0

    def text(depth: int) -> str:
        nonlocal number
        parts = []
        for _ in range(draw(st.integers(1, 3))):
            parts.append(escape(draw(words)))
            kind = draw(st.sampled_from(["", "point", "pair"])) if depth < 3 else ""
            if kind:
                number += 1
                own = number
                parts.append(f"<{own}/>" if kind == "point" else f"<{own}>{text(depth + 1)}</{own}>")
        return "".join(parts)

    return text(0)


units = st.builds(
    Unit,
    masked(),
    masked(),
    st.just("ru"),
    st.just("en"),
    st.sampled_from(["", "editor", 'o\'neil & "sons" <x>']),
    st.none()
    | st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda d: d.replace(microsecond=0, tzinfo=UTC)),
)


@given(st.lists(units, max_size=4))
def test_what_is_written_is_read_back(made):
    assert loads(dumps(made).encode()) == tuple(made)


@given(st.lists(units, max_size=2))
def test_what_is_written_is_well_formed_and_holds_no_raw_markup(made):
    root = ElementTree.fromstring(dumps(made))
    assert root.tag == "tmx" and root.get("version") == "1.4"
    for segment in root.iter("seg"):
        assert {child.tag for child in segment} <= {"bpt", "ept", "ph"}


@given(st.binary(max_size=300))
def test_any_bytes_are_units_or_an_input_error(data):
    try:
        loads(data)
    except InputError as error:
        assert str(error).endswith(".")


FOREIGN = """\
<?xml version="1.0" encoding="UTF-16"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="Other" creationtoolversion="9" segtype="sentence" o-tmf="x" adminlang="en-US"
srclang="RU-RU" datatype="html"><note>about</note><prop type="x">y</prop></header><body>
<tu tuid="1" changedate="20240102T030405Z" changeid="ann"><note>n</note><prop type="p">v</prop>
<tuv xml:lang="RU-RU">
<seg>Город <bpt i="1" x="1">&lt;b&gt;</bpt>Душанбе<ept i="1">&lt;/b&gt;</ept><ph x="2"><sub>alt</sub></ph>.</seg></tuv>
<tuv xml:lang="EN-US">
<seg>The city of <bpt i="1" x="1">&lt;b&gt;</bpt>Dushanbe<ept i="1">&lt;/b&gt;</ept><ph x="2"/>.</seg></tuv>
<tuv xml:lang="de"><seg>Stadt <hi type="x">Duschanbe</hi></seg></tuv></tu>
<tu srclang="ru">
<tuv lang="ru"><seg>AT&amp;T &lt;1&gt;</seg></tuv><tuv lang="en"><seg>AT&amp;T &lt;1&gt;</seg></tuv></tu>
<tu><tuv xml:lang="ru"><seg> </seg></tuv><tuv xml:lang="en"><seg>no source</seg></tuv></tu>
<tu><tuv xml:lang="ru"><seg>Криво <ph x="name"/> <ept i="7"/></seg></tuv><tuv xml:lang="en"><seg>Askew</seg></tuv></tu>
</body></tmx>"""


def test_a_file_of_another_tool():
    first, second, third, fourth = loads(FOREIGN.encode("utf-16"), "other.tmx")
    assert (first.source, first.target) == ("Город <1>Душанбе</1><2/>.", "The city of <1>Dushanbe</1><2/>.")
    assert (first.source_lang, first.target_lang, first.origin) == ("ru", "en", "ann")
    assert first.changed == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert (second.target_lang, second.target) == ("de", "Stadt Duschanbe")
    assert third.source == "AT&amp;T &lt;1&gt;", "a tag in the text is text"
    assert read(third.source).plain == "AT&T <1>"
    assert fourth.source == "Криво  ", "codes that are not like ours leave their words"


BOMB = """<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<tmx version="1.4"><header/><body><tu><tuv xml:lang="ru"><seg>&b;</seg></tuv></tu></body></tmx>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<tmx version="1.4"><header/><body><tu><tuv xml:lang="ru"><seg>&x;</seg></tuv></tu></body></tmx>"""


@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_entities_are_refused(text):
    with pytest.raises(InputError, match="entities"):
        loads(text.encode(), "bomb.tmx")


@pytest.mark.parametrize("text", ["", "<html></html>", "<tmx><body>", "plain", "\0\1"])
def test_what_is_no_tmx(text):
    with pytest.raises(InputError, match=r"some\.tmx .*TMX"):
        loads(text.encode(), "some.tmx")
