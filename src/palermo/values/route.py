"""Routes: two places or more in the order of the journey, ``geonames:3183875>country:IT``."""

from itertools import pairwise

from palermo.values import place

_BETWEEN = ">"


def compose(places: list[str]) -> str | None:
    """Return the route through places, or None unless there are two, none the same as the next."""
    same = any(a == b for a, b in pairwise(places))
    return None if len(places) < 2 or same else _BETWEEN.join(places)


def validate(value: str) -> bool:
    parts = value.split(_BETWEEN)
    return compose(parts) == value and all(
        place.validate(p) or (p.startswith("country:") and len(p) > len("country:")) for p in parts
    )
