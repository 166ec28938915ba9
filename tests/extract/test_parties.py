"""Parties of a record as claims."""

import pytest

from palermo.extract.parties import Parties
from palermo.testing import check_claims
from palermo.vocabulary import Event, EventKind, Kind, Party, Role, events_table


def find(*parties: Party, text: str = "", region: str | None = "GB") -> list[dict]:
    event = Event(
        kind=EventKind.MESSAGE, locator="row:1", text=text, parties=list(parties), region=region
    )
    events = events_table("x1", [event], "example", "1")
    claims = Parties().find(events)
    check_claims(claims, events, Parties())
    return claims.to_pylist()


@pytest.mark.parametrize(
    ("kind", "written", "value", "why"),
    [
        (Kind.PHONE, "020 7946 0018", "+442079460018", "national, by region"),
        (Kind.PHONE, "447700900123@s.whatsapp.net", "+447700900123", "a messenger's account"),
        (Kind.EMAIL, "Anna@Example.org", "anna@example.org", "case"),
        (Kind.HANDLE, "telegram:@Example_Travel", "telegram:example_travel", "case and @"),
        (Kind.IBAN, "GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432", "spaces"),
        (Kind.ACCOUNT, "12-34-56 12345678", "12345612345678", "separators"),
        (Kind.CARD, "4111 1111 1111 1111", "4111111111111111", "spaces"),
        (Kind.NAME, "  Anna   Example ", "Anna Example", "spaces"),
        (Kind.NAME, "Anna\u0301", "Anná", "composed"),
        (Kind.VESSEL, "235012345", "mmsi:235012345", "MMSI"),
        (Kind.VESSEL, "mmsi:235012345", "mmsi:235012345", "MMSI with its prefix"),
        (Kind.PICTURE, "A" * 64, "sha256:" + "a" * 64, "a bare digest is SHA-256"),
        (Kind.PICTURE, "pdq:" + "0f" * 32, "pdq:" + "0f" * 32, "perceptual hash"),
        (Kind.DEVICE, "exif:Maker:Model X:123", "exif:Maker:Model X:123", "as given"),
        (Kind.URL, "WWW.Example.org/A", "https://www.example.org/A", "host folded"),
        (Kind.DOMAIN, "www.example.co.uk", "example.co.uk", "registered domain"),
        (Kind.PLACE, "antenna:x1:4711", "antenna:x1:4711", "an antenna"),
        (Kind.WALLET, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
         "bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "checksum"),
        (Kind.PLATE, "AB12 CDE", "GB:AB12CDE", "by region"),
        (Kind.REFERENCE, "inv 2024-001", "INV2024001", "separators"),
    ],
)  # fmt: skip
def test_normalises(kind: Kind, written: str, value: str, why: str) -> None:
    [claim] = find(Party(Role.SENDER, kind, written))
    assert (claim["value"], claim["role"], claim["confidence"]) == (value, "sender", 1.0), why


@pytest.mark.parametrize(
    ("kind", "written"),
    [(Kind.PHONE, "Anna"), (Kind.PHONE, "12"), (Kind.EMAIL, "nobody"), (Kind.IBAN, "GB00"),
     (Kind.VESSEL, "12"), (Kind.PICTURE, "zz"), (Kind.URL, "not a url"), (Kind.ACCOUNT, "?")],
)  # fmt: skip
def test_what_has_no_usual_form_is_kept_as_written(kind: Kind, written: str) -> None:
    [claim] = find(Party(Role.SENDER, kind, written))
    assert claim["value"] == f"raw:{written}" and claim["confidence"] < 0.5


def test_spans_stand_in_the_text() -> None:
    text = "17;020 7946 0018;Anna"
    [claim] = find(Party(Role.CALLER, Kind.PHONE, "020 7946 0018", 3, 16), text=text)
    assert (claim["start"], claim["end"], claim["written"]) == (3, 16, "020 7946 0018")


def test_a_span_outside_the_text_is_left_out() -> None:
    [claim] = find(Party(Role.CALLER, Kind.PHONE, "020 7946 0018", 30, 43), text="short")
    assert claim["start"] is None and claim["written"] == "020 7946 0018"


def test_nothing_written_is_no_claim() -> None:
    assert find(Party(Role.SENDER, Kind.NAME, "  ")) == []


def test_without_a_country_a_national_number_stays_as_written() -> None:
    [claim] = find(Party(Role.CALLER, Kind.PHONE, "020 7946 0018"), region=None)
    assert claim["value"] == "raw:020 7946 0018"
