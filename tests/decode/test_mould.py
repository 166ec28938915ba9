"""Pages that fit the mould of those before them are read as if there were none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.decode.web import mould
from palermo.decode.web.markup import Markup

FRAME = (
    '\ufeff<html lang="en"><head><title>{0} - example.org</title><script type="application/ld+json">'
    '{{"@type": "{1}"}}</script><link rel="canonical" href="{2}"></head><body><nav>'
    '<a href="/a">All &amp; more</a> <a href="/b">New</a></nav><h1>{0}</h1><p>{3}</p>'
    "<p>{4}<br>Call <b>us</b> soon</p><footer>Terms\n and  privacy</footer></body></html>"
)[1:]


def read(raw, charset="utf-8", apart=False):
    """What a page is read as, each value of an attribute as it is."""
    markup = Markup(raw, charset, apart=apart)
    elements = [
        (e.tag, e.begin, e.end, {name: markup.value(value) for name, value in e.attributes.items()})
        for e in markup.elements
    ]
    return elements, markup.pieces, markup.spans, markup.data, markup.end, markup.texts


def page(*filled):
    return FRAME.format(*filled).encode()


FIRST = ("A room", "Product", "17", "In Leeds", "Ten pounds")
SECOND = ("Two rooms", "Offer", "18?a=1&amp;b=2", "In York", "1 &lt; 2")


@pytest.mark.parametrize(
    ("filled", "fits", "why"),
    [
        (("Three", "X", "19", "é", "x &nbsp; y"), True, "other texts, values and scripts"),
        (("Three", "", "19", "é", " a "), True, "an empty script, a text between spaces"),
        (("Three", "a < b", "19", "5 < 6", "x"), False, "a less-than that is no tag"),
        (("Three", "X", "19", "<b>é</b>", "x"), False, "another element"),
        (("Three", "</script>", "19", "é", "x"), False, "a script that ends before"),
        (("Three", "X", '19" id="x', "é", "x"), False, "another attribute"),
        (("Three", "X", "", "é", "x"), False, "an address that is empty"),
        (("Three", "X", "a&copy", "é", "x"), False, "an address with an entity"),
        (("Three", "X", "19", " ", "x"), False, "a text that is blank"),
        (("Three", "X", "19", "\x02", "x"), False, "a byte that marks texts"),
    ],
)  # fmt: skip
def test_a_page_is_read_alike_in_its_mould_and_without(filled, fits, why):
    mould._known.clear()
    for known in (FIRST, SECOND, FIRST):
        assert read(page(*known)) == read(page(*known), apart=True)
    raw = page(*filled)
    assert (mould.cast(raw, "utf-8") is not None) == fits, why
    for _ in range(3):
        assert read(raw) == read(raw, apart=True)


def test_a_byte_order_mark_is_no_text_of_a_mould():
    mould._known.clear()
    for raw in (b"one", b"two", b"\xef\xbb\xbfthree"):
        assert read(raw) == read(raw, apart=True)


def test_no_more_moulds_are_kept_than_stated():
    mould._known.clear()
    for number in range(2 * mould.KEPT):
        Markup(b"<p>x</p>" * (number + 1), "utf-8")
    assert len(mould._known) == mould.KEPT


BITS = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<br>", "<!-- {} -->", "<a href=\"{}\">", "</a>", "<title>{}</title>",
     "<script>{}</script>", '<script type="application/ld+json">{}</script>', "<style>{}</style>",
     "<textarea>{}</textarea>", "{}", "{} {}", " ", "\n", "&amp;", "word", '<img src="{}" alt="a">']
)  # fmt: skip
FILLED = st.sampled_from(
    ["one", "two", "é", "中", " ", "", "a b", "\t", "\0", "&#1;", "&amp;", "&lt;", "<", ">", '"', "</script>",
     "</", "<b>", "'", "\x01", "x  y", "-->"]
)  # fmt: skip


@given(
    st.lists(BITS, min_size=1, max_size=12),
    st.lists(st.lists(FILLED, min_size=3, max_size=3), min_size=3, max_size=6),
    st.sampled_from(["utf-8", "cp1252", "gb18030", "utf-16-le"]),
)
@settings(max_examples=400, deadline=None)
def test_pages_of_any_make_are_read_alike_one_after_the_other(bits, fillings, charset):
    mould._known.clear()
    frame = "".join(bits)
    for filling in fillings:
        text = frame
        for at in range(text.count("{}")):
            text = text.replace("{}", filling[at % 3], 1)
        raw = text.encode(charset, "replace")
        assert read(raw, charset) == read(raw, charset, apart=True)
