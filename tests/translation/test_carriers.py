"""What travels, and where pieces end that did not come back."""

import pytest

from expander.articles.wikitext import parse
from expander.engines.protocol import Carrier
from expander.translation import decode, encode, mask, unmask
from expander.translation.layout import read


def masked_of(source, lang="ru"):
    return mask(parse(source, lang), source, lang)


def said(answer, source, carrier=Carrier.TOKENS, hints=None, lang="ru"):
    """Wikitext of an engine's answer, and the codes of all findings."""
    masked = masked_of(source, lang)
    decoded = decode(answer, masked, carrier, lambda piece: (hints or {}).get(piece.node.name, ()))
    result = unmask(decoded.text, masked)
    return result.wikitext, {finding.code for finding in (*decoded.findings, *result.findings)}


@pytest.mark.parametrize(
    ("source", "answer", "wikitext"),
    [
        # at the end of the sentence, before the full stop or after it, as in the source
        ("Они живут в Азии<ref>a</ref>.", "They live in Asia.", "They live in Asia<ref>a</ref>."),
        ("Они живут в Азии.<ref>a</ref>", "They live in Asia.", "They live in Asia.<ref>a</ref>"),
        ("Они живут в «Азии»<ref>a</ref>.", 'They live in "Asia."', 'They live in "Asia."<ref>a</ref>'),
        ("Жил в Азии<ref>a</ref><ref>b</ref>.", "He lived in Asia!", "He lived in Asia<ref>a</ref><ref>b</ref>!"),
        # at the end of its clause, though its token is gone
        ("В 1992 году<ref>a</ref>, после войны, ушли.", "In 1992, after the war, they left.",
         "In 1992<ref>a</ref>, after the war, they left."),
        ("Рос (до 1914<ref>a</ref>) хлеб, соль и мак.", "Bread, salt and poppy grew (until 1914).",
         "Bread, salt and poppy grew (until 1914<ref>a</ref>)."),
        # a number's comma is no clause's end
        ("Там 1251 дом<ref>a</ref>, а здесь нет.", "There are 1,251 houses, but not here.",
         "There are 1,251 houses<ref>a</ref>, but not here."),
        # behind the link that it followed, wherever the link went
        ("[[Вахш]]<ref>a</ref> там течёт быстро.", "There flows the [1]Vakhsh[/1] fast.",
         "There flows the [[Вахш|Vakhsh]]<ref>a</ref> fast."),
        # behind a name
        ("Посол Сатторов<ref>a</ref> приехал вчера.", "Ambassador Sattorov came yesterday.",
         "Ambassador Sattorov<ref>a</ref> came yesterday."),
        # brackets that hold templates alone come back as a whole
        ("Он ({{lang-tg|Вахш}}) — приток.", "It is a tributary.", "It is a tributary ({{lang-tg|Вахш}})."),
    ],
)  # fmt: skip
def test_references_find_their_clause(source, answer, wikitext):
    assert said(answer, source)[0] == wikitext


def test_a_token_inside_a_word_moves_to_its_end():
    source = "Столица<ref>a</ref>, большая, стоит."
    assert said("The capi[1]tal, large, stands.", source)[0] == "The capital<ref>a</ref>, large, stands."


def test_a_point_that_cannot_be_placed_is_reported_and_kept():
    wikitext, codes = said("The value is a number.", "Значение <math>x</math> есть число.")
    assert wikitext == "The value is a number <math>x</math>."
    assert codes == {"markup-moved", "markup-restored"}


def test_a_reference_inside_a_clause_goes_to_the_clauses_end_and_is_reported():
    wikitext, codes = said(
        "It first stood in a pharmacy, later in a hall.", "Сперва<ref>a</ref> стояло в аптеке, потом в зале."
    )
    assert wikitext == "It first stood in a pharmacy<ref>a</ref>, later in a hall."
    assert codes == {"reference-moved", "markup-restored"}


@pytest.mark.parametrize(
    ("source", "answer", "hints", "wikitext"),
    [
        ("Столица — [[Душанбе]].", "The capital is Dushanbe.", {}, "The capital is [[Душанбе|Dushanbe]]."),
        ("Вошли в [[ООН]] летом.", "They joined the United Nations in summer.", {"ООН": ["United Nations"]},
         "They joined the [[ООН|United Nations]] in summer."),
        ("Это [[Путин, Владимир|Путин]] сказал.", "Putin said this.", {"Путин, Владимир": ["Vladimir Putin"]},
         "[[Путин, Владимир|Putin]] said this."),
        ("[[8 апреля]] [[1992 год|1992]] и [[9 мая]].", "8 April 1992 and 9 May.", {},
         "[[8 апреля|8 April]] [[1992 год|1992]] and [[9 мая|9 May]]."),
        ("Компания «[[Русал]]» и «[[Мир (газета)|Мир]]».", 'The companies "Rusal" and "World".', {},
         'The companies "[[Русал|Rusal]]" and "[[Мир (газета)|World]]".'),
        # the same words twice: the relative place decides
        ("Между [[Москва|Москвой]] и станцией Москва.", "Between Moscow and the station Moscow.",
         {"Москва": ["Moscow"]}, "Between [[Москва|Moscow]] and the station Moscow."),
        # nested
        ("Газета ''[[Правда (газета)|Правда]]'' писала.", "The newspaper Pravda wrote.",
         {"Правда (газета)": ["Pravda"]}, "The newspaper ''[[Правда (газета)|Pravda]]'' wrote."),
    ],
)  # fmt: skip
def test_links_are_found_again_by_their_labels(source, answer, hints, wikitext):
    assert said(answer, source, Carrier.LABELS, hints)[0] == wikitext


def test_a_link_that_is_not_found_is_reported_with_its_target():
    source = "Там растёт [[Хлопчатник|хлопок]]."
    masked = masked_of(source)
    decoded = decode("Something else entirely.", masked, Carrier.LABELS)
    result = unmask(decoded.text, masked)
    assert decoded.lost == (1,)
    assert result.wikitext == "Something else entirely."
    assert [finding.code for finding in result.findings] == ["link-lost"]
    assert "Хлопчатник" in result.findings[0].message


@pytest.mark.parametrize(
    "answer",
    [
        "In [1]Tajikistan[/1] and [2]Iran[/2].",
        "In[1]Tajikistan[/1]and[2]Iran[/2].",
        "In [ 1 ] Tajikistan [ / 1 ] and [ 2 ] Iran [ /2 ] .",
        "In ［1］Tajikistan［／1］ and ［2］Iran［／2］.",
        "In 【１】Tajikistan【/１】 and 【２】Iran【/２】.",
        "In [1]Tajikistan[1] and [2]Iran[2].",
        "In &#91;1&#93;Tajikistan&#91;/1&#93; and &#91;2&#93;Iran&#91;/2&#93;.",
        "In\n[1]Tajikistan[/1]\nand [2]Iran[/2].",
    ],
)
def test_tokens_are_read_however_an_engine_writes_them(answer):
    source = "В [[Таджикистан]]е и [[Иран]]е."
    assert said(answer, source) == ("In [[Таджикистан|Tajikistan]] and [[Иран|Iran]].", set())


@pytest.mark.parametrize(
    "answer",
    [
        'In <a id="1">Tajikistan</a> and <a id="2">Iran</a>.',
        "In <A ID='1'>Tajikistan</A> and <a class=x id=2>Iran</a>.",
        "<p>In <a id=\"1\">Tajikistan</a> and <a id='2'>Iran</a>.</p>",
        "In &lt;a id=&quot;1&quot;&gt;Tajikistan&lt;/a&gt; and &lt;a id=&quot;2&quot;&gt;Iran&lt;/a&gt;.",
        'In <a id="1"> Tajikistan </a> and <a id="2">Iran</a>.<!-- made by x -->',
    ],
)
def test_html_is_read_however_an_engine_writes_it(answer):
    source = "В [[Таджикистан]]е и [[Иран]]е."
    assert said(answer, source, Carrier.MARKUP) == ("In [[Таджикистан|Tajikistan]] and [[Иран|Iran]].", set())


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("In [1]Tajikistan[/1][1]Tajikistan[/1] and [2]Iran[/2].", "link-doubled"),
        ("In [1]Tajikistan[/1] and [2]Iran[/2] [9].", "markup-invented"),
        ("In [1]Tajikistan [2]and[/1] Iran[/2].", "markup-tangled"),
        ("In [1]Tajikistan[/1] and [2]Iran[/2] <ref>x</ref>.", "markup-invented"),
        ("In [1]Tajikistan[/1] and [[Persia]].", "markup-invented"),
        ("In [1]Tajikistan[/1] and Persia.", "link-lost"),
        ("", "translation-empty"),
    ],
)
def test_damage_is_reported(answer, code):
    source = "В [[Таджикистан]]е и [[Иран]]е."
    assert code in said(answer, source)[1]


def test_tokens_never_look_like_the_texts_own_numbers():
    masked = masked_of("Сноски [1] и [12] у [[Вахш]]а.")
    assert encode(masked, Carrier.TOKENS) == "Сноски [1] и [12] у [101]Вахша[/101]."
    decoded = decode("Notes [1] and [12] at the [101]Vakhsh[/101].", masked, Carrier.TOKENS)
    assert decoded.text == "Notes [1] and [12] at the <1>Vakhsh</1>."
    assert decoded.findings == ()


def test_an_answer_beyond_all_measure_is_cut():
    masked = masked_of("В [[Иран]]е.")
    decoded = decode("In [1]Iran[/1] " * 100_000, masked, Carrier.TOKENS)
    assert len(read(decoded.text).plain) < 2_000
    assert {finding.code for finding in decoded.findings} == {"link-doubled"}


def test_messages_carry_no_control_characters():
    source = "В [[Иран\x1b[31m|Иране]]<ref name='\x07'>a</ref>."
    masked = masked_of(source)
    result = unmask("Nothing.", masked)
    assert all(letter.isprintable() for finding in result.findings for letter in finding.message)


def test_a_template_that_makes_its_own_text_takes_in_nothing_else():
    source = "Длина {{num|5}} км [[Вахш|реки]]<ref>a</ref>, потом нет."
    wikitext, codes = said("The length [1]is 5 km of the [2]river[/2][3][/1], then no.", source)
    assert wikitext == "The length is {{num|5}} km of the [[Вахш|river]]<ref>a</ref>, then no."
    assert codes == {"markup-restored"}
