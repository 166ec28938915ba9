"""Computes who may be one: identities from links and people's decisions, rebuilt at will.

An identity is a view, never stored as truth. One strong link suffices; weaker ones must agree from
two sides that one act of copying cannot fake. A person's no outweighs every score.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from palermo.vocabulary import SEPARATOR, identify

# Evidence from which two nodes are taken as one. Scores are strengths, not probabilities.
ENOUGH = 0.65
# Links of one family can come about by one act, such as copying an advert with its pictures, so
# they count once; links of different families count together.
FAMILIES = {"near_text": "content", "same_picture": "content"}
# A person's yes: before every score.
CERTAIN = 2.0

NODES = pa.schema([("node", pa.string()), ("identity", pa.string())])
ACTS = ("confirm", "reject", "generic")

# (act, a, b): "confirm" a and b are one; "reject" they are not; "generic" a is nobody's own
Decision = tuple[str, str, str | None]
Ints = NDArray[np.int64]


class Identities(NamedTuple):
    nodes: pa.Table  # node, identity: every node that a link or a decision names
    links: list[str]  # ids of the links that hold the identities together, in order


def identities(links: pa.Table, decisions: Iterable[Decision] = ()) -> Identities:
    """Group nodes by links and decisions; the order of links does not matter.

    Of two decisions on the same pair the later counts. Rejected pairs end up apart whatever else
    ties them: the weakest ties between them give way.
    """
    must, cannot, generic = _settled(decisions)
    rows = _rows(links)
    kept = rows.filter(~pl.col("a").is_in(generic) & ~pl.col("b").is_in(generic))
    direct, combined = _direct(kept), _combined(kept)
    yes = pl.DataFrame(sorted(must), schema={"a": pl.String, "b": pl.String}, orient="row")
    ties = pl.concat(
        [
            direct.select("a", "b", "score"),
            combined.select("a", "b", "score"),
            yes.with_columns(score=pl.lit(CERTAIN)),
        ]
    )
    ties = ties.sort("score", "a", "b", descending=[True, False, False])
    decided = pl.Series([x for p in must | cannot for x in p] + sorted(generic), dtype=pl.String)
    real = pl.concat([rows["a"], rows["b"], decided]).unique()
    names = pl.concat([real, ties["a"], ties["b"]]).unique().sort()
    a, b = (names.search_sorted(ties[c]).to_numpy().astype(np.int64) for c in ("a", "b"))
    settled = set(decided)
    place = {x: i for i, x in enumerate(names) if x in settled} if cannot else {}
    apart = [(place[x], place[y]) for x, y in sorted(cannot)]
    label = keep_apart(components(a, b, len(names)), a, b, apart)
    table = pl.DataFrame({"node": names, "label": label})
    table = table.join(pl.DataFrame({"node": real}), on="node", how="semi").sort("node")
    table = table.with_columns(first=pl.col("node").min().over("label"))
    firsts = table["first"].unique()
    ids = pl.DataFrame({"first": firsts, "identity": [identify("i", f) for f in firsts]})
    nodes = table.join(ids, on="first", how="left", maintain_order="left").select(NODES.names)
    return Identities(nodes.to_arrow().cast(NODES), _holding(kept, direct, combined, nodes))


def components(a: Ints, b: Ints, n: int) -> Ints:
    graph = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), (n, n))
    return connected_components(graph, directed=False)[1].astype(np.int64)  # type: ignore[no-any-return]


def keep_apart(label: Ints, a: Ints, b: Ints, apart: list[tuple[int, int]]) -> Ints:
    """Take apart the components that hold a rejected pair, and build them anew tie by tie.

    Ties come strongest first; one that would bring a rejected pair together is left out.
    """
    broken = {int(label[x]) for x, y in apart if label[x] == label[y] and x != y}
    if not broken:
        return label
    inside = np.isin(label, list(broken))
    parent = {int(x): int(x) for x in np.flatnonzero(inside)}
    foes: dict[int, set[int]] = {x: set() for x in parent}
    for x, y in apart:
        if x != y and x in parent and y in parent:
            foes[x].add(y)
            foes[y].add(x)

    def find(x: int) -> int:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    members = {x: [x] for x in parent}
    for i in np.flatnonzero(inside[a]).tolist():
        x, y = find(int(a[i])), find(int(b[i]))
        if x == y or any(find(foe) == y for foe in foes[x]):
            continue
        if len(members[x]) < len(members[y]):
            x, y = y, x
        parent[y] = x
        members[x] += members.pop(y)
        foes[x] |= foes.pop(y)
    fresh = label.copy()
    top = int(label.max()) + 1
    for x in parent:
        fresh[x] = top + find(x)
    return fresh


def _settled(
    decisions: Iterable[Decision],
) -> tuple[set[tuple[str, str]], set[tuple[str, str]], set[str]]:
    """Return what people have said: pairs that are one, pairs that are not, values set apart."""
    last: dict[tuple[str, str], str] = {}
    generic: set[str] = set()
    for act, a, b in decisions:
        assert act in ACTS, f"{act}: a decision on identities is one of {ACTS}"
        if act == "generic" or b is None:
            generic.add(a)
        else:
            last[min(a, b), max(a, b)] = act
    must = {pair for pair, act in last.items() if act == "confirm"}
    return must, {pair for pair, act in last.items() if act == "reject"}, generic


def _rows(links: pa.Table) -> pl.DataFrame:
    rows = pl.DataFrame(pl.from_arrow(links.select(["id", "kind", "a", "b", "score"])))
    family = pl.col("kind").replace(FAMILIES)
    # thresholds are met exactly, whatever float32 made of a score
    return rows.with_columns(family=family, score=pl.col("score").cast(pl.Float64).round(4))


def _together(scores: pl.Expr) -> pl.Expr:
    return (1 - (1 - scores).product()).round(4).alias("score")


def _direct(rows: pl.DataFrame) -> pl.DataFrame:
    """Return pairs whose links are enough on their own: a, b, score."""
    strength = rows.group_by("a", "b", "family").agg(pl.col("score").max())
    pairs = strength.group_by("a", "b").agg(_together(pl.col("score")))
    return pairs.filter(pl.col("score") >= ENOUGH)


def _combined(rows: pl.DataFrame) -> pl.DataFrame:
    """Return ties of members that share two weak hubs of different families: a, b, score.

    `b` names both hubs; it is no node of its own. The hubs themselves (a template, a stock
    picture) stay outside the identity.
    """
    ties = rows.group_by("a", "b", "family").agg(pl.col("score").max())
    # an advert that is itself the hub of its near-duplicates is also one of them
    itself = ties.group_by("b", "family").agg(pl.col("score").max())
    itself = itself.join(rows.select(b="a"), on="b", how="semi").with_columns(a=pl.col("b"))
    ties = pl.concat([ties, itself.select(ties.columns)])
    ties = ties.filter(pl.len().over("b", "family") > 1)
    both = ties.join(ties, on="a").filter(pl.col("family") < pl.col("family_right"))
    both = both.with_columns(
        hub=pl.concat_str("b", "b_right", separator=SEPARATOR),
        score=(1 - (1 - pl.col("score")) * (1 - pl.col("score_right"))).round(4),
    ).filter(pl.col("score") >= ENOUGH)
    both = both.filter(pl.col("a").n_unique().over("hub") > 1)
    return both.select("a", b="hub", score="score", one="b", other="b_right")


def _holding(
    rows: pl.DataFrame, direct: pl.DataFrame, combined: pl.DataFrame, nodes: pl.DataFrame
) -> list[str]:
    """Return the ids of links that were enough, or counted in a combination, and still hold."""
    identity = {"a": nodes.rename({"node": "a"}), "b": nodes.rename({"node": "b"})}
    alone = rows.join(direct.select("a", "b"), on=["a", "b"], how="semi")
    alone = alone.join(identity["a"], on="a").join(identity["b"], on="b")
    ids = set(alone.filter(pl.col("identity") == pl.col("identity_right"))["id"])
    shared = combined.join(identity["a"], on="a")
    shared = shared.filter(pl.len().over("b", "identity") > 1)
    for hub in ("one", "other"):
        pairs = shared.select("a", b=hub)
        ids |= set(rows.join(pairs, on=["a", "b"], how="semi")["id"])
    return sorted(ids)
