import csv
from datetime import datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import EXHIBIT, Case, table
from palermo.patterns.movements import STAYS
from palermo.score import b_cubed, pairwise, score
from palermo.vocabulary import CLAIMS, EVENTS

KEYS = st.dictionaries(
    st.integers(0, 12).map(str),
    st.tuples(st.sampled_from("xyz"), st.sampled_from("123")),
    min_size=1,
)


@given(KEYS)
def test_figures_agree_with_counting_pair_by_pair(rows):
    truth, found = ({k: v[i] for k, v in rows.items()} for i in (0, 1))
    pairs = [(a, b) for a in rows for b in rows if a < b]
    true = {p for p in pairs if truth[p[0]] == truth[p[1]]}
    said = {p for p in pairs if found[p[0]] == found[p[1]]}
    figures = pairwise(truth, found)
    assert figures["precision"] == pytest.approx(len(true & said) / len(said) if said else 1)
    assert figures["recall"] == pytest.approx(len(true & said) / len(true) if true else 1)

    def share(a: dict, b: dict) -> float:
        each = [[k for k in rows if a[k] == a[key]] for key in rows]
        return sum(
            sum(b[k] == b[key] for k in own) / len(own) for key, own in zip(rows, each, strict=True)
        ) / len(rows)

    cubed = b_cubed(truth, found)
    assert cubed["precision"] == pytest.approx(share(found, truth))
    assert cubed["recall"] == pytest.approx(share(truth, found))


def write(folder, name: str, *rows: tuple) -> None:
    with (folder / name).open("w", newline="") as out:
        csv.writer(out).writerows(rows)


@pytest.fixture
def truth(tmp_path):
    write(
        tmp_path,
        "nodes.csv",
        ("node_kind", "key", "actor", "group", "trap"),
        ("identifier", "phone:1", "a1", "g1", ""),
        ("identifier", "phone:2", "a1", "g1", ""),
        ("identifier", "phone:3", "a2", "", ""),
        ("identifier", "phone:9", "", "", "hotline"),
        ("identifier", "phone:404", "a2", "", ""),
        ("posting", "https://ads.example.org/1", "a1", "g1", ""),
    )
    header = ("actor", "place", "lat", "lon", "start", "end")
    stay = ("a1", "Leeds", 53.8, -1.55, "2026-03-01T22:00+00:00", "2026-03-03T08:00+00:00")
    write(tmp_path, "stays.csv", header, stay)
    return tmp_path


@pytest.fixture
def case():
    case = Case()
    details = {"url": "https://ads.example.org/1"}
    claims = [("poster", "phone", str(n)) for n in (1, 2, 3, 9)]
    case.event("ad", claims=claims, details=details)
    return case


def scored(case: Case, truth, groups: dict[str, str], stays: list[dict] = ()) -> dict:
    groups = {(case.events[0]["id"] if k == "ad" else k): v for k, v in groups.items()}
    nodes = pa.table({"node": list(groups), "identity": list(groups.values())})
    found = pa.Table.from_pylist([dict.fromkeys(STAYS.names) | s for s in stays], schema=STAYS)
    return score(nodes, table(case.events, EVENTS), table(case.claims, CLAIMS), found, truth)


def test_all_right(case, truth):
    groups = {"ad": "i1", "phone:1": "i1", "phone:2": "i1", "phone:3": "i2", "phone:9": "i3"}
    found = scored(case, truth, groups)
    assert found["scores"]["identities"]["f1"] == 1
    assert found["traps_joining"] == []
    assert found["scores"]["truth"] == {"nodes in the case": 5, "nodes in the truth": 6}


def test_each_kind_of_link_is_held_against_the_truth(case, truth):
    links = pa.table(
        {
            "kind": ["same_identifier"] * 3 + ["near_text", "same_identifier"],
            "a": ["phone:1", "phone:1", "phone:2", "phone:1", "phone:1"],
            "b": ["phone:2", "phone:3", "phone:1", "phone:3", "phone:9"],
            "score": [0.9, 0.5, 0.7, 0.4, 0.9],
        }
    )
    nodes = pa.table({"node": pa.array([], pa.string()), "identity": pa.array([], pa.string())})
    stays = STAYS.empty_table()
    events, claims = table(case.events, EVENTS), table(case.claims, CLAIMS)
    found = score(nodes, events, claims, stays, truth, links)["scores"]
    assert found["links, same_identifier, phone"] == {
        "right": pytest.approx(2 / 3),
        "strength": pytest.approx(0.7),
        "links": 3.0,
    }, "a hotline is nobody's, and counts neither way"
    assert found["links, near_text, phone"]["right"] == 0.0


def test_a_trap_that_joins_two_actors_is_named(case, truth):
    groups = dict.fromkeys(("ad", "phone:1", "phone:2", "phone:3", "phone:9"), "i1")
    found = scored(case, truth, groups)
    assert found["traps_joining"] == ["phone:9"]
    assert found["scores"]["identities"]["precision"] == 0.5
    assert found["scores"]["identities"]["recall"] == 1


@pytest.mark.parametrize(
    ("lat", "start", "end", "recall", "precision", "why"),
    [
        (53.8, "01T23:00", "02T01:00", 1, 1, "there on the first day"),
        (53.9, "01T23:00", "02T01:00", 1, 1, "eleven kilometres away"),
        (54.2, "01T23:00", "02T01:00", 0, 0, "forty-four kilometres away"),
        (53.8, "02T10:00", "02T12:00", 0, 1, "there, but first seen a day late"),
        (53.8, "09T10:00", "09T12:00", 0, 0, "there a week later"),
    ],
)
def test_movements(case, truth, lat, start, end, recall, precision, why):
    groups = {"ad": "i1", "phone:1": "i1", "phone:2": "i1"}
    times = {"start": f"2026-03-{start}+00:00", "end": f"2026-03-{end}+00:00"}
    times = {k: datetime.fromisoformat(v) for k, v in times.items()}
    stay = {"identity": "i1", "lat": lat, "lon": -1.55, **times}
    figures = scored(case, truth, groups, [stay])["scores"]["movements"]
    assert (figures["recall"], figures["precision"]) == (recall, precision), why


def test_a_case_without_any_of_the_truth(truth):
    empty = Case()
    empty.event("note", kind="note", exhibit=EXHIBIT)
    assert scored(empty, truth, {})["scores"]["truth"]["nodes in the case"] == 0
