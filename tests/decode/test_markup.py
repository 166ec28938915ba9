"""However broken a page is, each word of its text leads to its bytes."""

import html as stdlib_html
import itertools
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from palermo.decode.web.charset import charset_of
from palermo.decode.web.limits import transcode, whole
from palermo.decode.web.markup import Markup
from palermo.testing import check_map
from palermo.vocabulary import Event, EventKind


def text_of(raw, charset="utf-8"):
    """Return the page's text after checking that every run of its map resolves."""
    markup = Markup(raw, charset)
    text, runs = markup.text([(0, len(markup.pieces))])
    event = Event(
        kind=EventKind.PAGE, locator="offset:0", text=text, map=runs, details={"charset": charset}
    )
    check_map(event, raw, "page")
    for run in runs:
        assert text[run.start : run.end] in (
            written := raw[run.first : run.last].decode(charset, "replace"),
            stdlib_html.unescape(written),
        )
    return text


CASES = [
    ("<p>one</p><p>two</p>", "one\ntwo", "blocks are lines"),
    ("one<br>two<br/>three", "one\ntwo\nthree", "so are breaks"),
    ("<b>020</b> <i>79</i>46", "020 7946", "inline elements join"),
    ("<a>one</a><a>two</a>", "one two", "links side by side are two things"),
    ("<span class=p>5</span><span class=q>6</span>", "5 6", "so are fields set apart by style"),
    ("<span>0</span><span>2</span><b>0</b><i>7</i>", "0207", "but not digits in bare elements"),
    ("a\n   b\t c", "a b c", "white space collapses"),
    ("<table><tr><td>a<td>b<tr><td>c</table>", "a\tb\nc", "cells are kept apart"),
    ("x &amp; y &lt;z&gt; &euro;5 &#8364;6 &#x20AC;7", "x & y <z> €5 €6 €7", "entities"),
    ("&copy 2024 &notanentity; &", "© 2024 ¬anentity; &", "old and unknown entities"),
    ("a<script>var x = '<p>no</p>';</script>b", "ab", "scripts are no text"),
    ("a<style>p { }</style>b<!-- no --><!---->c<!-->d", "abcd", "nor styles nor comments"),
    ("<p title='a > b' data-x=\"</p>\">in", "in", "tags within quotes"),
    ("<p title=it's>one</p><p>two's</p>", "one\ntwo's", "an apostrophe in a bare value"),
    ("<textarea><b>raw</b></textarea>", "<b>raw</b>", "no tags in a text area"),
    ("1 < 2 and <3 and a<b>c</b>", "1 < 2 and <3 and ac", "a lone less-than is text"),
    ("</p>a</div></b>b", "ab", "end tags without beginning"),
    ("<a href='x", "", "an unfinished tag is none"),
    ("<a href='x>y</a> z <p>end", "y z\nend", "a quote that never ends"),
    ("<table>a<tr><td>b</table>", "a\nb", "text that does not belong in a table moves before it"),
    ("a\0b", "ab", "NUL is nothing"),
    ("<b><p>x</b>y</p>", "x y".replace(" ", ""), "elements that overlap"),
    ("<svg><title>t</title><text>s</text></svg>", "t\ns", "drawings have text too"),
    ("\ufeffmark", "mark", "a byte order mark is no text"),
    ("\u202eabc\u202c שלום مرحبا สวัสดี 您好", "\u202eabc\u202c שלום مرحبا สวัสดี 您好", "any script"),
]


@pytest.mark.parametrize(("source", "text", "why"), CASES, ids=[case[2] for case in CASES])
def test_text(source, text, why):
    assert text_of(source.encode()) == text


MANY = """cp1252 cp1251 cp1256 cp874 gb18030 big5hkscs cp932 cp949 euc_jp utf-16-le utf-16-be
iso2022_jp koi8_r cp1258"""


@pytest.mark.parametrize("charset", MANY.split())
def test_every_charset_leads_back(charset):
    words = ["Room", "café", "Комната", "غرفة", "ห้อง", "房间", "部屋", "방", "Phòng"]
    fits = [word for word in words if word.encode(charset, "ignore").decode(charset) == word]
    assert len(fits) >= 2
    source = "<h1>" + "</h1><p>".join(f"{word} &amp; {word}\n {word}" for word in fits)
    assert text_of(source.encode(charset), charset) == "\n".join(f"{w} & {w} {w}" for w in fits)


@given(st.binary(max_size=200))
@example(b"<p>before \x1b.\0\0\0\0\0\0\0\0\0 after").via("an escape that never ends")
@settings(max_examples=150, deadline=None)
def test_any_bytes(raw):
    for charset in ("utf-8", "cp932", "gb18030", "utf-16-le", "iso2022_jp"):
        text_of(raw, charset)


@given(st.lists(st.sampled_from([b"\x1b", b"$", b"(", b"B", b"\0", b"A", b"\xff"]), max_size=40))
@example([b"\x1b", b".", *[b"\0"] * 9]).via("an escape that never ends")
@settings(deadline=None)
def test_a_page_is_cut_and_read_whatever_its_escapes(bits):
    raw = b"".join(bits)
    most = whole(raw, len(raw) // 2 + 1, "iso2022_jp")
    source, back = transcode(raw[:most], "iso2022_jp")
    assert len(back) == len(source) + 1 and list(back) == sorted(back) and back[-1] <= most


FRAGMENTS = """
<p> </p> <b> </b> <table> <tr> <td> </table> <a\thref='x'> </a> <br> <!-- --> <script> </script>
<title> </title> <select> <option> </select> <svg> <math> <template> </template> <form> <h1> <li>
<div\tclass="a> </div> <style> <textarea> <plaintext> <frameset> <noscript> <i/> </ <! <? &amp;
&#0; &#x110000; &lt &nbsp; \x02 1 \x03 \x020\x03 \x02999\x03 \0 é 中 𐍈 word > < ' " = --
"""
BITS = st.sampled_from([*FRAGMENTS.split(" "), " ", "\n", "\r\n"])


@given(st.lists(BITS, max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_markup(bits):
    text_of("".join(bits).encode())


@given(
    st.lists(
        st.text(st.characters(exclude_characters="<&\0", codec="utf-8"), min_size=1), max_size=8
    )
)
@settings(max_examples=100, deadline=None)
def test_no_word_is_lost(words):
    source = "<div>".join(f"<p>{word}</p>" for word in words)
    kept = "".join(text_of(("\n" + source).encode()).split())
    assert kept == "".join("".join(words).split())


HARD = [
    ("<div>" * 30_000, "elements that pile up"),
    ("<a" * 200_000, "tags that never end"),
    ("<!--" * 100_000, "comments that never end"),
    ('<a href="' * 50_000, "quotes that never end"),
    ("<p x='" * 50_001, "other quotes"),
    ("&" * 300_000, "ampersands"),
    ("<title>" * 50_000, "titles"),
    (" " * 1_000_000 + "x", "blanks"),
    ("<a " + "b " * 200_000, "attributes without end"),
    ("</" * 200_000, "ends without end"),
]


@pytest.mark.parametrize(("source", "why"), HARD, ids=[case[1] for case in HARD])
def test_hostile_pages_cost_no_more_than_their_size(source, why):
    start = time.process_time()
    text_of(source.encode())
    assert time.process_time() - start < 5


CHARSETS = [
    (b"plain", None, "utf-8", "ASCII"),
    ("naïve".encode(), "iso-8859-1", "utf-8", "valid UTF-8 is UTF-8, whatever the header says"),
    ("naïve".encode("cp1252"), "iso-8859-1", "cp1252", "Latin 1 means Windows 1252"),
    ("<meta charset=windows-1251>Комната".encode("cp1251"), None, "cp1251", "by the page"),
    ("<meta charset=utf-8>Комната".encode("cp1251"), "windows-1251", "cp1251", "header first"),
    ("<meta charset=windows-1251>Комната".encode("cp1251"), "utf-8", "cp1251", "what fits wins"),
    (
        "<meta http-equiv=x content='text/html; charset=gb2312'>房间".encode("gb18030"),
        None,
        "gb18030",
        "GB",
    ),
    ("\ufeffRoom".encode("utf-16-le"), "utf-8", "utf-16-le", "a byte order mark wins"),
    ("<meta charset=utf-16>naïve".encode(), None, "utf-8", "ASCII that says it is UTF-16"),
    ("<?xml version='1.0' encoding='koi8-r'?>Комната".encode("koi8_r"), None, "koi8-r", "XHTML"),
    ("naïve".encode(), "no-such-charset", "utf-8", "a name that is none"),
]


@pytest.mark.parametrize(
    ("raw", "stated", "charset", "why"), CHARSETS, ids=[c[3] for c in CHARSETS]
)
def test_charset(raw, stated, charset, why):
    assert charset_of(raw, stated) == (charset, None)


def test_a_charset_that_must_be_guessed_is_reported():
    russian = "Сдается комната в центре города, недорого, звоните вечером после шести часов. " * 4
    charset, fault = charset_of(russian.encode("cp1251"), None)
    assert charset == "cp1251"
    assert "may be wrong" in fault


ATTRIBUTED = """
<a\thref="/x"> <a\thref="/x?a=1&amp;b=2"\tclass="t"> <a\thref="/é"> <a\thref=""> <a\thref="&copy=1"> </a>
<img\tsrc="p.jpg"\talt="a"> <img\tsrc='q.jpg'> <time\tdatetime="2024-01-02"> </time> <p\ttitle="a\thref="\tid=q>
<meta\tproperty="og:type"\tcontent="article"> <p\tdata-src="x"data-src="y"> <b\ttitle="1"> <b\ttitle="2"> </b>
<script\ttype="application/ld+json">{"@type":"<b>"}</script> <script>if(a<b)</script > <style>p</style> </script>
<title> a </title> <TITLE> </TITLE> <textarea> <a\thref="\x021\x03"> <SCRIPT\tsrc="x"> </SCRIPT> <tr> <td>
<img\tsrc="&#1;0&#3;"> <a\thref="&#x01;7"> <data\tvalue="£28"> <data\tvalue="\x85"> <link\trel="canonical"\thref="/c"> word & &amp; é
"""
MARKED = st.sampled_from([*ATTRIBUTED.replace("\n", " ").replace("\t", "\0").split(" "), " ", "\n"])


def built(markup):
    """What a page is made of, each value of an attribute as it is."""
    at = {id(element): n for n, element in enumerate(markup.elements)}
    elements = [
        (
            e.tag, e.begin, e.end, e.parent and at[id(e.parent)], [at[id(c)] for c in e.children],
            {name: markup.value(value) for name, value in e.attributes.items()},
        )
        for e in markup.elements
    ]  # fmt: skip
    return elements, markup.pieces, markup.spans, markup.data, markup.end


@given(st.lists(MARKED | BITS, max_size=24), st.sampled_from(["utf-8", "cp1252", "gb18030"]))
@settings(max_examples=400, deadline=None)
def test_a_page_marked_in_one_go_is_built_as_one_marked_tag_by_tag(bits, charset):
    raw = "".join(bits).replace("\0", " ").encode(charset, "replace")
    assert built(Markup(raw, charset)) == built(Markup(raw, charset, apart=True))
    assert built(Markup(raw, charset)) == built(Markup(raw, charset, apart=True)), "kept"


def plain_text(markup, ranges):
    """The text of ranges of pieces, piece by piece."""
    out, runs, length, gap = [], [], 0, ""
    for begin, end in ranges:
        gap = "\n" if out else gap
        for piece in markup.pieces[begin:end]:
            if piece == -1 or (piece == -2 and gap != "\n"):
                gap = "\n" if piece == -1 else "\t"
            elif piece < 0:
                gap = gap or " "
            for text, first, last in markup._cut(*markup.spans[piece]) if piece >= 0 else ():
                if not text:
                    gap = gap or " "
                    continue
                if gap and out:
                    out.append(gap)
                    length += 1
                gap = ""
                out.append(text)
                runs += [(length, length + len(text), first, last)] if first < last else []
                length += len(text)
    return "".join(out), runs


@given(st.lists(MARKED | BITS, max_size=24), st.lists(st.integers(0, 40), max_size=8))
@settings(max_examples=300, deadline=None)
def test_the_text_of_a_stretch_is_what_its_pieces_say(bits, cuts):
    markup = Markup("".join(bits).replace("\0", " ").encode("utf-8", "replace"), "utf-8")
    ends = sorted(min(cut, len(markup.pieces)) for cut in cuts)
    ranges = [(a, b) for a, b in itertools.pairwise(ends) if a < b][::2]
    assert markup.text(ranges) == plain_text(markup, ranges)
    for begin, end in ranges:
        assert markup.words(begin, end) == plain_text(markup, [(begin, end)])[0]
