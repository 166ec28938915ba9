"""Compares two groupings of the same things, by counts: no pair is ever looked at.

Pairwise figures count pairs that are rightly or wrongly together; B-cubed (A. Bagga, B. Baldwin,
"Entity-based cross-document coreferencing using the vector space model", COLING-ACL 1998) averages
over the things instead, so that large groups do not decide alone. The adjusted Rand index: L. Hubert,
P. Arabie, "Comparing partitions", Journal of Classification 2, 1985.
"""

import polars as pl

Figures = dict[str, float]


def pairwise(truth: dict[str, str], found: dict[str, str]) -> Figures:
    """Compare two groupings of the same keys by the pairs that they put together."""
    return pairs(_cells(truth, found))


def b_cubed(truth: dict[str, str], found: dict[str, str]) -> Figures:
    return things(_cells(truth, found))


def _cells(truth: dict[str, str], found: dict[str, str]) -> pl.DataFrame:
    rows = [(truth[key], found[key]) for key in truth]
    return cells(pl.DataFrame(rows, schema=["truth", "found"], orient="row"))


def cells(rows: pl.DataFrame) -> pl.DataFrame:
    """Count things by (truth, found): how large each overlap of two groups is, as `n`."""
    return rows.group_by("truth", "found").agg(n=pl.len().cast(pl.Int64))


def pairs(counted: pl.DataFrame) -> Figures:
    """Compare by pairs: `counted` as `cells` gives it."""
    both = _couples(counted["n"])
    together = _couples(counted.group_by("found").agg(pl.col("n").sum())["n"])
    belonging = _couples(counted.group_by("truth").agg(pl.col("n").sum())["n"])
    return f1(both / together if together else 1.0, both / belonging if belonging else 1.0)


def things(counted: pl.DataFrame) -> Figures:
    """Compare by B-cubed: `counted` as `cells` gives it."""
    total = int(counted["n"].sum())
    shares = [
        counted.select((pl.col("n") ** 2 / pl.col("n").sum().over(side)).sum()).item() / total
        if total
        else 1.0
        for side in ("found", "truth")
    ]
    return f1(*shares)


def adjusted_rand(counted: pl.DataFrame) -> float:
    both = _couples(counted["n"])
    a, b = (_couples(counted.group_by(k).agg(pl.col("n").sum())["n"]) for k in ("truth", "found"))
    total = int(counted["n"].sum())
    expected = a * b / max(1, total * (total - 1) // 2)
    most = (a + b) / 2
    return (both - expected) / (most - expected) if most != expected else 1.0


def f1(precision: float, recall: float) -> Figures:
    both = precision + recall
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / both if both else 0.0,
    }


def _couples(sizes: pl.Series) -> int:
    return int((sizes * (sizes - 1) // 2).sum())
