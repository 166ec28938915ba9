"""Tells a value that one actor uses from one that many strangers share, by the data alone.

Take the value away: into how many groups do its bearers fall, when their other identifiers, texts
and pictures still hold them together? One operator's number leaves one group, or two; a hotline
leaves as many as there are callers for help. No list of known numbers is kept or needed.

All values are judged at once by what the round before has left, so that the order of rows does not
matter, and a verdict rests on nothing but the value's bearers and their groups.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from palermo.link.names import Ints, ranked
from palermo.vocabulary import Kind

# A value may join two otherwise separate groups of its own strength: that is what a link is for.
JOINS = 2.0
# A group known only by one free account, seen once, may be a throwaway of the same actor.
THROWAWAY = 0.5
FREE = (Kind.EMAIL, Kind.HANDLE)
# Below this share of its strength a value no longer holds together those who bear it.
HOLDS = 0.7
# A value that every third bearer gives alone is somebody's own.
LONE = 3
# Times that values are judged; the second finds most of what the first could not know yet.
ROUNDS = 3
# Bearers by which a value is judged: those whose names have the smallest checksums.
SAMPLE = 500
# Rows that are judged at a time: the bound of memory.
CHUNK = 2_000_000

WEIGHED = {"hub": pl.String, "bearers": pl.Int64, "strangers": pl.Float64, "factor": pl.Float64}

# (bearer, content) as strings: what may show that two bearers copy, or are, one author
Contents = Callable[[], pl.DataFrame]
Flags = NDArray[np.bool_]


def commonness(bears: pl.DataFrame, contents: Contents) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Weigh each value borne by authors: `bears` holds bearer, hub, kind (strings), weak (bool).

    Weak values (a web domain) are judged but hold nobody together. Returns (hub, bearers,
    strangers, factor) for every hub, and (hub, bearer) for the bearers of common hubs that have
    nothing but common ones to go by: for them it is the contact, however common.
    """
    if bears.is_empty():
        return pl.DataFrame(schema=WEIGHED), pl.DataFrame(
            schema={"hub": pl.String, "bearer": pl.String}
        )
    hubs, (h,) = ranked(bears["hub"])
    bearers, (b,) = ranked(bears["bearer"])
    first = np.unique(h, return_index=True)[1]
    h, b = np.divmod(_distinct(h * len(bearers) + b), len(bearers))
    pairs = pl.DataFrame({"b": b, "h": h})
    weighing = _Weighing(pairs, bears[first].select("kind", "weak"), bearers, contents)
    strangers = weighing.weigh()
    table = pl.DataFrame(
        {
            "hub": hubs,
            "bearers": weighing.degree,
            "strangers": strangers,
            "factor": _factor(strangers),
        },
        schema=WEIGHED,
    )
    bare = weighing.bare()
    return table, bare.select(hub=hubs.gather(bare["h"]), bearer=bearers.gather(bare["b"]))


def _distinct(numbers: Ints) -> Ints:
    """Sort numbers, each once: of millions, in a fiftieth of the time of `numpy.unique`."""
    numbers = np.sort(numbers)
    return numbers[np.diff(numbers, prepend=numbers[:1] - 1) > 0]


def _factor(strangers: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.minimum(1.0, JOINS / np.maximum(strangers, JOINS))


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


@dataclass
class _Known:
    """What a round knows: each bearer's group, and the values that hold or are common."""

    group: Ints
    trusted: Flags
    rejected: Flags


class _Weighing:
    """A value not judged yet says nothing where most bearers of the one in hand bear it too, so
    that two hotlines printed side by side do not vouch for each other. A value of two bearers joins
    two groups at most and is never common.
    """

    def __init__(
        self, pairs: pl.DataFrame, hubs: pl.DataFrame, bearers: pl.Series, contents: Contents
    ) -> None:
        self.pairs, self.bearers, self.contents = pairs, bearers, contents
        self.b, self.h = pairs["b"].to_numpy(), pairs["h"].to_numpy()
        self.degree = np.bincount(self.h, minlength=len(hubs))
        self.weak = hubs["weak"].to_numpy()
        self.firm = (self.degree > 1) | ~hubs["kind"].is_in(FREE).to_numpy()
        self.wide = self.degree > JOINS
        self.known = self._after(np.zeros(len(hubs)), ~self.wide & ~self.weak, self.weak.copy())
        self.sample = self._sampled()
        self._content: pl.DataFrame | None = None

    def weigh(self) -> NDArray[np.float64]:
        """Return into how many strangers each hub's bearers fall without it."""
        strangers = np.zeros(len(self.degree))
        for _ in range(ROUNDS):
            judged = self._judged()
            strangers = np.zeros(len(self.degree))
            strangers[judged["h"].to_numpy()] = judged["strangers"].to_numpy()
            holds = (_factor(strangers) >= HOLDS) & ~self.weak
            before, self.known = self.known, self._after(strangers, holds, ~holds)
            if (before.trusted == holds).all() and (before.rejected == ~holds).all():
                break
        return strangers

    def bare(self) -> pl.DataFrame:
        """Return (h, b) for bearers of rejected hubs that have nothing else to go by."""
        common = self.known.rejected & ~self.weak
        rows = self.pairs.filter(pl.Series(common[self.h]))
        return rows.join(self._others(rows).select("h", "b").unique(), on=["h", "b"], how="anti")

    def _after(self, strangers: NDArray[np.float64], trusted: Flags, rejected: Flags) -> "_Known":
        """Return what is known once values are trusted or rejected: trusted ones make groups, and so
        do rejected ones of those who bear nothing else."""
        self.known = _Known(np.empty(0, dtype=np.int64), trusted, rejected)
        bare = self.bare() if strangers.any() else self.pairs.head(0)
        holds = trusted[self.h]
        b = np.concatenate([self.b[holds], bare["b"].to_numpy()])
        h = np.concatenate([self.h[holds], bare["h"].to_numpy()])
        self.known.group = _components(b, h, len(self.bearers), len(self.degree))
        return self.known

    def _sampled(self) -> pl.DataFrame:
        """Return (h, b): the bearers by which each wide hub is judged."""
        wide = self.pairs.filter(pl.Series(self.wide[self.h]))
        large = wide.filter(pl.Series((self.degree > SAMPLE)[wide["h"].to_numpy()]))
        names = self.bearers.gather(large["b"]).to_list()
        sums = pl.Series("sum", [zlib.crc32(name.encode()) for name in names], dtype=pl.UInt32)
        first = large.with_columns(sums).sort("h", "sum", "b")
        first = first.filter(pl.int_range(pl.len()).over("h") < SAMPLE).select("b", "h")
        small = wide.join(large.select("h").unique(), on="h", how="anti")
        return pl.concat([small, first]).sort("h", "b")

    def _judged(self) -> pl.DataFrame:
        """Return (h, strangers) for the wide hubs."""
        size = self.sample.group_by("h", maintain_order=True).len()
        part = (size["len"].cum_sum() - 1) // CHUNK
        parts = [
            self._judge(self.sample.join(some.select("h"), on="h", how="semi"))
            for some in size.with_columns(part=part).partition_by("part", maintain_order=True)
        ]
        return pl.concat([pl.DataFrame(schema={"h": pl.Int64, "strangers": pl.Float64}), *parts])

    def _judge(self, sample: pl.DataFrame) -> pl.DataFrame:
        own = self._own(sample)
        roots = own.group_by("h", "root").agg(pl.col("firm").any())
        weight = pl.when("firm").then(1.0).otherwise(THROWAWAY)
        edges = own.select("h", "root", thing="v").unique()
        counted = _grouped(roots.with_columns(weight=weight), edges, len(self.bearers))
        many = counted.filter(pl.col("strangers") > JOINS).select("h")
        if not many.is_empty():
            inside = roots.with_columns(weight=weight).join(many, on="h", how="semi")
            alike = self._alike(inside)
            edges = pl.concat([edges.join(many, on="h", how="semi"), alike])
            counted = pl.concat(
                [
                    counted.join(many, on="h", how="anti"),
                    _grouped(inside, edges, len(self.bearers)),
                ]
            )
        told = own.group_by("h").agg(told=pl.col("b").n_unique())
        size = sample.group_by("h").agg(size=pl.len()).join(told, on="h")
        # what is mostly the only contact is somebody's own, though others may name it
        beside = (pl.col("told") / pl.col("size")).sqrt()
        return counted.join(size, on="h").select("h", strangers=pl.col("strangers") * beside)

    def _others(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return h, b, v, size (of the hub's rows): what bearers have besides the hub, but for what
        most of them have that is not trusted."""
        values = self.pairs.rename({"h": "v"}).filter(pl.Series(~self.weak[self.h]))
        others = rows.join(values, on="b").filter(pl.col("h") != pl.col("v"))
        others = others.join(rows.group_by("h").agg(size=pl.len()), on="h")
        trusted = pl.Series(self.known.trusted[others["v"].to_numpy()])
        few = 2 * pl.len().over("h", "v") <= pl.col("size")
        return others.filter(few | trusted)

    def _own(self, sample: pl.DataFrame) -> pl.DataFrame:
        """Return h, b, root (the bearer's group), v, firm: what tells a hub's bearers apart.

        Common values tell nothing; but where there are no others, and few bearers with the hub alone,
        it is no more somebody's own than they are.
        """
        others = self._others(sample)
        what = others["v"].to_numpy()
        others = others.with_columns(
            common=pl.Series(self.known.rejected[what]),
            firm=pl.Series(self.firm[what]),
            root=pl.Series(self.known.group[others["b"].to_numpy()]),
        )
        alone = pl.col("size") - pl.col("b").n_unique().over("h")
        only = pl.col("common").all().over("h") & (alone * LONE < pl.col("size"))
        return others.filter(~pl.col("common") | only)

    def _alike(self, inside: pl.DataFrame) -> pl.DataFrame:
        """Return h, root, thing: texts and pictures of a hub's groups that few strangers to it use.

        What a group posts is looked at, not only what bears the value.
        """
        contents = self._contents()
        roots = contents.select(
            "content", root=pl.Series(self.known.group[contents["b"].to_numpy()])
        ).unique()
        roots = roots.with_columns(everywhere=pl.len().over("content"))
        held = inside.select("h", "root").join(roots, on="root")
        sharing = pl.len().over("h", "content")
        held = held.filter((sharing > 1) & ((pl.col("everywhere") - sharing) * 2 <= sharing))
        # contents are numbered after values
        return held.select("h", "root", thing=pl.col("content") + len(self.degree))

    def _contents(self) -> pl.DataFrame:
        """Return (b, content) as numbers."""
        if self._content is None:
            place = pl.DataFrame({"bearer": self.bearers}).with_row_index("b")
            table = self.contents()
            content = pl.Series(ranked(table["content"])[1][0])
            table = table.select("bearer", content=content).join(place, on="bearer")
            self._content = table.select(pl.col("b").cast(pl.Int64), "content").unique()
        return self._content


def _components(b: Ints, h: Ints, n: int, m: int) -> Ints:
    """Return each bearer's component: the number of its first member."""
    graph = coo_array((np.ones(len(b), dtype=np.int8), (b, n + h)), (n + m, n + m))
    label = connected_components(graph, directed=False)[1][:n]
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    return first[inverse].astype(np.int64)


def _grouped(roots: pl.DataFrame, edges: pl.DataFrame, n: int) -> pl.DataFrame:
    """Return (h, strangers): groups of a hub's roots that share no thing, by their heaviest root.

    Roots are numbers below `n`.
    """
    places = [rows["h"].to_numpy() * n + rows["root"].to_numpy() for rows in (roots, edges)]
    x = np.unique(np.concatenate(places), return_inverse=True)[1]
    most = int(edges["thing"].max() or 0) + 1  # type: ignore[arg-type]
    y = np.unique(edges["h"].to_numpy() * most + edges["thing"].to_numpy(), return_inverse=True)[1]
    ends = int(x.max(initial=-1)) + 1, int(y.max(initial=-1)) + 1
    label = _components(x[len(roots) :], y, *ends)
    rows = roots.with_columns(local=pl.Series(label[x[: len(roots)]]))
    rows = rows.group_by("h", "local").agg(pl.col("weight").max())
    return rows.group_by("h").agg(strangers=pl.col("weight").sum())
