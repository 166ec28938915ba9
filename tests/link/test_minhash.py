import random
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.link.minhash import NEAR, blank, cluster, shingle

WORDS = [f"word{n}" for n in range(3000)]


def pairs(text: str) -> set[tuple[str, str]]:
    words = text.split()
    return set(pairwise(words))


def likeness(a: str, b: str) -> float:
    return len(pairs(a) & pairs(b)) / len(pairs(a) | pairs(b))


def texts(dice: random.Random, templates: int, copies: int, noise: float) -> list[list[str]]:
    out = []
    for _ in range(templates):
        words = dice.choices(WORDS, k=30)
        out.append(
            [
                " ".join(w if dice.random() > noise else dice.choice(WORDS) for w in words)
                for _ in range(copies)
            ]
        )
    return out


@given(
    st.lists(st.lists(st.sampled_from("abcd"), max_size=12).map(" ".join), min_size=2, max_size=8)
)
def test_exact_likeness_agrees_with_sets(rows):
    found = shingle(pl.Series(rows, dtype=pl.String))
    for i, a in enumerate(rows):
        assert found.sizes()[i] == len(pairs(a))
        for j, b in enumerate(rows):
            expected = likeness(a, b) if pairs(a) | pairs(b) else 0
            assert found.jaccard(np.array([i]), np.array([j]))[0] == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(3))
def test_clusters_are_the_templates(seed):
    truth = texts(random.Random(seed), 60, 8, 0.02)
    flat = [t for group in truth for t in group]
    found = cluster(pl.Series(flat)).hub.reshape(60, 8)
    assert (found == found[:, :1]).mean() > 0.99
    assert len(np.unique(found[:, 0])) == 60


def test_every_member_is_near_its_hub_even_along_a_chain():
    dice = random.Random(5)
    words = dice.choices(WORDS, k=40)
    chain = []
    for _ in range(60):  # each text is one word away from the last, the ends share nothing
        words = [*words[1:], dice.choice(WORDS)]
        chain.append(" ".join(words))
    found = cluster(pl.Series(chain))
    assert len(np.unique(found.hub)) > 2
    for i, hub in enumerate(found.hub):
        assert likeness(chain[i], chain[hub]) >= NEAR
        assert likeness(chain[i], chain[hub]) == pytest.approx(found.likeness[i])


def test_order_of_texts_changes_only_names():
    flat = sorted(t for group in texts(random.Random(1), 20, 5, 0.02) for t in group)
    one = cluster(pl.Series(flat))
    two = cluster(pl.Series(flat))
    assert (one.hub == two.hub).all()


def test_short_texts_are_near_only_their_equals():
    found = cluster(pl.Series(["call me now", "call me later", "call me now"]))
    assert found.hub.tolist() == [0, 1, 0]


def test_no_texts():
    assert len(cluster(pl.Series([], dtype=pl.String)).hub) == 0


@pytest.mark.parametrize(
    ("spans", "expected", "why"),
    [
        ([], "call 123 now", "nothing to blank"),
        ([(5, 8)], "call  □  now", "one slot"),
        ([(5, 7), (6, 8)], "call  □  now", "overlapping spans are one slot"),
        ([(0, 12), (5, 8)], " □ ", "a span within another"),
    ],
)
def test_blank(spans, expected, why):
    assert blank("call 123 now", iter(spans)) == expected, why
