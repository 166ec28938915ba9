"""Lays a case's lake out as a run would leave it, from the market's texts, without the pipeline.

An advert is a text of the simulated market, three words drawn by Zipf's law (so that there are rare
words at any size), and two contacts of its poster at its end, whose spans are known. A posting has
one sighting or several.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import sqlalchemy as sa

from palermo.safeguards.authority import Grant
from palermo.safeguards.masking import token
from palermo.simulate.market import texts
from palermo.store import catalogue as c
from palermo.store import lake
from palermo.vocabulary import CLAIMS, EVENTS
from palermo.workspace import Workspace

POOL = 200_000  # texts of the market; more adverts use them again
VOCABULARY = 300_000
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "is")]
PLACES = 400
SITES = 60
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 180
SIGHTINGS = 3  # of a posting on average
AT_RISK = 200  # one advert in so many has a sign


class Market:
    """What every advert is drawn from."""

    def __init__(self, adverts: int, seed: int) -> None:
        self.adverts, self.seed = adverts, seed
        self.pool = pl.concat(texts(min(adverts, POOL), seed))["text"]
        dice = np.random.default_rng(seed)
        self.words = pl.Series(
            ["".join(dice.choice(SYLLABLES, dice.integers(2, 5))) for _ in range(VOCABULARY)]
        )
        weights = 1 / np.arange(1, VOCABULARY + 1)
        self.reach = np.cumsum(weights / weights.sum())
        self.posters = max(1, adverts // 12)

    def phone(self, poster: pl.Expr) -> pl.Expr:
        """A number of the drama ranges; where they run out, longer than any in use."""
        return pl.format("+44207946{}", (poster * 7919 % 10_000_000).cast(pl.String).str.zfill(6))

    def handle(self, poster: pl.Expr) -> pl.Expr:
        return pl.format(
            "telegram:example_{}_{}", pl.lit(self.words[:5000]).gather(poster % 5000), poster
        )

    def batches(self) -> Iterator[pl.DataFrame]:
        """Give adverts in files' sizes: id, number, poster, posting, text, spans, place, site, time."""
        for first in range(0, self.adverts, lake.FILE_ROWS):
            yield self._batch(first, min(lake.FILE_ROWS, self.adverts - first))

    def _batch(self, first: int, n: int) -> pl.DataFrame:
        dice = np.random.default_rng((self.seed, first))
        posting = dice.integers(0, max(1, self.adverts // SIGHTINGS), n)
        like = np.array([np.random.default_rng((self.seed, 1)).integers(1 << 30)]) + posting
        poster = like * 2654435761 % (1 << 32) % self.posters
        drawn = np.searchsorted(
            self.reach, (like[:, None] * [48271, 69621, 16807] % 2147483647) / 2147483647
        )
        ids = dice.bytes(16 * n).hex()
        seconds = dice.integers(0, DAYS * 86_400, n)
        rare = [self.words.gather(drawn[:, k]) for k in range(3)]
        frame = pl.DataFrame(
            {
                "id": ["e" + ids[32 * i : 32 * i + 32] for i in range(n)],
                "poster": poster, "posting": posting,
                "words": self.pool.gather(like * 69069 % len(self.pool)),
                "rare": pl.select(pl.concat_str(rare, separator=" "))[:, 0],
                "place": like % PLACES, "site": like % SITES,
                "time": pl.Series(seconds).cast(pl.Int64),
                "number": np.arange(first, first + n),
            }
        )  # fmt: skip
        frame = frame.with_columns(
            phone=self.phone(pl.col("poster")),
            handle=self.handle(pl.col("poster")),
            place=pl.format("Town {}", "place"),
            site=pl.format("site{}.example.org", "site"),
            time=pl.lit(FIRST) + pl.duration(seconds="time"),
        )
        lead = pl.concat_str("words", pl.lit("\n"), "rare", pl.lit("\n"))
        shown = pl.col("handle").str.replace("telegram:", "@")
        return frame.with_columns(
            start=lead.str.len_chars(),
            text=pl.concat_str(lead, "phone", pl.lit(" "), shown),
            shown=shown,
        )


def _table(columns: dict[str, pa.Array | pa.ChunkedArray], schema: pa.Schema, n: int) -> pa.Table:
    arrays = [
        columns[f.name].cast(f.type) if f.name in columns else pa.nulls(n, f.type) for f in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def events(adverts: pl.DataFrame, exhibit: str) -> pa.Table:
    n = adverts.height
    url = adverts.select(pl.format("https://{}/ad/{}", "site", "posting"))[:, 0].to_list()
    titles = adverts["words"].str.split("\n").list.first().to_list()
    details = pa.array(
        [[("title", t), ("url", u)] for t, u in zip(titles, url, strict=True)],
        EVENTS.field("details").type,
    )
    made = adverts.select(
        "id", "time", "place", "text", exhibit=pl.lit(exhibit), kind=pl.lit("advert"),
        locator=pl.format("row:{}", "number"),
        posting=pl.format("{}/ad/{}", "site", "posting"), method=pl.lit("bench"), version=pl.lit("1"),
    ).to_arrow()  # fmt: skip
    columns = {name: made[name] for name in made.column_names} | {"details": details}
    for name in ("map", "parties"):
        columns[name] = pa.array([[]] * n, EVENTS.field(name).type)
    return _table(columns, EVENTS, n)


def claims(adverts: pl.DataFrame, exhibit: str) -> pa.Table:
    length = pl.col("phone").str.len_chars()
    kinds = [
        adverts.select(event="id", kind=pl.lit("phone"), value="phone", written="phone",
                       start=pl.col("start"), end=pl.col("start") + length),
        adverts.select(event="id", kind=pl.lit("handle"), value="handle", written="shown",
                       start=pl.col("start") + length + 1,
                       end=pl.col("start") + length + 1 + pl.col("shown").str.len_chars()),
        adverts.select(event="id", kind=pl.lit("place"), value=pl.format("geonames:{}", "place"),
                       written="place", start=pl.lit(None, pl.UInt32), end=pl.lit(None, pl.UInt32)),
    ]  # fmt: skip
    made = pl.concat(kinds).with_row_index("n").with_columns(
        id=pl.format("c{}{}", pl.col("event").str.slice(2), "n"), exhibit=pl.lit(exhibit),
        role=pl.when(pl.col("kind") == "place").then(pl.lit("content")).otherwise(pl.lit("poster")),
        method=pl.lit("bench"), version=pl.lit("1"), confidence=pl.lit(1.0), reason=pl.lit(""),
    )  # fmt: skip
    table = made.to_arrow()
    names = [
        [("name", w)] if k == "place" else []
        for k, w in zip(made["kind"], made["written"], strict=True)
    ]
    columns = {name: table[name] for name in table.column_names if name != "n"}
    columns["details"] = pa.array(names, CLAIMS.field("details").type)
    return _table(columns, CLAIMS, made.height)


def lay(folder: Path, market: Market) -> None:
    """Make a case of a market, as its first run would leave it but for the index."""
    until = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    grant = Grant(offence="trafficking", authority="Bench", basis="Bench", until=until,
                  approved_by="A. Bench")  # fmt: skip
    Workspace.new(folder, grant, "bench")
    with Workspace.open(folder, "bench") as workspace:
        case, owned, signs = workspace.case, [], []
        for number, adverts in enumerate(market.batches()):
            exhibit = f"x{number // 30:032x}"
            with case.catalogue.write() as connection:
                held = lake.write_all(
                    case.lake.folder, "events", f"b{number}", _groups(adverts, exhibit)
                )
                found = lake.write(
                    case.lake.folder, "claims", f"b{number}", claims(adverts, exhibit)
                )
                for file in held:
                    case.lake.publish(connection, file, bucket=f"b{number}")
                case.lake.publish(
                    connection, found, bucket=f"b{number}", source=held[0].path, version="1"
                )
            owned.append(adverts.select("id", "poster"))
            signs.append(adverts.filter(pl.col("number") % AT_RISK == 0).select("id", "posting"))
        _see(workspace, market, pl.concat(owned), pl.concat(signs))


def _groups(adverts: pl.DataFrame, exhibit: str) -> Iterator[pa.Table]:
    whole = events(adverts, exhibit)
    for first in range(0, whole.num_rows, 4096):  # the batches in which decoding writes
        yield whole.slice(first, 4096)


def _see(workspace: Workspace, market: Market, owned: pl.DataFrame, signs: pl.DataFrame) -> None:
    """Write what a run sees: identities, nodes and risks."""
    case = workspace.case
    posters = pl.DataFrame({"poster": range(market.posters)}).with_columns(
        phone=pl.concat_str(pl.lit("phone:"), market.phone(pl.col("poster"))),
        handle=pl.concat_str(pl.lit("handle:"), market.handle(pl.col("poster"))),
    )
    identity = pl.concat_str(pl.lit("i"), pl.col("poster").cast(pl.String).str.zfill(32))
    contacts = posters.unpivot(
        ["phone", "handle"], index="poster", variable_name="kind", value_name="node"
    )
    identities = pl.concat(
        [owned.select(node="id", identity=identity), contacts.select("node", identity=identity)]
    )
    nodes = contacts.select("node", "kind").unique("node").with_columns(
        token=pl.col("node").map_elements(lambda node: token(case.key, node), pl.String),
        published=True, events=pl.lit(12, pl.Int64),
    )  # fmt: skip
    risks = signs.select(
        event="id", of=pl.format("{}", "posting"), to=pl.lit("life"), sign=pl.lit("words"),
        value=pl.lit("bench/word"), reason=pl.lit("a word of a list"), claim=pl.lit(None, pl.String),
    )  # fmt: skip
    seen = {"identities": identities, "nodes": nodes, "risks": risks}
    permit = workspace.gate.ask("run").number
    with case.catalogue.write() as connection:
        run = connection.execute(
            sa.insert(c.run).values(at=datetime.now(UTC), evidence="b", inputs="b", permit=permit)
            .returning(c.run.c.number)
        ).scalar_one()  # fmt: skip
        for kind, table in seen.items():
            file = lake.write(
                case.lake.folder, kind, "run", table.to_arrow().cast(lake.SCHEMAS[kind])
            )
            case.lake.publish(connection, file, run=run)
