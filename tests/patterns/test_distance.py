import numpy as np
import pytest

from palermo.patterns.distance import FASTEST, apart, haversine, least_speed


@pytest.mark.parametrize(
    ("a", "b", "kilometres", "why"),
    [
        ((51.5074, -0.1278), (51.5074, -0.1278), 0, "the same place"),
        ((51.5074, -0.1278), (48.8566, 2.3522), 343.6, "London to Paris"),
        ((0, 0), (0, 180), 20_015.1, "half way round"),
        ((0, 179.5), (0, -179.5), 111.2, "across the antimeridian"),
        ((89.5, 0), (89.5, 180), 111.2, "across the pole"),
    ],
)
def test_haversine(a, b, kilometres, why):
    assert haversine(*a, *b) / 1000 == pytest.approx(kilometres, rel=1e-3, abs=1e-6), why
    assert apart(*a, *b) == pytest.approx(float(haversine(*a, *b)), rel=1e-12, abs=1e-9), why


def test_least_speed():
    metres = np.array([900e3, 900e3, 5e3, 50e3])
    uncertain = np.array([0.0, 0.0, 10e3, 10e3])
    speed = least_speed(metres, uncertain, np.array([3600.0, 7200.0, 0.0, 0.0]))
    assert speed[1] < FASTEST
    assert speed.tolist() == [250.0, 125.0, 0.0, np.inf]
