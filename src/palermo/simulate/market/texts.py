"""Gives the market's texts without pages or archives, for whoever measures on texts alone."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl

from palermo.simulate.market.adverts import Maker
from palermo.simulate.market.plan import Plan

BATCH = 20_000

SCHEMA: dict[str, Any] = {
    "text": pl.String, "cluster": pl.Int64, "operator": pl.Int64, "contacts": pl.List(pl.String),
    "common": pl.List(pl.String), "noise": pl.Float64, "language": pl.String, "script": pl.String,
    "region": pl.String,
}  # fmt: skip


def texts(n: int, seed: int, noise: float | None = None) -> Iterator[pl.DataFrame]:
    """Yield the texts of `n` adverts in batches, each advert's posting once or oftener.

    Columns: text, cluster (its template), operator, contacts (keys of the operator's own), common
    (keys of contacts that are nobody's own), noise, language, script, and the region whose
    national formats apply. `noise`: the share of words mistyped in every text; None: as in a
    market, most without, some with 2 and 15 %.
    """
    plan = Plan(seed, n)
    for number in range(plan.blocks):
        maker = Maker(plan, number, noise)
        for begin in range(0, plan.size(number), BATCH):
            places = maker.block.order[begin : begin + BATCH].astype(np.int64)
            rows = [
                (f"{a.title}\n{a.body}", a.template, a.operator, a.contacts, a.common, a.noise,
                 a.language, a.script, a.region)
                for a in maker.adverts(places)
            ]  # fmt: skip
            yield pl.DataFrame(rows, schema=SCHEMA, orient="row")
