"""What takes a graph apart, against the obvious way: take each node out and count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.patterns.parting import joints

Edges = list[tuple[int, int]]


def pieces(n: int, edges: Edges, without: int) -> list[set[int]]:
    left, out = set(range(n)) - {without}, []
    while left:
        piece, todo = set(), [left.pop()]
        while todo:
            piece.add(node := todo.pop())
            near = {y for x, y in [*edges, *[(b, a) for a, b in edges]] if x == node}
            todo += near & left
            left -= near
        out.append(piece)
    return out


def slow(edges: Edges, weight: list[int], able: list[bool], least: int) -> list[int]:
    found = []
    for node in np.flatnonzero(able).tolist():
        mine = next(p for p in pieces(len(weight), edges, -1) if node in p)
        parts = [p for p in pieces(len(weight), edges, node) if p <= mine]
        if sum(sum(weight[x] for x in part) >= least for part in parts) > 1:
            found.append(node)
    return found


def fast(edges: Edges, weight: list[int], able: list[bool], least: int) -> list[int]:
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2)
    weights, flags = np.array(weight, dtype=np.int64), np.array(able, dtype=bool)
    return joints((ends[:, 0], ends[:, 1]), weights, flags, least)


@st.composite
def graphs(draw):
    n = draw(st.integers(1, 14))
    node = st.integers(0, n - 1)
    edges = draw(st.lists(st.tuples(node, node), max_size=20))
    weight = draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
    able = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    return edges, weight, able, draw(st.integers(1, 4))


@given(graphs())
def test_as_when_each_is_taken_out(graph):
    assert fast(*graph) == slow(*graph)


CHAIN = [(n, n + 1) for n in range(6)]


@pytest.mark.parametrize(
    ("edges", "least", "nodes", "why"),
    [
        (CHAIN, 3, [3], "only the middle of a chain of seven leaves three on both sides"),
        (CHAIN, 1, [1, 2, 3, 4, 5], "all but the ends"),
        ([*CHAIN, (6, 0)], 1, [], "a ring has no such node"),
        ([(0, n) for n in range(1, 5)], 1, [0], "the middle of a star"),
        ([(0, n) for n in range(1, 5)], 2, [], "whose parts are single"),
        ([(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 2)], 2, [2], "two rings with one in common"),
        ([(0, 0), (0, 1), (0, 1), (1, 2)], 1, [1], "a tie told twice, and one to itself"),
        ([], 1, [], "nothing tied"),
    ],
)
def test_what_takes_apart(edges, least, nodes, why):
    n = 1 + max((x for edge in edges for x in edge), default=0)
    assert fast(edges, [1] * n, [True] * n, least) == nodes, why


def test_a_long_chain_needs_no_recursion():
    n = 50_000
    ends = np.arange(n - 1)
    ones = np.ones(n, dtype=np.int64)
    assert len(joints((ends, ends + 1), ones, ones > 0, n // 3)) == n - 2 * (n // 3)
