"""Tells a value that one actor uses from one that many strangers share, by the data alone.

Take the value away: into how many groups do its bearers fall, when their other identifiers, texts
and pictures still hold them together? One operator's number leaves one group, or two; a hotline
leaves as many as there are callers for help. No list of known numbers is kept or needed.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from palermo.vocabulary import Kind

# A value may join two otherwise separate groups of its own strength: that is what a link is for.
JOINS = 2.0
# A group known only by one free account, seen once, may be a throwaway of the same actor.
THROWAWAY = 0.5
FREE = (Kind.EMAIL, Kind.HANDLE)
# Below this share of its strength a value no longer holds together those who bear it.
HOLDS = 0.7
# Times that values are judged; the second finds most of what the first could not know yet.
ROUNDS = 3
# Enough of a group, or of a text's bearers, to see what they share.
LOOK = 200

WEIGHED = {"hub": pl.String, "bearers": pl.Int64, "strangers": pl.Float64, "factor": pl.Float64}

# (bearer, content) as strings: what may show that two bearers copy, or are, one author
Contents = Callable[[], pl.DataFrame]


class Groups(dict[int, int]):
    """Union-find; what was never united stands alone."""

    def find(self, x: int) -> int:
        while (up := self.get(x, x)) != x:
            self[x] = x = self.get(up, up)
        return x

    def unite(self, xs: Iterable[int]) -> None:
        roots = sorted({self.find(x) for x in xs})
        for root in roots[1:]:
            self[root] = roots[0]


class Bearers(Groups):
    """Groups of all bearers, that know their members."""

    def __init__(self, label: NDArray[np.int64]) -> None:
        _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
        super().__init__(enumerate(first[inverse].tolist()))
        self.members: dict[int, list[int]] = {}
        for x, root in self.items():
            self.members.setdefault(root, []).append(x)

    def unite(self, xs: Iterable[int]) -> None:
        roots = {self.find(x) for x in xs}
        if len(roots) > 1:
            most = max(roots, key=lambda root: (len(self.members[root]), -root))
            for root in sorted(roots - {most}):
                self[root] = most
                self.members[most] += self.members.pop(root)


@dataclass
class Verdict:
    """What is known of one value: into how many strangers its bearers fall without it."""

    strangers: float = 0.0
    bare: list[int] = field(default_factory=list)

    @property
    def factor(self) -> float:
        return 1.0 if self.strangers <= JOINS else JOINS / self.strangers


def commonness(bears: pl.DataFrame, contents: Contents) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Weigh each value borne by authors: `bears` holds bearer, hub, kind (strings), weak (bool).

    Weak values (a web domain) are judged but hold nobody together. Returns (hub, bearers,
    strangers, factor) for every hub, and (hub, bearer) for the bearers that have nothing but this
    hub to go by: for them it is the contact, however common.
    """
    pairs = bears.unique(["bearer", "hub"]).sort("hub", "bearer")
    if pairs.is_empty():
        return pl.DataFrame(schema=WEIGHED), pl.DataFrame(
            schema={"hub": pl.String, "bearer": pl.String}
        )
    bearers = pairs["bearer"].unique().sort()
    hubs = pairs.unique("hub").sort("hub")
    coded = pairs.select(
        b=bearers.search_sorted(pairs["bearer"]).cast(pl.Int64),
        h=hubs["hub"].search_sorted(pairs["hub"]).cast(pl.Int64),
    )
    weighing = _Weighing(coded, hubs, bearers, contents)
    verdicts = weighing.weigh()
    names = hubs["hub"]
    plain = Verdict()
    each = [verdicts.get(i, plain) for i in range(len(names))]
    table = pl.DataFrame(
        {
            "hub": names,
            "bearers": weighing.degree,
            "strangers": [v.strangers for v in each],
            "factor": [v.factor for v in each],
        },
        schema=WEIGHED,
    )
    alone = [(names[i], bearers[x]) for i, v in verdicts.items() for x in v.bare]
    return table, pl.DataFrame(alone, schema={"hub": pl.String, "bearer": pl.String}, orient="row")


def groups(bears: pl.DataFrame, shared: pl.DataFrame) -> pl.DataFrame:
    """Count the groups that share a thing, known by their identifiers: (thing, bearers, groups).

    `bears` holds bearer and hub, `shared` bearer and thing. Bearers of a thing that also share an
    identifier are one group; those without any are not counted.
    """
    pairs = shared.join(bears, on="bearer").unique(["thing", "bearer", "hub"])
    sizes = shared.group_by("thing").agg(bearers=pl.col("bearer").n_unique())
    if pairs.is_empty():
        return sizes.with_columns(groups=pl.lit(0, dtype=pl.Int64))
    pairs = pairs.with_columns(
        x=pl.struct("thing", "bearer").rank("dense").cast(pl.Int64) - 1,
        y=pl.struct("thing", "hub").rank("dense").cast(pl.Int64) - 1,
    )
    x, y = pairs["x"].to_numpy(), pairs["y"].to_numpy()
    n = int(x.max()) + 1
    size = n + int(y.max()) + 1
    graph = coo_array((np.ones(len(x), dtype=np.int8), (x, n + y)), (size, size))
    label = connected_components(graph, directed=False)[1]
    counted = pairs.with_columns(group=pl.Series(label[x]))
    counted = counted.group_by("thing").agg(groups=pl.col("group").n_unique().cast(pl.Int64))
    return sizes.join(counted, on="thing", how="left").with_columns(pl.col("groups").fill_null(0))


class _Weighing:
    """One pass over the values, those with the fewest companions first.

    A value not judged yet says nothing where most bearers of the one in hand bear it too, so that
    two hotlines printed side by side do not vouch for each other. A value of two bearers joins two
    groups at most and is never common.
    """

    def __init__(
        self, coded: pl.DataFrame, hubs: pl.DataFrame, bearers: pl.Series, contents: Contents
    ) -> None:
        self.b, self.h = coded["b"].to_numpy(), coded["h"].to_numpy()
        self.kinds = hubs["kind"].to_list()
        self.weak = hubs["weak"].to_numpy()
        self.bearers, self.contents = bearers, contents
        self.degree = np.bincount(self.h, minlength=len(hubs))
        self.starts = np.searchsorted(self.h, np.arange(len(hubs) + 1))
        by_bearer = np.lexsort((self.h, self.b))
        self.values = self.h[by_bearer]
        self.value_starts = np.searchsorted(self.b[by_bearer], np.arange(len(bearers) + 1))
        beside = coded.join(coded, on="b").unique(["h", "h_right"])
        self.companions = np.bincount(beside["h"].to_numpy(), minlength=len(hubs)) - 1
        self.trusted = (self.degree <= JOINS) & ~self.weak
        self.rejected = self.weak.copy()
        self.groups = Bearers(self._narrow())
        self._content: tuple[dict[int, list[int]], dict[int, list[int]]] | None = None

    def weigh(self) -> dict[int, Verdict]:
        """Judge the values; those that seemed common once more when their bearers are known better."""
        wide = np.flatnonzero(self.degree > JOINS)
        keys = (wide, self.degree[wide], self.companions[wide], self.weak[wide])
        order = wide[np.lexsort(keys)].tolist()
        verdicts: dict[int, Verdict] = {}
        for _ in range(ROUNDS):
            trusted = int(self.trusted.sum())
            for hub in order:
                verdicts[hub] = self._judge(hub)
                self._act_on(hub, verdicts[hub])
            order = [hub for hub in order if not self.trusted[hub]]
            if trusted == self.trusted.sum():
                break
        return verdicts

    def _act_on(self, hub: int, verdict: Verdict) -> None:
        if self.weak[hub]:
            return
        self.trusted[hub] = verdict.factor >= HOLDS
        self.rejected[hub] = not self.trusted[hub]
        held = self.b[self.starts[hub] : self.starts[hub + 1]].tolist()
        self.groups.unite(held if self.trusted[hub] else verdict.bare)

    def _narrow(self) -> NDArray[np.int64]:
        """Return the components that trusted values make of the bearers."""
        keep = self.trusted[self.h]
        n, m = len(self.bearers), len(self.kinds)
        edges = (np.ones(keep.sum()), (self.b[keep], n + self.h[keep]))
        label = connected_components(coo_array(edges, (n + m, n + m)), directed=False)[1][:n]
        return label.astype(np.int64)  # type: ignore[no-any-return]

    def _own(self, bearers: list[int], hub: int) -> dict[int, list[int]]:
        """Return what each bearer has besides `hub` to be known by."""
        each = {
            x: self.values[self.value_starts[x] : self.value_starts[x + 1]].tolist()
            for x in bearers
        }
        shares = Counter(v for values in each.values() for v in values)
        tells = {
            v
            for v, share in shares.items()
            if v != hub and not self.rejected[v] and (self.trusted[v] or 2 * share <= len(bearers))
        }
        return {x: [v for v in values if v in tells] for x, values in each.items()}

    def _judge(self, hub: int) -> Verdict:
        bearers = self.b[self.starts[hub] : self.starts[hub + 1]].tolist()
        own = self._own(bearers, hub)
        bare = [x for x in bearers if not own[x]]
        roots = {x: self.groups.find(x) for x in bearers if own[x]}
        local = Groups()
        sharing: dict[int, list[int]] = {}
        for x, root in roots.items():
            for v in own[x]:
                sharing.setdefault(v, []).append(root)
        for same in sharing.values():
            local.unite(same)
        weight: dict[int, float] = {}
        for x, root in roots.items():
            firm = any(self.degree[v] > 1 or self.kinds[v] not in FREE for v in own[x])
            weight[root] = max(weight.get(root, 0.0), 1.0 if firm else THROWAWAY)
        if _strangers(weight, local) > JOINS:
            self._join_by_content(set(roots.values()), local)
        # what is mostly the only contact is somebody's own, though others may name it
        beside = 1 - len(bare) / len(bearers)
        return Verdict(_strangers(weight, local) * beside**0.5, bare)

    def _join_by_content(self, inside: set[int], local: Groups) -> None:
        """Count groups of one text or picture as one, unless strangers to the value use it too.

        What a group posts is looked at, not only what bears the value.
        """
        contents, bearers = self._contents()
        held: dict[int, set[int]] = {}
        for root in inside:
            members = self.groups.members[root][:LOOK]
            for content in {c for x in members for c in contents.get(x, ())}:
                held.setdefault(content, set()).add(root)
        for content, sharing in held.items():
            everywhere = {self.groups.find(x) for x in bearers[content][:LOOK]}
            if len(sharing) > 1 and len(everywhere - inside) * 2 <= len(sharing):
                local.unite(sharing)

    def _contents(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        if self._content is None:
            here = pl.DataFrame({"bearer": self.bearers})
            table = self.contents().unique(["bearer", "content"]).sort("content", "bearer")
            table = table.join(here, on="bearer", how="semi", maintain_order="left")
            index = self.bearers.search_sorted(table["bearer"]).to_list()
            codes = table["content"].rank("dense").to_list()
            contents: dict[int, list[int]] = {}
            bearers: dict[int, list[int]] = {}
            for x, code in zip(index, codes, strict=True):
                contents.setdefault(x, []).append(code)
                bearers.setdefault(code, []).append(x)
            self._content = contents, bearers
        return self._content


def _strangers(weight: dict[int, float], local: Groups) -> float:
    heaviest: dict[int, float] = {}
    for root, w in weight.items():
        top = local.find(root)
        heaviest[top] = max(heaviest.get(top, 0.0), w)
    return sum(heaviest.values())
