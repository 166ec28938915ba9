"""Computes who may be one: identities from links and people's decisions, rebuilt at will.

An identity is a view, never stored as truth. One strong link suffices; weaker ones must agree from
two sides that one act of copying cannot fake. A person's no outweighs every score.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from palermo.link.names import Ints, ranked
from palermo.vocabulary import identify

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


def identities(links: pa.Table, decisions: Iterable[Decision] = ()) -> pa.Table:
    """Return `NODES` for every node that a link or a decision names; the order of links does not
    matter.

    Of two decisions on the same pair the later counts. Rejected pairs end up apart whatever else
    ties them: the weakest ties between them give way.
    """
    must, cannot, generic = _settled(decisions)
    decided = [x for pair in must | cannot for x in pair] + sorted(generic)
    names, rows = _coded(links, decided)
    code = {x: int(names.search_sorted(x)) for x in decided}
    apart = [(code[x], code[y]) for x, y in sorted(cannot)]
    yes = [(code[x], code[y], CERTAIN) for x, y in must]
    aside = [code[x] for x in generic]
    kept = rows.filter(~pl.col("a").is_in(aside) & ~pl.col("b").is_in(aside)) if aside else rows
    kept = _strongest(kept, len(names))
    ties = pl.concat(
        [_direct(kept), _combined(kept, len(names)), pl.DataFrame(yes, schema=TIE, orient="row")]
    )
    a, b = (ties[c].to_numpy() for c in ("a", "b"))
    size = max(len(names), int(ties["b"].max() or 0) + 1)  # type: ignore[arg-type]
    label = components(a, b, size)
    if broken := {int(label[x]) for x, y in apart if label[x] == label[y] and x != y}:
        inside = ties.filter(pl.Series(np.isin(label[a], list(broken))))
        label = keep_apart(label, inside, broken, apart)
    # names are in order: the first node of a label is its smallest
    _, first, group = np.unique(label[: len(names)], return_index=True, return_inverse=True)
    ids = pl.Series([identify("i", name) for name in names.gather(first)], dtype=pl.String)
    return pl.DataFrame({"node": names, "identity": ids.gather(group)}).to_arrow().cast(NODES)


TIE = {"a": pl.Int64, "b": pl.Int64, "score": pl.Float64}


def _coded(links: pa.Table, more: Sequence[str]) -> tuple[pl.Series, pl.DataFrame]:
    """Return all nodes in order, and links as family, a, b (places among them), score."""
    rows = pl.DataFrame(pl.from_arrow(links.select(["kind", "a", "b", "score"])))
    names, (a, b, _) = ranked(rows["a"], rows["b"], pl.Series(more, dtype=pl.String))
    return names, rows.select(
        a=pl.Series(a),
        b=pl.Series(b),
        family=pl.col("kind").replace(FAMILIES).cast(pl.Categorical).to_physical(),
        # thresholds are met exactly, whatever float32 made of a score
        score=pl.col("score").cast(pl.Float64).round(4),
    )


def _strongest(rows: pl.DataFrame, nodes: int) -> pl.DataFrame:
    """Return pair, a, b, family, score: of links of one family between two nodes the strongest."""
    rows = rows.with_columns(pair=pl.col("a") * nodes + pl.col("b"))
    twice = rows["pair"].is_duplicated()
    single, several = rows.filter(~twice), rows.filter(twice)
    several = several.group_by("pair", "family").agg(
        pl.col("a", "b").first(), pl.col("score").max()
    )
    return pl.concat([single, several.select(single.columns)])


def components(a: Ints, b: Ints, n: int) -> Ints:
    graph = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), (n, n))
    return connected_components(graph, directed=False)[1].astype(np.int64)  # type: ignore[no-any-return]


def keep_apart(
    label: Ints, ties: pl.DataFrame, broken: set[int], apart: list[tuple[int, int]]
) -> Ints:
    """Take apart the components that hold a rejected pair, and build them anew of their `ties`.

    Ties come strongest first; one that would bring a rejected pair together is left out.
    """
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
    ties = ties.sort("score", "a", "b", descending=[True, False, False])
    for a, b in ties.select("a", "b").iter_rows():
        x, y = find(a), find(b)
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


def _together(score: str) -> pl.Expr:
    return (1 - (1 - pl.col(score)).product()).round(4).alias(score)


def _direct(ties: pl.DataFrame) -> pl.DataFrame:
    """Return `TIE` for pairs whose links are enough on their own."""
    several = ties["pair"].is_duplicated()
    pairs = ties.filter(several).group_by("pair").agg(pl.col("a", "b").first(), _together("score"))
    alone = ties.filter(~several).select(pairs.columns)
    return pl.concat([alone, pairs]).filter(pl.col("score") >= ENOUGH).select("a", "b", "score")


def _combined(ties: pl.DataFrame, nodes: int) -> pl.DataFrame:
    """Return `TIE` for members that share two weak hubs of different families.

    `b` is a number above all nodes that stands for both hubs. The hubs themselves (a template, a
    stock picture) stay outside the identity. Of a hub that holds all its members by itself there is
    no need.
    """
    ties = ties.select("a", "b", "family", "score")
    # an advert that is itself the hub of its near-duplicates is also one of them
    linked = np.zeros(nodes, dtype=bool)
    linked[ties["a"].to_numpy()] = True
    itself = ties.filter(pl.Series(linked[ties["b"].to_numpy()]))
    itself = itself.group_by("b", "family").agg(pl.col("score").max()).with_columns(a=pl.col("b"))
    ties = pl.concat([ties, itself.select(ties.columns)])
    weak = np.zeros(nodes, dtype=bool)
    weak[ties.filter(pl.col("score") < ENOUGH)["b"].to_numpy()] = True
    ties = ties.filter(pl.Series(weak[ties["b"].to_numpy()]))
    ties = ties.filter(pl.len().over("b", "family") > 1)
    both = ties.join(ties, on="a").filter(pl.col("family") < pl.col("family_right"))
    score = (1 - (1 - pl.col("score")) * (1 - pl.col("score_right"))).round(4)
    both = both.with_columns(score=score).filter(pl.col("score") >= ENOUGH)
    both = both.with_columns(hubs=pl.col("b") * nodes + pl.col("b_right"))
    both = both.filter(pl.col("a").n_unique().over("hubs") > 1)
    hubs = pl.col("hubs").rank("dense").cast(pl.Int64)
    return both.select("a", b=nodes - 1 + hubs, score="score")
