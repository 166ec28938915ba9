"""The one posting that ties two sides of an identity, and what looks like one and is none."""

import json
from datetime import timedelta

import pyarrow as pa
import pytest

from evidence import START, Case
from palermo.link.identities import identities
from palermo.patterns.bridge import SIDE, Bridge
from palermo.testing import check_pattern
from palermo.vocabulary import LINKS, identify

A, B, C = (f"phone:+44207946000{n}" for n in (1, 2, 3))
DAY = timedelta(days=1)


class Drawn(Case):
    """A case whose links are drawn by hand, so that a test says exactly what ties whom."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict] = []

    def tie(self, a: str, b: str, score: float = 0.9, kind: str = "same_identifier") -> str:
        row = {
            "id": identify("l", kind, a, b), "kind": kind, "a": a, "b": b, "score": score,
            "claims": [a], "reason": "Drawn.", "method": kind, "version": "1",
        }  # fmt: skip
        self.rows.append(row)
        return row["id"]

    def gives(self, key: str, *hubs: str, day: float = 0, **values) -> str:
        event = self.advert(key, *hubs, time=START + day * DAY, **values)
        for hub in hubs:
            self.tie(event, hub)
        return event

    def side(self, hub: str, count: int = SIDE, first: float = 0) -> list[str]:
        return [self.gives(f"{hub} {n}", hub, day=first + n) for n in range(count)]

    def found(self) -> list[dict]:
        self.links = pa.Table.from_pylist(self.rows, schema=LINKS)
        self.identities = identities(self.links)
        rows = check_pattern(Bridge(), self).to_pylist()
        return [row | {"details": json.loads(row["details"])} for row in rows]


def two_sides(count: int = SIDE, apart: float = 0) -> tuple[Drawn, str]:
    case = Drawn()
    case.side(A, count + 1)
    case.side(B, count, apart)
    return case, case.gives("between", A, B, day=apart)


def test_a_posting_that_alone_ties_two_sides_is_found():
    case, between = two_sides()
    (found,) = case.found()
    assert found["subjects"] == [A, B]
    assert found["evidence"][0] == between
    details = found["details"]
    assert details["tied_by"] == "posting" and not details["in_turn"]
    assert [(s["adverts"], s["contact"]) for s in details["sides"]] == [(4, A), (3, B)]
    assert "4 adverts and 3 adverts" in found["reason"]
    assert "announces both" in found["counter"] and "reject" in found["counter"]
    assert found["score"] == pytest.approx(1 - 0.8**3, abs=1e-3)


def test_all_sightings_of_the_posting_are_one():
    case, first = two_sides()
    again = case.gives("again", A, B, posting="site.example/1")
    case.events[-1]["posting"] = "site.example/1"
    for row in case.events:
        if row["id"] == first:
            row["posting"] = "site.example/1"
    for event in (first, again):
        case.tie(event, "posting:site.example/1", 0.95)
    (found,) = case.found()
    assert {first, again} <= set(found["evidence"])


def test_three_sides_hang_on_one_posting():
    case = Drawn()
    for hub in (A, B, C):
        case.side(hub)
    case.gives("all three", A, B, C)
    (found,) = case.found()
    assert [s["adverts"] for s in found["details"]["sides"]] == [3, 3, 3]
    assert found["subjects"] == [A, B, C] and "3 sides" in found["title"]


def test_a_link_between_two_values_is_found():
    case = Drawn()
    case.side(A)
    case.side(B)
    link = case.tie(A, B, 0.8, "same_device")
    (found,) = case.found()
    assert found["details"]["tied_by"] == "link" and found["evidence"][0] == link


def test_of_a_chain_of_postings_each_cut_is_told_once():
    """A number between two postings that nobody else gives: three nodes, one tie."""
    case = Drawn()
    case.side(A, 5)
    case.side(B, 4)
    case.gives("one", A, C)
    case.gives("two", B, C)
    assert len(case.found()) == 1


def test_who_changes_a_number_counts_for_less():
    same_time = two_sides()[0].found()[0]
    case, _ = two_sides(apart=20)
    (found,) = case.found()
    assert found["details"]["in_turn"] and "when the other begins" in found["reason"]
    assert found["score"] == pytest.approx(same_time["score"] / 2, abs=1e-3)


def test_a_short_side_within_the_other_is_no_change_of_number():
    case = Drawn()
    case.side(A, 12)
    case.side(B, 3)
    case.gives("between", A, B)
    assert not case.found()[0]["details"]["in_turn"]


def twice(case: Drawn) -> None:
    case.gives("again", A, B)


def text(case: Drawn) -> None:
    one, other = (next(r["a"] for r in case.rows if r["b"] == hub) for hub in (A, B))
    case.tie(one, "e" + "f" * 32, 0.45, "near_text")
    case.tie(other, "e" + "f" * 32, 0.45, "near_text")


def picture(case: Drawn) -> None:
    for hub in (A, B):
        case.tie(next(r["a"] for r in case.rows if r["b"] == hub), "picture:1", 0.5, "same_picture")


def account(case: Drawn) -> None:
    for hub in (A, B):
        event = next(r["a"] for r in case.rows if r["b"] == hub)
        case.tie(event, "handle:example:lou", 0.5)


@pytest.mark.parametrize("tied", [twice, text, picture, account])
def test_sides_that_share_more_than_one_posting_are_none(tied):
    case, _ = two_sides()
    assert len(case.found()) == 1
    tied(case)
    assert case.found() == [], tied.__name__


def test_what_very_many_share_holds_no_sides_together():
    case, _ = two_sides()
    for event in {row["a"] for row in case.rows}:
        case.tie(event, "url:https://example.org/help", 0.05)
    assert len(case.found()) == 1


def test_a_new_number_that_was_announced_once_is_none():
    assert two_sides(SIDE - 1)[0].found() == []


def test_sightings_of_one_advert_are_no_side():
    case, _ = two_sides(1)
    for n in range(SIDE):
        event = case.gives(f"seen {n}", B, posting="site.example/2")
        case.tie(event, "posting:site.example/2", 0.95)
    assert case.found() == []


def test_without_links_or_adverts_nothing_is_found():
    assert Drawn().found() == []


def test_whoever_only_calls_is_never_the_subject():
    """Calls and messages have no postings: there are no sides of adverts."""
    case = Drawn()
    for hub in (A, B):
        for n in range(SIDE + 1):
            case.tie(case.event(f"{hub} {n}", kind="message"), hub)
    case.tie(case.event("between", kind="message"), A)
    case.tie(case.rows[-1]["a"], B)
    assert case.found() == []
