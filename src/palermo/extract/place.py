"""Finds places in text and in the place that an event states, by an offline gazetteer.

A name that several towns share gives several claims on one span; how sure each is, follows from
what the text says of it (a preposition, a country beside it), the towns' size and the event's
country. Names that are also words or first names need a preposition before them.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import polars as pl
import pyarrow as pa

from palermo.extract.claims import Batch, Found, table
from palermo.values import place
from palermo.values.ordinary import WORDS
from palermo.values.place import City
from palermo.values.text import words
from palermo.vocabulary import Kind, Role

_WORD = r"[\p{L}\p{M}]+(?:['’ʼ][\p{L}\p{M}]+)*"
_LONGEST = 4  # words in a name
_NEAR = 50.0  # km from a stated position to a town of the stated name
_GAP = re.compile(r"[ \u00a0\t]{1,2}|[-‐‑–]|\. ?|['’]")
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff]{2,}"
)
_SENTENCE = re.compile(r"(?:\A|[.!?…\n•*|:;(\[\"“>-]|\s[-–])\s*\Z")
_STREET = re.compile(
    r"\s(?:street|st|road|rd|avenue|ave|lane|drive|square|hotel|school|bank|airlines?)\b", re.I
)
_NAMED = re.compile(
    r"(?:name is|name's|call me|i'?m|i am|miss|mrs?|ms|ask for|me llamo|soy|llámame|numesc|sunt|"
    r"зовут|ich bin|je suis|señora?|by)\s*\Z",
    re.I,
)
_DEFINITE = re.compile("[وفبك]?ال|لل")
_WITH_ARTICLE = re.compile("[وف]?ال")
_STRONG = words(
    "in from near en desde din în hacia hasta nach aus в во из ở tại từ đến em para à في الى إلى "
    "من vers towards through via "
    "around outside leaving arriving reach"
)
_WEAK = words(
    "to at of de a la spre lângă von bei da di do no na до на от с под cerca by for & and y și si и"
)


class _Token(NamedTuple):
    text: str
    key: str
    start: int
    end: int


class _Name(NamedTuple):
    """A name of towns, before it is known whether it is one here."""

    key: str
    cities: list[int]
    beside: frozenset[str] = frozenset()  # the country or state written beside it


class _Match(NamedTuple):
    start: int
    end: int
    name: _Name
    first: int = 0  # tokens, to see what stands around
    last: int = 0


class Place:
    """Finds towns, in any script, by an offline gazetteer; every town of the name is kept."""

    name = "place"
    version = "1"

    def find(self, events: pa.Table) -> pa.Table:
        batch = Batch(events)
        found = [*_stated(events, batch), *_in_texts(batch)]
        return table(events, found, self.name, self.version)


def _in_texts(batch: Batch) -> Iterator[Found]:
    known = _lookup(batch.texts)
    texts = batch.texts.to_list()
    apart = batch.texts.str.contains(
        "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    )
    for index in sorted({*known, *apart.arg_true().to_list()}):
        text, at = texts[index], (batch.rows[index], batch.starts[index])
        region = batch.regions[at[0]]
        words, hits = known.get(index, ([], {}))
        tokens = list(_place_tokens(text, words))
        matches = list(_longest(text, tokens, hits))
        countries = _countries([t.key for t in tokens])
        shouts = _shouts(tokens)
        for match in matches:
            sure, reason = _evidence(text, tokens, match, region, shouts)
            if sure:
                yield from _candidates(at, text, match, (sure, reason), (region, countries))
        for match in _spaceless(text, region):
            yield from _candidates(
                at, text, match, (0.8, "name in the gazetteer"), (region, countries)
            )


def _lookup(
    texts: pl.Series,
) -> dict[int, tuple[list[tuple[str, str]], dict[tuple[int, int], list[int]]]]:
    """Return, by row, its words with their keys, and {(first word, words): towns} of the names."""
    words = (
        pl.DataFrame({"word": texts})
        .with_row_index("row")
        .with_columns(pl.col("word").str.extract_all(_WORD))
        .explode("word")
        .drop_nulls()
        .with_columns(key=place.key(pl.col("word")))
    )
    if not len(words):
        return {}
    words = words.with_columns(at=pl.int_range(pl.len()).over("row"))
    names = place.gazetteer().names
    hits = pl.concat(_named(grams, names) for grams in _grams(words))
    if not len(hits):
        return {}
    wanted = hits.select("row").unique()
    out: dict[int, tuple[list[tuple[str, str]], dict[tuple[int, int], list[int]]]] = {}
    for row, word, key in (
        words.join(wanted, on="row", how="semi").select("row", "word", "key").iter_rows()
    ):
        out.setdefault(row, ([], {}))[0].append((word, key))
    for row, at, n, name in hits.select("row", "at", "n", "name").iter_rows():
        out[row][1][at, n] = names[name]
    return out


def _grams(words: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Give the keys of one word, of two that follow each other, and so on: at once they take several
    times the memory."""
    joined = pl.col("key")
    yield words.select("row", "at", "key", n=pl.lit(1))
    for n in range(2, _LONGEST + 1):
        joined = joined + " " + pl.col("key").shift(1 - n)
        inside = pl.col("row").shift(1 - n) == pl.col("row")
        key = pl.when(inside).then(joined)
        yield words.select("row", "at", key=key, n=pl.lit(n)).drop_nulls()


def _named(grams: pl.DataFrame, names: place.Names) -> pl.DataFrame:
    found = names.find(grams["key"])
    return grams.select("row", "at", "n")[found["at"]].with_columns(name=found["name"])


def _place_tokens(text: str, words: Iterable[tuple[str, str]]) -> Iterator[_Token]:
    at = 0
    for word, key in words:
        start = text.find(word, at)
        at = start + len(word)
        yield _Token(word, key, start, at)


def _longest(
    text: str, tokens: list[_Token], hits: dict[tuple[int, int], list[int]]
) -> Iterator[_Match]:
    """Choose the longest names from left to right."""
    i = 0
    while i < len(tokens):
        for n in range(_LONGEST, 0, -1):
            cities = hits.get((i, n))
            own = tokens[i : i + n]
            if cities and all(
                _GAP.fullmatch(text, a.end, b.start) for a, b in itertools.pairwise(own)
            ):
                beside = _beside(text, own[-1].end)
                name = _Name(" ".join(t.key for t in own), cities, beside)
                yield _Match(own[0].start, own[-1].end, name, i, i + n)
                i += n
                break
        else:
            i += 1


def _evidence(
    text: str, tokens: list[_Token], match: _Match, region: str | None, shouts: bool
) -> tuple[float, str]:
    """How sure it is that the words are a place at all, and why; 0 if they are not taken for one."""
    written = text[match.start : match.end]
    before = tokens[match.first - 1] if match.first else None
    near = before is not None and not text[before.end : match.start].strip(" \u00a0")
    lead = before.text.lower() if before and near else ""
    cities = place.gazetteer().cities
    biggest = max(cities[c].population for c in match.name.cities)
    at_home = max(
        (cities[c].population for c in match.name.cities if cities[c].country == region), default=0
    )
    word = match.last - match.first == 1 and tokens[match.first].key in WORDS
    if _STREET.match(text, match.end) or (len(written) < 3 and written.isascii()):
        return 0, ""
    if match.name.beside and not written.islower():
        return 0.97, "a country or state is named beside it"
    if lead in _STRONG and not written.islower():
        return (0.7 if word else 0.95), f"“{lead}” stands before it"
    if lead in _WEAK and not written.islower() and not word:
        return 0.85, f"“{lead}” stands before it"
    if word or _NAMED.search(text[max(0, match.start - 14) : match.start]):
        return 0, ""
    if written.islower():
        strong = lead in _STRONG and max(biggest // 10, at_home) >= 20_000 and len(written) > 3
        if strong:
            return 0.6, f"“{lead}” stands before it, in small letters"
        fits = at_home >= 100_000 and len(written) > 4
        return (0.45, "name in the gazetteer, in small letters") if fits else (0, "")
    if not written[0].isupper():  # a script without capitals
        if match.last - match.first == 1 and _WITH_ARTICLE.match(written):
            # Any Arabic noun or adjective has the article: after another it is said of that one.
            if near and before and _DEFINITE.match(before.text):
                return 0, ""
            biggest //= 5
        fits = biggest >= 100_000 or at_home >= 20_000
        return (0.7, "name in the gazetteer") if fits and len(written) > 2 else (0, "")
    if shouts or _SENTENCE.search(text[max(0, match.start - 3) : match.start]):
        many = match.last - match.first > 1
        fits = biggest >= (50_000 if many else 100_000) or at_home >= 30_000
        return (
            (0.6, "name in the gazetteer, at a place where anything has a capital")
            if fits
            else (0, "")
        )
    fits = biggest >= 50_000 or at_home >= 5_000
    return (0.8, "written as a name") if fits else (0, "")


def _shouts(tokens: list[_Token]) -> bool:
    """Whether most words have a capital, so that one says nothing."""
    cased = [t.text for t in tokens if t.text[0].lower() != t.text[0].upper()]
    return len(cased) > 2 and sum(w[0].isupper() for w in cased) > 0.6 * len(cased)


def _countries(keys: list[str]) -> set[str]:
    """The countries that a text names."""
    known = place.gazetteer().countries
    pairs = [f"{a} {b}" for a, b in itertools.pairwise(keys)]
    return {known[k] for k in [*keys, *pairs] if k in known}


_BESIDE = re.compile(
    r"\s?[,(/-]\s?([^\W\d_][\w .'-]{1,24}?)(?=[,.;:!?)\n]|\s[-–|]|\Z)|,\s?([A-Z]{2})\b|"
    r",\s?([^\W\d_]+)"
)


def _beside(text: str, end: int) -> frozenset[str]:
    """The country or US state written after a name: "Paris, TX", "Cluj (Romania)"."""
    match = _BESIDE.match(text, end)
    return _country_or_state(next(g for g in match.groups() if g)) if match else frozenset()


@cache
def _country_or_state(written: str) -> frozenset[str]:
    key = place.keys([written.strip()])[0]
    country = place.gazetteer().countries.get(key)
    state = place.states().get(written.strip()) or place.states().get(key)
    return frozenset([country] if country else [f"US-{state}"] if state else [])


def _spaceless(text: str, region: str | None) -> Iterator[_Match]:
    """Names inside runs of scripts that write no spaces, the longest first."""
    known = place.gazetteer()
    for run in _SPACELESS.finditer(text):
        i = run.start()
        while i < run.end() - 1:
            for size in range(min(14, run.end() - i), 1, -1):
                cities = known.spaceless.get(text[i : i + size])
                if cities and _big_enough(cities, text[i], size, region):
                    yield _Match(i, i + size, _Name(text[i : i + size], cities))
                    i += size
                    break
            else:
                i += 1


def _big_enough(cities: list[int], first: str, size: int, region: str | None) -> bool:
    """Short names are parts of words too: the shorter, the bigger the town must be."""
    known = place.gazetteer().cities
    biggest = max(known[c].population for c in cities)
    at_home = max((known[c].population for c in cities if known[c].country == region), default=0)
    if first < "\u1800":  # Thai, Lao, Burmese, Khmer: letters
        return size >= 4 and (biggest >= (50_000 if size > 6 else 300_000) or at_home >= 30_000)
    return (
        biggest >= 500_000
        or at_home >= 500_000
        or (size > 2 and max(biggest // 3, at_home) >= 50_000)
    )


def _candidates(
    at: tuple[int, int],
    text: str,
    match: _Match,
    evidence: tuple[float, str],
    around: tuple[str | None, set[str]],
) -> Iterator[Found]:
    (row, shift), (sure, reason) = at, evidence
    shared = len(match.name.cities)
    reason += f"; {shared} places of this name" if shared > 1 else ""
    for city, share in _shares(match.name, *around):
        written, span = text[match.start : match.end], (match.start + shift, match.end + shift)
        yield _found(row, city, written, span, sure * share, reason)


def _shares(name: _Name, region: str | None, context: set[str]) -> list[tuple[City, float]]:
    """The likeliest towns of a name, with weights that add up to at most 1.

    A town weighs its people, more in the event's country or one that the text names, much more in
    the country or state named beside it, and less where the name is not its main one.
    """
    known = place.gazetteer()
    weights = []
    for i in name.cities:
        city = known.cities[i]
        weight = max(city.population, 1000.0) * (1 if known.keys[i] == name.key else 0.15)
        weight *= 10 if city.country == region else 1
        weight *= 30 if city.country in context else 1
        weight *= 3000 if name.beside & {city.country, f"{city.country}-{city.state}"} else 1
        weights.append((weight, city))
    total = sum(w for w, _ in weights)
    best = sorted(weights, key=lambda pair: (-pair[0], pair[1].id))[:4]
    return [(city, w / total) for w, city in best if w / total >= 0.03]


def _found(
    row: int, city: City, written: str, span: tuple[int, int] | None, confidence: float, reason: str
) -> Found:
    details = {
        "name": city.name,
        "lat": f"{city.lat}",
        "lon": f"{city.lon}",
        "country": city.country,
        "population": str(city.population),
    }
    start, end = span or (None, None)
    return Found(
        row, Kind.PLACE, f"geonames:{city.id}", written, start, end, Role.CONTENT,
        round(confidence, 3), reason, details,
    )  # fmt: skip


def _stated(events: pa.Table, batch: Batch) -> Iterator[Found]:
    """Places that the decoder read from a field of its own."""
    columns = {c: events.column(c).to_pylist() for c in ("place", "lat", "lon")}
    texts = events.column("text")
    for row, written in enumerate(columns["place"]):
        if not written or not written.strip():
            continue
        part, key, cities, context = _read_stated(written)
        if not cities:
            continue
        lat, lon = columns["lat"][row], columns["lon"][row]
        shares = _shares(_Name(key, list(cities), context), batch.regions[row], set())
        if lat is not None and lon is not None:
            known = place.gazetteer().cities
            near = sorted((place.distance(lat, lon, known[c]), c) for c in cities)
            if near[0][0] <= _NEAR:
                shares = [(known[near[0][1]], 1.0)]
        text = texts[row].as_py() or ""
        at = text.find(written)
        at = at + written.find(part) if at >= 0 else text.find(part)
        span = (at, at + len(part)) if at >= 0 else None
        for city, share in shares:
            yield _found(row, city, part, span, 0.98 * share, "stated as the place")


_NUMBERED = re.compile(r"\s+\d{1,4}\s*\Z")  # as antennas are called: "Leeds 4"


@cache
def _read_stated(written: str) -> tuple[str, str, tuple[int, ...], frozenset[str]]:
    """Return the part that names a town, its towns, and the countries and states beside it."""
    parts = [p.strip() for p in re.split(r"[,;/()|\n]|\s[-–]\s", written) if p.strip()]
    parts += [plain for p in parts if (plain := _NUMBERED.sub("", p)) not in (p, "")]
    context = frozenset[str]().union(*(_country_or_state(p) for p in parts[1:]))
    known = place.gazetteer()
    for part, key in zip(
        [written.strip(), *parts], place.keys([written.strip(), *parts]), strict=True
    ):
        cities = known.names.of(" ".join(key.split())) or known.spaceless.get(part, [])
        if cities:
            return part, key, tuple(cities), context
    return "", "", (), context
