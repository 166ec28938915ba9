"""What each feature of a lead counts and leaves out, on neighbourhoods made by hand."""

from datetime import UTC, datetime

import polars as pl
import pytest

from palermo.look.likeness import Unit, likenesses
from palermo.look.nearby import Nearby
from palermo.look.sides import SURE

DAY = datetime(2026, 3, 1, tzinfo=UTC)
LEEDS, YORK = "place:geonames:2644688", "place:geonames:2633352"
EMAIL, HANDLE = "email:night.porter@one.example.org", "handle:telegram:nightporter"


def near(*claims: tuple[str, str, float, str], generic: dict[str, int] | None = None) -> Nearby:
    """Two adverts, the network's and somebody's outside; claims: unit, node, confidence, role."""
    event = {"": "e1", "out": "e2"}
    adverts = pl.DataFrame(
        [
            (event[unit], unit, event[unit], DAY, f"{unit or 'own'}.example.org", "")
            for unit in event
        ],
        schema=["event", "unit", "posting", "time", "site", "text"],
        orient="row",
    )
    rows = [
        (event[unit], unit, f"c{n}", node.partition(":")[0], node, role, 0, 0, "", confidence, "")
        for n, (unit, node, confidence, role) in enumerate(claims)
    ]
    named = ("event", "unit", "id", "kind", "node", "role", "start", "end", "written", "confidence")
    none = {"event": pl.String, "unit": pl.String, "id": pl.String}
    return Nearby(
        adverts=adverts,
        claims=pl.DataFrame(rows, schema=[*named, "reason"], orient="row"),
        hubs=pl.DataFrame(schema=none | {"kind": pl.String, "hub": pl.String, "score": pl.Float64}),
        said=pl.DataFrame(schema=none | {"sentence": pl.String, "total": pl.Int64}),
        counts={},
        adverts_in_case=500,
        generic=generic or {},
    )


def outside(found: Nearby) -> Unit:
    (unit,) = likenesses(found)
    return unit


def test_places_that_both_name_are_a_reason_and_a_journey() -> None:
    both = [(unit, node, 0.9, "content") for unit in ("", "out") for node in (LEEDS, YORK)]
    assert set(outside(near(*both)).figures()) == {"place", "journey"}


@pytest.mark.parametrize("unsure", ["", "out"])
def test_a_word_that_may_be_a_town_is_a_place_in_common_with_nobody(unsure: str) -> None:
    """Such words are many in a language, and would suggest whoever speaks it."""
    below = SURE - 0.01
    both = [(unit, LEEDS, below if unit == unsure else 0.9, "content") for unit in ("", "out")]
    assert outside(near(*both)).figures() == {}


def test_one_account_name_on_two_platforms_is_a_reason() -> None:
    pair = [("", EMAIL, 0.9, "poster"), ("out", HANDLE, 0.9, "poster")]
    assert set(outside(near(*pair)).figures()) == {"account_name"}


@pytest.mark.parametrize("common", [EMAIL, HANDLE])
def test_the_account_name_of_what_is_nobodys_is_none(common: str) -> None:
    """An agency's e-mail and its account elsewhere have one name, and tie its customers no more than
    the address itself."""
    pair = [("", EMAIL, 0.9, "poster"), ("out", HANDLE, 0.9, "poster")]
    assert outside(near(*pair, generic={common: 900})).figures() == {}


def test_what_is_set_apart_is_told_in_one_order_whatever_the_process() -> None:
    values = [f"phone:+4420794600{n}" for n in range(10, 30)]
    both = [(unit, node, 0.9, "poster") for unit in ("", "out") for node in reversed(values)]
    told = outside(near(*both, generic=dict.fromkeys(values, 500)))
    assert told.named == values and told.figures() == {}
