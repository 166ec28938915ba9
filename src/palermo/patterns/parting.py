"""Finds what takes a graph apart when it alone is taken out.

R. Tarjan, "Depth-first search and linear graph algorithms", SIAM Journal on Computing 1, 1972.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def joints(edges: tuple[Ints, Ints], weight: Ints, able: Flags, least: int) -> list[int]:
    """Return the nodes among those `able` without which two parts or more of a weight of at least
    `least` each are left of their component. `edges` are pairs of the `len(weight)` nodes."""
    n = len(weight)
    a, b = (np.concatenate(ends) for ends in (edges, edges[::-1]))
    graph = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), (n, n)).tocsr()
    count, label = connected_components(graph, directed=False)
    heavy = np.bincount(label, weights=weight, minlength=count) >= 2 * least
    able = able & heavy[label] & (np.diff(graph.indptr) > 1)
    roots = np.flatnonzero(able)[np.unique(label[able], return_index=True)[1]]
    search = _Search(graph.indptr.tolist(), graph.indices.tolist(), weight.tolist())
    found = [node for root in roots.tolist() for node in search.joints(root, able, least)]
    return sorted(found)


class _Search:
    """A depth-first search without recursion. `met` is when a node was met, `low` the earliest that
    its subtree reaches by an edge back, `below` the weight of its subtree."""

    def __init__(self, starts: list[int], ends: list[int], weight: list[int]) -> None:
        self.starts, self.ends, self.weight = starts, ends, weight
        n = len(weight)
        self.met, self.low, self.up = [-1] * n, [0] * n, [-1] * n
        self.below = list(weight)
        self.next = starts[:-1].copy()
        self.clock = 0

    def joints(self, root: int, able: Flags, least: int) -> list[int]:
        """Return those of the component of `root`."""
        order = self._order(root)
        off: dict[int, list[int]] = {}  # node → weights of what comes off without it
        for child in order[1:]:
            if self.low[child] >= self.met[self.up[child]]:
                off.setdefault(self.up[child], []).append(self.below[child])
        total, found = self.below[root], []
        for node, parts in off.items():
            rest = total - self.weight[node] - sum(parts)
            if able[node] and sum(part >= least for part in (*parts, rest)) > 1:
                found.append(node)
        return found

    def _order(self, root: int) -> list[int]:
        """Walk through a component; return its nodes as they were met."""
        met, low, up = self.met, self.low, self.up
        order, path = [root], [root]
        self._meet(root)
        while path:
            node = path[-1]
            at = self.next[node]
            if at < self.starts[node + 1]:
                self.next[node] = at + 1
                other = self.ends[at]
                if met[other] < 0:
                    up[other] = node
                    self._meet(other)
                    order.append(other)
                    path.append(other)
                elif other != up[node]:
                    low[node] = min(low[node], met[other])
            else:
                path.pop()
                if path:
                    low[path[-1]] = min(low[path[-1]], low[node])
                    self.below[path[-1]] += self.below[node]
        return order

    def _meet(self, node: int) -> None:
        self.met[node] = self.low[node] = self.clock
        self.clock += 1
