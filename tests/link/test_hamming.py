import random

import numpy as np
import pytest

from palermo.link.hamming import NEAR, near_pairs, unpack


def slowly(hashes: list[str]) -> set[tuple[int, int]]:
    values = [int(h, 16) for h in hashes]
    return {
        (i, j)
        for i in range(len(values))
        for j in range(i + 1, len(values))
        if (values[i] ^ values[j]).bit_count() <= NEAR
    }


@pytest.mark.parametrize("seed", range(4))
def test_finds_every_pair_within_the_threshold_and_no_other(seed):
    dice = random.Random(seed)
    values = [dice.getrandbits(256) for _ in range(40)]
    for bits in (1, 16, 30, 31, 32, 33, 60):
        for value in values[:8]:
            for at in dice.sample(range(256), bits):
                value ^= 1 << at
            values.append(value)
    hashes = [f"{v:064x}" for v in dict.fromkeys(values)]
    a, b = near_pairs(unpack(hashes))
    assert set(zip(a.tolist(), b.tolist(), strict=True)) == slowly(hashes)


def test_no_hashes():
    assert len(near_pairs(unpack([]))[0]) == 0
    assert len(near_pairs(np.zeros((1, 16), dtype=np.uint16))[0]) == 0
