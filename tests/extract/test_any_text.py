"""What every extractor must survive: any text at all, and disguises put together at random."""

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.testing import check_claims
from palermo.vocabulary import Event, EventKind, events_table
from palermo.wiring import plugins

PIECES = [
    "020 7946 0018", "O2O", "siete", "seven", "treinta y", "double", "\u20e3", "\ufe0f", "\u200b", "+", "００", "٣٤",
    "@", "example", ".org", "(at)", " dot ", "hxxp://", "[.]", "t.me/", "telegram:", "£", "1.250,50", "€", "/hour",
    "-", "12/05/2024", "2024年5月", "мая", "tháng", "London", "в Москве", "北京", "กรุงเทพ", "القاهرة", "Paris, TX", "23 años",
    "GB82 WEST 1234 5698 7654 32", "4111 1111 1111 1111", "0x", "a" * 40, "bc1q", "P<UTO", "<" * 44, "AB12 CDE",
    "code", "MTCN", "码", "\n", "\t", " ", "\x00", "ß", "İ", "ſ", "ı", "\u0301", "🏳️‍🌈", "\U0010ffff", "½", "Ⅷ", "〇",
]  # fmt: skip
REGIONS = [None, "GB", "US", "ES", "DE", "FR", "RO", "IT", "CN", "MX", "AR", "ZZ"]


def survives(texts: list[str], region: str | None) -> None:
    rows = [
        Event(kind=EventKind.ADVERT, locator=str(i), text=text, place=text[:30], region=region)
        for i, text in enumerate(texts)
    ]
    events = events_table("x1", rows, "example", "1")
    for extractor in plugins("extractors").values():
        check_claims(extractor.find(events), events, extractor)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=80), max_size=8), st.sampled_from(REGIONS))
def test_any_unicode(texts: list[str], region: str | None) -> None:
    survives(texts, region)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), max_size=8),
    st.sampled_from(REGIONS),
)
def test_pieces_of_identifiers_in_any_order(texts: list[str], region: str | None) -> None:
    survives(texts, region)


@pytest.mark.parametrize("region", REGIONS)
def test_many_lines_of_pieces(region: str | None) -> None:
    dice = random.Random(str(region))
    texts = [dice.choice(["", " "]).join(dice.choices(PIECES, k=12)) for _ in range(300)]
    survives(texts, region)


@pytest.mark.parametrize("name", sorted(plugins("extractors")))
def test_time_grows_with_the_text_and_not_with_its_square(name: str) -> None:
    """A page of a hundred thousand characters of the worst kind is read within seconds."""
    for piece in [
        "1 ",
        "one ",
        "a.",
        "Paris ",
        "@a",
        "1.2.",
        "£1 ",
        "<",
        "AB1 ",
        "北京",
        "code 1 ",
        "0-",
        "Oo ",
    ]:
        text = piece * (20_000 // len(piece))
        events = events_table(
            "x1", [Event(kind=EventKind.PAGE, locator="1", text=text, region="GB")], "example", "1"
        )
        start = time.process_time()
        plugins("extractors")[name].find(events)
        assert time.process_time() - start < 5, piece
