"""Draws the keys under which near texts meet: of the runs of words in each, those hashed lowest.

Bottom-k sketches: A. Broder, "On the resemblance and containment of documents", SEQUENCES 1997.
"""

import numpy as np
from numpy.typing import NDArray

from palermo.link.codes import Ints, mix, points

Keys = NDArray[np.uint32]

# Runs of three words, of three pairs of Chinese characters, of five pairs of Thai ones: rare enough
# that strangers seldom share two, short enough that some outlive changed words.
WIDTHS = np.array([3, 3, 5])
# Two texts in which 15 % of the words were changed in each have 0.23 of their runs in common: of 20
# keys they share two with probability 0.96. With 16, more texts of some scripts stayed alone.
KEYS = 20
CHUNK = 1_000
_ROW = np.uint64(44)  # bits of a run's hash that stand below its text's number


def keys(coded: list[str]) -> tuple[Ints, Keys]:
    """Return how many keys each text has, at most `KEYS`, and the keys end to end.

    `coded`: texts as `codes.codes` writes them; one of fewer words than a run has no key.
    """
    parts = [_keys(coded[i : i + CHUNK]) for i in range(0, len(coded), CHUNK)]
    counts = np.concatenate([np.empty(0, dtype=np.int64), *(c for c, _ in parts)])
    return counts, np.concatenate([np.empty(0, dtype=np.uint32), *(k for _, k in parts)])


def _keys(coded: list[str]) -> tuple[Ints, Keys]:
    whole, bounds, sorts = points(coded)
    lengths = np.diff(bounds)
    row = np.repeat(np.arange(len(coded)), lengths)
    left = bounds[1:][row] - np.arange(len(whole))
    width = WIDTHS[sorts]
    runs = np.flatnonzero(left >= width)
    row, width, run = row[runs], width[runs], np.zeros(len(runs), dtype=np.uint64)
    for step in range(int(width.max(initial=0))):
        longer = slice(None) if step < WIDTHS.min() else np.flatnonzero(width > step)
        run[longer] = mix(run[longer] + whole[runs[longer] + step])
    ordered = np.sort((row.astype(np.uint64) << _ROW) | (run >> (np.uint64(64) - _ROW)))
    if len(ordered):
        ordered = ordered[np.append(True, ordered[1:] != ordered[:-1])]
    row = (ordered >> _ROW).astype(np.int64)
    counts = np.bincount(row, minlength=len(coded))
    place = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    lowest = ordered[place < KEYS] & ((np.uint64(1) << _ROW) - np.uint64(1))
    return np.minimum(counts, KEYS), (mix(lowest) >> np.uint64(32)).astype(np.uint32)
