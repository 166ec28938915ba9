"""Which values are shared by strangers: the fast way against the slow one, in any order of rows."""

import random
from math import isclose

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.link import commonness as module
from palermo.link.commonness import FREE, HOLDS, JOINS, LONE, ROUNDS, THROWAWAY, commonness

KINDS = {"p": "phone", "e": "email", "d": "domain"}
WEAK = {"d"}


def components(edges, nodes):
    group = {x: {x} for x in nodes}
    for members in edges:
        joined = set().union(*(group[x] for x in members)) if members else set()
        for x in joined:
            group[x] = joined
    return {x: min(group[x]) for x in nodes}


def factor(strangers):
    return 1.0 if strangers <= JOINS else JOINS / strangers


def slowly(bears, contents):
    """One value at a time, as the module's text tells it."""
    bearers = sorted({x for x, _ in bears})
    hubs = sorted({h for _, h in bears})
    by = {h: {x for x, v in bears if v == h} for h in hubs}
    of = {x: {v for y, v in bears if y == x} for x in bearers}
    trusted = {h for h in hubs if len(by[h]) <= JOINS and h[0] not in WEAK}
    rejected = {h for h in hubs if h[0] in WEAK}
    strangers = {}

    def others(h, x):
        few = {v for v in of[x] if 2 * sum(v in of[y] for y in by[h]) <= len(by[h])}
        return {v for v in of[x] - {h} if v[0] not in WEAK and (v in trusted or v in few)}

    def bare(h):
        return {x for x in by[h] if not others(h, x)}

    def grouped():
        common = [h for h in rejected if h[0] not in WEAK]
        return components([by[h] for h in trusted] + [bare(h) for h in common], bearers)

    group = grouped()
    for _ in range(ROUNDS):
        for h in (h for h in hubs if len(by[h]) > JOINS):
            told = {x: others(h, x) for x in by[h] if others(h, x)}
            own = {x: told[x] - rejected for x in told if told[x] - rejected}
            if not own and (len(by[h]) - len(told)) * LONE < len(by[h]):
                own = told
            roots = {group[x] for x in own}
            edges = [{group[x] for x in own if v in own[x]} for v in set().union(*own.values(), ())]
            weight = dict.fromkeys(roots, THROWAWAY)
            for x, values in own.items():
                if any(len(by[v]) > 1 or KINDS[v[0]] not in FREE for v in values):
                    weight[group[x]] = 1.0

            def counted(edges, roots=roots, weight=weight):
                local = components(edges, roots)
                return sum(
                    max(weight[x] for x in roots if local[x] == top) for top in set(local.values())
                )

            if counted(edges) > JOINS:
                for content in {c for _, c in contents}:
                    users = {group[x] for x, c in contents if c == content and x in group}
                    sharing = users & roots
                    if len(sharing) > 1 and len(users - roots) * 2 <= len(sharing):
                        edges.append(sharing)
            strangers[h] = counted(edges) * (len(own) / len(by[h])) ** 0.5
        trusted = {h for h in hubs if factor(strangers.get(h, 0.0)) >= HOLDS and h[0] not in WEAK}
        rejected = set(hubs) - trusted
        group = grouped()
    alone = {(h, x) for h in rejected if h[0] not in WEAK for x in bare(h)}
    return {h: strangers.get(h, 0.0) for h in hubs}, alone


def quickly(bears, contents):
    rows = pl.DataFrame(
        [(x, h, KINDS[h[0]], h[0] in WEAK) for x, h in bears],
        schema=["bearer", "hub", "kind", "weak"],
        orient="row",
    )
    told = pl.DataFrame(contents, schema={"bearer": pl.String, "content": pl.String}, orient="row")
    weighed, alone = commonness(rows, lambda: told)
    return dict(weighed.select("hub", "strangers").iter_rows()), set(
        alone.select("hub", "bearer").iter_rows()
    )


NAMES = [f"b{n:02}" for n in range(18)]
LINES = ["p90", "p91", "e92", "d93"]


@st.composite
def borne(draw):
    """Bearers that mostly have a value of their own, among some values that many of them bear."""
    dice = draw(st.randoms(use_true_random=False))
    own = [
        (x, hub)
        for x in NAMES
        for hub in {dice.choice([f"p{x}", f"p{x}", f"e{x}", "p1", "p2", "e3"]) for _ in range(2)}
        if dice.random() < 0.8
    ]
    shared = [(x, line) for line in LINES for x in NAMES if dice.random() < 0.4]
    often = dice.choice([0.0, 0.1, 0.25])
    contents = [(x, c) for c in "wxyz" for x in [*NAMES, "other"] if dice.random() < often]
    return own + shared, contents


@settings(max_examples=80, deadline=None)
@given(borne(), st.randoms())
def test_agrees_with_the_slow_way_in_any_order(case, dice: random.Random):
    bears, contents = case
    expected, alone = slowly(bears, contents)
    for _ in range(2):
        found, bare = quickly(bears, contents)
        assert found.keys() == expected.keys()
        for hub, strangers in expected.items():
            assert isclose(found[hub], strangers, rel_tol=1e-9), hub
        assert bare == alone
        dice.shuffle(bears)
        dice.shuffle(contents)


def hotline(callers: int) -> list[tuple[str, str]]:
    """Strangers, each with two adverts and a number of their own, who all name one number."""
    return [
        (f"b{n:04}{m}", hub) for n in range(callers) for m in "xy" for hub in (f"p{n:04}", "pline")
    ]


def test_a_hotline_is_judged_by_a_sample_that_the_order_of_rows_does_not_change(monkeypatch):
    monkeypatch.setattr(module, "SAMPLE", 40)
    bears = hotline(400)
    found, _ = quickly(bears, [])
    assert 20 <= found["pline"] <= 40
    random.Random(5).shuffle(bears)
    assert quickly(bears, [])[0] == found


def test_memory_bound_chunks_give_the_same(monkeypatch):
    bears = [row for n in (5, 9, 14) for row in ((x + str(n), h) for x, h in hotline(n))]
    expected = quickly(bears, [])
    monkeypatch.setattr(module, "CHUNK", 7)
    assert quickly(bears, []) == expected
