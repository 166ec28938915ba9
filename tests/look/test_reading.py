"""What somebody types, read in every way it can be meant: each row says why it is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.look.reading import clean, compact, named, read

# written, regions, the kind and value that must be among the readings
READ = [
    ("020 7946 0018", ["GB"], "phone:+442079460018", "as dialled at home"),
    ("020 7946 0018", ["RO", "GB"], "phone:+442079460018", "each stated region is tried"),
    ("0044 (0)20 7946-0018", [], "phone:+442079460018", "00 in place of the plus, no region"),
    ("+44 20 7946 0018 ext. 5", [], "phone:+442079460018", "an extension is no digit of it"),
    ("442079460018", [], "phone:+442079460018", "a spreadsheet ate the plus"),
    ("(202) 555-0143", ["US"], "phone:+12025550143", "brackets and hyphens"),
    ("٠٢٠ ٧٩٤٦ ٠٠١٨", ["GB"], "phone:+442079460018", "digits of another script"),
    ("tel:+44-20-7946-0018", [], "phone:+442079460018", "a link's form"),
    ("phone:020 7946 0018", ["GB"], "phone:+442079460018", "the kind said, the value loose"),
    ("\u202a+44 20 7946 0018\u202c", [], "phone:+442079460018", "copied with marks of direction"),
    ("０２０ ７９４６ ００１８", ["GB"], "phone:+442079460018", "full width"),
    ("Helper@Example.org", [], "email:helper@example.org", "capitals"),
    ("<helper@example.org>,", [], "email:helper@example.org", "copied from a mail's head"),
    ("mailto:helper@example.org", [], "email:helper@example.org", "a link's form"),
    ("@quiet_mara", [], "handle:quiet_mara", "a handle of any platform"),
    ("Telegram @quiet_mara", [], "handle:telegram:quiet_mara", "its platform said"),
    ("telegram: quiet_mara", [], "handle:telegram:quiet_mara", "its platform said with a colon"),
    ("quiet_mara", [], "handle:quiet_mara", "without its @"),
    ("https://Ads.example.org/42", [], "url:https://ads.example.org/42", "a capital in the host"),
    ("http://ads.example.org/42", [], "url:https://ads.example.org/42", "either scheme"),
    ("ads.example.org/42/", [], "url:https://ads.example.org/42", "no scheme, a slash more"),
    ("hxxps://ads.example[.]org", [], "domain:example.org", "written so as not to be clicked"),
    ("GB33 BUKB 2020 1555 5555 55", [], "iban:GB33BUKB20201555555555", "in fours"),
    ("IBAN gb33bukb20201555555555", [], "iban:GB33BUKB20201555555555", "small letters, a label"),
    ("4111-1111-1111-1111", [], "card:4111111111111111", "hyphens"),
    ("bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", [],
     "wallet:bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "a payment link's form"),
    ("ab12 cde", [], "plate:GB:AB12CDE", "a plate of a country nobody stated"),
    ("GB: AB12CDE", [], "plate:GB:AB12CDE", "its country said"),
    ("MMSI 235012345", [], "vessel:mmsi:235012345", "said to be one"),
    ("235012345", [], "vessel:mmsi:235012345", "nine digits may be one"),
    ("SHA256:" + "A" * 64, [], f"picture:sha256:{'a' * 64}", "capitals of a hash"),
    ("b" * 64, [], f"picture:pdq:{'b' * 64}", "64 digits may be either hash"),
    ("passport GBR123456", [], "document:GBR123456", "a number whose issuer is not told"),
    ("passport:gbr:123456789", [], "document:passport:GBR:123456789", "in full"),
    ("20-00-00 55779911", [], "account:20000055779911", "a sort code before an account"),
    ("Quill, MARA", [], "name:mara quill", "the family name first"),
    ("  Núñez  García ", [], "name:nunez garcia", "marks and spaces"),
    ("阮文安", [], f"name:{named('阮文安')}", "a name without spaces"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "regions", "node", "why"), READ)
def test_a_writing_is_read_as(written: str, regions: list[str], node: str, why: str) -> None:
    readings, _ = read(clean(written), regions)
    assert node in [f"{r.kind}:{r.value}" for r in readings], why


# written, regions, words of the fault
WRONG = [
    ("GB33 BUKB 2020 1555 5555 56", "IBAN its checksum is wrong", "one digit off"),
    ("GB33 BUKB 2020 1555 5555", "IBAN its length or structure is wrong", "cut off"),
    ("4111 1111 1111 1112", "card of visa its checksum is wrong", "Luhn's digit off"),
    ("0x52908400098527886E0F7030069857D2E4169Ee7", "coin's address its checksum is wrong", "EIP-55"),
    ("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3", "coin's address its checksum is wrong", "Base58Check"),
    ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "coin's address its checksum is wrong", "bech32"),
    ("020 7946 0018", "no exhibit of the case states a region", "national, nobody said where"),
    ("d41d8cd98f00b204e9800998ecf8427e", "an MD5 digest", "no digest that a case keeps"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "fault", "why"), WRONG)
def test_what_is_wrong_with_a_writing_is_told(written: str, fault: str, why: str) -> None:
    _, faults = read(clean(written), [])
    assert any(fault in told for told in faults), (why, faults)


NOTHING = ["???", "-", "12", "...", "#", "a", "1/2"]


@pytest.mark.parametrize("written", NOTHING)
def test_what_has_no_form_has_no_sure_reading(written: str) -> None:
    assert not any(r.sure for r in read(clean(written), ["GB", "US"])[0])


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text: str) -> None:
    readings, faults = read(clean(text), ["GB"])
    assert all(r.how.startswith(("as ", "by ")) for r in readings) and all(faults)
    assert compact(compact(text)) == compact(text)
