import random
import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.link.codes import codes, pieces, tenths
from palermo.link.sketch import KEYS, WIDTHS, keys
from palermo.values.text import plain


def cut(text: str, spans=()) -> list[str]:
    rows = pl.DataFrame([(0, *s) for s in spans], ["row", "start", "end", "kind"], orient="row")
    found = pieces([text], rows if spans else None)
    return [
        f"<{text[a:b]}>" if slot else text[a:b]
        for a, b, slot in zip(found.first, found.last, found.slot, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Room to let!", ["Room", "to", "let"], "words, without signs"),
        (
            "2bed £120, 7 pm",
            ["<2>", "bed", "<120, 7>", "pm"],
            "digits are slots, and side by side one",
        ),
        ("看房子吗", ["看房", "房子", "子吗"], "Chinese in pairs"),
        ("房", ["房"], "one character has no pair"),
        ("看 WiFi 房", ["看", "WiFi", "房"], "pairs end at words"),
        ("ที่พัก", ["ที่พั", "พัก"], "Thai in pairs of letters, with their marks"),
        ("zero\u200bwidth", ["zero\u200bwidth"], "what has no width cuts nothing"),
        ("cafe\u0301 ok", ["cafe\u0301", "ok"], "nor does a mark"),
        ("½ ﬁne", ["<½>", "ﬁne"], "a fraction is a number, a ligature is letters"),
        ("", [], "nothing"),
        (" ,.!", [], "signs only"),
    ],
)
def test_cut(text, expected, why):
    assert cut(text) == expected, why


@pytest.mark.parametrize(
    ("spans", "expected", "why"),
    [
        ([(5, 9, 3)], ["call", "<john>", "now"], "one span"),
        ([(5, 7, 3), (6, 9, 1)], ["call", "<john>", "now"], "overlapping spans are one slot"),
        ([(0, 9, 3)], ["<call john>", "now"], "a span over words"),
        ([(0, 4, 3), (5, 9, 1)], ["<call john>", "now"], "side by side"),
    ],
)
def test_spans_are_slots(spans, expected, why):
    assert cut("call john now", spans) == expected, why


def test_where_spans_overlap_the_first_kind_stands():
    found = pieces(["see t.me/john"], pl.DataFrame(
        [(0, 4, 13, 5), (0, 4, 13, 2)], ["row", "start", "end", "kind"], orient="row"
    ))  # fmt: skip
    assert found.slot.tolist() == [0, 2 + 2]


ANY = st.text(st.characters(codec="utf-8"), max_size=40)


@given(st.lists(ANY, min_size=1, max_size=5))
def test_each_text_is_cut_by_itself(texts):
    together = codes(pieces(texts))
    assert together == [codes(pieces([text]))[0] for text in texts]
    found = pieces(texts)
    for n, text in enumerate(texts):
        own = slice(found.starts[n], found.starts[n + 1])
        for start, end in zip(found.first[own], found.last[own], strict=True):
            assert 0 <= start < end <= len(text)


@given(st.text("abcxyz éßñжя٣ ﬁ1,!ﷺ", max_size=30))
def test_words_are_those_of_the_folded_text(text):
    """The slow way: fold the text, then split it where no letter stands."""
    folded = plain(text)
    words = "".join(c if unicodedata.category(c)[0] == "L" else " " for c in folded).split()
    # a ligature with a space in it is one word here
    if "ﷺ" not in text:
        assert len(codes(pieces([text]))[0]) == len(words)
        assert codes(pieces([text])) == codes(pieces([" ".join(words)]))


def test_worth_counts_words_in_any_script():
    texts = ["one two three four", "我们的房间很安静", "ห้องพักเงียบสงบใกล้ห้องสมุด"]
    english, chinese, thai = map(tenths, codes(pieces(texts)))
    assert english == 40 and 35 < chinese < 50 and 40 < thai < 80


def test_worth_is_summed_without_rounding():
    """0.6 is no binary fraction: summed as it is, 75 pairs are worth 45.000000000000014 words."""
    (han,) = codes(pieces(["房" * 76]))
    assert tenths(han) == 450
    (mixed,) = codes(pieces(["one two " + "房" * 11]))
    assert tenths(mixed) == 80  # just the eight words that an advert must have


@pytest.mark.parametrize("seed", range(3))
def test_keys_are_the_runs_hashed_lowest(seed):
    dice = random.Random(seed)
    words = dice.choices(["".join(dice.choices("abcdefg", k=5)) for _ in range(50)], k=60)
    text = " ".join(words)
    (coded,) = codes(pieces([text]))
    width = int(WIDTHS[0])
    runs = {coded[i : i + width] for i in range(len(coded) - width + 1)}
    each = {int(keys([run])[1][0]) for run in runs}  # a text of one run has its key alone
    counts, found = keys([coded])
    assert counts.tolist() == [min(KEYS, len(runs))] and set(found.tolist()) <= each
    # of two texts of the same runs in another order, the keys are the same
    again = keys([coded + coded])[1]
    assert len(set(found.tolist()) & set(again.tolist())) >= KEYS - 4


def test_short_and_no_texts_have_no_keys():
    counts, found = keys(["", codes(pieces(["two words"]))[0]])
    assert counts.tolist() == [0, 0] and len(found) == 0
    assert len(keys([])[0]) == 0
