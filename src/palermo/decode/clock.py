"""Turns a wall-clock time, as a device wrote it, into UTC with an honest error."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

UNKNOWN_ZONE_ERROR = 14 * 3600  # the widest offset in use is UTC+14


class Moment(NamedTuple):
    time: datetime  # aware, UTC
    zone: str
    error: int  # seconds that not knowing the zone, or a clock change, adds


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        return None


def to_utc(local: datetime, zone: str | None) -> Moment:
    """Read the naive `local` in the stated IANA `zone`; without one, as if it were UTC.

    An hour that happens twice, or never, when clocks change costs the size of the change as error.
    """
    info = _zone(zone) if zone else None
    if info is None:
        return Moment(local.replace(tzinfo=UTC), "unknown", UNKNOWN_ZONE_ERROR)
    try:
        first = local.replace(tzinfo=info, fold=0).astimezone(UTC)
        second = local.replace(tzinfo=info, fold=1).astimezone(UTC)
    except OverflowError:  # the first or last day that a datetime can hold
        return Moment(local.replace(tzinfo=UTC), "unknown", UNKNOWN_ZONE_ERROR)
    return Moment(first, f"assumed {zone}", int(abs((second - first).total_seconds())))
