"""Writes a market's truth as Parquet: each capture of an advert, and each contact's operator."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from palermo.simulate.market.archive import Stored
from palermo.simulate.market.contacts import COMMON, phone
from palermo.simulate.market.dealing import Deal
from palermo.simulate.market.ground import REGIONS, SITES
from palermo.simulate.market.pages import path
from palermo.simulate.market.plan import Block

README = """# The truth of this market

Everything here is fictional. None of these files belongs to the evidence. Parquet, by day and block.

`adverts/`: one row a capture of an advert.

- `file`, `offset`, `item`: the archive (under evidence/), the record in it, the advert's place on its page
- `url`: the posting's own address; `posting`: its number, the same for all captures of it
- `captured`, `posted`: UTC
- `operator`: who posted it, the unit of identity
- `cluster`: the text that it follows; negative where strangers use the same one
- `content`: equal for adverts that are the same word for word
- `noise`: the share of its words that are mistyped
- `script` (ISO 15924), `language`, `region` (of the site), `town`, `price`
- `contacts`: `<kind>:<normalised value>` of the operator's own contacts in it
- `common`: contacts in it that are nobody's own, or other people's
- `hidden`: how many of its own contacts are disguised

`contacts/`: one row a contact of an operator (`key`, `operator`); a null operator means nobody's own.
"""

ADVERTS: dict[str, Any] = {
    "file": pl.String, "offset": pl.Int64, "item": pl.Int32, "url": pl.String, "posting": pl.Int64,
    "captured": pl.Int64, "posted": pl.Int64, "operator": pl.Int64, "cluster": pl.Int64,
    "content": pl.Int64, "noise": pl.Float32, "script": pl.String, "language": pl.String,
    "region": pl.String, "town": pl.String, "price": pl.String, "contacts": pl.List(pl.String),
    "common": pl.List(pl.String), "hidden": pl.Int32,
}  # fmt: skip


def rows_of(name: str, block: Block, stored: Sequence[Stored]) -> pl.DataFrame:
    places = np.array([one.capture.advert.place for one in stored], dtype=np.int64)
    posting, content = (block.base + of[places] for of in (block.posting, block.content))
    captures = [one.capture for one in stored]
    adverts = [capture.advert for capture in captures]
    site = SITES[adverts[0].site]  # a file is of one
    columns: dict[str, Any] = {
        "file": [name] * len(stored), "offset": [s.offset for s in stored],
        "item": [s.item for s in stored],
        "url": [f"https://{site.host}{path(site, c.id)}" for c in captures], "posting": posting,
        "captured": [c.captured for c in captures], "posted": [c.posted for c in captures],
        "cluster": [a.template for a in adverts], "content": content,
    }  # fmt: skip
    columns |= {key: [getattr(a, key) for a in adverts] for key in ADVERTS if key not in columns}
    for key in ("contacts", "common"):  # Arrow takes lists in quicker
        columns[key] = pl.from_arrow(pa.array(columns[key], pa.list_(pa.string())))
    table = pl.DataFrame(columns, schema=ADVERTS)
    time = pl.from_epoch(pl.col("captured", "posted"), time_unit="s").dt.replace_time_zone("UTC")
    return table.with_columns(time)


def contacts_of(dealt: Deal, block: Block) -> pl.DataFrame:
    """Return key and operator of each contact of a block."""
    ends = np.append(dealt.line[1:], len(dealt.kind))
    operators = block.base + np.repeat(np.arange(len(dealt.line)), ends - dealt.line)
    keys = [dealt.contact(place).key for place in range(len(dealt.kind))]
    return pl.DataFrame({"key": keys, "operator": operators})


def common_contacts() -> pl.DataFrame:
    keys = [phone(region, place).key for region in REGIONS for place in range(COMMON)]
    return pl.DataFrame({"key": keys, "operator": pl.Series([None] * len(keys), dtype=pl.Int64)})


def store(table: pl.DataFrame, path: Path) -> None:
    """Write a table whole or not at all."""
    part = path.with_suffix(".part")
    table.write_parquet(part)
    part.replace(path)
