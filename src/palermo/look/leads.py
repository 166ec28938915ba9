"""The verb `leads`: who outside a confirmed network may belong to it, ranked, each with its reasons.

It suggests and changes nothing. Whom a person has said not to belong is never suggested again, and
whoever is protected as a victim is neither suggested, nor a reason, nor counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from palermo import answers
from palermo.look import weighing
from palermo.look.likeness import Unit, likenesses
from palermo.look.linked import Linked
from palermo.look.nearby import MANY, Nearby, Ring, Saying, gather
from palermo.look.query import Query, is_event, is_identity
from palermo.review import persons
from palermo.safeguards.refusal import Refused
from palermo.store.case import Case
from palermo.store.engine import Tables
from palermo.store.hits import Asked, Index
from palermo.vocabulary import EventKind

ADVERT = str(EventKind.ADVERT)
SHOWN = 3  # adverts of one lead; all are counted
_NOT = (
    "A score is the strength of the reasons, from 0 to 1, and no probability. A lead changes nothing: "
    "confirm or reject it in review."
)


def saying(case: Case, tables: Tables) -> Saying:
    """Return who says what, by the case's index of words."""

    def said(sentences: Sequence[str]) -> dict[str, tuple[list[str], int]]:
        with case.catalogue.read() as connection:
            index = Index(case.folder / "index", case.lake.files(connection, "events"))
        hits = {words: index.find(Asked(words=words, kind=ADVERT)) for words in sentences}
        few = {words: hit.rows["key"].to_list() for words, hit in hits.items() if hit.total <= MANY}
        keys = sorted({f"{key:016x}" for found in few.values() for key in found})
        ids = tables.sql(
            "SELECT id FROM events WHERE kind = ? AND substr(id, 2, 16) IN (SELECT unnest(?))",
            [ADVERT, keys],
        )["id"].to_pylist()
        event = {int(id[1:17], 16): id for id in ids}
        return {
            words: ([event[key] for key in few.get(words, ()) if key in event], hit.total)
            for words, hit in hits.items()
        }

    return said


@dataclass(frozen=True)
class _Told:
    """What is told of a lead besides itself: the network's value `main`, weights, and events by id."""

    main: str | None
    weights: weighing.Weights
    events: Mapping[str, answers.Event]


@dataclass
class Leads:
    case: Case
    query: Query
    at: datetime  # whose roles hold

    def leads(self, id: str, limit: int) -> answers.Leads:
        linked = Linked(self.query)
        identity = linked.identity_of(id)
        members = linked.nodes_of(identity)
        confirmed = self._confirmed(members)
        ring = self._ring(members, confirmed, id)
        weights = weighing.load()
        near = gather(self.query.tables, ring, saying(self.case, self.query.tables))
        units = [u for u in likenesses(near, weights.habits) if u.reasons]
        apart = {u.id for u in units if self._bears(near, u, ring.never)}
        another = self._another(near, units, members)
        scored = []
        for unit in units:
            points = weights.total(unit)
            if why := another.get(unit.id):
                unit.against.append(why)
                points *= weighing.ANOTHER
            scored.append((points, unit))
        ranked = sorted(
            (pair for pair in scored if pair[1].id not in apart and pair[0] > 0),
            key=lambda pair: (-pair[0], pair[1].id),
        )
        main = self._main(near, "", confirmed)
        shown = self.query.by_id(e for _, unit in ranked[:limit] for e in unit.events[:SHOWN])
        told = _Told(main, weights, {event.id: event for event in shown})
        return answers.Leads(
            id=identity if ":" not in identity else self.query.mask.node(identity),
            confirmed=[self.query.node(node) for node in sorted(confirmed)[:200]],
            adverts=len(ring.seeds),
            leads=[self._lead(near, u, p, told) for p, u in ranked[:limit]],
            total=len(ranked),
            rejected=near.rejected + len(apart),
            shared_by_many=[
                f"{self._widely(what)}: {n:,}" for what, n in sorted(near.generic.items())
            ],
            weights=dict(weights.weights),
            learned=weights.learned,
            says=_NOT,
        )

    # --- what people have decided -----------------------------------------------------------

    def _confirmed(self, members: Sequence[str]) -> set[str]:
        """Return the network's values and events that a person here has confirmed."""
        inside = set(members)
        return {
            end
            for (a, b), made in self.query.decided.items()
            if made.act == "confirm" and made.own
            for end in (a, b)
            if end in inside and end not in self._protected
        }

    @cached_property
    def _protected(self) -> frozenset[str]:
        """The nodes that are tied to whoever is protected as a victim is."""
        with self.case.catalogue.read() as connection:
            people = persons.load(connection).values()
        return frozenset(n for p in people if p.protected(self.at) for n in p.nodes)

    def _ring(self, members: Sequence[str], confirmed: set[str], id: str) -> Ring:
        """Return the confirmed adverts, and what was rejected of the network. Raises where nothing
        is confirmed: machines' guesses are not built upon."""
        what = f"suggest leads to {id}"
        if not confirmed:
            raise Refused(
                what,
                "nobody here has confirmed anything of it, and leads rest on nothing else",
                f"Confirm what is its own first: palermo review CASE {id} --act confirm --reason TEXT",
            )
        values = [node for node in confirmed if not is_event(node)]
        rows = self.query.tables.sql(
            """WITH own AS (
                 SELECT DISTINCT c.event FROM claims c
                 WHERE c.role = 'poster' AND c.kind || ':' || c.value IN (SELECT unnest($1))
                 UNION SELECT unnest($2))
               SELECT e.id FROM own JOIN events e ON e.id = own.event AND e.kind = 'advert'
               WHERE e.id IN (SELECT unnest($3)) ORDER BY e.time DESC NULLS LAST, e.id""",
            [values, [node for node in confirmed if is_event(node)], list(members)],
        )["id"]
        if not len(rows):
            raise Refused(
                what,
                "no advert is among what was confirmed of it, or bears it as its own contact",
                "Confirm an advert of it, or a contact that its adverts give: palermo review CASE",
            )
        inside = {*members}
        never, generic = set(), set()
        for (a, b), made in self.query.decided.items():
            if made.act == "generic":
                generic.add(a)
            elif made.act == "reject" and b is not None:
                never |= {y for x, y in ((a, b), (b, a)) if x in inside}
        return Ring(
            members, rows.to_pylist(), frozenset(never), frozenset(generic), self._protected
        )

    @staticmethod
    def _bears(near: Nearby, unit: Unit, never: frozenset[str]) -> bool:
        return bool(never & {unit.id, *unit.events, *near.own(unit.id)})

    def _another(
        self, near: Nearby, units: Sequence[Unit], members: Sequence[str]
    ) -> dict[str, str]:
        """Return by unit why it may be somebody else: a person confirmed it apart, or tied it."""
        inside = set(members)
        by_node = {
            end: made
            for (a, b), made in self.query.decided.items()
            if made.act == "confirm" and made.own
            for end in (a, b)
            if end and end not in inside
        }
        own = {self.query.held[n] for n in members if n in self.query.held}
        found = {}
        for unit in units:
            nodes = [*near.own(unit.id), *unit.events]
            tied = sorted({self.query.held[n] for n in nodes if n in self.query.held} - own)
            made = next((by_node[n] for n in nodes if n in by_node), None)
            if tied:
                found[unit.id] = f"A person has tied it to person {tied[0]}, and not to the network"
            elif made:
                found[unit.id] = f"A person has confirmed it apart from the network: {made.number}"
        return found

    # --- what is told -------------------------------------------------------------------------

    def _main(self, near: Nearby, unit: str, among: set[str] | None = None) -> str | None:
        """Return the value by which review names somebody: the own contact of the most adverts."""
        nodes = near.own(unit)
        chosen = [n for n in nodes if n not in near.generic and (among is None or n in among)]
        return max(chosen, key=lambda n: (nodes[n], n), default=None)

    def _told(self, text: str, nodes: Sequence[str]) -> str:
        return self.query.hiding.words(text, nodes)

    def _widely(self, what: str) -> str:
        """Tell what many share; of a sentence no name that the case knows from elsewhere."""
        told = self._told(what, [what])
        return self.query.free(told, []) if what.startswith("sentence:") else told

    def _lead(self, near: Nearby, unit: Unit, points: float, told: _Told) -> answers.Lead:
        main, weights = told.main, told.weights
        theirs = self._main(near, unit.id)
        first = near.seed
        reasons = sorted(unit.reasons, key=lambda r: -weights.points(r))
        mask = self.query.mask
        return answers.Lead(
            id=unit.id if is_identity(unit.id) else unit.events[0],
            score=round(weighing.strength(points), 3),
            value=None if theirs is None else self.query.node(theirs),
            adverts=len(unit.postings),
            events=[told.events[id] for id in unit.events[:SHOWN] if id in told.events],
            reasons=[
                answers.LeadReason(
                    kind=reason.feature,
                    points=round(weights.points(reason), 2),
                    says=self._told(reason.says, reason.nodes),
                    rests_on=list(reason.rests_on),
                )
                for reason in reasons
            ],
            against=[self._told(said, unit.named) for said in unit.against],
            a=first if main is None else mask.node(main),
            b=unit.events[0] if theirs is None else mask.node(theirs),
        )
