"""The parts a case is made of: check digits, disguises, sentences, pictures, identical workbooks."""

import io
import random
import re
import unicodedata

import numpy as np
import pytest
from PIL import Image
from stdnum import bitcoin, iban

from palermo.decode.pictures.pdq import compute
from palermo.simulate import identifiers, pictures, writing
from palermo.simulate.phrases import SLOT, SPAN, tongue
from palermo.simulate.story import Shot
from palermo.simulate.workbook import workbook
from palermo.simulate.world import CATEGORIES, LANGUAGES, cities, city


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "from ERC-55 itself"),
        ("fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "from ERC-55 itself"),
        ("dbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "from ERC-55 itself"),
    ],
)
def test_ethereum_addresses_carry_their_capitals(text: str, why: str):
    assert identifiers.eip55(bytes.fromhex(text)) == "0x" + text, why


def test_known_addresses_are_written_as_published():
    program = bytes.fromhex("751e76e8199196d454941c45d1b3a323f1433bd6")  # BIP 173
    assert identifiers.bech32("bc", 0, program) == "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
    empty = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert identifiers.keccak256(b"").hex() == empty


def test_identifiers_pass_other_peoples_checks_and_come_once():
    pool = identifiers.Pool(random.Random(3), "3")
    ibans = [pool.iban(country) for country in ("GB", "RO", "NL") * 30]
    assert all(iban.is_valid(value) for value in ibans)
    wallets = [pool.wallet().split(":") for _ in range(60)]
    assert all(bitcoin.is_valid(value) for kind, value in wallets if kind == "bitcoin")
    assert {kind for kind, _ in wallets} == {"bitcoin", "ethereum"}
    phones = [pool.phone(city("London")) for _ in range(1500)]  # more than London has
    assert len(set(phones)) == 1500
    assert all(phone.startswith("+44") for phone in phones)


def _digits(text: str, language: str) -> str:
    """Read a disguised number as a person would."""
    names = writing.SPANISH if "palabras" in language else writing.ENGLISH
    text = re.sub("|".join(names), lambda m: str(names.index(m[0])), text)
    text = text.replace(writing.KEYCAP, "").translate(str.maketrans("OoОlSB", "000158"))
    return "".join(
        str(unicodedata.digit(c)) for c in text if unicodedata.digit(c, None) is not None
    )


@pytest.mark.parametrize("trick", sorted(writing.TRICKS))
@pytest.mark.parametrize("phone", ["+442079460018", "+441614960158", "+17135550142"])
def test_a_disguise_keeps_the_number(trick: str, phone: str):
    for seed in range(20):
        text = writing.TRICKS[trick](writing.national(phone), random.Random(seed))
        assert _digits(text, trick) == "".join(writing.national(phone))


def test_a_foreign_number_keeps_its_country_code():
    rng = random.Random(1)
    for _ in range(50):
        text, trick = writing.phone_text("+17135550142", "GB", "en", rng, 1.0)
        assert trick == "plain"
        assert re.sub(r"\D", "", text).removeprefix("00") == "17135550142"


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_have_no_slot_that_nothing_fills(language: str):
    sentences = tongue(language)
    known = {
        *sentences["slots"],
        "given",
        "city",
        "price",
        "contact",
        "amount",
        "iban",
        "code",
        "x",
    }
    assert set(sentences["titles"]) == set(sentences["offers"]) == set(CATEGORIES)
    patterns = [*sentences["common"], *sentences["calls"], *sentences["traps"].values()]
    for group in (sentences["titles"], sentences["offers"], sentences["chat"]):
        patterns += [pattern for value in group.values() for pattern in value]
    for pattern in patterns:
        for slot in SLOT.findall(pattern):
            assert slot in known or SPAN.fullmatch(slot), pattern
    assert all("{contact}" in pattern for pattern in sentences["calls"])


def bits(image: Image.Image) -> np.ndarray:
    return np.unpackbits(np.frombuffer(compute(np.asarray(image.convert("RGB")))[0], np.uint8))


def test_pictures_differ_and_their_copies_do_not():
    """By PDQ: two shots are told apart, and every copy is far inside the usual 31 bits."""
    here = cities()[0]
    shots = [Shot(n, here, None) for n in range(24)]  # type: ignore[arg-type]
    hashes = [bits(pictures.draw(4, shot.id)) for shot in shots]
    for n, first in enumerate(hashes):
        for second in hashes[:n]:
            assert (first != second).sum() > 60
    for shot, whole in zip(shots[:6], hashes, strict=False):
        copies = [pictures.shown(4, shot, variant) for variant in range(4)]
        assert len(set(copies)) == 4
        for copy in [*copies, pictures.sent(4, shot)]:
            assert (bits(Image.open(io.BytesIO(copy))) != whole).sum() <= 24


def test_the_same_cells_give_the_same_workbook():
    rows = [["a", 1], ["b", 2.5]]
    assert workbook({"Sheet": rows}) == workbook({"Sheet": rows})
