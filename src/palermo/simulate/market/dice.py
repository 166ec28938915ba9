"""Chance by number: what is drawn depends on the seed, a name and a running number, nothing else.

The mixing function is SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom
number generators", OOPSLA 2014).
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]

GOLDEN = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1


class Dice:
    """A stream of draws of its own: `Dice(seed, "price")` shifts nobody else's."""

    def __init__(self, seed: int, name: str) -> None:
        digest = hashlib.sha256(f"palermo/market/{seed}/{name}".encode()).digest()
        self.key = int.from_bytes(digest[:8], "little")

    def words(self, numbers: NDArray[np.integer]) -> Words:
        z = numbers.astype(np.uint64) * np.uint64(GOLDEN) + np.uint64(self.key)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))

    def unit(self, numbers: NDArray[np.integer]) -> NDArray[np.float64]:
        """Return numbers in [0, 1)."""
        return (self.words(numbers) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def below(self, numbers: NDArray[np.integer], most: int | NDArray[np.integer]) -> Ints:
        """Return whole numbers from 0 to `most` - 1."""
        return (self.unit(numbers) * most).astype(np.int64)

    def word(self, number: int) -> int:
        z = (number * GOLDEN + self.key) & MASK
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)


class Hand:
    """A quick generator for one thing's many small choices (SplitMix64 in sequence)."""

    __slots__ = ("state",)

    def __init__(self, word: int) -> None:
        self.state = word

    def below(self, n: int) -> int:
        self.state = state = (self.state + GOLDEN) & MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        return ((state ^ (state >> 31)) >> 20) % n
