"""Who is told to move is the same whether or not those who cannot have moved are left out first."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from palermo.patterns.circuit import MOVES, PLACES, _moves, _paths, _places
from palermo.patterns.movements import stays_of

TOWNS = [(51.5, -0.1), (53.8, -1.5), (48.9, 2.4), (51.51, -0.11)]


def seen(seed: int) -> pl.DataFrame:
    """Sightings of people seen from once to twelve times, in one town to four."""
    random = np.random.default_rng(seed)
    rows = []
    for who in range(40):
        towns = TOWNS[: random.integers(1, len(TOWNS) + 1)]
        time = datetime(2026, 3, 1, tzinfo=UTC)
        for _ in range(random.integers(1, 13)):
            time += timedelta(hours=int(random.integers(1, 300)))
            lat, lon = towns[random.integers(len(towns))]
            rows.append((f"i{who}", f"e{len(rows):04}", time, lat, lon))
    names = ["identity", "event", "time", "lat", "lon"]
    return pl.DataFrame(rows, schema=names, orient="row").with_columns(
        node="event",
        kind=pl.lit("advert"),
        basis=pl.lit("claimed"),
        error=pl.lit(0.0),
        radius=pl.lit(5000.0),
        place=pl.format("{}", "lat"),
    )


@pytest.mark.parametrize("seed", range(8))
def test_paths_are_those_that_all_stays_show(seed: int) -> None:
    sightings = seen(seed)
    slow: dict[str, list[dict]] = {}
    for stay in stays_of(sightings).to_pylist():
        slow.setdefault(stay["identity"], []).append(stay)
    slow = {
        who: path
        for who, path in slow.items()
        if len(path) > MOVES and _moves(path) >= MOVES and _places(path) >= PLACES
    }
    assert 0 < len(slow) < 40
    assert _paths(sightings) == slow
