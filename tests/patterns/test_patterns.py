"""What the patterns find, what they leave alone, and whom they may never be about."""

import json
from datetime import timedelta
from decimal import Decimal

import pyarrow as pa
import pytest

from evidence import START, Case
from palermo.link.identities import identities
from palermo.link.near_text import NearText
from palermo.link.same_identifier import SameIdentifier
from palermo.patterns.bridge import Bridge
from palermo.patterns.burst import Burst
from palermo.patterns.circuit import Circuit
from palermo.patterns.instalments import Instalments
from palermo.patterns.shared_contact import SharedContact
from palermo.patterns.template import Template, around
from palermo.testing import check_pattern

ME, PAYER, OTHER = "+442079460001", "+442079460002", "+442079460003"
TOWNS = {"Leeds": (53.80, -1.55), "London": (51.51, -0.13), "Cardiff": (51.48, -3.18)}
PATTERNS = (Bridge, Burst, Circuit, Instalments, SharedContact, Template)


def link(case: Case) -> Case:
    case.links = NearText().match(case)
    case.links = pa.concat_tables([SameIdentifier().match(case), case.links])
    case.identities = identities(case.links)
    return case


def find(pattern: type, case: Case) -> list[dict]:
    table = check_pattern(pattern(), link(case))
    return [row | {"details": json.loads(row["details"])} for row in table.to_pylist()]


def at(town: str) -> dict:
    lat, lon = TOWNS[town]
    return {"name": town, "lat": str(lat), "lon": str(lon)}


def touring(case: Case, phone: str = ME) -> None:
    for n, town in enumerate(["Leeds", "London", "Cardiff", "Leeds", "London"]):
        place = ("content", "place", f"geonames:{town}", at(town))
        time = START + timedelta(days=3 * n)
        case.advert(f"ad{n}", f"phone:{phone}", claims=[place], place=town, time=time)


def test_circuit_tells_the_stays_in_order():
    case = Case()
    touring(case)
    (found,) = find(Circuit, case)
    assert found["subjects"] == [f"phone:{ME}"]
    assert [s["place"] for s in found["details"]["stays"]] == [
        "Leeds", "London", "Cardiff", "Leeds", "London",
    ]  # fmt: skip
    assert "4 moves" in found["reason"] and "5 only claimed" in found["reason"]
    assert "Adverts only say" in found["counter"]


def test_two_cities_at_once_are_told_with_the_circuit():
    case = Case()
    touring(case)
    for n, town in enumerate(("Leeds", "Cardiff")):
        claims = [("holder", "phone", ME)]
        lat, lon = TOWNS[town]
        time = START + timedelta(days=30, minutes=n)
        case.event(f"p{n}", kind="position", claims=claims, time=time, lat=lat, lon=lon)
    (found,) = find(Circuit, case)
    assert len(found["details"]["contradictions"]) == 1
    assert "could not be one person's" in found["counter"]


def calls_from(case: Case, phone: str) -> None:
    for n, town in enumerate(["Leeds", "London", "Cardiff", "Leeds", "London"]):
        lat, lon = TOWNS[town]
        claims = [("caller", "phone", phone), ("callee", "phone", OTHER)]
        details = {"direction": "out"}
        time = START + timedelta(days=2 * n)
        case.event(
            f"c{n}{phone}", kind="call", claims=claims, time=time, lat=lat, lon=lon, details=details
        )


def test_a_journey_alone_is_no_finding():
    case = Case()
    calls_from(case, PAYER)
    assert find(Circuit, case) == []


def persona(case: Case, n: int, phone: str = ME, **content: str) -> None:
    claims = [("content", kind, value) for kind, value in content.items()]
    case.advert(f"ad{n}", f"phone:{phone}", claims=claims, time=START, text=f"advert {n}")


def test_shared_contact_counts_names_and_ages():
    case = Case()
    for n, (name, age) in enumerate(
        [("Example A", "24"), ("Example B", "31"), ("Example C", "24")]
    ):
        persona(case, n, name=name, age=age)
    (found,) = find(SharedContact, case)
    assert found["subjects"] == [f"phone:{ME}"]
    assert found["title"] == "One phone behind 3 personas"
    assert "3 names, 2 ages more than two years apart" in found["reason"]
    assert "interpreter" in found["counter"]


@pytest.mark.parametrize(
    ("personas", "why"),
    [
        ([{"name": "Example A"}] * 3, "one name"),
        ([{"age": "24"}, {"age": "25"}, {"age": "26"}], "birthdays"),
        ([{}, {}, {}], "different offers by one person"),
        ([{"name": "Example A"}, {"name": "Example B"}], "too few adverts"),
    ],
)
def test_what_is_no_shared_contact(personas, why):
    case = Case()
    for n, content in enumerate(personas):
        persona(case, n, **content)
    assert find(SharedContact, case) == [], why


def in_towns(days: list[list[str]]) -> Case:
    """One contact's adverts: the towns of each day."""
    case = Case()
    for day, towns in enumerate(days):
        for town in towns:
            place = ("content", "place", f"geonames:{town}", at(town))
            case.advert(
                f"{day}{town}", f"phone:{ME}", time=START + timedelta(days=day), claims=[place]
            )
    return case


@pytest.mark.parametrize(
    ("days", "towns", "why"),
    [
        ([["Leeds", "London"]] * 3, 2, "two towns on each of three days: nobody goes to and fro"),
        ([["Leeds", "London", "Cardiff"]], 3, "three towns on one day"),
        ([["Leeds", "London"], ["London"], ["London", "Cardiff"]], None, "one who moves"),
        ([["Leeds"], ["London"], ["Cardiff"], ["Leeds"]], None, "a tour"),
    ],
)
def test_towns_that_one_person_cannot_be_in(days, towns, why):
    found = find(SharedContact, in_towns(days))
    assert [row["details"]["towns"] for row in found] == ([towns] if towns else []), why
    for row in found:
        assert f"{towns} towns far apart on one day" in row["reason"]
        assert "ahead" in row["counter"]


WORDS = (
    "seats every week to the coast in a warm vehicle with a careful driver small bags are welcome"
)


def test_template_is_readable_and_its_slots_are_open():
    case = Case()
    for n in range(4):
        phone = f"+4420794600{n:02d}"
        text = f"{WORDS} write to {phone} and ask for the next departure from Town{n} please"
        id = case.advert(f"t{n}", f"phone:{phone}", time=START, text=text)
        start = text.index("+44")
        case.claim(id, "poster", "phone", phone, start, start + 13)
    (found,) = find(Template, case)
    details = found["details"]
    expected = (
        f"{WORDS} write to {{phone}} and ask for the next departure from Town{{number}} please"
    )
    assert (details["template"], details["accounts"], details["adverts"]) == (expected, 4, 4)
    slots = {slot["name"]: slot["values"] for slot in details["slots"]}
    assert list(slots) == ["phone", "number"], "in the order of the text"
    assert slots["phone"] == {
        row["event"]: row["value"] for row in case.claims if row["kind"] == "phone"
    }
    assert sorted(slots["number"].values()) == ["0", "1", "2", "3"]
    assert "copied" in found["counter"]


def test_a_template_within_one_account_is_no_finding():
    case = Case()
    for n in range(4):
        case.advert(f"t{n}", f"phone:{ME}", time=START, text=f"{WORDS} number {n}")
    assert find(Template, case) == []


def test_the_language_of_a_trade_is_no_template():
    case = Case()
    trade = "please call after six in the evening and ask for the manager of the depot"
    for n in range(4):
        case.advert(f"t{n}", f"phone:+4420794600{n:02d}", time=START, text=f"{trade} in row {n}")
    assert find(Template, case)[0]["details"]["accounts"] == 4
    for n in range(9):
        text = f"{WORDS[::-1]} {n} or {trade} {WORDS}"
        case.advert(f"o{n}", f"phone:+4420794601{n:02d}", time=START, text=text)
    assert [f for f in find(Template, case) if f["details"]["accounts"] == 4] == []


def test_any_event_shows_the_template_of_the_texts_near_it():
    case = Case()
    events = [case.advert(f"t{n}", f"phone:{ME}", text=f"{WORDS} number {n}") for n in range(3)]
    alone = case.advert("alone", text="nobody else says anything like this about an old piano")
    case.links = NearText().match(case)
    for event in events:
        found = around(case, event)
        assert found["template"] == f"{WORDS} number {{number}}" and found["adverts"] == 3
        values = {event: str(n) for n, event in enumerate(events)}
        assert found["slots"] == [{"name": "number", "values": values}]
    assert around(case, alone) is None


def test_a_template_tells_no_number_that_nothing_has_read():
    case = Case()
    numbers = ["020 7946 0011", "0 2 0 7 9 4 6 0 0 1 2", "020-7946-0013"]
    for n, number in enumerate(numbers):
        case.advert(f"t{n}", f"phone:{ME}", text=f"{WORDS} or ask the neighbour at {number} please")
    case.links = NearText().match(case)
    found = around(case, case.events[0]["id"])
    assert found["template"] == f"{WORDS} or ask the neighbour at {{number}} please"
    (slot,) = found["slots"]
    assert slot["name"] == "number" and set(slot["values"].values()) == {"…"}


def posted(case: Case, key: str, day: float, **values) -> None:
    time = START + timedelta(days=day)
    case.advert(key, f"phone:{ME}", time=time, text=key, **values)


def test_burst_against_the_own_rate():
    case = Case()
    for day in range(60):
        posted(case, f"usual{day}", day)
    for n in range(15):
        posted(case, f"busy{n}", 30 + n / 100)
    (found,) = find(Burst, case)
    assert found["title"] == "16 adverts posted on 2026-03-31"
    assert found["details"]["usual"] == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("per_day", [1, 12])
def test_a_steady_rate_is_no_burst(per_day):
    case = Case()
    for n in range(20 * per_day):
        posted(case, f"a{n}", n / per_day)
    assert find(Burst, case) == []


def test_a_crawl_is_no_burst_of_the_poster():
    case = Case()
    page = "e" + "0" * 32
    for day in (0, 40):
        posted(case, f"early{day}", day, within=page)
    for n in range(30):
        posted(case, f"a{n}", 20, within=page)
    assert find(Burst, case) == []


def instalment(case: Case, payer: str, n: int, code: str, payee: str = ME) -> None:
    time = START + timedelta(days=n)
    claims = [("payer", "phone", payer), ("payee", "phone", payee)]
    values = {"amount": Decimal("400.00"), "currency": "GBP", "text": f"transfer {code} part {n}"}
    case.event(f"pay{payer}{n}{code}", kind="payment", claims=claims, time=time, **values)
    claims = [("sender", "phone", payee), ("recipient", "phone", payer)]
    text = f"arrived, {code.lower()} ok"
    case.event(f"say{payer}{n}{code}", kind="message", claims=claims, time=time, text=text)


def test_instalments_are_about_who_collects_never_who_pays():
    case = Case()
    for p, payer in enumerate((PAYER, OTHER)):
        for n in range(3):
            instalment(case, payer, n, f"K{p}-Q{n}M9")
    (found,) = find(Instalments, case)
    assert found["subjects"] == [f"phone:{ME}"]
    assert found["details"] == {
        "payers": 2, "payments": 6, "codes": 6, "amounts": {"GBP": "2400"},
    }  # fmt: skip
    assert PAYER not in json.dumps(found["details"]) + found["reason"] + found["title"]


@pytest.mark.parametrize(
    ("codes", "why"),
    [
        (["K1-Q2M9"], "one payment is no instalment"),
        ([f"2026-03-{n:02d}" for n in (1, 2, 3)], "dates are no codes"),
        (["RENT", "RENT", "RENT"], "rent in a message and in a payment"),
        (["SHOP24X"] * 6, "one code in many payments is a shop's"),
    ],
)
def test_what_is_no_instalment(codes, why):
    case = Case()
    for n, code in enumerate(codes):
        instalment(case, PAYER, n, code)
    assert find(Instalments, case) == [], why


def test_whoever_pays_travels_calls_or_reports_is_never_the_subject():
    # the same person pays in parts, travels, moves about, calls a hundred times in a day and tips
    case = Case()
    for n in range(4):
        instalment(case, PAYER, n, f"K7-Q{n}M9")
    # some of it is paid back
    instalment(case, ME, 9, "K7-Q9M9", payee=PAYER)
    calls_from(case, PAYER)
    touring(case)
    for n in range(100):
        time = START + timedelta(days=40, minutes=n)
        claims = [("caller", "phone", PAYER), ("callee", "phone", OTHER)]
        case.event(f"call{n}", kind="call", claims=claims, time=time)
    case.event("trip", kind="note", time=START, claims=[("traveller", "phone", PAYER)])
    case.event("tip", kind="tip", time=START, claims=[("reporter", "phone", PAYER)])
    subjects = {s for pattern in PATTERNS for row in find(pattern, case) for s in row["subjects"]}
    assert f"phone:{ME}" in subjects
    assert f"phone:{PAYER}" not in subjects


@pytest.mark.parametrize("pattern", PATTERNS)
def test_nothing_gives_nothing(pattern):
    assert find(pattern, Case()) == []
