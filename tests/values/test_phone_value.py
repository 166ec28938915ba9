"""Numbering plans read from metadata, held against phonenumbers' own parser."""

import random

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from palermo.values import phone
from palermo.values.phone import Form

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
TYPES = [PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE]


def digits(text: str) -> str:
    return "".join(c for c in text if c.isdecimal())


def slow(written: str, region: str | None) -> str | None:
    """The obvious way: let phonenumbers do all of it."""
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def fast(written: str, region: str | None) -> str | None:
    number = phone.resolve(digits(written), region, written.startswith("+"))
    return number.value if number and number.valid else None


@pytest.mark.parametrize("region", REGIONS)
def test_agrees_with_phonenumbers_on_its_examples(region: str) -> None:
    for kind in TYPES:
        number = phonenumbers.example_number_for_type(region, kind)
        if number is None:
            continue
        e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
        assert fast(e164, None) == e164 == slow(e164, None)
        assert fast(national, region) == slow(national, region)


def test_agrees_with_phonenumbers_on_numbers_made_at_random() -> None:
    dice = random.Random(7)
    seen = 0
    for _ in range(3000):
        region = dice.choice(REGIONS)
        example = phonenumbers.example_number(region)
        national = digits(phonenumbers.format_number(example, PhoneNumberFormat.NATIONAL))
        keep = dice.randrange(1, len(national))
        written = national[:keep] + "".join(dice.choices("0123456789", k=len(national) - keep))
        if dice.random() < 0.5:
            written = f"+{example.country_code}{written.removeprefix('0')}"
        ours, theirs = fast(written, region), slow(written, region)
        if theirs:
            seen += 1
            assert ours == theirs, (written, region)
        elif ours:
            # What it does not know: drama's ranges, and a country code without its plus.
            number = phone.resolve(digits(written), region, written.startswith("+"))
            kept_free = phone._RESERVED.fullmatch(ours[1:])
            assert number and (kept_free or number.form in (Form.CODE, Form.INTERNATIONAL))
    assert seen > 500


@pytest.mark.parametrize(
    ("written", "region", "value", "why"),
    [
        ("020 7946 0018", "GB", "+442079460018", "national"),
        ("+44 (0)20 7946 0018", None, "+442079460018", "trunk prefix after the country code"),
        ("0044 20 7946 0018", "FR", "+442079460018", "dialled from abroad"),
        ("011 44 20 7946 0018", "US", "+442079460018", "dialled from America"),
        ("(212) 555-0123", "US", "+12125550123", "national"),
        ("07700 900123", "GB", "+447700900123", "kept free for drama"),
        ("447700900123@s.whatsapp.net", None, "+447700900123", "a messenger's account"),
        ("8 (912) 345-67-89", "RU", "+79123456789", "Russian trunk prefix"),
        ("06 698 12345", "IT", "+390669812345", "an Italian zero is part of the number"),
        ("+870 773 111 632", None, "+870773111632", "satellite"),
        ("٠٢٠ ٧٩٤٦ ٠٠١٨", "GB", "+442079460018", "Arabic figures"),
        ("020 7946 0018", None, None, "no country, no number"),
        ("Anna", "GB", None, "a name"),
        ("", "GB", None, "nothing"),
        ("12345", "GB", None, "a short code"),
        ("0000000000", "GB", None, "a filler, still led by a trunk prefix when one is taken off"),
        ("0011", "AU", None, "a prefix for calls abroad and nothing after it"),
        ("3051108", "CA", None, "a local number, whose area is not said"),
    ],
)
def test_normalise(written: str, region: str | None, value: str | None, why: str) -> None:
    assert phone.normalise(written, region) == value, why
    if value:
        assert phone.validate(value), why


@given(st.text(max_size=40), st.sampled_from([None, "GB", "US", "IT", "MX", "AR", "BR"]))
def test_normalise_never_raises_and_stays(text: str, region: str | None) -> None:
    value = phone.normalise(text, region)
    if value is not None:
        assert phone.normalise(value, region) == value


@given(st.text(alphabet="0123456789", max_size=18), st.sampled_from([None, *REGIONS]))
def test_normalise_of_figures_stays(text: str, region: str | None) -> None:
    value = phone.normalise(text, region)
    if value is not None:
        assert phone.normalise(value, None) == value
