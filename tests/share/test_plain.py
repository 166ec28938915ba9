"""Text of evidence made safe to show."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.share.paper.blocks import EXCERPT, excerpt
from palermo.share.paper.plain import KEPT, plain, rightward


@pytest.mark.parametrize(
    ("text", "shown", "why"),
    [
        ("a\x00b", "a⟨U+0000⟩b", "a NUL"),
        ("pay \u202eDBG 05", "pay ⟨U+202E⟩DBG 05", "an override would turn the words round"),
        ("\ufeffhello", "⟨U+FEFF⟩hello", "a byte order mark"),
        ("x\ud800y", "x⟨U+D800⟩y", "a lone surrogate"),
        ("\ue000", "⟨U+E000⟩", "a private character"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd", "every way to end a line"),
        ("a\tb\u3000c", "a b c", "spaces of other widths"),
        ("👩\u200d👧 می\u200cخواهم", "👩\u200d👧 می\u200cخواهم", "joiners are needed for writing"),
        ("e\u0301", "e\u0301", "combining marks stay"),
    ],
)
def test_plain(text: str, shown: str, why: str):
    assert plain(text) == shown, why


@given(st.text(st.characters(), max_size=60))
def test_plain_leaves_nothing_hidden_and_can_be_encoded(text: str):
    shown = plain(text)
    shown.encode("utf-8")
    assert all(c in KEPT or c.isprintable() for c in shown)
    assert plain(shown) == shown
    assert not any(unicodedata.bidirectional(c) in {"RLO", "LRO", "RLI"} for c in shown)


@given(st.text(max_size=900), st.integers(0, 900), st.integers(0, 900))
def test_an_excerpt_marks_the_span_and_stays_short(text: str, start: int, length: int):
    start = min(start, len(text))
    end = min(start + length, len(text))
    cut = excerpt(text, start, end)
    words = plain(text[start : min(end, start + EXCERPT)]).replace("\n", " ↵ ")
    if cut.mark is None:
        assert words == ""
    else:
        assert cut.text[slice(*cut.mark)] == words
    assert len(text) > EXCERPT or "characters" not in cut.text or "characters" in plain(text)


def test_an_excerpt_says_how_much_it_left_out():
    cut = excerpt("a" * 1000 + "KEY" + "b" * 2000, 1000, 1003)
    assert cut.text[slice(*(cut.mark or (0, 0)))] == "KEY"
    left = [int(n.replace(",", "")) for n in re.findall(r"([\d,]+) characters", cut.text)]
    shown = cut.text.count("a") + cut.text.count("b")
    assert sum(left) + EXCERPT == 3003 and shown >= EXCERPT - 3


@pytest.mark.parametrize(
    ("text", "left"), [("abc", True), ("123 שלום", False), ("مرحبا abc", False), ("123", True)]
)
def test_rightward(text: str, left: bool):
    assert rightward(text) is left
