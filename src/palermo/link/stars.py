"""Cuts components of near pairs into stars, so that a chain of likenesses joins no strangers."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# Each round settles every component's best connected member and all that are near it.
ROUNDS = 50


def stars(
    n: int, a: Ints, b: Ints, likeness: Callable[[Ints, Ints], Floats], near: float
) -> tuple[Ints, Floats]:
    """Return for each of `n` things its hub and its likeness to it; itself and 1 where it has none.

    `a` and `b` are pairs known to be near. Every member is near its hub itself: `likeness` is
    asked for each of them.
    """
    hub, like = np.arange(n), np.ones(n)
    open_ = np.zeros(n, dtype=bool)
    open_[a] = open_[b] = True
    for _ in range(ROUNDS):
        keep = open_[a] & open_[b]
        a, b = a[keep], b[keep]
        if not len(a):
            break
        graph = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), (n, n))
        label = connected_components(graph, directed=False)[1]
        degree = np.bincount(a, minlength=n) + np.bincount(b, minlength=n)
        members = np.flatnonzero(degree)
        order = members[np.lexsort((members, -degree[members], label[members]))]
        first = np.ones(len(order), dtype=bool)
        first[1:] = label[order[1:]] != label[order[:-1]]
        head = order[np.flatnonzero(first)[np.cumsum(first) - 1]]
        found = np.where(order == head, 1.0, 0.0)
        rest = np.flatnonzero(order != head)
        found[rest] = likeness(order[rest], head[rest])
        close = found >= near
        hub[order[close]], like[order[close]] = head[close], found[close]
        open_[order[close]] = False
    return hub, like
