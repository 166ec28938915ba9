"""Places in text, and the place that an event states."""

import re
from datetime import UTC, datetime
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.extract.test_cases import rows

from palermo.extract.place import _GAP, Place, _longest, _Said
from palermo.extract.words import Words
from palermo.testing import check_claims, check_extractor
from palermo.values import place
from palermo.vocabulary import Event, EventKind, events_table


def stated(
    where: str, text: str = "", region: str | None = None, at: tuple[float, float] | None = None
):
    lat, lon = at or (None, None)
    event = Event(
        kind=EventKind.ADVERT, locator="row:1", text=text, place=where, region=region, lat=lat, lon=lon,
        time=datetime(2024, 5, 12, tzinfo=UTC),
    )  # fmt: skip
    events = events_table("x" + "0" * 32, [event], "example", "1")
    claims = Place().find(events)
    check_claims(claims, events, Place())
    return [{**c, "details": dict(c["details"])} for c in claims.to_pylist()]


@pytest.mark.parametrize("case", rows("place"), ids=lambda row: row["text"][:40])
def test_case(case: dict[str, str]) -> None:
    [claims] = check_extractor(Place(), [case["text"]], case["region"] or None)
    best: dict[tuple[int, str], dict] = {}
    for claim in claims:
        key = (claim["start"], claim["written"])
        if key not in best or best[key]["confidence"] < claim["confidence"]:
            best[key] = claim
    found = {
        f"{c['written']}={dict(c['details'])['name']}/{dict(c['details'])['country']}"
        for c in best.values()
    }
    assert found == (set(case["expected"].split(" ; ")) if case["expected"] else set()), case["why"]


def test_towns_of_one_name_are_kept_as_candidates_that_add_up_to_less_than_one() -> None:
    [claims] = check_extractor(Place(), ["rooms in Springfield"], "US")
    assert len(claims) > 2
    assert {(c["start"], c["end"]) for c in claims} == {(9, 20)}
    assert 0.5 < sum(c["confidence"] for c in claims) < 1
    assert all(dict(c["details"])["country"] == "US" for c in claims)


def test_a_stated_place_is_surer_than_one_in_the_text() -> None:
    claims = stated("Leeds, UK", "Leeds, UK. Rooms to let", "GB")
    best = max(claims, key=lambda c: c["confidence"])
    assert best["value"] == "geonames:2644688" and best["confidence"] > 0.95
    assert (best["start"], best["end"]) == (0, 5)


def test_a_stated_place_that_is_not_in_the_text_has_no_span() -> None:
    [claim, *_] = stated("leeds", "Rooms to let", "GB")
    assert claim["start"] is None and claim["written"] == "leeds"


def test_a_stated_position_decides_between_towns_of_one_name() -> None:
    [claim] = stated("Birmingham", at=(33.52, -86.80))
    assert claim["details"]["country"] == "US"


def test_the_region_decides_between_towns_of_one_name() -> None:
    claims = stated("Guadalajara", region="ES")
    assert max(claims, key=lambda c: c["confidence"])["details"]["country"] in {"ES", "MX"}
    assert {c["details"]["country"] for c in claims} >= {"ES", "MX"}


@pytest.mark.parametrize("where", ["", "   ", "nowhere at all", "51.5, -0.12", "\x00", ",,,", "💥"])
def test_a_place_that_nobody_knows_is_no_claim(where: str) -> None:
    assert stated(where) == []


def test_the_gazetteer_is_loaded_once_and_knows_the_towns_of_the_world() -> None:
    known = place.gazetteer()
    assert known is place.gazetteer()
    assert len(known.cities) > 60_000 and len(known.names) > 300_000
    assert "北京" in known.spaceless


def test_the_keys_of_the_gazetteer_forget_marks_case_and_hyphens() -> None:
    assert place.keys(["Cluj-Napoca", "Timișoara", "Đà Nẵng", "L’Aquila"]) == [
        "cluj napoca", "timisoara", "da nang", "laquila",
    ]  # fmt: skip


def test_distance() -> None:
    london = next(c for c in place.gazetteer().cities if c.id == 2643743)
    assert place.distance(51.50853, -0.12574, london) == pytest.approx(0, abs=0.1)
    assert place.distance(48.85341, 2.3488, london) == pytest.approx(344, abs=2)


def test_names_are_found_by_their_keys_and_what_is_no_name_is_not() -> None:
    known = place.gazetteer()
    asked = ["leeds", "", "no town of this name", "cluj napoca", "leeds"]
    found = known.names.find(pl.Series(asked))
    assert found["at"].to_list() == [0, 3, 4]
    names = {known.cities[i].name for i in known.names[found["name"][1]]}
    assert names == {"Cluj-Napoca"} and known.names.of("no town of this name") == []
    for key in ("leeds", "springfield"):
        towns = known.names.of(key)
        assert towns == sorted({*towns})
        assert {i for i, main in enumerate(known.keys) if main == key} <= {*towns}


NAMED = [
    "New York",
    "York",
    "Santa Cruz de Tenerife",
    "Cruz",
    "San José",
    "the Hague",
    "L'Aquila",
    "Saint-Denis",
    "Rio de Janeiro",
    "La Paz",
    "Москва",
    "Москве",
    "بالقاهرة",
    "القاهرة",
    "room",
    "in",
    "the",
    "de",
    "Leeds",
    "Frankfurt am Main",
]
JOINTS = [" ", "  ", "-", ", ", ". ", "’", "\n", "/", "   "]


@given(st.lists(st.tuples(st.sampled_from(NAMED), st.sampled_from(JOINTS)), max_size=8))
def test_the_longest_names_are_those_that_trying_every_run_of_words_finds(parts) -> None:
    text = "".join(name + joint for name, joint in parts)
    words = Words(pl.Series("text", [text]))
    fast = [
        (m.start, m.end, m.name.cities)
        for m in _longest(_Said(text, words, 0))
        if m.last - m.first > 1 or text[m.start : m.end][0].isupper()
    ]
    word = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
    spans = [m.span() for m in word.finditer(text)]
    slow, i = [], 0
    while i < len(spans):
        for n in range(min(4, len(spans) - i), 0, -1):
            own = spans[i : i + n]
            gaps = [text[a[1] : b[0]] for a, b in pairwise(own)]
            key = " ".join(place.keys([text[a:b] for a, b in own]))
            if (cities := place.gazetteer().names.of(key)) and all(map(_GAP.fullmatch, gaps)):
                if n > 1 or text[own[0][0]].isupper():
                    slow.append((own[0][0], own[-1][1], tuple(cities)))
                i += n
                break
        else:
            i += 1
    assert fast == slow
