"""The market's ground: countries, towns, sites, languages and their shares."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

REGIONS = ("GB", "US", "FR", "AU")
REGION_SHARES = (0.16, 0.24, 0.30, 0.30)  # as there are fictional numbers
ZONES = {
    "GB": "Europe/London", "US": "America/New_York", "FR": "Europe/Paris", "AU": "Australia/Sydney",
}  # fmt: skip
SIGNS = {"GB": "£{}", "US": "${}", "FR": "{} €", "AU": "A${}"}
CURRENCIES = {"GB": "GBP", "US": "USD", "FR": "EUR", "AU": "AUD"}
TRADES = ("jobs", "rooms", "travel", "documents", "cleaning", "services")
AMOUNTS = {
    "jobs": (9, 24), "rooms": (90, 780), "travel": (8, 120), "documents": (12, 45),
    "cleaning": (11, 32), "services": (25, 160),
}  # fmt: skip
# language, its script (ISO 15924), its share of the operators
LANGUAGES = (
    ("en", "Latn", 0.16), ("es", "Latn", 0.06), ("fr", "Latn", 0.06), ("ro", "Latn", 0.04),
    ("vi", "Latn", 0.04), ("ru", "Cyrl", 0.09), ("ar", "Arab", 0.09), ("hi", "Deva", 0.09),
    ("bn", "Beng", 0.07), ("th", "Thai", 0.09), ("zh", "Hans", 0.10), ("el", "Grek", 0.05),
    ("am", "Ethi", 0.06),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """A fictional site. `make` names its HTML; `transfer` is plain, gzip or chunked."""

    host: str
    region: str
    make: str
    dates: str  # iso, long or short
    transfer: str
    requests: bool = False  # whether its crawls keep the requests too

    @property
    def name(self) -> str:
        return self.host.split(".")[0]


SITES = (
    Site("cityboard.example.org", "GB", "cards", "iso", "plain"),
    Site("noticewall.example.net", "GB", "terms", "long", "chunked"),
    Site("localpost.example.com", "US", "article", "iso", "plain", requests=True),
    Site("marketlane.example.net", "US", "soup", "short", "plain"),
    Site("bulletin.example.org", "FR", "table", "short", "gzip"),
    Site("openads.example.com", "FR", "cards", "long", "plain"),
    Site("townlist.example.net", "AU", "list", "iso", "plain"),
    Site("cornerads.example.org", "AU", "article", "long", "plain"),
)
SITES_OF = {r: tuple(i for i, s in enumerate(SITES) if s.region == r) for r in REGIONS}


@dataclass(frozen=True, slots=True)
class Town:
    region: str
    name: str
    zone: str


@cache
def towns() -> tuple[Town, ...]:
    text = files("palermo.simulate.market").joinpath("cities.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(Town(row["region"], row["name"], row["zone"]) for row in rows)


@cache
def towns_of(region: str) -> tuple[int, ...]:
    """Return the places in `towns` of a region's towns, which lie side by side."""
    return tuple(i for i, town in enumerate(towns()) if town.region == region)
