"""Phone numbers of every country as they are written there and abroad, and what is read of a batch."""

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from palermo.extract.phone import Phone
from palermo.testing import check_extractor
from palermo.values.dividing import FEWEST

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
# Examples that count upwards to ten, as forms do to show what is wanted, or that are dates.
LIKE_OTHER_THINGS = {("AT", PhoneNumberType.FIXED_LINE), ("NC", PhoneNumberType.FIXED_LINE)}


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("kind", [PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE])
def test_the_forms_of_every_country(region: str, kind: int) -> None:
    number = phonenumbers.example_number_for_type(region, kind)
    if number is None or (region, kind) in LIKE_OTHER_THINGS:
        pytest.skip("no example, or one that is likelier another thing")
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    abroad = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    texts = [f"Room to let, {abroad} evenings"]
    if len(phonenumbers.national_significant_number(number)) >= FEWEST:
        texts += [f"Room to let, {national} evenings", f"tel {national}"]
    value = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    for text, claims in zip(texts, check_extractor(Phone(), texts, region), strict=True):
        assert [c["value"] for c in claims] == [value], text


def test_a_text_is_read_alike_alone_and_beside_spoken_and_reversed_ones() -> None:
    texts = [
        "call 020 7946 0018",
        "zero seven seven double zero nine double zero one two three",
        "read backwards 321009 00770",
        "nothing here",
    ]
    together = [[c["value"] for c in claims] for claims in check_extractor(Phone(), texts, "GB")]
    alone = [[c["value"] for c in check_extractor(Phone(), [text], "GB")[0]] for text in texts]
    assert together == alone == [["+442079460018"], ["+447700900123"], ["+447700900123"], []]


def test_a_disguise_is_named_and_costs_confidence() -> None:
    [plain], [hidden], [turned] = check_extractor(
        Phone(), ["020 7946 0018", "O2O 7946 0018", "8100 6497 020 backwards"], "GB"
    )
    assert plain["confidence"] > hidden["confidence"] > 0.8
    assert "letters for digits" in str(hidden["reason"])
    assert "from its end" in str(turned["reason"])
