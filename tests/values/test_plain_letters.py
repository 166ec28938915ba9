"""Texts as they look to a reader: plain letters, nothing unseen, and where each letter stood."""

import itertools

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.values.alike import DISGUISED, plain_letters

PLAIN = [
    ("𝗮𝗻𝗻𝗮 ⓑⓞⓑ ｊｉｍ＠ｘ．ｙ", "anna bob jim@x.y", "styles"),
    ("🅰🅽🅽🅰", "ANNA", "white on black"),
    ("ᴛɢ ᴀɴɴᴀ", "tg anna", "small capitals"),
    ("an\u200bna@exam\u00adple", "anna@example", "what cannot be seen"),
    ("аnna@exаmple.оrg", "anna@example.org", "Cyrillic letters in Latin words"),
    ("вкannа", "вкannа", "a word that is not Latin all through stays"),
    ("Анна пишет Anna", "Анна пишет Anna", "words of one script stay"),
    ("İnsta", "Insta", "a dotted capital"),
    ("½ ™ 微信：anna", "½ ™ 微信：anna", "signs stay"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "plain", "why"), PLAIN)
def test_what_a_reader_sees(text: str, plain: str, why: str) -> None:
    assert plain_letters(text)[0] == plain, why


@given(
    st.text(
        alphabet=st.sampled_from([*"abа о@.1", "\u200b", "\ufe0f", "𝐚", "é", "漢", "🙂"]),
        max_size=30,
    )
)
def test_every_character_has_its_place(text: str) -> None:
    plain, at = plain_letters(text)
    places = at or list(range(len(text) + 1))
    assert len(places) == len(plain) + 1 and places[-1] == len(text)
    assert all(a < b for a, b in itertools.pairwise(places))
    for letter, place in zip(plain, places, strict=False):
        assert plain_letters(text[place])[0] == letter or letter.isascii()


@given(st.text(max_size=30))
def test_what_is_not_marked_as_disguised_stays(text: str) -> None:
    if not pl.Series([text]).str.contains(DISGUISED)[0]:
        assert plain_letters(text) == (text, None)
    plain = plain_letters(text)[0]
    assert plain_letters(plain)[0] == plain
