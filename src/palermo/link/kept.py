"""Keeps what is settled of near texts in sorted tables that may lie on disk, and looks up in them.

A run is what one extension added. A later run's row of a text stands in place of an earlier one's.
Tables are read where they lie (memory-mapped Arrow files too): a look-up costs a binary search.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from palermo.link.codes import Hashes, Ints, ranges
from palermo.link.sketch import Keys

TEXTS: dict[str, Any] = {
    "text": pl.UInt64,  # its number, by which rows are sorted
    "words": pl.String,  # as `codes.codes` writes it
    "hub": pl.UInt64,
    "likeness": pl.Float32,  # to the hub
    "shared": pl.UInt8,  # keys under which it meets the hub
}
KEYS: dict[str, Any] = {"key": pl.UInt32, "text": pl.UInt64}  # sorted by both


class Run(NamedTuple):
    texts: pl.DataFrame  # `TEXTS`: what was new, and what went over to another hub
    keys: pl.DataFrame  # `KEYS` of the new texts
    hubs: pl.DataFrame  # `KEYS` of those that became hubs


def indexed(keys: pl.DataFrame) -> pl.DataFrame:
    """Sort rows of `KEYS`."""
    key, text = keys["key"].to_numpy().astype(np.uint64), keys["text"].to_numpy()
    order = np.argsort((key << np.uint64(32)) | (text >> np.uint64(32)))
    return pl.DataFrame({"key": key[order].astype(np.uint32), "text": text[order]}, schema=KEYS)


def compacted(runs: Sequence[Run]) -> list[Run]:
    """Put the last runs together until each run is more than twice as long as the next.

    So of n texts there are never more than log n runs, and each text is written log n times.
    """
    out = list(runs)
    while len(out) > 1 and len(out[-2].texts) <= 2 * len(out[-1].texts):
        out[-2:] = [_joined(*out[-2:])]
    return out


def _joined(one: Run, two: Run) -> Run:
    texts = pl.concat([one.texts, two.texts]).unique("text", keep="last", maintain_order=True)
    return Run(
        texts.sort("text"),
        indexed(pl.concat([one.keys, two.keys])),
        indexed(pl.concat([one.hubs, two.hubs])),
    )


def settled(runs: Sequence[Run]) -> pl.DataFrame:
    """Return text, hub, likeness: where each text belongs."""
    columns = pl.col("text", "hub", "likeness")
    if not runs:
        return pl.DataFrame(schema=TEXTS).select(columns)
    whole = pl.concat([run.texts.select(columns) for run in runs])
    return whole.unique("text", keep="last", maintain_order=True).sort("text")


class _Sorted:
    """Rows of `KEYS`, looked up by key."""

    def __init__(self, keys: pl.DataFrame) -> None:
        self.key, self.text = keys["key"].to_numpy(), keys["text"].to_numpy()

    def bounds(self, keys: Keys) -> tuple[Ints, Ints]:
        return np.searchsorted(self.key, keys), np.searchsorted(self.key, keys, "right")

    def bearing(self, key: int) -> Hashes:
        (start,), (end,) = self.bounds(np.array([key], dtype=np.uint32))
        return self.text[start:end]


class Kept:
    """Looks up what earlier runs settled."""

    def __init__(self, runs: Sequence[Run]) -> None:
        runs = [run for run in runs if len(run.texts)]
        self._texts = [run.texts["text"].to_numpy() for run in runs]
        self._words = [run.texts["words"] for run in runs]
        self._likeness = [run.texts["likeness"].to_numpy() for run in runs]
        self._places = [(r.texts["hub"].to_numpy(), r.texts["shared"].to_numpy()) for r in runs]
        self._keys = [_Sorted(run.keys) for run in runs]
        self._hubs = [_Sorted(run.hubs) for run in runs]

    def has(self, texts: Hashes) -> NDArray[np.bool_]:
        found = np.zeros(len(texts), dtype=bool)
        for known in self._texts:
            found |= self._rows(known, texts)[1]
        return found

    def places(self, texts: Hashes) -> tuple[Hashes, NDArray[np.uint8]]:
        """Return the hub of each text (0: not known), and how many keys they share."""
        hubs, shared = np.zeros(len(texts), dtype=np.uint64), np.zeros(len(texts), dtype=np.uint8)
        for known, (hub, count) in zip(self._texts, self._places, strict=True):
            rows, there = self._rows(known, texts)
            hubs[there], shared[there] = hub[rows[there]], count[rows[there]]
        return hubs, shared

    def words(self, texts: Hashes) -> list[str]:
        """Return the words of texts that are known."""
        out = [""] * len(texts)
        for known, words in zip(self._texts, self._words, strict=True):
            rows, there = self._rows(known, texts)
            for at, row in zip(np.flatnonzero(there).tolist(), rows[there].tolist(), strict=True):
                out[at] = words[row]  # one by one: `gather` costs more than a hundred of these
        return out

    def likeness(self, text: int) -> float:
        """Return how like its hub a text is that is known."""
        wanted, out = np.array([text], dtype=np.uint64), 0.0
        for known, likeness in zip(self._texts, self._likeness, strict=True):
            (row,), (there,) = self._rows(known, wanted)
            if there:
                out = float(likeness[row])
        return out

    def bearers(self, keys: Keys) -> NDArray[np.bool_]:
        """Say of each key whether any text bears it."""
        found = np.zeros(len(keys), dtype=bool)
        for index in self._keys:
            start, end = index.bounds(keys)
            found |= end > start
        return found

    def bearing(self, key: int) -> Hashes:
        """Return the texts that bear a key, in order of number."""
        parts = [index.bearing(key) for index in self._keys]
        return np.sort(np.concatenate([np.empty(0, dtype=np.uint64), *parts]))

    def hubs(self, keys: Keys) -> dict[int, list[int]]:
        """Return the hubs that bear each of some distinct keys, in order of number."""
        which, texts = [np.empty(0, dtype=np.uint32)], [np.empty(0, dtype=np.uint64)]
        for index in self._hubs:
            start, end = index.bounds(keys)
            which.append(np.repeat(keys, end - start))
            texts.append(index.text[ranges(start, end - start)])
        key, hub = np.concatenate(which), np.concatenate(texts)
        still = self.places(hub)[0] == hub  # some were hubs once
        out: dict[int, list[int]] = {}
        order = np.lexsort((hub[still], key[still]))
        for k, h in zip(key[still][order].tolist(), hub[still][order].tolist(), strict=True):
            out.setdefault(k, []).append(h)
        # one that fell and rose again stands in two runs
        return (
            {k: list(dict.fromkeys(hubs)) for k, hubs in out.items()}
            if len(self._hubs) > 1
            else out
        )

    @staticmethod
    def _rows(known: Hashes, texts: Hashes) -> tuple[Ints, NDArray[np.bool_]]:
        rows = np.searchsorted(known, texts)
        rows = np.minimum(rows, max(len(known) - 1, 0))
        return rows, known[rows] == texts
