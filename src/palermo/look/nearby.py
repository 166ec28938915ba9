"""Gathers what lies around a network: its confirmed adverts, and those outside it that share something.

What is read is the network's own neighbourhood: through the hubs of its links, the values that it
bears, and the sentences that it says. What very many share leads nowhere, and is told.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl
import pyarrow as pa

from palermo.look.style import script
from palermo.store.engine import Tables
from palermo.vocabulary import Kind, Role

# Sharers of one hub, value or sentence above which it says nothing of anybody.
MANY = 400
# Confirmed adverts, and adverts outside, that are compared in full.
SEEDS, OUTSIDE = 600, 4000
# Adverts of one identity that are compared; the rest say the same.
OF_ONE = 60
# Sentences that are looked for, and words that one must have to be somebody's.
SENTENCES, WORDS, LETTERS = 60, 5, 8
LINKS = ("near_text", "same_picture", "same_identifier", "same_device")
# Values that can be shared; a price, a place and a date are compared and lead to nobody.
SHARED = (
    Kind.PHONE, Kind.EMAIL, Kind.HANDLE, Kind.IBAN, Kind.ACCOUNT, Kind.CARD, Kind.WALLET, Kind.PLATE,
    Kind.DOCUMENT, Kind.URL, Kind.DOMAIN, Kind.VESSEL, Kind.DEVICE,
)  # fmt: skip
# Scripts that write no spaces between words.
_SPACELESS = frozenset(
    {"CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "MYANMAR", "KHMER", "TIBETAN"}
)
# What changes from one use of a sentence to the next; what it offers and asks is the sentence.
FILLED = (
    *SHARED, Kind.PRICE, Kind.AGE, Kind.PLACE, Kind.DATE, Kind.NAME, Kind.REFERENCE, Kind.FEE,
    Kind.ROUTE, Kind.DEPARTURE,
)  # fmt: skip
_CUT_WITHIN = re.compile(r"[\s，、：]+")
_CUT = re.compile(r"[.!?\n。！？।؟\u0e2f;]+")
_KINDS = ", ".join(f"'{kind}'" for kind in SHARED)

# Sentences → for each that any event has: the events that have all its words (`MANY` at most), and
# how many there are.
Saying = Callable[[Sequence[str]], Mapping[str, tuple[list[str], int]]]


@dataclass(frozen=True, slots=True)
class Ring:
    """Who is asked about: `members` are the nodes of the network's identity, `seeds` its confirmed
    adverts, `never` the nodes that a person has said are not of it, and `generic` the values that a
    person has set apart as nobody's."""

    members: Sequence[str]
    seeds: Sequence[str]
    never: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()


@dataclass
class Nearby:
    """Tables of a neighbourhood; `unit` is who an advert outside is of, "" for a confirmed one.

    adverts: event, unit, posting, time, site, text. claims: event, unit, id, kind, node, role, start,
    end, written, confidence, reason. hubs: kind, hub, event, unit, score, id. said: sentence, event, unit, total.
    `counts`: node → adverts and other events that bear it; `adverts_in_case`: how many there are.
    """

    adverts: pl.DataFrame
    claims: pl.DataFrame
    hubs: pl.DataFrame
    said: pl.DataFrame
    counts: dict[str, int]
    adverts_in_case: int
    generic: dict[str, int] = field(default_factory=dict)  # what too many share → how many
    rejected: int = 0  # of those around it, whom a person has said not to belong

    @property
    def seed(self) -> str:
        """One of the confirmed adverts."""
        return str(self.adverts.filter(pl.col("unit") == "")["event"][0])

    def own(self, unit: str) -> Mapping[str, int]:
        """Return the contacts that somebody's adverts give as their own, and how many give each."""
        return self._own.get(unit, {})

    @cached_property
    def _own(self) -> dict[str, dict[str, int]]:
        shared = pl.col("kind").is_in(
            [kind for kind in SHARED if kind not in (Kind.URL, Kind.DOMAIN)]
        )
        rows = self.claims.filter(shared & (pl.col("role") == Role.POSTER))
        found: dict[str, dict[str, int]] = {}
        counted = rows.group_by("unit", "node").agg(pl.col("event").n_unique()).sort("unit", "node")
        for unit, node, count in counted.iter_rows():
            found.setdefault(unit, {})[node] = count
        return found


def gather(tables: Tables, ring: Ring, saying: Saying) -> Nearby:
    """Return a network's neighbourhood."""
    return _Gathering(tables, ring, saying).gather()


@dataclass
class _Gathering:
    tables: Tables
    ring: Ring
    saying: Saying
    generic: dict[str, int] = field(default_factory=dict)
    rejected: int = 0

    def gather(self) -> Nearby:
        seeds = list(self.ring.seeds)[:SEEDS]
        inside = frozenset(self.ring.members) | set(self.ring.seeds)
        self.tables.give("seeds", _column("event", seeds))
        own = self._adverts(seeds).with_columns(unit=pl.lit(""))
        claims = self._claims(seeds)
        hubs = self._hubs()
        counts = self._counts(claims)
        sharing = self._sharing(counts)
        said = self._said(own, claims)
        found = pl.concat([hubs["event"], sharing, said["event"]])
        met = found.value_counts(sort=True).filter(~pl.col("event").is_in(list(inside)))
        units = self._units(met["event"].head(OUTSIDE).to_list())
        near = units["event"].to_list()
        beside = self._adverts(near).join(units, on="event")
        adverts = pl.concat([own, beside.select(own.columns)]).unique("event", maintain_order=True)
        of = adverts.select("event", "unit")
        claims = pl.concat([claims, self._claims(near)]).unique("id", maintain_order=True)
        counts |= self._counts(claims)
        return Nearby(
            adverts=adverts,
            claims=claims.join(of, on="event"),
            hubs=hubs.join(of, on="event"),
            said=said.join(of, on="event"),
            counts=counts,
            adverts_in_case=self._total(),
            generic=self.generic,
            rejected=self.rejected,
        )

    def _sql(self, query: str, parameters: Sequence[object] = ()) -> pl.DataFrame:
        return pl.DataFrame(pl.from_arrow(self.tables.sql(query, parameters)))

    def _total(self) -> int:
        query = "SELECT count(*) AS n FROM events WHERE kind = 'advert'"
        return int(self.tables.sql(query)["n"][0].as_py())

    # --- ways out of the network ------------------------------------------------------------

    def _hubs(self) -> pl.DataFrame:
        """Return the links of confirmed adverts' hubs, to whomever they lead; the hub of a cluster of
        texts is one of them."""
        kinds = ", ".join(f"'{kind}'" for kind in LINKS)
        rows = self._sql(
            f"""WITH hubs AS (
                  SELECT DISTINCT l.kind, l.b AS hub FROM links l JOIN seeds s ON s.event = l.a
                  WHERE l.kind IN ({kinds})
                  UNION SELECT DISTINCT l.kind, l.b FROM links l JOIN seeds s ON s.event = l.b
                  WHERE l.kind = 'near_text')
                SELECT l.kind, h.hub, l.a AS event, l.score::DOUBLE AS score, l.id FROM links l
                JOIN hubs h ON h.hub = l.b AND h.kind = l.kind
                UNION ALL SELECT 'near_text', hub, hub, 1.0, '' FROM hubs WHERE kind = 'near_text'
                ORDER BY ALL"""
        )
        sizes = rows.group_by("kind", "hub").agg(pl.col("event").n_unique())
        for kind, hub, size in sizes.filter(pl.col("event") > MANY).iter_rows():
            self.generic[hub if ":" in hub else f"{kind}:{hub}"] = size
        return rows.filter(pl.col("event").n_unique().over("kind", "hub") <= MANY)

    def _sharing(self, counts: dict[str, int]) -> pl.Series:
        """Return events that bear a value that the confirmed adverts bear."""
        shared = {node: n for node, n in counts.items() if node.partition(":")[0] in SHARED}
        apart = self.ring.generic
        self.generic |= {node: n for node, n in shared.items() if n > MANY or node in apart}
        wanted = [node for node in shared if node not in self.generic]
        self.tables.give("wanted", _column("node", wanted))
        return self._sql(
            f"""SELECT DISTINCT c.event FROM claims c JOIN events e ON e.id = c.event
                WHERE c.kind IN ({_KINDS}) AND e.kind = 'advert'
                AND c.kind || ':' || c.value IN (SELECT node FROM wanted) ORDER BY 1"""
        )["event"]

    def _said(self, adverts: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
        """Return which adverts have the words of which of the network's sentences."""
        rows: list[tuple[str, str, int]] = []
        for sentence, (events, total) in self.saying(list(_sentences(adverts, claims))).items():
            if total > MANY:
                self.generic[f"sentence:{sentence}"] = total
            elif len(events) > 1:
                rows += [(sentence, event, total) for event in events]
        schema = {"sentence": pl.String, "event": pl.String, "total": pl.Int64}
        return pl.DataFrame(rows, schema=schema, orient="row").unique(maintain_order=True)

    # --- who is outside, and what they say --------------------------------------------------

    def _units(self, events: Sequence[str]) -> pl.DataFrame:
        """Return event and unit: the identity of an advert, or its posting, with the adverts of the same;
        without what a person has said is not of the network."""
        self.tables.give("found", _column("event", events))
        rows = self._sql(
            """WITH units AS (
                 SELECT e.id AS event, coalesce(i.identity, e.posting, e.id) AS unit
                 FROM found f JOIN events e ON e.id = f.event AND e.kind = 'advert'
                 LEFT JOIN identities i ON i.node = e.id)
               SELECT event, unit FROM units
               UNION SELECT i.node, i.identity FROM identities i
               WHERE i.identity IN (SELECT unit FROM units) ORDER BY unit, event"""
        )
        here = set(rows.filter(pl.col("event").is_in(list(events)))["unit"])
        apart = set(rows.filter(pl.col("event").is_in(list(self.ring.never)))["unit"])
        self.rejected = len(apart & here)
        rows = rows.filter(~pl.col("unit").is_in(list(apart)) & ~pl.col("event").str.contains(":"))
        first = pl.col("event").is_in(list(events))
        rows = rows.sort("unit", first, "event", descending=[False, True, False])
        return rows.group_by("unit", maintain_order=True).head(OF_ONE).select("event", "unit")

    def _adverts(self, events: Iterable[str]) -> pl.DataFrame:
        self.tables.give("asked", _column("event", list(events)))
        return self._sql(
            """SELECT e.id AS event, coalesce(e.posting, e.id) AS posting, e.time,
                 coalesce(e.posting, e.details['url'], '') AS address, coalesce(e.text, '') AS text
               FROM asked a JOIN events e ON e.id = a.event AND e.kind = 'advert' ORDER BY 1"""
        ).with_columns(
            site=pl.col("address").str.extract(r"^(?:https?://)?([a-z0-9.-]+\.[a-z]{2,})/")
        )

    def _claims(self, events: Iterable[str]) -> pl.DataFrame:
        self.tables.give("asked", _column("event", list(events)))
        return self._sql(
            """SELECT c.event, c.id, c.kind, c.kind || ':' || c.value AS node, c.role, c.start, c."end",
                 c.written, c.confidence::DOUBLE AS confidence, coalesce(c.reason, '') AS reason
               FROM asked a JOIN claims c ON c.event = a.event ORDER BY c.id"""
        )

    def _counts(self, claims: pl.DataFrame) -> dict[str, int]:
        self.tables.give("asked", _column("node", claims["node"].unique().sort().to_list()))
        rows = self._sql("SELECT n.node, n.events FROM nodes n JOIN asked a ON a.node = n.node")
        return dict(rows.iter_rows())


def _column(name: str, values: Sequence[str]) -> pa.Table:
    return pa.table({name: pa.array(list(values), pa.string())})


def _sentences(adverts: pl.DataFrame, claims: pl.DataFrame) -> Iterator[str]:
    """Give the different sentences of texts without what claims read in them, those of the most
    postings first."""
    spans: dict[str, list[tuple[int, int]]] = {}
    filled = claims.filter(pl.col("kind").is_in(FILLED)).select("event", "start", "end")
    for event, start, end in filled.drop_nulls().iter_rows():
        spans.setdefault(event, []).append((start, end))
    seen: dict[str, set[str]] = {}
    for event, posting, text in adverts.select("event", "posting", "text").iter_rows():
        for words in _cut(without(text, spans.get(event, ()))):
            seen.setdefault(words, set()).add(posting)
    ordered = sorted(seen, key=lambda words: (-len(seen[words]), words))
    yield from ordered[:SENTENCES]


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with blanks where claims read something in it."""
    bare = list(text)
    for start, end in spans:
        bare[start:end] = " " * (min(end, len(bare)) - start)
    return "".join(bare)


def _cut(text: str) -> Iterator[str]:
    """Give the sentences of a text that are long enough to be somebody's, without signs and figures;
    of scripts that write no spaces, what stands between spaces and commas."""
    for sentence in _CUT.split(text):
        if script(sentence) in _SPACELESS:
            parts = (_letters(part) for part in _CUT_WITHIN.split(sentence))
            yield from (part for part in parts if len(part) >= LETTERS)
        elif len((words := _letters(sentence)).split()) >= WORDS:
            yield words


def _letters(text: str) -> str:
    kept = (c if unicodedata.category(c)[0] in "LM" else " " for c in text)
    return " ".join("".join(kept).split())
