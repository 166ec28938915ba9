"""Decisions: a named person's yes or no, with the reason and the evidence that was seen.

A decision names endpoints, never a link, so that it holds on every rebuild; the newest decision
on the same endpoints stands, and none is ever erased.

Whoever takes decisions over from a file is the decider on record; the name and time in the file are
kept beside, as claimed. Such a decision orders the work and protects people, but it opens nothing
(no sharing, no reveal, no suspect's values, nobody taken off the top of the queue) and overrules
nobody here, unless whoever brings it vouches for it with a reason of their own. So a file of a
training case's invented reviewers can be loaded, and a file that somebody slips in clears nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from palermo.safeguards.rules.authority import same_person
from palermo.store import catalogue as c

ACTS = {
    "confirm": "these two belong together; this finding is right; this value is one party's own; "
    "this event is as the machine read it, and matters",
    "reject": "these two do not belong together, this finding is wrong, or this event is not what it "
    "was read as, or does not matter",
    "generic": "this value belongs to nobody in particular: it links no one",
    "exculpatory": "this speaks for a suspect and must be disclosed",
    "shelter": "this event tells where a protected person is kept safe: its place never leaves",
    "risk": "this event, value, identity or person tells of a risk to life or to a child",
    "no-risk": "looked at: no risk to life or to a child, or no longer one",
    "reveal": "this value may be read in the clear",
    "open_person": "open a person",
    "set_role": "give a person a role in this case",
    "tie": "this value is this person's",
}
ROLES = ("suspect", "victim", "possible victim", "witness", "third party")
PAIRS = frozenset({"confirm", "reject"})
RISK = frozenset({"risk", "no-risk"})
# What a decision that nobody here vouches for has no part in.
OPENING = frozenset({"confirm", "reveal", "no-risk"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A decision as it stands in the catalogue."""

    number: int
    at: datetime
    actor: str
    act: str
    a: str
    b: str | None
    reason: str
    seen: list[str]
    claimed_by: str | None = None
    claimed_at: datetime | None = None
    vouched: str | None = None

    @property
    def own(self) -> bool:
        """Whether somebody answers for it here: it was taken here, or is vouched for."""
        return bool(
            self.vouched or self.claimed_by is None or same_person(self.claimed_by, self.actor)
        )

    @property
    def decider(self) -> str:
        """Who decided, as it is told."""
        if self.claimed_by is None:
            return self.actor
        at = f" at {self.claimed_at:%Y-%m-%d %H:%M} UTC" if self.claimed_at else ""
        return f"claimed by {self.claimed_by}{at}, imported by {self.actor}"


def load(connection: sa.Connection) -> list[Made]:
    d = c.decision.c
    columns = (d.number, d.at, d.actor, d.act, d.a, d.b, d.reason, d.seen)
    claimed = (d.claimed_by, d.claimed_at, d.vouched)
    query = sa.select(*columns, *claimed).order_by(d.number)
    return [Made(**row) for row in connection.execute(query).mappings()]


def pair(a: str, b: str | None) -> tuple[str, str | None]:
    """Return endpoints in one order, whichever way round they were named."""
    return (a, b) if b is None or a <= b else (b, a)


def standing(made: Iterable[Made]) -> dict[tuple[str, str | None], Made]:
    """Return by endpoints the decision that stands: of confirm, reject and generic the newest; one
    that nobody here vouches for overrules none that somebody does."""
    return _newest(made, {"confirm", "reject", "generic"})


def _newest(made: Iterable[Made], acts: Collection[str]) -> dict[tuple[str, str | None], Made]:
    last: dict[tuple[str, str | None], Made] = {}
    for decision in made:
        ends = pair(decision.a, decision.b)
        if decision.act in acts and (decision.own or ends not in last or not last[ends].own):
            last[ends] = decision
    return last


def answered_for(made: Iterable[Made]) -> list[Made]:
    """Return decisions without those that would open something and that nobody here vouches for."""
    return [d for d in made if d.own or d.act not in OPENING]


def for_sharing(made: Iterable[Made]) -> list[Made]:
    """Return the decisions on which a package may rest. What was said of a risk is to protect people
    here, and takes no event out of the case."""
    return [d for d in answered_for(made) if d.act not in RISK]


def on_risk(made: Iterable[Made]) -> dict[str, Made]:
    """Return by event, value or person the newest of what was said of a risk."""
    said = _newest(answered_for(made), RISK)
    return {a: decision for (a, _), decision in said.items()}


def looked_at(made: Iterable[Made]) -> frozenset[str]:
    """Return what somebody here has decided on by itself, whatever the decision."""
    return frozenset(d.a for d in made if d.b is None and d.own)


def for_identities(made: Iterable[Made]) -> list[tuple[str, str, str | None]]:
    """Return decisions on nodes as (act, a, b), as `link.identities` takes them."""
    acts: list[tuple[str, str, str | None]] = []
    for (a, b), decision in sorted(standing(made).items(), key=lambda item: item[1].number):
        if b is not None and decision.act in PAIRS:
            acts.append((decision.act, a, b))
        elif decision.act == "generic":
            acts.append(("generic", a, None))
    return acts


def without_rejected(links: pa.Table, acts: Iterable[tuple[str, str, str | None]]) -> pa.Table:
    """Return the links that no person has rejected, nor their hub set apart as generic."""
    acts = list(acts)
    no = {pair(a, b) for act, a, b in acts if act == "reject"}
    generic = pa.array([a for act, a, _ in acts if act == "generic"], type=pa.string())
    if no:
        ends = zip(links["a"].to_pylist(), links["b"].to_pylist(), strict=True)
        links = links.filter(pa.array([pair(a, b) not in no for a, b in ends], type=pa.bool_()))
    if len(generic):
        apart = pc.or_(pc.is_in(links["a"], generic), pc.is_in(links["b"], generic))
        links = links.filter(pc.invert(apart))
    return links
