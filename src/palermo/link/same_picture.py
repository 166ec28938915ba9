"""Links adverts and photographs that show the same picture, also when it was scaled or re-saved."""

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from palermo.link.commonness import JOINS, groups
from palermo.link.excerpt import POSTED, Excerpt
from palermo.link.hamming import NEAR, distance, near_pairs, unpack
from palermo.link.matcher import Evidence
from palermo.link.stars import stars
from palermo.link.table import links_table
from palermo.vocabulary import LINKS

# Pictures are copied and bought as stock: never enough on their own.
EQUAL, ALIKE = 0.5, 0.4
# Below this a PDQ hash says little: flat or blurred pictures are all alike (Meta's advice).
QUALITY = 50

# An advert shows the pictures that it names, when they were captured under that address.
SHOWN = Excerpt(
    "shown",
    """
SELECT p.id AS event, p.exhibit, p.id AS bearer, p.details['sha256'] AS sha256, p.details['pdq'] AS pdq,
  p.details['pdq_quality'] AS quality
FROM events p WHERE p.kind = 'photograph'
UNION ALL
SELECT c.event, e.exhibit, coalesce(e.posting, e.id), c.value, NULL, NULL
FROM claims c JOIN events e ON e.id = c.event
WHERE c.kind = 'picture' AND c.value LIKE 'sha256:%' AND e.kind <> 'photograph'
UNION ALL
SELECT c.event, e.exhibit, coalesce(e.posting, e.id), NULL, c.value, '100'
FROM claims c JOIN events e ON e.id = c.event
WHERE c.kind = 'picture' AND c.value LIKE 'pdq:%' AND e.kind <> 'photograph'
""",
)
ADVERTS = Excerpt(
    "naming",
    """
SELECT id AS event, exhibit, coalesce(posting, id) AS bearer, details['pictures'] AS urls
FROM events WHERE kind = 'advert' AND details['pictures'] <> ''
""",
)
ADDRESSES = Excerpt(
    "address",
    """
SELECT id AS photograph, exhibit, coalesce(details['url'], details['name']) AS url,
  details['sha256'] AS sha256, details['pdq'] AS pdq, details['pdq_quality'] AS quality
FROM events WHERE kind = 'photograph'
""",
)
CONTACTS = """
SELECT bearer, concat(kind, ':', value) AS hub FROM {posted}
WHERE kind IN ('phone', 'email', 'handle', 'iban', 'wallet', 'account')
"""
EXCERPTS = (SHOWN, ADVERTS, ADDRESSES)


class SamePicture:
    """They show the same picture: the same bytes, or PDQ hashes within 31 of 256 bits."""

    name = "same_picture"
    version = "1"
    excerpts = (POSTED, *EXCERPTS)

    def match(self, evidence: Evidence) -> pa.Table:
        rows = alike(evidence)
        if rows.is_empty():
            return LINKS.empty_table()
        bears = _frame(evidence, CONTACTS.format(posted=POSTED.of(evidence)))
        spread = groups(bears, rows.select("bearer", thing="hub"))
        rows = rows.join(spread, left_on="hub", right_on="thing", maintain_order="left")
        common = pl.col("groups") > JOINS
        score = pl.when(pl.col("bits") == 0).then(EQUAL).otherwise(ALIKE)
        reason = pl.concat_str(
            pl.when(pl.col("bits") == 0)
            .then(pl.lit("Shows the same picture, bit for bit or by its hash"))
            .otherwise(
                pl.format("Shows a picture whose PDQ hash differs in {} of 256 bits", "bits")
            ),
            pl.format(", as {} others do.", pl.col("bearers").cast(pl.Int64) - 1),
            pl.when(common)
            .then(
                pl.format(
                    " They fall into {} groups by their contacts, as with a stock picture: it"
                    " counts for less.",
                    "groups",
                )
            )
            .otherwise(pl.lit(" A picture can be copied: it ties nobody without another tie.")),
        )
        links = rows.select(
            a="event",
            b="hub",
            score=score * pl.when(common).then(JOINS / pl.col("groups")).otherwise(1.0),
            claims=pl.concat_list("event"),
            reason=reason,
        )
        return links_table(links.unique(["a", "b"], keep="first"), self.name, self.version)


def alike(evidence: Evidence) -> pl.DataFrame:
    """Return event, bearer, hub ("picture:..."), bits: pictures that at least two events show."""
    shown = _shown(evidence)
    hubs = _hubs(shown)
    rows = shown.join(hubs, on="picture", maintain_order="left")
    rows = rows.sort("event", "hub", "bits").unique(["event", "hub"], keep="first")
    return rows.filter(pl.col("bearer").n_unique().over("hub") > 1).sort("event", "hub")


def _shown(evidence: Evidence) -> pl.DataFrame:
    """Return event, bearer, picture (its PDQ hash if it is any good, else its SHA-256)."""
    columns = ["event", "bearer", "sha256", "pdq", "quality"]
    rows = _all(evidence, SHOWN).select(columns)
    addresses = _all(evidence, ADDRESSES)
    if not addresses.is_empty():
        named = _all(evidence, ADVERTS).with_columns(url=pl.col("urls").str.split("\n"))
        rows = pl.concat([rows, named.explode("url").join(addresses, on="url").select(columns)])
    good = pl.col("quality").cast(pl.Float64, strict=False).fill_null(0) >= QUALITY
    pdq = pl.col("pdq").str.strip_prefix("pdq:").str.to_lowercase()
    pdq = pl.when(good & pdq.str.contains(r"^[0-9a-f]{64}$")).then(pl.format("pdq:{}", pdq))
    sha = pl.format("sha256:{}", pl.col("sha256").str.strip_prefix("sha256:").str.to_lowercase())
    rows = rows.with_columns(picture=pl.coalesce(pdq, sha)).drop_nulls("picture")
    return rows.select("event", "bearer", "picture").unique()


def _hubs(shown: pl.DataFrame) -> pl.DataFrame:
    """Return picture, hub, bits: each distinct picture's hub, the best connected one near it."""
    pictures = shown["picture"].unique().sort()
    pdq = pictures.filter(pictures.str.starts_with("pdq:"))
    words = unpack([p.removeprefix("pdq:") for p in pdq])
    a, b = near_pairs(words)

    def likeness(x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.float64]:
        return (256 - distance(words, x, y)).astype(np.float64)

    hub, like = stars(len(pdq), a, b, likeness, 256.0 - NEAR)
    bits = np.where(hub == np.arange(len(pdq)), 0, 256 - like)
    near = pl.DataFrame(
        {"picture": pdq, "hub": pdq.gather(hub), "bits": bits.astype(np.int64)},
        schema={"picture": pl.String, "hub": pl.String, "bits": pl.Int64},
    )
    rest = pictures.filter(~pictures.str.starts_with("pdq:")).to_frame("picture")
    same = rest.with_columns(hub=pl.col("picture"), bits=pl.lit(0, dtype=pl.Int64))
    return pl.concat([near, same]).with_columns(hub=pl.format("picture:{}", "hub"))


def _all(evidence: Evidence, excerpt: Excerpt) -> pl.DataFrame:
    return _frame(evidence, f"SELECT * FROM {excerpt.of(evidence)}")


def _frame(evidence: Evidence, query: str) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(evidence.sql(query)))
