"""A town or a country by its name: many names at once, each to the likeliest place it can mean."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from palermo.values import country, place
from palermo.values.ordinary import WORDS

_BIG = 300_000  # people from which on a town's name counts although it is a word as well
_ABROAD = 10  # how much less a town weighs that lies in another country than the text
_OTHER_NAME = 0.15  # what a name weighs that is not the town's main one
# Ukrainian names whose vowel changes with the case ("Львова", "Києва"), and those in -а ("Одеси").
_UKRAINIAN = re.compile(r"(?:(о|є)(?:ва|ві|ву|вом|вому)|и)\Z")
_BACK = {"о": "ів", "є": "ів"}


class Place(NamedTuple):
    value: str  # geonames:<id> or country:<ISO 3166>
    name: str
    country: str
    population: int
    share: float  # of what the name may mean, how much this is; 1 for a country


def find(names: Iterable[str], region: str | None) -> dict[str, Place]:
    """Return the places of those names that are names of places."""
    asked = sorted(set(names))
    if not asked:
        return {}
    keys = place.keys(asked)
    known, countries = place.gazetteer(), country.names()
    main = [_UKRAINIAN.sub(lambda m: _BACK.get(m[1] or "", "а"), key) for key in keys]
    towns = {
        row: known.names[n]
        for ways in (main, keys)  # what is written outweighs
        for row, n in known.names.find(pl.Series(ways)).iter_rows()
    }
    found = {}
    for row, (name, key) in enumerate(zip(asked, keys, strict=True)):
        if code := countries.get(key):
            found[name] = Place(f"country:{code}", country.english().get(code, name), code, 0, 1.0)
        elif town := _likeliest(towns.get(row) or known.spaceless.get(name) or [], key, region):
            found[name] = town
    return found


def _likeliest(cities: list[int], key: str, region: str | None) -> Place | None:
    known = place.gazetteer()
    weights = []
    for i in cities:
        city = known.cities[i]
        weight = max(city.population, 1000.0) * (1 if known.keys[i] == key else _OTHER_NAME)
        weights.append((weight / (1 if city.country == region else _ABROAD), -city.id, city))
    if not weights:
        return None
    weight, _, best = max(weights)
    if key in WORDS and best.population < _BIG:
        return None
    share = weight / sum(w for w, _, _ in weights)
    return Place(f"geonames:{best.id}", best.name, best.country, best.population, share)
