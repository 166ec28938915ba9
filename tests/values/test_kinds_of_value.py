"""Every kind of value: published vectors, and what normalising must never do."""

import unicodedata
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from palermo.values import (
    age,
    card,
    date,
    document,
    email,
    handle,
    iban,
    name,
    plate,
    price,
    reference,
    text,
    url,
    wallet,
)
from palermo.values.keccak import keccak256

KINDS: dict[str, Callable[[str], str | None]] = {
    "age": age.normalise,
    "card": card.normalise,
    "date": date.normalise,
    "email": email.normalise,
    "handle": handle.normalise,
    "iban": iban.normalise,
    "name": name.normalise,
    "plate": lambda written: plate.normalise(written.split(":")[-1], "GB"),
    "price": price.normalise,
    "reference": reference.normalise,
    "url": url.normalise,
    "wallet": wallet.normalise,
}
LIKELY = st.one_of(
    st.text(max_size=50),
    st.text(alphabet="0123456789.,:/-+@[] aAbBzGBEURxXt٣é", max_size=40),
    st.sampled_from(
        [
            "HTTP://Example.ORG:80/a",
            "A@Example.org",
            "Telegram: @Name_1",
            "120 GBP/hour",
            "007",
            "1e5 GBP",
        ]
    ),
)


@pytest.mark.parametrize("kind", KINDS)
@given(written=LIKELY)
def test_normalising_twice_changes_nothing(kind: str, written: str) -> None:
    once = KINDS[kind](written)
    if once is not None:
        assert KINDS[kind](once) == once


@pytest.mark.parametrize(
    ("data", "digest"),
    [
        (b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        (b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
    ],
)
def test_keccak(data: bytes, digest: str) -> None:
    assert keccak256(data).hex() == digest


def test_keccak_absorbs_block_after_block() -> None:
    seen = {keccak256(b"a" * n) for n in range(130, 280)}
    assert len(seen) == 150 and all(len(d) == 32 for d in seen)


@pytest.mark.parametrize(
    "address",  # the examples of EIP-55
    ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
     "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"],
)  # fmt: skip
def test_eip55(address: str) -> None:
    assert wallet.eip55(address.lower()) == address
    assert wallet.normalise(address[:-1] + address[-1].swapcase()) is None or address[-1].isdigit()


@pytest.mark.parametrize(
    "address",  # invalid addresses of BIP 173 and BIP 350
    ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2", "bc1rw5uspcuh",
     "bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90", "bc1gmk9yu",
     "bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du", "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
     "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", "bc1pw5dgrnzv"],
)  # fmt: skip
def test_wrong_witness_addresses_are_refused(address: str) -> None:
    assert wallet.normalise(address) is None


@pytest.mark.parametrize(
    ("field", "digit"),  # the worked examples of ICAO Doc 9303, part 3
    [("520727", 3), ("AB2134<<<", 5), ("740812", 2), ("120415", 9), ("L898902C3", 6)],
)
def test_icao_check_digit(field: str, digit: int) -> None:
    assert document.check_digit(field) == digit


def test_every_changed_figure_of_a_zone_is_noticed() -> None:
    first = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    second = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
    for at in [*range(0, 10), *range(13, 20), *range(21, 28)]:
        c = second[at]  # by one: a check digit cannot see a change by ten
        other = str((int(c) + 1) % 10) if c.isdigit() else chr(ord(c) + 1)
        zone = document.parse([first, second[:at] + other + second[at + 1 :]])
        assert zone is None or zone.wrong, at


@pytest.mark.parametrize(
    ("written", "multiple", "value"),
    [
        ("1.250,50", "", "1250.50"), ("1,250.50", "", "1250.50"), ("1 250", "", "1250"), ("1.250", "", "1250"),
        ("1.25", "", "1.25"), ("1'250.5", "", "1250.5"), ("٥٠٠٫٥", "", "500.5"), ("2,5", "mil", "2500.0"),
        ("3", "万", "30000"), ("1.250.000", "", "1250000"), ("", "", None), ("9" * 30, "", None),
    ],
)  # fmt: skip
def test_amount(written: str, multiple: str, value: str | None) -> None:
    assert price.amount(written, multiple) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("Đà Nẵng", "da nang", "Vietnamese, with Đ"), ("Łódź", "lodz", "Polish"), ("Straße", "STRASSE", "German"),
        ("IĞDIR", "iğdir", "Turkish"), ("مَدْرَسَة", "مدرسه", "Arabic vowels and ta marbuta"),
        ("أحمد", "احمد", "hamza"), ("ـــمصر", "مصر", "stretched"), ("ёлка", "елка", "ё"), ("Сергей", "сергеи", "й"),
        ("ＡＢＣ", "abc", "full width"), ("한국", "한국", "Hangul stays whole"), ("Ørsted", "orsted", "Danish"),
        ("ﬁne", "fine", "ligature"), ("Ｏ２Ｏ", "o2o", "full width"), ("کتاب", "كتاب", "Persian keheh"),
    ],
)  # fmt: skip
def test_fold(a: str, b: str, why: str) -> None:
    assert text.fold(a) == text.fold(b), why


def test_fold_cuts_scripts_without_spaces_into_pairs() -> None:
    assert text.fold("北京租房").split() == ["北京", "京租", "租房"]
    assert text.fold("ราคา").split() == ["รา", "าค", "คา"]
    assert "京租" in text.fold("在北京租房 now").split()


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(written: str) -> None:
    once = text.fold(written)
    assert " ".join(text.fold(once).split()) == " ".join(once.split())


@given(st.text(max_size=60))
def test_fold_forgets_case(written: str) -> None:
    # a subscript iota is a mark to a reader, and a letter of its own to `casefold`
    assume("\u0345" not in unicodedata.normalize("NFKD", written))
    assert text.fold(written.casefold()).split() == text.fold(written).split()
