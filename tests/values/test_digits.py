"""Digits as they are written: numerals of every script, look-alikes, and words as they are said."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.values import numerals
from palermo.values.digits import DIGITS, groups, spoken_runs
from palermo.values.spoken import SPOKEN

NATIVE = [
    chr(c) for c in range(0x80, 0x1FC00) if unicodedata.category(chr(c)) == "Nd"
]  # fmt: skip

SAID = [
    ("oh seven seven hundred nine hundred one two three", "07700900123", "hundreds, then digits"),
    ("double seven triple nine", "77999", "doubled"),
    ("eight hundred twenty one", "821", "hundreds and tens"),
    ("zéro six trente-neuf quatre-vingt-dix-huit zéro un vingt-deux", "063998" "0122", "French pairs"),
    ("soixante-dix-sept quatre vingt onze dix-neuf soixante et onze", "77911971", "French tens and teens"),
    ("treinta y cuatro cincuenta y seis", "3456", "Spanish tens"),
    ("seiscientos doce", "612", "Spanish hundreds"),
    ("vinte e um noventa e oito meia", "21986", "Portuguese, and meia for six"),
    ("douăzeci și doi treizeci", "2230", "Romanian"),
    ("восемь девятьсот шестнадцать сто двадцать три сорок пять", "891612345", "Russian threes and twos"),
    ("خمسة وعشرون صفر سبعة", "2507", "Arabic says units first"),
    ("không chín một hai ba", "09123", "Vietnamese"),
    ("khong chin mot hai ba", "09123", "Vietnamese without its marks"),
    ("ศูนย์แปดหนึ่งสองสาม", "08123", "Thai, without spaces"),
    ("einundzwanzig zwei null", "2120", "German in one word"),
    ("zerosevenseven", "077", "words written as one"),
    ("s3ven zer0 tw0", "702", "figures for letters in words"),
    ("sеvеn zеro twо", "702", "Cyrillic letters in Latin words"),
    ("零一二三", "0123", "Chinese"),
    ("壹捌陆", "186", "Chinese as on cheques"),
    ("공일공 일이", "01012", "Korean"),
    ("sześćset jeden dwieście trzydzieści cztery", "601234", "Polish hundreds"),
    ("beş yüz otuz iki yüz yirmi üç", "532123", "a Turkish hundred after a ten and its unit"),
    ("beşyüzotuziki yüzyirmiüç", "532123", "Turkish, written as one"),
    ("trente-deux cent vingt-trois", "32123", "a French hundred after a ten and its unit"),
    ("zéro cent vingt", "0120", "no French hundred is counted by zero"),
    ("نهصد و دوازده سیصد و چهل و پنج", "912345", "Persian hundreds and tens"),
    ("dvě stě třicet čtyři", "234", "a Czech hundred in two words"),
    ("huszonegy", "21", "a Hungarian ten with its unit"),
    ("শূন্য এক সাত ছয়", "0176", "Bengali"),
    ("7seven0zero", "7700", "words and figures that touch"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "digits", "why"), SAID)
def test_words_are_read_as_they_are_said(text: str, digits: str, why: str) -> None:
    assert "".join(g.digits for g in groups(text, spoken=True)) == digits, why


@pytest.mark.parametrize("text", ["someone", "freight", "canine", "attention", "phonetic", "often"])
def test_a_part_of_another_word_is_no_number(text: str) -> None:
    assert not list(spoken_runs(f"the {text} here"))


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_every_language_counts_from_zero_to_nine(language: str) -> None:
    for digit, names in enumerate(SPOKEN[language][0].split()):
        for name in names.split("/"):
            assert numerals.WORDS[numerals.skeleton(name)] == str(digit), name
            assert numerals.WORD.fullmatch(numerals.skeleton(name)), name


@pytest.mark.parametrize("digit", NATIVE, ids=lambda c: f"{ord(c):x}")
def test_the_decimal_digits_of_every_script(digit: str) -> None:
    assert DIGITS[digit] == str(unicodedata.digit(digit))


@given(st.text(alphabet=st.sampled_from([*"0123456789 -.", *NATIVE[::37]]), max_size=40))
def test_native_digits_are_read_as_the_figures_that_they_are(text: str) -> None:
    plain = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text)
    written = [(g.digits, g.start, g.end) for g in groups(text)]
    assert written == [(g.digits, g.start, g.end) for g in groups(plain)]


@given(
    st.lists(st.sampled_from([*"0123456789"]), min_size=1, max_size=12),
    st.sampled_from(["\u200b", "\u00ad", "\ufe0f\u20e3"]),
)
def test_what_cannot_be_seen_does_not_part_digits(digits: list[str], hidden: str) -> None:
    [group] = groups(hidden.join(digits))
    assert group.digits == "".join(digits)


@given(st.text(max_size=60))
def test_groups_stand_in_order_and_in_the_text(text: str) -> None:
    end = 0
    for group in groups(text, spoken=True):
        assert end <= group.start < group.end <= len(text)
        assert group.digits.isdecimal() and group.digits.isascii()
        end = group.end


@given(st.text(max_size=40))
def test_a_skeleton_is_as_long_as_its_word_and_stays(word: str) -> None:
    bare = numerals.skeleton(word)
    assert len(bare) == len(word) and numerals.skeleton(bare) == bare
