"""Folding many texts at once gives what folding one by one gives."""

import sys
import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.values.folding import fold_all
from palermo.values.text import fold

TEXTS = [
    ("Zażółć gęślą jaźń", "marks"),
    ("STRASSE Straße ΣΊΣΥΦΟΣ", "letters that fold into others, at a word's end and within"),
    ("ห้องพักใกล้สถานี ok", "a script without spaces is cut into pairs"),
    ("新到伦敦的房间 和 工作", "and so are these"),
    ("방 있음 ㅎ한", "letters that are put together again"),
    ("ﬁne ½ ２０７９ ＡＢＣ", "compatibility forms"),
    ("a  b\n\tc ", "blanks stay as they are"),
    ("\u00a8 \u2003x", "what folds into a blank"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "why"), TEXTS)
def test_one_text(text, why):
    assert fold_all(pl.Series([text])).to_list() == [fold(text)], why


def test_each_text_keeps_its_place():
    texts = [text for text, _ in TEXTS] * 3
    mixed = pl.Series([*texts, None])
    assert fold_all(mixed).to_list() == [*map(fold, texts), None]
    assert fold_all(pl.Series([], dtype=pl.String)).to_list() == []


def test_every_character():
    # U+1171E became a spacing mark in Unicode 15, which one of the two may not know yet.
    letters = [chr(n) for n in range(sys.maxunicode + 1) if n != 0x1171E]
    letters = [c for c in letters if unicodedata.category(c) not in {"Cs", "Cn", "Co"}]
    folded = fold_all(pl.Series(letters)).to_list()
    assert [c for c, one in zip(letters, folded, strict=True) if one != fold(c)] == []


ALPHABET = st.sampled_from("aßΣσςIİıéÉ ـأةйЙห้องn新中ㅎ가½ -\n\u0301\u200d")


@given(st.lists(st.text(ALPHABET, max_size=20), max_size=5))
def test_any_texts(texts):
    assert fold_all(pl.Series(texts, dtype=pl.String)).to_list() == [*map(fold, texts)]
