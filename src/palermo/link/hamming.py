"""Finds 256-bit picture hashes that differ in few bits, exactly and without comparing all pairs.

Multi-index hashing: M. Norouzi, A. Punjani, D. Fleet, "Fast search in Hamming space with
multi-index hashing", CVPR 2012. Hashes that differ in fewer than 32 of 256 bits differ in at most
one bit of at least one of sixteen 16-bit words.
"""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

# Meta's threshold for PDQ: at most 31 of 256 bits ("The TMK+PDQF Video-Hashing Algorithm and the
# PDQ Image-Hashing Algorithm", 2019).
NEAR = 31
WORDS = 16
BLOCK = 1 << 20


def unpack(hashes: list[str]) -> NDArray[np.uint16]:
    """Return hashes of 64 hexadecimal digits as rows of sixteen 16-bit words."""
    raw = np.frombuffer(bytes.fromhex("".join(hashes)), dtype=">u2")
    return raw.reshape(-1, WORDS).astype(np.uint16)


def distance(words: NDArray[np.uint16], a: Ints, b: Ints) -> Ints:
    out = np.empty(len(a), dtype=np.int64)
    for i in range(0, len(a), BLOCK):
        part = slice(i, i + BLOCK)
        out[part] = np.bitwise_count(words[a[part]] ^ words[b[part]]).sum(axis=1)
    return out


def near_pairs(words: NDArray[np.uint16]) -> tuple[Ints, Ints]:
    """Return every pair a < b of distinct rows within `NEAR` bits."""
    n = len(words)
    found = [np.empty(0, dtype=np.int64)]
    flips = [0, *(1 << bit for bit in range(16))]
    for k in range(WORDS):
        order = np.argsort(words[:, k], kind="stable")
        ordered = words[order, k]
        for flip in flips:
            wanted = words[:, k] ^ np.uint16(flip)
            begin = np.searchsorted(ordered, wanted, "left")
            count = np.searchsorted(ordered, wanted, "right") - begin
            for rows in _blocks(count):
                left = np.repeat(rows, count[rows])
                within = np.arange(len(left)) - np.repeat(
                    np.cumsum(count[rows]) - count[rows], count[rows]
                )
                right = order[np.repeat(begin[rows], count[rows]) + within]
                left, right = left[left < right], right[left < right]
                near = distance(words, left, right) <= NEAR
                found.append(np.unique(left[near] * n + right[near]))
    pairs = np.unique(np.concatenate(found))
    return pairs // max(n, 1), pairs % max(n, 1)


def _blocks(count: Ints) -> list[Ints]:
    """Split rows so that each block has about `BLOCK` candidates."""
    total = np.cumsum(count)
    if not len(total):
        return []
    cuts = np.searchsorted(total, np.arange(BLOCK, int(total[-1]), BLOCK))
    return [rows for rows in np.split(np.arange(len(count)), np.unique(cuts)) if len(rows)]
