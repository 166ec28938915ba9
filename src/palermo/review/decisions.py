"""Decisions: a named person's yes or no, with the reason and the evidence that was seen.

A decision names endpoints, never a link, so that it holds on every rebuild; the newest decision
on the same endpoints stands, and none is ever erased.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from palermo.store import catalogue as c

ACTS = {
    "confirm": "these two belong together; this finding is right; this value is one party's own; "
    "this event is as the machine read it, and matters",
    "reject": "these two do not belong together, or this finding is wrong",
    "generic": "this value belongs to nobody in particular: it links no one",
    "exculpatory": "this speaks for a suspect and must be disclosed",
    "shelter": "this event tells where a protected person is kept safe: its place never leaves",
    "reveal": "this value may be read in the clear",
    "open_person": "open a person",
    "set_role": "give a person a role in this case",
    "tie": "this value is this person's",
}
ROLES = ("suspect", "victim", "possible victim", "witness", "third party")
PAIRS = frozenset({"confirm", "reject"})


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


def load(connection: sa.Connection) -> list[Made]:
    d = c.decision.c
    columns = (d.number, d.at, d.actor, d.act, d.a, d.b, d.reason, d.seen)
    query = sa.select(*columns).order_by(d.number)
    return [Made(**row) for row in connection.execute(query).mappings()]


def pair(a: str, b: str | None) -> tuple[str, str | None]:
    """Return endpoints in one order, whichever way round they were named."""
    return (a, b) if b is None or a <= b else (b, a)


def standing(made: Iterable[Made]) -> dict[tuple[str, str | None], Made]:
    """Return by endpoints the decision that stands: of confirm, reject and generic the newest."""
    last: dict[tuple[str, str | None], Made] = {}
    for decision in made:
        if decision.act in {"confirm", "reject", "generic"}:
            last[pair(decision.a, decision.b)] = decision
    return last


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
