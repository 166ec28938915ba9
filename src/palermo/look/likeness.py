"""Says how what is outside a network is like it: one figure a feature, each with what it rests on.

A figure is 0 for nothing in common and 1 for all that the feature can tell. Whatever many strangers
share counts for little: each figure is weighed by how rare what is shared is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import polars as pl

from palermo.counting import many
from palermo.look.nearby import Nearby
from palermo.look.sides import FEW, Sides
from palermo.vocabulary import Kind, Role

# Days about an advert of the network in which another one in the same place is of one journey.
JOURNEY = timedelta(days=3)
# Distinct sentences that, shared, tell all that sentences can.
ENOUGH_SAID = 3.0


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature's figure, what it says, and the claims and events that it rests on."""

    feature: str
    figure: float
    says: str
    rests_on: tuple[str, ...]
    nodes: tuple[str, ...] = ()  # that `says` names, as they are: to be masked where it is told


@dataclass
class Unit:
    """Who is outside the network: an identity, or an advert that nothing ties."""

    id: str
    events: list[str] = field(default_factory=list)
    postings: set[str] = field(default_factory=set)
    reasons: list[Reason] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)  # values that `against` names, as they are

    def figures(self) -> dict[str, float]:
        return {reason.feature: reason.figure for reason in self.reasons}


def likenesses(near: Nearby, habits: Sequence[str] = ()) -> list[Unit]:
    """Return everybody in the neighbourhood, in order of id; `habits`: those of writing that tell no
    language (see `look.style`)."""
    rows = near.adverts.filter(pl.col("unit") != "").sort("unit", "event")
    units: dict[str, Unit] = {}
    for event, unit, posting in rows.select("event", "unit", "posting").iter_rows():
        one = units.setdefault(unit, Unit(unit))
        one.events.append(event)
        one.postings.add(posting)
    sides = Sides(near)
    for one in units.values():
        found = [feature(sides, one) for feature in FEATURES] + [_style(sides, one, habits)]
        one.reasons = [reason for reason in found if reason and reason.figure > 0]
    return list(units.values())


# --- links below the threshold ------------------------------------------------------------------


def _text(sides: Sides, one: Unit) -> Reason | None:
    return _by_hub(sides, one, "near_text", ("text", "Nearly the same text"))


def _picture(sides: Sides, one: Unit) -> Reason | None:
    return _by_hub(sides, one, "same_picture", ("picture", "The same picture"))


def _by_hub(sides: Sides, one: Unit, kind: str, told: tuple[str, str]) -> Reason | None:
    shared = sides.hubs[kind].get(one.id, [])
    if not shared:
        return None
    weighed = [(min(1.0, 2 * s) * sides.few(sides.sharers[h]), h, id) for h, s, id in shared]
    figure, hub, _ = max(weighed)
    groups = sides.sharers[hub]
    feature, what = told
    if groups > FEW:
        one.against.append(f"{what}, and {groups:,} others outside have it too: it is copied")
    n = groups - 1
    others = f", which {many(n, 'other')} outside have too" if n else ", which nobody else has"
    return Reason(feature, figure, what + others, tuple(id for _, _, id in weighed[:5]))


# --- values -------------------------------------------------------------------------------------


def _shared(sides: Sides, one: Unit, posted: bool, web: bool = False) -> list[tuple[float, str]]:
    """Return the values of the network and somebody outside, weighed; `posted`: both give them as
    their own, otherwise one of them names the other's."""
    own, theirs = sides.borne[""], sides.borne[one.id]
    found = []
    for node in sorted(own.keys() & theirs.keys()):
        if (node.partition(":")[0] in (Kind.URL, Kind.DOMAIN)) != web:
            continue
        if node in one.named:
            continue
        if n := sides.near.generic.get(node):
            one.against.append(f"{node} is shared too, and counts for nothing: {n:,} bear it")
            one.named.append(node)
            continue
        roles = [{role for _, _, role in side[node]} for side in (own, theirs)]
        both = all(Role.POSTER in side for side in roles)
        either = any(Role.POSTER in side for side in roles)
        if (both if posted else either and not both) or web:
            found.append((sides.few(sides.bearers[node]), node))
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))


def _contact(sides: Sides, one: Unit) -> Reason | None:
    shared = _shared(sides, one, posted=True)
    for weight, node in shared:
        if weight < 1:
            kind, n = node.partition(":")[0], sides.bearers[node]
            one.against.append(f"The {kind} that is shared is that of {n:,} others outside too")
    return _of_values(sides, one, shared, ("contact", "Both give {} as a contact"))


def _mention(sides: Sides, one: Unit) -> Reason | None:
    says = "One names {}, which the other gives as a contact"
    return _of_values(sides, one, _shared(sides, one, posted=False), ("mention", says))


def _web(sides: Sides, one: Unit) -> Reason | None:
    shared = _shared(sides, one, posted=False, web=True)
    return _of_values(sides, one, shared, ("web", "Both name {}"))


def _of_values(
    sides: Sides, one: Unit, shared: Sequence[tuple[float, str]], told: tuple[str, str]
) -> Reason | None:
    if not shared:
        return None
    feature, says = told
    nodes = tuple(node for _, node in shared)
    rests_on = sides.claims(one.id, nodes[:3])
    return Reason(feature, shared[0][0], says.format(_listed(nodes)), rests_on, nodes)


def _account_name(sides: Sides, one: Unit) -> Reason | None:
    """One name of an account on two platforms is often one person's."""
    own, theirs = sides.names[""], sides.names[one.id]
    shared = sorted(
        (sides.few(sides.names_borne[name]), name)
        for name in own.keys() & theirs.keys()
        if own[name] != theirs[name]
    )
    if not shared:
        return None
    weight, name = shared[-1]
    nodes = (own[name], theirs[name])
    ids = (sides.borne[""][nodes[0]][0][1], sides.borne[one.id][nodes[1]][0][1])
    says = f"The same account name as a {_kind(nodes[0])} and as a {_kind(nodes[1])}"
    return Reason("account_name", weight, says, ids)


# --- what they say, and where -------------------------------------------------------------------


def _sentences(sides: Sides, one: Unit) -> Reason | None:
    said = sides.said.get(one.id, {})
    if not said:
        return None
    weights = {s: sides.rare(total) * sides.few(sides.saying[s]) for s, (_, total) in said.items()}
    figure = min(1.0, sum(weights.values()) / ENOUGH_SAID)
    best = sorted(weights, key=lambda s: (-weights[s], s))
    says = f"All words of {many(len(said), 'sentence')} of the network"
    return Reason("sentence", figure, says, tuple(said[s][0] for s in best[:5]))


def _price(sides: Sides, one: Unit) -> Reason | None:
    own, theirs = (sides.content[Kind.PRICE].get(unit, {}) for unit in ("", one.id))
    counts = sides.near.counts
    shared = [
        (sides.rare(counts.get(node, 1)) * len(theirs[node][1]) / len(one.events), node)
        for node in own.keys() & theirs.keys()
    ]
    if not shared:
        return None
    figure, node = max(shared)
    says = f"The price {node.partition(':')[2]}, to the penny"
    return Reason("price", figure, says, (own[node][0], theirs[node][0]))


def _places(sides: Sides, one: Unit) -> Reason | None:
    own, theirs = (sides.content[Kind.PLACE].get(unit, {}) for unit in ("", one.id))
    both, either = own.keys() & theirs.keys(), own.keys() | theirs.keys()
    if not both:
        return None
    weight = {node: 0.1 + sides.rare(sides.near.counts.get(node, 1)) for node in either}
    figure = sum(weight[n] for n in both) / sum(weight.values())
    says = f"{many(len(both), 'place')} in common, of {len(either)}"
    first = sorted(both, key=lambda n: (-weight[n], n))[:3]
    return Reason("place", figure, says, tuple(theirs[n][0] for n in first))


def _journey(sides: Sides, one: Unit) -> Reason | None:
    """The share of adverts outside that stand in a place of the network at the network's time."""
    own, theirs = (sides.content[Kind.PLACE].get(unit, {}) for unit in ("", one.id))
    with_it: dict[str, float] = {}
    for node in own.keys() & theirs.keys():
        times = sorted(sides.days[e] for e in own[node][1] if e in sides.days)
        rare = sides.rare(sides.near.counts.get(node, 1))
        for event in theirs[node][1]:
            time = sides.days.get(event)
            if time and any(abs(time - t) <= JOURNEY for t in times):
                with_it[event] = max(with_it.get(event, 0.0), rare)
    if not with_it:
        return None
    share = sum(with_it.values()) / len(one.events)
    # one advert in a place on a day is everybody's; several places in step are a circuit
    places = {n for n in theirs if theirs[n][1] & with_it.keys()}
    figure = min(1.0, share) * (1 - 1 / (1 + len(places)))
    says = (
        f"{many(len(with_it), 'advert')} in the network's places in the network's days, in "
        f"{many(len(places), 'place')}"
    )
    return Reason("journey", figure, says, tuple(sorted(with_it)[:5]))


def _sites(sides: Sides, one: Unit) -> Reason | None:
    own, theirs = sides.hosts[""], sides.hosts[one.id]
    if not own & theirs:
        return None
    says = f"Posted on {_listed(sorted(own & theirs))}"
    return Reason("site", len(own & theirs) / len(own | theirs), says, tuple(one.events[:1]))


def _style(sides: Sides, one: Unit, habits: Sequence[str]) -> Reason | None:
    """The share of a habit that is common to both, where either has it."""
    own, theirs = sides.written[""], sides.written[one.id]
    pairs = {habit: sorted((own[habit], theirs[habit])) for habit in habits}
    common = {habit: less / more for habit, (less, more) in pairs.items() if more > 0}
    if not any(common.values()):
        return None
    shown = ", ".join(sorted(habit for habit, share in common.items() if share > 0))
    says = f"Habits of writing in common: {shown}"
    return Reason("style", sum(common.values()) / len(common), says, tuple(one.events[:1]))


# In the order in which what speaks against somebody is told.
FEATURES = (
    _text, _picture, _contact, _mention, _web, _account_name, _sentences, _price, _places, _journey,
    _sites,
)  # fmt: skip


def _kind(node: str) -> str:
    kind, _, value = node.partition(":")
    return f"{kind} of {value.partition(':')[0]}" if kind == Kind.HANDLE else kind


def _listed(values: Iterable[str]) -> str:
    shown = list(values)
    more = f" and {len(shown) - 3} more" if len(shown) > 3 else ""
    return ", ".join(shown[:3]) + more
