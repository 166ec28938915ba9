"""PDQ against its definition, written out pixel by pixel; published hashes are in test_picture."""

import math
from itertools import pairwise
from statistics import median_low

import numpy as np
import pytest

from palermo.decode.pictures.pdq import compute


def filtered(row: list[float]) -> list[float]:
    window = math.ceil(len(row) / 128)
    ahead = (window + 2) // 2
    out = []
    for at in range(len(row)):
        near = row[max(0, at + ahead - window) : at + ahead]
        out.append(sum(near) / len(near))
    return out


def columns(rows: list[list[float]]) -> list[list[float]]:
    return [list(column) for column in zip(*rows, strict=True)]


def slow(pixels: np.ndarray) -> tuple[list[bool], int]:
    """Return the 256 bits, last frequency first, and the quality."""
    rows = [[0.299 * r + 0.587 * g + 0.114 * b for r, g, b in row] for row in pixels.tolist()]
    for _ in range(2):
        rows = [filtered(row) for row in rows]
        rows = columns([filtered(column) for column in columns(rows)])
    down = [int((i + 0.5) * len(rows) / 64) for i in range(64)]
    across = [int((j + 0.5) * len(rows[0]) / 64) for j in range(64)]
    seen = [[rows[i][j] for j in across] for i in down]
    steps = [
        abs(int((a - b) * 100 / 255))
        for grid in (seen, columns(seen))
        for line in grid
        for a, b in pairwise(line)
    ]
    wave = [
        [math.cos(math.pi / 128 * (k + 1) * (2 * i + 1)) / math.sqrt(32) for i in range(64)]
        for k in range(16)
    ]
    half = [[sum(w[i] * seen[i][j] for i in range(64)) for j in range(64)] for w in wave]
    found = [sum(line[j] * w[j] for j in range(64)) for line in half for w in wave]
    middle = median_low(found)
    return [value > middle for value in reversed(found)], min(100, sum(steps) // 90)


SIZES = [
    (5, 5, "the smallest that is hashed"),
    (64, 64, "one pixel a sample"),
    (63, 200, "a side shorter than its samples"),
    (129, 127, "a window of two beside a window of one"),
    (300, 410, "windows of several, cut at the borders"),
]


@pytest.mark.parametrize(("height", "width", "why"), SIZES)
def test_it_is_the_hash_that_the_definition_gives(height: int, width: int, why: str) -> None:
    noise = np.random.default_rng(height)
    blocks = noise.integers(0, 256, (7, 9, 3))
    large = np.kron(blocks, np.ones((-(-height // 7), -(-width // 9), 1)))[:height, :width]
    pixels = (large * 0.8 + noise.integers(0, 40, (height, width, 3))).astype(np.uint8)
    bits, quality = slow(pixels)
    value, rated = compute(pixels)
    found = np.unpackbits(np.frombuffer(value, np.uint8)).astype(bool)
    assert (found != np.array(bits)).sum() <= 2, why  # a frequency that all but is the median
    assert rated == quality


@pytest.mark.parametrize(("height", "width"), [(1, 1), (4, 900), (900, 4)])
def test_a_strip_has_no_hash_to_match(height: int, width: int) -> None:
    assert compute(np.zeros((height, width, 3), np.uint8)) == (bytes(32), 0)


def test_a_plain_wall_has_no_quality() -> None:
    assert compute(np.full((300, 400, 3), 90, np.uint8))[1] == 0
