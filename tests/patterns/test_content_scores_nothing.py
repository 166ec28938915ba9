"""What an advert says of journeys, work and documents is shown and never scored: with these claims
and without them, matchers, patterns, identities and risks are the same."""

from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from evidence import EXHIBIT, START, Case, groups
from palermo.link.identities import identities
from palermo.review import risk
from palermo.safeguards.masking import CONTACT, PERSONAL
from palermo.store.engine import Tables
from palermo.vocabulary import (
    CLAIMS,
    CONTENT_KINDS,
    EVENTS,
    PARTAKING,
    Event,
    EventKind,
    Kind,
    Role,
    events_table,
)
from palermo.wiring import plugins

NEW = ("route", "fee", "term", "service", "offer", "departure", "wording", "name")
OFFER = (
    "Transport by car from {a} to {b} every Friday, 900 EUR per person, pay on arrival, money is held by"
    " the office and released by code. New in town, our girls and workers are kind, no experience needed,"
    " passports are kept by the employer until the debt is paid. Ask for {name}, call {phone}"
)
ROWS = [
    ("Tirana", "Milan", "Maria", "+44 20 7946 0018", "Leeds"),
    ("Tirana", "Milan", "Maria", "+44 20 7946 0018", "York"),
    ("Tirana", "Milan", "Elena", "+44 20 7946 0018", "Bristol"),
    ("Kabul", "Istanbul", "Maria", "+44 20 7946 0027", "Leeds"),
    ("Durrës", "Bari", "Peter", "+44 20 7946 0036", "London"),
]


@pytest.fixture(scope="module")
def events() -> pa.Table:
    adverts = [
        Event(
            kind=EventKind.ADVERT,
            locator=f"row:{n}",
            text=OFFER.format(a=a, b=b, name=name, phone=phone),
            time=START + timedelta(days=3 * n),
            zone="UTC",
            place=place,
        )
        for n, (a, b, name, phone, place) in enumerate(ROWS)
    ]
    return events_table(EXHIBIT, adverts, "example", "1", "GB")


def claims(events: pa.Table, without: tuple[str, ...] = ()) -> pa.Table:
    read = [
        x.find(events).cast(CLAIMS) for n, x in plugins("extractors").items() if n not in without
    ]
    return pa.concat_tables(read)


def seen(events: pa.Table, claims: pa.Table) -> tuple[dict[str, list], set[frozenset[str]]]:
    """Return what every matcher and pattern sees, by name, and who is taken for one."""
    case = Case(events=events.to_pylist(), claims=claims.to_pylist())
    links = {name: matcher.match(case) for name, matcher in plugins("matchers").items()}
    case.links = pa.concat_tables(links.values())
    case.identities = identities(case.links)
    found = {name: pattern.find(case).to_pylist() for name, pattern in plugins("patterns").items()}
    told = {name: table.to_pylist() for name, table in links.items()} | found
    return told, groups(case.identities)


def test_nothing_that_links_or_scores_sees_them(events: pa.Table) -> None:
    whole, bare = claims(events), claims(events, without=NEW)
    read = {claim["kind"] for claim in whole.to_pylist()}
    assert read > {"route", "fee", "term", "service", "departure", "wording", "name"}
    with_them, without_them = seen(events, whole), seen(events, bare)
    assert with_them == without_them
    assert with_them[0]["same_identifier"] and with_them[0]["near_text"], (
        "there is something to see"
    )


def test_strangers_who_write_alike_stay_strangers(events: pa.Table) -> None:
    """A common first name, the same wording and the same terms tie nobody."""
    _, who = seen(events, claims(events))
    ids = events["id"].to_pylist()
    together = [group & set(ids) for group in who if len(group & set(ids)) > 1]
    assert together == [set(ids[:3])], (
        "the first three give one phone; the others share words alone"
    )


def test_no_risk_is_told_by_them(events: pa.Table) -> None:
    for read in (claims(events), claims(events, without=NEW)):
        tables = Tables(Path(), {}, {"events": events.cast(EVENTS), "claims": read})
        try:
            assert risk.signs(tables, {}).num_rows == 0
        finally:
            tables.close()


def test_every_kind_of_content_takes_no_part(events: pa.Table) -> None:
    roles = {(c["kind"], c["role"]) for c in claims(events).to_pylist()}
    content = {role for kind, role in roles if kind in CONTENT_KINDS}
    assert content == {Role.CONTENT} and Role.CONTENT not in PARTAKING
    assert {role for kind, role in roles if kind == Kind.NAME} == {Role.MENTIONED}


def test_each_kind_is_masked_or_content_on_purpose() -> None:
    """A new kind must be put somewhere: a value of nobody, somebody's own, or a thing of the site."""
    nobodys = {Kind.DOMAIN, Kind.PICTURE, Kind.DEVICE, Kind.VESSEL}
    assert not CONTENT_KINDS & (PERSONAL | CONTACT)
    assert set(Kind) == CONTENT_KINDS | PERSONAL | CONTACT | nobodys
