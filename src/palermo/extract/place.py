"""Finds places in text and in the place that an event states, by an offline gazetteer.

A name that several towns share gives several claims on one span; how sure each is, follows from
what the text says of it (a preposition, a country beside it), the towns' size and the event's
country. Names that are also words or first names need a preposition before them.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import pyarrow as pa

from palermo.extract.claims import Batch, Found, Hit, batch_of, spread, surest, table
from palermo.extract.words import LONGEST, Words
from palermo.values import place
from palermo.values.ordinary import WORDS
from palermo.values.place_made import City
from palermo.values.places_otherwise import otherwise
from palermo.values.text import words
from palermo.vocabulary import Kind, Role

# People of towns whose names tell by themselves, abroad and at home.
_KNOWN, _AT_HOME = 50_000, 5_000
_TOWN_FIRST = 50_000  # people at home of a town that is thought of before a language or a day
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

# Postpositions that follow a place in scripts without capitals.
_AFTER = words("में से तक থেকে কাছে পর্যন্ত শহরে শহরের ਵਿੱਚ ਤੋਂ ਤੱਕ માં થી સુધી లో నుండి அருகில் வரை میں سے تک")
_COMPASS = words("north south east west nord sud est ouest norte sur este oeste")


class _Name(NamedTuple):
    """A name of towns, before it is known whether it is one here."""

    key: str
    cities: tuple[int, ...]
    biggest: int  # people of the biggest town of the name
    at_home: Mapping[str, int]  # the same by country


class _Match(NamedTuple):
    start: int
    end: int
    name: _Name
    beside: frozenset[str] = frozenset()  # the country or state written beside it
    first: int = 0  # words, to see what stands around
    last: int = 0


class Place:
    """Finds towns, in any script, by an offline gazetteer; every town of the name is kept."""

    name = "place"
    version = "3"

    def find(self, events: pa.Table) -> pa.Table:
        batch = batch_of(events)
        stated = table(events, _stated(events), self.name, self.version)
        told = spread(events, batch, _in_texts(batch), self.name, self.version)
        return surest(pa.concat_tables([stated, told]))


def _in_texts(batch: Batch) -> Iterator[tuple[int, Hit]]:
    words = Words(batch.texts)
    texts = batch.texts.to_list()
    apart = batch.texts.str.contains(
        "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    )
    spaceless = set(apart.arg_true().to_list())
    for index in sorted({*words.telling, *spaceless}):
        text, region = texts[index], batch.regions[index]
        said = _Said(text, words, index)
        sure = [(match, *_evidence(said, match, region)) for match in _longest(said)]
        if index in spaceless:
            sure += [(m, 0.8, "name in the gazetteer") for m in _spaceless(text, region)]
        named = frozenset(_countries(said.keys)) if index in words.countries else frozenset()
        for match, confidence, reason in sure:
            if confidence:
                for hit in _candidates(text, match, (confidence, reason), (region, named)):
                    yield index, hit


class _Said:
    """The words of one text, and where they stand."""

    def __init__(self, text: str, words: Words, index: int) -> None:
        self.text = text
        self.codes = words.of(index)
        self._words = words
        self.telling = words.telling.get(index, ())
        self.shouts = index in words.shouting
        self.spans: list[tuple[int, int]] = []
        at = 0
        for code in self.codes[: self.telling[-1] + LONGEST] if self.telling else ():
            start = text.find(words.words[code], at)
            at = start + len(words.words[code])
            self.spans.append((start, at))

    @property
    def keys(self) -> list[str]:
        return [self._words.keys[code] for code in self.codes]

    def reach(self, at: int) -> int:
        """Return how many words a name can have that begins with the word."""
        return self._words.reach.get(self.codes[at], 1)

    def name(self, first: int, count: int) -> int | None:
        """Return which name of the gazetteer `count` words from `first` on are, if one."""
        if count == 1:
            return self._words.names.get(self.codes[first])
        return self._words.longer.get(tuple(self.codes[first : first + count]))

    def word(self, at: int) -> str:
        return self._words.words[self.codes[at]]

    def key(self, at: int) -> str:
        return self._words.keys[self.codes[at]]


def _longest(said: _Said) -> Iterator[_Match]:
    """Choose the longest names from left to right."""
    free = 0
    for i in said.telling:
        if i < free:
            continue
        for n in range(said.reach(i), 0, -1):
            name = said.name(i, n)
            if name is None or (n > 1 and _of_a_town(said, i)):
                continue
            spans = said.spans[i : i + n]
            if n == 1 or all(
                _GAP.fullmatch(said.text, a[1], b[0]) for a, b in itertools.pairwise(spans)
            ):
                beside = _beside(said.text, spans[-1][1])
                yield _Match(spans[0][0], spans[-1][1], _name(name), beside, i, i + n)
                free = i + n
                break


def _of_a_town(said: _Said, at: int) -> bool:
    """Whether a direction in small letters stands before a name: "north Miami" is in Miami."""
    return said.word(at) in _COMPASS and said.word(at + 1)[0].isupper()


@lru_cache(maxsize=1 << 14)
def _name(name: int) -> _Name:
    names = place.gazetteer().names
    return _sized(names.key(name), tuple(names[name]))


def _sized(key: str, towns: tuple[int, ...]) -> _Name:
    cities = [place.gazetteer().cities[town] for town in towns]
    at_home: dict[str, int] = {}
    for city in cities:
        at_home[city.country] = max(at_home.get(city.country, 0), city.population)
    return _Name(key, towns, max(at_home.values()), at_home)


def _evidence(said: _Said, match: _Match, region: str | None) -> tuple[float, str]:
    """How sure it is that the words are a place at all, and why; 0 if they are not taken for one."""
    text = said.text
    written = text[match.start : match.end]
    lower = written.islower()
    lead = before = ""
    if match.first and not text[said.spans[match.first - 1][1] : match.start].strip(" \u00a0"):
        before = said.word(match.first - 1)
        lead = before.lower()
    biggest = match.name.biggest
    at_home = match.name.at_home.get(region or "", 0)
    alone = match.last - match.first == 1
    word = alone and said.key(match.first) in WORDS
    if _STREET.match(text, match.end) or (len(written) < 3 and written.isascii()):
        return 0, ""
    if match.beside and not lower:
        return 0.97, "a country or state is named beside it"
    if alone and said.key(match.first) in otherwise() and (lower or at_home < _TOWN_FIRST):
        return 0, ""  # "from Thai", "until May": a preposition does not make it a town
    if lead in _STRONG and not lower:
        return (0.7 if word else 0.95), f"“{lead}” stands before it"
    if lead in _WEAK and not lower and not word:
        return 0.85, f"“{lead}” stands before it"
    if word or (biggest < _KNOWN and at_home < _AT_HOME):
        return 0, ""  # a name that is nothing else, and a town that nobody would take for it
    if _NAMED.search(text[max(0, match.start - 14) : match.start]):
        return 0, ""
    if lower:
        if match.name.key.startswith("the "):
            return 0, ""
        strong = lead in _STRONG and max(biggest // 10, at_home) >= 20_000 and len(written) > 3
        if strong:
            return 0.6, f"“{lead}” stands before it, in small letters"
        fits = at_home >= 100_000 and len(written) > 4
        return (0.45, "name in the gazetteer, in small letters") if fits else (0, "")
    if not written[0].isupper():  # a script without capitals
        if alone and _WITH_ARTICLE.match(written):
            # Any Arabic noun or adjective has the article: after another it is said of that one.
            if before and _DEFINITE.match(before):
                return 0, ""
            biggest //= 5
        fits = biggest >= 100_000 or at_home >= 20_000
        if not fits or len(written) < 3:
            return 0, ""
        after = _AFTER.intersection(re.split(r"\s+", text[match.end : match.end + 12])[1:2])
        if after:
            return 0.85, f"“{min(after)}” stands after it"
        return (0.7 if max(biggest, at_home) >= 300_000 else 0.5), "name in the gazetteer"
    if _SENTENCE.search(text[max(0, match.start - 3) : match.start]) or said.shouts:
        fits = biggest >= (100_000 if alone else 50_000) or at_home >= 30_000
        return (
            (0.6, "name in the gazetteer, at a place where anything has a capital")
            if fits
            else (0, "")
        )
    fits = biggest >= _KNOWN or at_home >= _AT_HOME
    return (0.8, "written as a name") if fits else (0, "")


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


@lru_cache(maxsize=1 << 14)
def _country_or_state(written: str) -> frozenset[str]:
    key = place.keys([written.strip()])[0]
    country = place.gazetteer().countries.get(key)
    state = place.states().get(written.strip()) or place.states().get(key)
    return frozenset([country] if country else [f"US-{state}"] if state else [])


def _spaceless(text: str, region: str | None) -> Iterator[_Match]:
    """Names inside runs of scripts that write no spaces, the longest first."""
    for run in _SPACELESS.finditer(text):
        for at, name in _in_run(run.group(), region):
            start = run.start() + at
            yield _Match(start, start + len(name.key), name)


@lru_cache(maxsize=1 << 14)
def _in_run(run: str, region: str | None) -> list[tuple[int, _Name]]:
    known = place.gazetteer()
    found = []
    i = 0
    while i < len(run) - 1:
        for size in known.sizes.get(run[i : i + 2], ()):
            written = run[i : i + size]
            cities = known.spaceless.get(written) if i + size <= len(run) else None
            if cities and _big_enough(cities, run[i], size, region):
                found.append((i, _sized(written, tuple(cities))))
                i += size
                break
        else:
            i += 1
    return found


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
    text: str,
    match: _Match,
    evidence: tuple[float, str],
    around: tuple[str | None, frozenset[str]],
) -> Iterator[Hit]:
    sure, reason = evidence
    name, span = match.name, (match.start, match.end)
    shared = len(name.cities)
    reason += f"; {shared} places of this name" if shared > 1 else ""
    for city, share in _shares(name.key, name.cities, match.beside, *around):
        yield Hit(
            Kind.PLACE, f"geonames:{city.id}", *span, round(sure * share, 3), reason, _details(city)
        )


@lru_cache(maxsize=1 << 14)
def _shares(
    key: str,
    towns: tuple[int, ...],
    beside: frozenset[str],
    region: str | None,
    context: frozenset[str],
) -> list[tuple[City, float]]:
    """The likeliest towns of a name, with weights that add up to at most 1.

    A town weighs its people, more in the event's country or one that the text names, much more in
    the country or state named `beside` it, and less where the name is not its main one.
    """
    known = place.gazetteer()
    weights = []
    for i in towns:
        city = known.cities[i]
        weight = max(city.population, 1000.0) * (1 if known.keys[i] == key else 0.15)
        weight *= 10 if city.country == region else 1
        weight *= 30 if city.country in context else 1
        weight *= 3000 if beside & {city.country, f"{city.country}-{city.state}"} else 1
        weights.append((weight, city))
    total = sum(w for w, _ in weights)
    best = sorted(weights, key=lambda pair: (-pair[0], pair[1].id))[:4]
    return [(city, w / total) for w, city in best if w / total >= 0.03]


@lru_cache(maxsize=1 << 14)
def _details(city: City) -> Mapping[str, str]:
    return {
        "name": city.name,
        "lat": f"{city.lat}",
        "lon": f"{city.lon}",
        "country": city.country,
        "population": str(city.population),
    }


def _stated(events: pa.Table) -> Iterator[Found]:
    """Places that the decoder read from a field of its own."""
    names = ("place", "lat", "lon", "region", "text")
    columns = [events.column(name).to_pylist() for name in names]
    for row, (written, lat, lon, region, text) in enumerate(zip(*columns, strict=True)):
        if not written or not written.strip():
            continue
        part, key, cities, context = _read_stated(written)
        if not cities:
            continue
        shares = _shares(key, cities, context, region, frozenset())
        if lat is not None and lon is not None:
            known = place.gazetteer().cities
            near = sorted((place.distance(lat, lon, known[c]), c) for c in cities)
            if near[0][0] <= _NEAR:
                shares = [(known[near[0][1]], 1.0)]
        at = (text or "").find(written)
        at = at + written.find(part) if at >= 0 else (text or "").find(part)
        start, end = (at, at + len(part)) if at >= 0 else (None, None)
        for city, share in shares:
            yield Found(
                row, Kind.PLACE, f"geonames:{city.id}", part, start, end, Role.CONTENT,
                round(0.98 * share, 3), "stated as the place", _details(city),
            )  # fmt: skip


_NUMBERED = re.compile(r"\s+\d{1,4}\s*\Z")  # as antennas are called: "Leeds 4"


@lru_cache(maxsize=1 << 14)
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
