from datetime import timedelta

import pyarrow as pa
import pytest

from evidence import START, Case
from palermo.link.network import edges
from palermo.patterns.movements import contradictions, observed, stays

LEEDS, LONDON, PARIS = (53.80, -1.55), (51.51, -0.13), (48.86, 2.35)
PHONE = "+442079460001"


def call(case: Case, hours: float, at, direction="out", other="+442079460099", me=PHONE) -> str:
    roles = ("caller", "callee") if direction == "out" else ("callee", "caller")
    return case.event(
        f"call{hours}{me}{direction}",
        kind="call",
        claims=[(roles[0], "phone", me), (roles[1], "phone", other)],
        time=START + timedelta(hours=hours),
        lat=at[0],
        lon=at[1],
        details={"direction": direction},
    )


def advert(case: Case, hours: float, name: str, at, **values) -> str:
    details = {"name": name, "lat": str(at[0]), "lon": str(at[1])}
    place = ("content", "place", f"geonames:{name}", details)
    return case.event(
        f"ad{hours}{name}",
        claims=[place],
        time=START + timedelta(hours=hours),
        place=name,
        **values,
    )


def one_identity(case: Case, *nodes: str) -> None:
    case.identities = pa.table({"node": list(nodes), "identity": ["i1"] * len(nodes)})


def rows(case: Case) -> list[tuple]:
    return [
        (
            r["place"],
            (r["start"] - START) / timedelta(hours=1),
            (r["end"] - START) / timedelta(hours=1),
        )
        for r in stays(case).to_pylist()
    ]


def test_calls_become_stays_of_the_phone_at_the_antenna():
    case = Case()
    for hours, at in [(0, LEEDS), (5, LEEDS), (30, LONDON), (31, LONDON), (60, LEEDS)]:
        call(case, hours, at)
    found = stays(case).to_pylist()
    assert [(r["lat"], len(r["events"])) for r in found] == [(53.80, 2), (51.51, 2), (53.80, 1)]
    assert {r["identity"] for r in found} == {f"phone:{PHONE}"}
    assert found[0]["basis"] == "observed" and found[0]["sources"] == "2 calls"


def test_an_incoming_call_places_the_one_who_was_called():
    case = Case()
    call(case, 0, LEEDS, direction="in")
    assert stays(case)["identity"].to_pylist() == [f"phone:{PHONE}"]


def test_adverts_claim_and_calls_observe_one_stay():
    case = Case()
    ad = advert(case, 0, "Leeds", LEEDS)
    call(case, 2, LEEDS)
    one_identity(case, ad, f"phone:{PHONE}")
    (stay,) = stays(case).to_pylist()
    assert (stay["basis"], stay["sources"], stay["place"]) == (
        "observed",
        "1 advert, 1 call",
        "Leeds",
    )


def test_a_posting_seen_again_is_no_second_stay():
    case = Case()
    a = advert(case, 0, "Leeds", LEEDS, posting="p")
    b = advert(case, 24 * 20, "Leeds", LEEDS, posting="p")
    one_identity(case, a, b)
    assert rows(case) == [("Leeds", 0, 0)]


def test_long_unseen_is_a_gap_not_a_stay():
    case = Case()
    call(case, 0, LEEDS)
    call(case, 24 * 8, LEEDS)
    assert len(rows(case)) == 2


@pytest.mark.parametrize(("minutes", "stayed"), [(5, False), (90, True)])
def test_driving_through_a_town_is_no_stay(minutes, stayed):
    case = Case()
    for n in range(3):
        case.event(
            f"fix{n}",
            kind="position",
            claims=[("holder", "plate", "GB:AB12CDE")],
            time=START + timedelta(minutes=n * minutes),
            lat=LEEDS[0] + n / 1000,
            lon=LEEDS[1],
        )
    assert bool(rows(case)) is stayed


def test_two_cities_at_once_is_a_contradiction_and_a_flight_is_none():
    case = Case()
    call(case, 0, LONDON)
    call(case, 2, PARIS)  # 344 km in two hours
    assert contradictions(case).num_rows == 0
    case = Case()
    first = call(case, 0, LONDON)
    second = call(case, 0.1, PARIS)
    (row,) = contradictions(case).to_pylist()
    assert row["events"] == [first, second]
    assert "faster than an airliner" in row["reason"]


def test_an_advert_dated_to_the_day_contradicts_nothing_reachable_within_it():
    case = Case()
    ad = advert(case, 0, "Paris", PARIS, time_error=86400)
    call(case, 1, LONDON)
    one_identity(case, ad, f"phone:{PHONE}")
    assert contradictions(case).num_rows == 0


def test_an_advert_of_a_route_is_where_its_own_field_says():
    case = Case()
    for id in (case.event("r", time=START), case.event("r2", time=START, place="London")):
        for name, at in (("Leeds", LEEDS), ("London", LONDON), ("Paris", PARIS)):
            details = {"name": name, "lat": str(at[0]), "lon": str(at[1])}
            case.claim(id, "content", "place", f"geonames:{name}", written=name, details=details)
    assert [r[0] for r in rows(case)] == ["London"]


def test_one_identity_may_be_asked_for():
    case = Case()
    call(case, 0, LEEDS)
    call(case, 0, LEEDS, me="+442079460002")
    assert stays(case, "phone:+442079460002").num_rows == 1
    assert stays(case, "it's nobody").num_rows == 0


def test_the_order_of_rows_does_not_matter():
    case = Case()
    for hours, at in [(0, LEEDS), (5, LEEDS), (30, LONDON), (31, LONDON), (60, LEEDS)]:
        call(case, hours, at)
    expected = stays(case).to_pylist()
    case.events.reverse()
    case.claims.reverse()
    assert stays(case).to_pylist() == expected


def test_nothing_gives_nothing():
    assert stays(Case()).num_rows == 0
    assert contradictions(Case()).num_rows == 0


def test_meetings_need_the_stays_of_the_observed_alone():
    case = Case()
    for n, me in enumerate([PHONE, "+442079460002", "+442079460003"]):
        call(case, n / 2, LEEDS, me=me)
    mine = advert(case, 1, "Leeds", LEEDS)
    one_identity(case, f"phone:{PHONE}", mine)
    alone = advert(case, 1, "London", LONDON)
    seen, all_ = observed(case).to_pylist(), stays(case).to_pylist()
    assert [row for row in all_ if row["identity"] != alone] == seen and len(seen) < len(all_)
    assert edges(case, observed(case)).equals(edges(case, stays(case)))
    assert {row["kind"] for row in edges(case, observed(case)).to_pylist()} >= {"place"}
