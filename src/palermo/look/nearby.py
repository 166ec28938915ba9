"""Gathers what lies around a network: its confirmed adverts, and those outside it that share something.

What is read is the network's own neighbourhood: through the hubs of its links, the values that it
bears, and the sentences that it says. What very many share leads nowhere, and is told.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl
import pyarrow as pa

from palermo.look.sentences import sentences
from palermo.store.engine import Tables
from palermo.vocabulary import Kind, Role

# Sharers of one hub, value or sentence above which it says nothing of anybody.
MANY = 400
# Confirmed adverts, and adverts outside, that are compared in full.
SEEDS, OUTSIDE = 600, 4000
# Adverts of one identity that are compared; the rest say the same.
OF_ONE = 60
LINKS = ("near_text", "same_picture", "same_identifier", "same_device")
# Values that can be shared; a price, a place and a date are compared and lead to nobody.
SHARED = (
    Kind.PHONE, Kind.EMAIL, Kind.HANDLE, Kind.IBAN, Kind.ACCOUNT, Kind.CARD, Kind.WALLET, Kind.PLATE,
    Kind.DOCUMENT, Kind.URL, Kind.DOMAIN, Kind.VESSEL, Kind.DEVICE,
)  # fmt: skip
# What changes from one use of a sentence to the next; what it offers and asks is the sentence.
FILLED = (
    *SHARED, Kind.PRICE, Kind.AGE, Kind.PLACE, Kind.DATE, Kind.NAME, Kind.REFERENCE, Kind.FEE,
    Kind.ROUTE, Kind.DEPARTURE,
)  # fmt: skip
_KINDS = ", ".join(f"'{kind}'" for kind in SHARED)

# Sentences → for each that any event has: the events that have all its words (`MANY` at most), and
# how many there are.
Saying = Callable[[Sequence[str]], Mapping[str, tuple[list[str], int]]]


@dataclass(frozen=True, slots=True)
class Ring:
    """Who is asked about: `members` are the nodes of the network's identity, `seeds` its confirmed
    adverts, `never` the nodes that a person has said are not of it, `generic` the values that a
    person has set apart as nobody's, and `protected` the nodes of whoever is protected as a victim
    is: nothing is told of them, and nothing counted."""

    members: Sequence[str]
    seeds: Sequence[str]
    never: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()
    protected: frozenset[str] = frozenset()


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
        self.tables.give("untold", self._untold(inside))
        own = self._adverts(seeds).with_columns(unit=pl.lit(""))
        claims = self._claims(seeds)
        hubs = self._hubs()
        counts = self._counts(claims)
        sharing = self._sharing(counts)
        said = self._said(own, claims)
        found = pl.concat([hubs["event"], sharing, said["event"]])
        untold = self._sql("SELECT event FROM untold")["event"]
        inside |= {*untold}
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
        query = """SELECT count(*) AS n FROM events e WHERE kind = 'advert'
                   AND NOT EXISTS (SELECT 1 FROM untold u WHERE u.event = e.id)"""
        return int(self.tables.sql(query)["n"][0].as_py())

    def _untold(self, inside: frozenset[str]) -> pa.Table:
        """Return the events outside of whoever is protected: what their identities hold, what gives a
        value of theirs as its own contact, and every sighting of a posting of theirs."""
        if not self.ring.protected:
            return _column("event", [])
        self.tables.give("of_protected", _column("node", sorted(self.ring.protected)))
        rows = self._sql(
            """WITH theirs AS (
                 SELECT node AS event FROM of_protected
                 UNION SELECT i.node FROM identities i WHERE i.identity IN (
                   SELECT identity FROM identities JOIN of_protected USING (node))
                 UNION SELECT c.event FROM claims c WHERE c.role = 'poster'
                   AND c.kind || ':' || c.value IN (SELECT node FROM of_protected))
               SELECT e.id AS event FROM events e WHERE e.id IN (SELECT event FROM theirs)
                 OR 'posting:' || e.posting IN (SELECT event FROM theirs)
                 OR e.posting IN (SELECT posting FROM events JOIN of_protected p ON p.node = events.id)
               ORDER BY 1"""
        )
        return _column("event", [event for event in rows["event"] if event not in inside])

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
        theirs = set(self._sql("SELECT event FROM untold")["event"])
        rows = rows.filter(~pl.col("event").is_in(list(theirs)))
        # a link to an event of theirs would name it: the reason rests on the other end alone
        link = pl.when(pl.col("hub").is_in(list(theirs))).then(pl.lit("")).otherwise("id")
        rows = rows.with_columns(id=link)
        sizes = rows.group_by("kind", "hub").agg(
            pl.col("event").n_unique(), pl.col("event").min().alias("first")
        )
        for kind, hub, size, first in sizes.filter(pl.col("event") > MANY).iter_rows():
            named = first if hub in theirs else hub
            self.generic[named if ":" in named else f"{kind}:{named}"] = size
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
        untold = {*self._sql("SELECT event FROM untold")["event"]}
        filled = claims.filter(pl.col("kind").is_in(FILLED))
        for sentence, (having, total) in self.saying(list(sentences(adverts, filled))).items():
            events = [event for event in having if event not in untold]
            total -= len(having) - len(events)
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
                 ANTI JOIN untold u ON u.event = e.id
                 LEFT JOIN identities i ON i.node = e.id)
               SELECT event, unit FROM units
               UNION SELECT i.node, i.identity FROM identities i ANTI JOIN untold u ON u.event = i.node
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
        ).with_columns(**self._covered())

    def _covered(self) -> dict[str, pl.Expr]:
        """Make values of whoever is protected words of no meaning: they stand in the text, are taken
        out of it as any value is, and lead nowhere."""
        theirs = pl.col("node").is_in(list(self.ring.protected))
        return {
            name: pl.when(theirs).then(pl.lit(value)).otherwise(name).alias(name)
            for name, value in (("kind", str(Kind.NAME)), ("node", ""), ("role", str(Role.CONTENT)))
        }

    def _counts(self, claims: pl.DataFrame) -> dict[str, int]:
        self.tables.give("asked", _column("node", claims["node"].unique().sort().to_list()))
        rows = self._sql(
            """WITH untold_of AS (
                 SELECT c.kind || ':' || c.value AS node, count(DISTINCT c.event) AS events
                 FROM claims c JOIN untold u ON u.event = c.event GROUP BY 1)
               SELECT n.node, n.events - coalesce(o.events, 0) FROM nodes n
               JOIN asked a ON a.node = n.node LEFT JOIN untold_of o ON o.node = n.node"""
        )
        return dict(rows.iter_rows())


def _column(name: str, values: Sequence[str]) -> pa.Table:
    return pa.table({name: pa.array(list(values), pa.string())})
