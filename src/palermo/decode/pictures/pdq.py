"""PDQ, the perceptual hash of photographs: 256 bits that survive resizing and compression.

Method: "PDQ and TMK + PDQF", Facebook, 2019: luminance, two passes of a box filter, 64 x 64 samples,
their 16 x 16 lowest frequencies, each above or below the median. The filter and the sampling are
linear, so they are one small matrix a side: no pixel is visited more than once.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SAMPLES = 64
FREQUENCIES = 16
_MIDDLE = FREQUENCIES * FREQUENCIES // 2 - 1  # the median is the lower of the two in the middle
SMALLEST = 5  # pixels a side, below which there is no picture to tell from another
# Sums of steps between neighbouring samples, in hundredths of the scale, that make full quality.
_GRADIENT = 90
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
# Rows of the cosine transform without the first, which is the mean: a hash knows no brightness.
_COSINES: Floats = np.sqrt(2 / SAMPLES) * np.cos(
    np.pi / (2 * SAMPLES) * np.outer(np.arange(1, FREQUENCIES + 1), 2 * np.arange(SAMPLES) + 1)
)


def compute(pixels: NDArray[np.uint8]) -> tuple[bytes, int]:
    """Return the hash, 32 bytes, and its quality, 0 to 100, of pixels as height x width x RGB."""
    luma = pixels.astype(np.float32) @ _LUMA
    height, width = luma.shape
    if min(height, width) < SMALLEST:
        return bytes(32), 0
    seen = _sampling(height) @ luma @ _sampling(width).T
    frequencies = _COSINES @ seen @ _COSINES.T
    bits = frequencies > np.partition(frequencies, _MIDDLE, axis=None)[_MIDDLE]
    # The first frequency is the last bit.
    return np.packbits(bits.ravel()[::-1]).tobytes(), _quality(seen)


@lru_cache(maxsize=64)
def _sampling(length: int) -> Floats:
    """Return the matrix, 64 x length, that filters a side twice and samples it.

    A window is cut at the borders and divided by what is left of it.
    """
    window = -(-length // (2 * SAMPLES))
    ahead = (window + 2) // 2
    at = np.arange(length)
    counts = np.minimum(length, at + ahead) - np.maximum(0, at + ahead - window)
    # Whose windows reach a pixel: those from `low` on, before `high`.
    low = np.maximum(0, at - ahead + 1)
    high = np.minimum(length, at - ahead + 1 + window)
    sampled = ((np.arange(SAMPLES) + 0.5) * length / SAMPLES).astype(int)
    rows = np.zeros((SAMPLES, length))
    rows[np.arange(SAMPLES), sampled] = 1
    for _ in range(2):
        sums = np.zeros((SAMPLES, length + 1))
        np.cumsum(rows / counts, axis=1, out=sums[:, 1:])
        rows = sums[:, high] - sums[:, low]
    return rows


def _quality(seen: Floats) -> int:
    """Return how much there is to see: a plain wall has nothing that tells it from another."""
    steps = [np.diff(seen, axis=axis) * 100 / 255 for axis in (0, 1)]
    total = sum(int(np.abs(np.trunc(step)).sum()) for step in steps)
    return min(100, total // _GRADIENT)
