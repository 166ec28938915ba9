import random

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from evidence import groups
from palermo.link.identities import ENOUGH, identities
from palermo.vocabulary import LINKS, identify


def links(*rows: tuple[str, str, str, float]) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                **dict.fromkeys(LINKS.names),
                "id": identify("l", k, a, b),
                "kind": k,
                "a": a,
                "b": b,
                "score": s,
            }
            for k, a, b, s in rows
        ],
        schema=LINKS,
    )


def slowly(rows, decisions):
    """Every tie in order of strength, one at a time; a set of nodes is an identity."""
    generic, last = set(), {}
    for act, a, b in decisions:
        if act == "generic":
            generic.add(a)
        else:
            last[frozenset((a, b))] = act
    ties = [(-2.0, *sorted(p)) for p, act in last.items() if act == "confirm" and len(p) == 2]
    cannot = [p for p, act in last.items() if act == "reject" and len(p) == 2]
    best = {}
    for _, a, b, s in rows:
        if not {a, b} & generic:
            best[a, b] = max(best.get((a, b), 0), s)
    ties += [(-round(s, 4), a, b) for (a, b), s in best.items() if round(s, 4) >= ENOUGH]
    sets = {x: frozenset([x]) for _, a, b, _ in rows for x in (a, b)}
    sets |= {
        x: frozenset([x]) for act, a, b in decisions for x in ((a,) if act == "generic" else (a, b))
    }
    for _, a, b in sorted(ties):
        merged = sets[a] | sets[b]
        if not any(pair <= merged for pair in cannot):
            for x in merged:
                sets[x] = merged
    return set(sets.values())


NODE = st.sampled_from("abcdefgh")
ROW = st.tuples(
    st.just("same_identifier"), NODE, NODE, st.sampled_from([0.3, 0.64, 0.65, 0.8, 0.9])
)
ACT = st.tuples(st.sampled_from(["confirm", "reject", "generic"]), NODE, NODE)


@given(st.lists(ROW, max_size=20), st.lists(ACT, max_size=6), st.randoms())
def test_agrees_with_the_slow_way_in_any_order(rows, decisions, dice: random.Random):
    unique = list({(a, b): (k, a, b, s) for k, a, b, s in rows if a != b}.values())
    expected = slowly(unique, decisions)
    assert groups(identities(links(*unique), decisions)) == expected
    dice.shuffle(unique)
    assert groups(identities(links(*unique), decisions)) == expected


@given(st.lists(ROW, max_size=20), NODE, NODE)
def test_a_rejected_pair_is_apart_on_every_rebuild(rows, a, b):
    nodes = identities(links(*rows), [("reject", a, b)]).to_pylist()
    where = {row["node"]: row["identity"] for row in nodes}
    assert a == b or where[a] != where[b]


def test_the_id_is_that_of_the_smallest_member():
    nodes = identities(
        links(("same_identifier", "e2", "phone:1", 0.9), ("same_identifier", "e1", "phone:1", 0.9))
    )
    assert set(nodes["identity"].to_pylist()) == {identify("i", "e1")}


def test_a_template_or_its_pictures_alone_merge_nobody():
    rows = [
        (k, m, h, 0.45)
        for k, h in (("near_text", "t"), ("same_picture", "p"))
        for m in ("e1", "e2")
    ]
    assert len(groups(identities(links(*rows)))) == 4


def test_a_template_and_another_tie_merge_members_but_not_the_hubs():
    rows = [
        (k, m, h, 0.45)
        for k, h in (("near_text", "t"), ("same_identifier", "url:u"))
        for m in ("e1", "e2")
    ]
    found = identities(links(*rows))
    assert groups(found) == {frozenset({"e1", "e2"}), frozenset({"t"}), frozenset({"url:u"})}


def test_the_advert_that_is_the_hub_of_its_near_duplicates_is_one_of_them():
    rows = [("near_text", "e2", "e1", 0.45)]
    rows += [("same_identifier", m, "url:u", 0.45) for m in ("e1", "e2")]
    assert frozenset({"e1", "e2"}) in groups(identities(links(*rows)))


def test_the_later_of_two_decisions_counts():
    rows = links(("same_identifier", "a", "b", 0.9))
    assert len(groups(identities(rows, [("reject", "a", "b"), ("confirm", "b", "a")]))) == 1
    assert len(groups(identities(rows, [("confirm", "a", "b"), ("reject", "b", "a")]))) == 2


def test_nothing_gives_nothing():
    assert identities(LINKS.empty_table()).num_rows == 0
