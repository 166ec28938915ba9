"""Finds texts that are nearly the same among very many: MinHash, banding, then exact comparison.

MinHash: A. Broder, "On the resemblance and containment of documents", SEQUENCES 1997. Banding:
J. Leskovec, A. Rajaraman, J. Ullman, "Mining of Massive Datasets", section 3.4. Hashes are our
own, so that the same texts give the same clusters on every machine.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from palermo.link.stars import stars

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

# 32 bands of 3 hashes find a pair of Jaccard 0.5 with probability 0.986, one of 0.8 always.
BANDS, ROWS = 32, 3
# Two texts are near when half of the word pairs of both together are common to both.
NEAR = 0.5
# Signatures of 96 hashes are off by 0.15 once in 400 times: enough to pick candidates.
SLACK = 0.15
CHUNK = 50_000
# Texts whose hashes stay in a core's cache while they are salted 96 times over.
CACHED = 2_000

SLOT = "□"
_WORD = rf"{SLOT}|[\p{{L}}\p{{M}}\p{{N}}]+"
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Clusters:
    """Each text's hub (an index into the texts; itself where it has no near one) and likeness."""

    hub: Ints
    likeness: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shingles:
    """The distinct pairs of neighbouring words of each text, as sorted hashes end to end."""

    starts: Ints
    hashes: Hashes

    def sizes(self) -> Ints:
        return np.diff(self.starts)

    def jaccard(self, a: Ints, b: Ints) -> NDArray[np.float64]:
        """Return the exact Jaccard likeness of texts `a` and `b`, pair by pair."""
        out = np.zeros(len(a))
        for part in (slice(i, i + CHUNK) for i in range(0, len(a), CHUNK)):
            out[part] = self._jaccard(a[part], b[part])
        return out

    def _jaccard(self, a: Ints, b: Ints) -> NDArray[np.float64]:
        sizes = self.sizes()
        pair, values = [], []
        for side in (a, b):
            n = sizes[side]
            pair.append(np.repeat(np.arange(len(side)), n))
            values.append(self.hashes[_ranges(self.starts[side], n)])
        which, what = np.concatenate(pair), np.concatenate(values)
        order = np.lexsort((what, which))
        which, what = which[order], what[order]
        same = (which[1:] == which[:-1]) & (what[1:] == what[:-1])
        common = np.bincount(which[1:][same], minlength=len(a))
        union = sizes[a] + sizes[b] - common
        out: NDArray[np.float64] = common / np.maximum(union, 1)
        return out


def cluster(texts: pl.Series, least: int = 8) -> Clusters:
    """Cluster texts that are near each other, as stars: every member is near its hub.

    Texts with fewer than `least` distinct word pairs are near only their equals. The hub of a
    cluster is its best connected text, the first one of equals: sort the texts by what they are
    if the result must not depend on the order they come in.
    """
    n = len(texts)
    distinct = pl.DataFrame({"text": texts}).with_row_index("row")
    distinct = distinct.group_by("text", maintain_order=True).agg(pl.col("row").min())
    shingles = shingle(distinct["text"])
    long = np.flatnonzero(shingles.sizes() >= least)
    a, b = _candidates(shingles, long)
    hub, likeness = stars(len(shingles.sizes()), a, b, shingles.jaccard, NEAR)
    first = distinct["row"].to_numpy().astype(np.int64)
    back = pl.DataFrame({"text": texts}).join(
        distinct.select("text").with_row_index("i"), on="text", how="left", maintain_order="left"
    )
    i = back["i"].to_numpy().astype(np.int64) if n else np.empty(0, dtype=np.int64)
    return Clusters(first[hub][i], likeness[i])


def shingle(texts: pl.Series) -> Shingles:
    parts = [_shingle(texts[i : i + CHUNK]) for i in range(0, len(texts), CHUNK)]
    sizes = np.concatenate([np.zeros(1, dtype=np.int64), *(s for s, _ in parts)])
    hashes = np.concatenate([np.empty(0, dtype=np.uint64), *(h for _, h in parts)])
    return Shingles(np.cumsum(sizes), hashes)


def _shingle(texts: pl.Series) -> tuple[Ints, Hashes]:
    """Return how many distinct word pairs each text has, and their hashes."""
    words = pl.DataFrame({"word": texts.str.extract_all(_WORD)}).with_row_index("row")
    words = words.explode("word").drop_nulls("word")
    known = words.select(pl.col("word").unique())
    known = known.with_columns(hash=pl.Series([_hash(w) for w in known["word"]], dtype=pl.UInt64))
    words = words.join(known, on="word", how="left", maintain_order="left")
    row, word = words["row"].to_numpy(), words["hash"].to_numpy()
    together = row[1:] == row[:-1]
    pairs = _mix(_mix(word[:-1]) + word[1:])[together]
    row = row[1:][together]
    order = np.lexsort((pairs, row))
    row, pairs = row[order], pairs[order]
    fresh = np.ones(len(row), dtype=bool)
    fresh[1:] = (row[1:] != row[:-1]) | (pairs[1:] != pairs[:-1])
    return np.bincount(row[fresh], minlength=len(texts)), pairs[fresh]


def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _mix(x: Hashes) -> Hashes:
    """Spread bits over the whole word (the finaliser of SplitMix64, Steele et al. 2014)."""
    x = (x + _GOLDEN) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def signatures(shingles: Shingles, rows: Ints) -> Hashes:
    """Return 96 minima a text, one column a text; every text must have a shingle."""
    out = np.empty((BANDS * ROWS, len(rows)), dtype=np.uint64)
    salts = _mix(np.arange(1, 2 * BANDS * ROWS + 1, dtype=np.uint64))
    factors, offsets = salts[::2] | np.uint64(1), salts[1::2]
    sizes = shingles.sizes()
    for i in range(0, len(rows), CACHED):
        part = rows[i : i + CACHED]
        n = sizes[part]
        hashes = shingles.hashes[_ranges(shingles.starts[part], n)]
        begins = np.cumsum(n) - n
        for k in range(BANDS * ROWS):
            out[k, i : i + CACHED] = np.minimum.reduceat(hashes * factors[k] + offsets[k], begins)
    return out


def _candidates(shingles: Shingles, rows: Ints) -> tuple[Ints, Ints]:
    """Return pairs of texts that agree in a band and, by their signatures, look near."""
    if len(rows) < 2:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    signed = signatures(shingles, rows)
    found = np.empty(0, dtype=np.int64)
    fresh: list[Ints] = []
    for band in range(BANDS):
        key = np.zeros(len(rows), dtype=np.uint64)
        for value in signed[band * ROWS : (band + 1) * ROWS]:
            key = _mix(key + value)
        fresh.append(_bucket_edges(key))
        if len(fresh) == 8 or band == BANDS - 1:  # few copies of an edge in memory, and few sorts
            found, fresh = np.unique(np.concatenate([found, *fresh])), []
    a, b = found // len(rows), found % len(rows)
    agree = np.empty(len(found))
    for i in range(0, len(found), CHUNK):
        part = slice(i, i + CHUNK)
        agree[part] = (signed[:, a[part]] == signed[:, b[part]]).mean(axis=0)
    # what is surely near is left for the stars to verify, each member once
    near = agree >= NEAR + SLACK
    open_ = np.flatnonzero((agree >= NEAR - SLACK) & ~near)
    near[open_] = shingles.jaccard(rows[a[open_]], rows[b[open_]]) >= NEAR
    return rows[a[near]], rows[b[near]]


def _bucket_edges(key: Hashes) -> Ints:
    """Tie the members of each bucket to its first one and to their neighbour; never all pairs."""
    n = len(key)
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    fresh = np.ones(n, dtype=bool)
    fresh[1:] = ordered[1:] != ordered[:-1]
    heads = order[np.flatnonzero(fresh)[np.cumsum(fresh) - 1]]
    later = np.flatnonzero(~fresh)
    to_head, to_neighbour = heads[later] * n, order[later - 1] * n
    return np.unique(np.concatenate([to_head + order[later], to_neighbour + order[later]]))


def _ranges(starts: Ints, sizes: Ints) -> Ints:
    """Return starts[0], starts[0]+1, ... for each start and size, end to end."""
    ends = np.cumsum(sizes)
    within = np.arange(ends[-1] if len(ends) else 0, dtype=np.int64)
    out: Ints = within + np.repeat(starts - (ends - sizes), sizes)
    return out


def blank(text: str, spans: Iterator[tuple[int, int]]) -> str:
    """Put a slot mark in place of each span; overlapping spans become one slot."""
    out, at = [], 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        if start >= at:
            out += [text[at:start], f" {SLOT} "]
        at = end
    return "".join([*out, text[at:]])
