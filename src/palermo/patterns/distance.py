"""How far two places are apart, and whether anyone could have travelled between them in time."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# Mean radius of the Earth (IUGG), metres.
EARTH = 6_371_008.8
# Nothing that carries passengers on a schedule is faster: the Boeing 787 and the Airbus A350 cruise
# at Mach 0.85 (makers' data), 903 km/h at 11 km in the standard atmosphere (ICAO Doc 7488).
FASTEST = 903 / 3.6  # metres per second


def haversine(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> Floats:
    """Return great-circle distances in metres between positions in degrees."""
    a1, o1, a2, o2 = (np.radians(np.asarray(x, dtype=np.float64)) for x in (lat1, lon1, lat2, lon2))
    half = np.sin((a2 - a1) / 2) ** 2 + np.cos(a1) * np.cos(a2) * np.sin((o2 - o1) / 2) ** 2
    out: Floats = 2 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return out


def apart(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the distance of two positions, as `haversine` does of many: for one pair arrays take
    ten times as long."""
    a1, o1, a2, o2 = map(math.radians, (lat1, lon1, lat2, lon2))
    half = math.sin((a2 - a1) / 2) ** 2 + math.cos(a1) * math.cos(a2) * math.sin((o2 - o1) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(max(half, 0.0), 1.0)))


def least_speed(metres: Floats, uncertain: Floats, seconds: Floats) -> Floats:
    """Return the slowest travel that explains two sightings, in metres per second.

    `uncertain` metres are taken off the way; `seconds` already holds the clocks' errors. Two places
    at one moment give infinity.
    """
    way = np.maximum(metres - uncertain, 0)
    return np.divide(way, seconds, out=np.where(way > 0, np.inf, 0.0), where=seconds > 0)
