"""Holds what was seen in a market of adverts against its truth, at any size.

Adverts are met by their posting's address; of several captures the first stands for the posting.
Ids are looked at by 64 bits of hash, and groupings are compared by counts.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from palermo.score.figures import Figures, adjusted_rand, cells, f1, pairs, things
from palermo.store.engine import Tables

KINDS = ("phone", "email", "handle")
TOLD = 20  # traps that are named


class Met(NamedTuple):
    """`captures`: id (hash) and posting of each advert event; `postings`: the truth of those met,
    with `event`, the hash of the first one's id."""

    captures: pl.DataFrame
    postings: pl.DataFrame
    unknown: int  # adverts that are none of the truth's
    missed: int  # postings of the truth without an advert


def is_market(truth: Path) -> bool:
    return (truth / "adverts").is_dir()


def score_market(tables: Tables, truth: Path) -> dict[str, Any]:
    """Return scores (name to figures) and common contacts that joined operators."""
    met = _met(tables, truth)
    placed = _identities(tables, met)
    grouped = cells(placed.select("truth", "found"))
    scores: dict[str, Figures] = {
        "adverts": {
            "postings": float(len(met.postings)),
            "not found": float(met.missed),
            "none of the truth": float(met.unknown),
        },
        "identities": pairs(grouped) | _mixed(grouped),
        "identities, B-cubed": things(grouped),
        "identities, through own contacts alone": _attainable(met.postings),
    }
    scores |= dict(_texts(tables, met))
    scores |= dict(_contacts(tables, met))
    return {"scores": scores, "traps_joining": _joining(tables, truth, placed)}


def _frame(tables: Tables, query: str) -> pl.DataFrame:
    frame = pl.from_arrow(tables.sql(query))
    assert isinstance(frame, pl.DataFrame)
    return frame


def _met(tables: Tables, truth: Path) -> Met:
    wanted = (
        "posting", "url", "operator", "cluster", "noise", "script", "contacts", "common", "hidden",
    )  # fmt: skip
    known = pl.scan_parquet(truth / "adverts" / "*.parquet").select(wanted)
    postings = known.unique("posting", keep="any").collect(engine="streaming")
    postings = postings.with_columns(url=pl.col("url").str.strip_prefix("https://").hash())
    events = _frame(tables, "SELECT id, posting FROM events WHERE kind = 'advert'")
    first = events.group_by("posting").agg(event=pl.col("id").min())
    first = first.select(url=pl.col("posting").hash(), event=pl.col("event").hash())
    captures = events.select(event=pl.col("id").hash(), url=pl.col("posting").hash())
    unknown = len(captures.join(postings, on="url", how="anti"))
    captures = captures.join(postings.select("url", "posting"), on="url").drop("url")
    found = postings.join(first, on="url").drop("url")
    return Met(captures, found, unknown, len(postings) - len(found))


def _identities(tables: Tables, met: Met) -> pl.DataFrame:
    """Return truth (operator) and found (identity) of each posting; alone where it has none."""
    nodes = _frame(tables, "SELECT node, identity FROM identities WHERE node LIKE 'e%'")
    nodes = nodes.select(event=pl.col("node").hash(), found=pl.col("identity").hash())
    rows = met.postings.select("event", truth="operator").join(nodes, on="event", how="left")
    return rows.with_columns(pl.col("found").fill_null(pl.col("event")))


def _mixed(counted: pl.DataFrame) -> Figures:
    """Count identities that hold several operators, and operators in several identities."""
    return {
        "identities of several operators": float(
            (counted.group_by("found").len()["len"] > 1).sum()
        ),
        "operators in several identities": float(
            (counted.group_by("truth").len()["len"] > 1).sum()
        ),
    }


def _attainable(postings: pl.DataFrame) -> Figures:
    """Say what would be reached if adverts were tied by each of their own contacts, and no other."""
    edges = postings.select("operator", "contacts").with_row_index("a").explode("contacts")
    edges = edges.drop_nulls("contacts").with_columns(b=pl.col("contacts").rank("dense") - 1)
    n = len(postings)
    a, b = edges["a"].to_numpy(), edges["b"].to_numpy().astype(np.int64) + n
    size = n + int(edges["b"].n_unique())
    graph = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), (size, size))
    label = connected_components(graph, directed=False)[1][:n]
    rows = postings.select(truth="operator").with_columns(found=pl.Series(label))
    return pairs(cells(rows))


def _texts(tables: Tables, met: Met) -> Iterator[tuple[str, Figures]]:
    """Yield how well near-duplicates were found: over all texts, by noise, and by script."""
    links = _frame(tables, "SELECT a, min(b) AS b FROM links WHERE kind = 'near_text' GROUP BY a")
    links = links.select(event=pl.col("a").hash(), found=pl.col("b").hash())
    rows = met.postings.select("event", "noise", "script", truth="cluster")
    rows = rows.join(links, on="event", how="left")
    rows = rows.with_columns(pl.col("found").fill_null(pl.col("event")))
    counted = cells(rows.select("truth", "found"))
    yield "near-duplicates", {"ARI": adjusted_rand(counted)} | pairs(counted)
    # of a text's documents those are found that are in its largest piece
    largest = counted.filter(pl.col("n") > 1).sort("n", "found").unique("truth", keep="last")
    rows = rows.with_columns(copies=pl.len().over("truth")).filter(pl.col("copies") > 1)
    hits = largest.select("truth", "found", hit=True)
    rows = rows.join(hits, on=["truth", "found"], how="left").with_columns(
        pl.col("hit").fill_null(False)
    )
    for column in ("noise", "script"):
        told = rows.group_by(column).agg(recall=pl.col("hit").mean(), documents=pl.len())
        for name, recall, documents in told.sort(column).iter_rows():
            said = f"{name:.0%} of words mistyped" if column == "noise" else name
            yield f"near-duplicates, {said}", {"recall": recall, "documents": float(documents)}


def _contacts(tables: Tables, met: Met) -> Iterator[tuple[str, Figures]]:
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    claims = _frame(
        tables,
        f"""SELECT event, kind || ':' || value AS key FROM claims
        WHERE role = 'poster' AND kind IN ({kinds})""",
    )
    claims = claims.select(event=pl.col("event").hash(), key=pl.col("key").hash())
    found = claims.join(met.captures, on="event").select("posting", "key").unique()
    both = pl.col("contacts").list.concat("common")
    known = met.postings.select("posting", "hidden", key=both).explode("key").drop_nulls("key")
    known = known.with_columns(pl.col("key").hash()).unique(["posting", "key"])
    hidden = met.postings.select("posting", hides=pl.col("hidden") > 0)
    said = {"contacts": None, "contacts, some hidden": True, "contacts, none hidden": False}
    for name, hides in said.items():
        some = hidden if hides is None else hidden.filter(pl.col("hides") == hides)
        mine, true = (t.join(some, on="posting", how="semi") for t in (found, known))
        right = len(mine.join(true, on=["posting", "key"], how="semi"))
        yield (
            name,
            f1(right / len(mine) if len(mine) else 1.0, right / len(true) if len(true) else 1.0),
        )


def _joining(tables: Tables, truth: Path, placed: pl.DataFrame) -> list[str]:
    """Return common contacts that are in the identity of several operators; the first few."""
    contacts = pl.read_parquet(truth / "contacts" / "common.parquet").select(node="key")
    nodes = _frame(tables, "SELECT node, identity FROM identities WHERE node LIKE 'phone:%'")
    mine = nodes.join(contacts, on="node").with_columns(found=pl.col("identity").hash())
    several = placed.group_by("found").agg(pl.col("truth").n_unique()).filter(pl.col("truth") > 1)
    return sorted(mine.join(several, on="found", how="semi")["node"])[:TOLD]
