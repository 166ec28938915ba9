"""Writes a market's truth as Parquet: each capture of an advert, and each contact's operator."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

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
    rows = [
        (
            name, s.offset, s.item, f"https://{SITES[a.site].host}{path(SITES[a.site], c.id)}",
            0, c.captured, c.posted, a.operator, a.template, 0, a.noise, a.script, a.language,
            a.region, a.town, a.price, a.contacts, a.common, a.hidden,
        )
        for s in stored
        for c in (s.capture,)
        for a in (c.advert,)
    ]  # fmt: skip
    table = pl.DataFrame(rows, schema=ADVERTS, orient="row")
    time = pl.from_epoch(pl.col("captured", "posted"), time_unit="s").dt.replace_time_zone("UTC")
    return table.with_columns(time, posting=pl.Series(posting), content=pl.Series(content))


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
