"""Tells a text that has words of its own from one put together of phrases that everybody uses."""

import numpy as np
import polars as pl

from palermo.link.codes import CHUNK, WORTH, Ints, Pieces, mix, pieces

# Words of a phrase. Five and more are mostly somebody's own, two or three are anybody's language.
WORDS = 4.0
# Pieces that are worth so many words, in the script whose pieces are worth least.
_LONGEST = int(np.ceil(WORDS / WORTH.min()))
# A phrase belongs to a cluster where so many of its texts have it.
KEPT = 0.8
# Texts of a cluster by which it is told.
TEXTS = 20


def own_words(clusters: pl.DataFrame, others: pl.DataFrame, scale: float) -> pl.DataFrame:
    """Return (cluster, own): the share of each cluster's phrases that are its own.

    `clusters` holds cluster, account, text; `others` account, text: a sample of one in `scale` of
    all texts, the clusters' among them. A phrase is a cluster's own where at most as many accounts
    outside it use it as inside. A cluster that has no whole phrase has none of its own.
    """
    sizes = clusters.group_by("cluster").agg(accounts=pl.col("account").n_unique())
    some = clusters.filter(pl.int_range(pl.len()).over("cluster") < TEXTS)
    counts = some.group_by("cluster").agg(texts=pl.len())
    said = some.select("cluster").with_row_index("row")
    said = phrases(some["text"].to_list()).join(said, on="row")
    said = said.group_by("cluster", "phrase").agg(pl.col("row").n_unique())
    said = said.join(counts, on="cluster").filter(pl.col("row") >= KEPT * pl.col("texts"))
    heard = phrases(others["text"].to_list(), said["phrase"].unique())
    heard = heard.join(others.select("account").with_row_index("row"), on="row")
    outside = said.join(heard.select("phrase", "account").unique(), on="phrase")
    outside = outside.join(clusters, on=["cluster", "account"], how="anti")
    outside = outside.group_by("cluster", "phrase").agg(outside=pl.len() * scale)
    told = said.join(outside, on=["cluster", "phrase"], how="left").join(sizes, on="cluster")
    own = pl.col("outside").fill_null(0) <= pl.col("accounts")
    shares = told.group_by("cluster").agg(own=own.mean())
    return sizes.select("cluster").join(shares, on="cluster", how="left").fill_null(0.0)


def phrases(texts: list[str], only: pl.Series | None = None) -> pl.DataFrame:
    """Return (row, phrase) for every phrase of each text, or for those among `only`.

    A phrase is named by a hash of its words, folded, with no number among them.
    """
    parts = [pl.DataFrame(schema={"row": pl.UInt32, "phrase": pl.UInt64})]
    for first in range(0, len(texts), CHUNK):
        row, phrase = _phrases(pieces(texts[first : first + CHUNK]))
        found = pl.DataFrame({"row": row + first, "phrase": phrase})
        found = found.with_columns(pl.col("row").cast(pl.UInt32)).unique()
        wanted = True if only is None else pl.col("phrase").is_in(only.implode())
        parts.append(found.filter(wanted))
    return pl.concat(parts)


def _phrases(cut: Pieces) -> tuple[Ints, "np.ndarray[tuple[int], np.dtype[np.uint64]]"]:
    """Return the text and the hash of the phrase that begins at each piece, where there is one."""
    row = np.repeat(np.arange(len(cut.starts) - 1), np.diff(cut.starts))
    worth = np.where(cut.slot > 0, 0.0, WORTH[cut.sorts])
    size, whole = len(row), np.zeros(len(row))
    phrase = np.zeros(size, dtype=np.uint64)
    open_ = np.ones(size, dtype=bool)
    for step in range(_LONGEST):
        at = np.flatnonzero(open_)
        at = at[at + step < size]
        at = at[(row[at + step] == row[at]) & (cut.slot[at + step] == 0)]
        open_[:] = False
        phrase[at] = mix(phrase[at] + cut.hashes[at + step])
        whole[at] += worth[at + step]
        open_[at] = whole[at] < WORDS - 1e-9
    done = whole >= WORDS - 1e-9
    return row[done], phrase[done]
