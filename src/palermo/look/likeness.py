"""Says how what is outside a network is like it: one figure a feature, each with what it rests on.

A figure is 0 for nothing in common and 1 for all that the feature can tell. Whatever many strangers
share counts for little: each figure is weighed by how rare what is shared is.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

import polars as pl

from palermo.counting import many
from palermo.look import style
from palermo.look.nearby import SHARED, Nearby, without
from palermo.vocabulary import Kind, Role

# Groups that may share a thing before it counts for less: the network's own, and one other.
FEW = 2
# Days about an advert of the network in which another one in the same place is of one journey.
JOURNEY = timedelta(days=3)
# Distinct sentences that, shared, tell all that sentences can.
ENOUGH_SAID = 3.0
# A case of fewer adverts does not show how rare a thing is: it is taken for one of so many.
SMALL = 100
# Letters of an account's own name that may be the same one's on another platform.
NAME = 6
CONTENT = (Kind.PRICE, Kind.PLACE)


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
    return _Comparing(near, habits).compare()


@dataclass
class _Comparing:
    near: Nearby
    habits: Sequence[str]

    def compare(self) -> list[Unit]:
        rows = self.near.adverts.filter(pl.col("unit") != "").sort("unit", "event")
        units: dict[str, Unit] = {}
        for event, unit, posting in rows.select("event", "unit", "posting").iter_rows():
            one = units.setdefault(unit, Unit(unit))
            one.events.append(event)
            one.postings.add(posting)
        for one in units.values():
            found = [
                self._by_hub(one, "near_text", "text"),
                self._by_hub(one, "same_picture", "picture"),
                self._contact(one),
                self._mention(one),
                self._web(one),
                self._account_name(one),
                self._sentences(one),
                self._price(one),
                self._places(one),
                self._journey(one),
                self._sites(one),
                self._style(one),
            ]
            one.reasons = [reason for reason in found if reason and reason.figure > 0]
        return list(units.values())

    # --- how rare -----------------------------------------------------------------------------

    @staticmethod
    def _few(groups: int) -> float:
        """Weigh what `groups` outside share: all of it where only one does."""
        return min(1.0, FEW / (groups + 1))

    def _rare(self, count: int) -> float:
        """Weigh a value by how few of the case's adverts bear it: 1 for one alone, 0 for all."""
        n = max(self.near.adverts_in_case, SMALL)
        return max(0.0, math.log(n / min(max(count, 1), n)) / math.log(n))

    # --- links below the threshold --------------------------------------------------------------

    @cached_property
    def _hubs(self) -> dict[str, dict[str, list[tuple[str, float, str]]]]:
        """Kind → unit → (hub, its strength for the network and the unit, a link or event of theirs)."""
        hubs = self.near.hubs
        own = hubs.filter(pl.col("unit") == "").group_by("kind", "hub")
        best = {(k, h): s for k, h, s in own.agg(pl.col("score").max()).iter_rows()}
        found: dict[str, dict[str, list[tuple[str, float, str]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        rows = hubs.filter(pl.col("unit") != "").sort("score", "event", descending=[True, False])
        for kind, hub, event, score, id, unit in rows.select(
            "kind", "hub", "event", "score", "id", "unit"
        ).iter_rows():
            if (kind, hub) in best and hub not in {h for h, _, _ in found[kind][unit]}:
                found[kind][unit].append((hub, min(best[kind, hub], score), id or event))
        return found

    @cached_property
    def _sharers(self) -> Mapping[str, int]:
        """Hub → units outside that share it."""
        rows = self.near.hubs.filter(pl.col("unit") != "").group_by("hub")
        return dict(rows.agg(pl.col("unit").n_unique()).iter_rows())

    def _by_hub(self, one: Unit, kind: str, feature: str) -> Reason | None:
        shared = self._hubs[kind].get(one.id, [])
        if not shared:
            return None
        weighed = [(min(1.0, 2 * s) * self._few(self._sharers[h]), h, id) for h, s, id in shared]
        figure, hub, _ = max(weighed)
        groups = self._sharers[hub]
        what = {"text": "Nearly the same text", "picture": "The same picture"}[feature]
        if groups > FEW:
            one.against.append(f"{what}, and {groups:,} others outside have it too: it is copied")
        n = groups - 1
        others = f", which {many(n, 'other')} outside have too" if n else ", which nobody else has"
        return Reason(feature, figure, what + others, tuple(id for _, _, id in weighed[:5]))

    # --- values -------------------------------------------------------------------------------

    @cached_property
    def _borne(self) -> dict[str, dict[str, list[tuple[str, str, str]]]]:
        """Unit ("" for the network) → node → (event, claim, role)."""
        found: dict[str, dict[str, list[tuple[str, str, str]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        rows = self.near.claims.select("unit", "node", "event", "id", "role", "kind").sort("id")
        for unit, node, event, id, role, kind in rows.iter_rows():
            if kind in SHARED:
                found[unit][node].append((event, id, role))
        return found

    @cached_property
    def _bearers(self) -> Counter[str]:
        """Node → units outside that bear it."""
        return Counter(n for unit, nodes in self._borne.items() if unit for n in nodes)

    def _shared(self, one: Unit, posted: bool, web: bool = False) -> list[tuple[float, str]]:
        """Return the values of the network and somebody outside, weighed; `posted`: both give them as
        their own, otherwise one of them names the other's."""
        own, theirs = self._borne[""], self._borne[one.id]
        found = []
        for node in own.keys() & theirs.keys():
            if (node.partition(":")[0] in (Kind.URL, Kind.DOMAIN)) != web:
                continue
            if node in one.named:
                continue
            if n := self.near.generic.get(node):
                one.against.append(f"{node} is shared too, and counts for nothing: {n:,} bear it")
                one.named.append(node)
                continue
            roles = [{role for _, _, role in side[node]} for side in (own, theirs)]
            both = all(Role.POSTER in side for side in roles)
            either = any(Role.POSTER in side for side in roles)
            if (both if posted else either and not both) or web:
                found.append((self._few(self._bearers[node]), node))
        return sorted(found, key=lambda pair: (-pair[0], pair[1]))

    def _claims(self, one: Unit, nodes: Iterable[str]) -> tuple[str, ...]:
        return tuple(
            side[node][0][1] for node in nodes for side in (self._borne[""], self._borne[one.id])
        )

    def _contact(self, one: Unit) -> Reason | None:
        shared = self._shared(one, posted=True)
        if not shared:
            return None
        for weight, node in shared:
            if weight < 1:
                kind, n = node.partition(":")[0], self._bearers[node]
                one.against.append(f"The {kind} that is shared is that of {n:,} others outside too")
        nodes = tuple(node for _, node in shared)
        says = f"Both give {_listed(nodes)} as a contact"
        return Reason("contact", shared[0][0], says, self._claims(one, nodes[:3]), nodes)

    def _mention(self, one: Unit) -> Reason | None:
        shared = self._shared(one, posted=False)
        if not shared:
            return None
        nodes = tuple(node for _, node in shared)
        says = f"One names {_listed(nodes)}, which the other gives as a contact"
        return Reason("mention", shared[0][0], says, self._claims(one, nodes[:3]), nodes)

    def _web(self, one: Unit) -> Reason | None:
        shared = self._shared(one, posted=False, web=True)
        if not shared:
            return None
        nodes = tuple(node for _, node in shared)
        says = f"Both name {_listed(nodes)}"
        return Reason("web", shared[0][0], says, self._claims(one, nodes[:3]), nodes)

    def _account_name(self, one: Unit) -> Reason | None:
        """One name of an account on two platforms is often one person's."""
        own, theirs = self._names[""], self._names[one.id]
        shared = sorted(
            (self._few(self._names_borne[name]), name)
            for name in own.keys() & theirs.keys()
            if own[name] != theirs[name]
        )
        if not shared:
            return None
        weight, name = shared[-1]
        nodes = (own[name], theirs[name])
        ids = (self._borne[""][nodes[0]][0][1], self._borne[one.id][nodes[1]][0][1])
        says = f"The same account name as a {_kind(nodes[0])} and as a {_kind(nodes[1])}"
        return Reason("account_name", weight, says, ids)

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for unit, nodes in self._borne.items():
            for node in nodes:
                if (name := _own_name(node)) and len(name) >= NAME:
                    found[unit][name] = node
        return found

    @cached_property
    def _names_borne(self) -> Counter[str]:
        return Counter(n for unit, names in self._names.items() if unit for n in names)

    # --- what they say --------------------------------------------------------------------------

    def _sentences(self, one: Unit) -> Reason | None:
        said = self._said.get(one.id, {})
        if not said:
            return None
        weights = {
            s: self._rare(total) * self._few(self._saying[s]) for s, (_, total) in said.items()
        }
        figure = min(1.0, sum(weights.values()) / ENOUGH_SAID)
        best = sorted(weights, key=lambda s: (-weights[s], s))
        says = f"All words of {many(len(said), 'sentence')} of the network"
        return Reason("sentence", figure, says, tuple(said[s][0] for s in best[:5]))

    @cached_property
    def _said(self) -> dict[str, dict[str, tuple[str, int]]]:
        found: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
        rows = self.near.said.select("sentence", "event", "total", "unit").iter_rows()
        for sentence, event, total, unit in rows:
            found[unit].setdefault(sentence, (event, total))
        return found

    @cached_property
    def _saying(self) -> Counter[str]:
        return Counter(s for unit, said in self._said.items() if unit for s in said)

    # --- prices, places and days ------------------------------------------------------------------

    @cached_property
    def _content(self) -> dict[str, dict[str, dict[str, tuple[str, set[str]]]]]:
        """Kind → unit → node → a claim, and the events that bear it."""
        found: dict[str, dict[str, dict[str, tuple[str, set[str]]]]] = {
            kind: defaultdict(dict) for kind in CONTENT
        }
        rows = self.near.claims.filter(pl.col("kind").is_in(CONTENT)).sort("id")
        for unit, kind, node, event, id in rows.select(
            "unit", "kind", "node", "event", "id"
        ).iter_rows():
            found[kind][unit].setdefault(node, (id, set()))[1].add(event)
        return found

    def _price(self, one: Unit) -> Reason | None:
        own, theirs = (self._content[Kind.PRICE].get(unit, {}) for unit in ("", one.id))
        shared = [
            (
                self._rare(self.near.counts.get(node, 1)) * len(theirs[node][1]) / len(one.events),
                node,
            )
            for node in own.keys() & theirs.keys()
        ]
        if not shared:
            return None
        figure, node = max(shared)
        says = f"The price {node.partition(':')[2]}, to the penny"
        return Reason("price", figure, says, (own[node][0], theirs[node][0]))

    def _places(self, one: Unit) -> Reason | None:
        own, theirs = (self._content[Kind.PLACE].get(unit, {}) for unit in ("", one.id))
        both, either = own.keys() & theirs.keys(), own.keys() | theirs.keys()
        if not both:
            return None
        weight = {node: 0.1 + self._rare(self.near.counts.get(node, 1)) for node in either}
        figure = sum(weight[n] for n in both) / sum(weight.values())
        says = f"{many(len(both), 'place')} in common, of {len(either)}"
        first = sorted(both, key=lambda n: (-weight[n], n))[:3]
        return Reason("place", figure, says, tuple(theirs[n][0] for n in first))

    @cached_property
    def _days(self) -> dict[str, datetime]:
        rows = self.near.adverts.select("event", "time").drop_nulls()
        return dict(rows.iter_rows())

    def _journey(self, one: Unit) -> Reason | None:
        """The share of adverts outside that stand in a place of the network at the network's time."""
        own, theirs = (self._content[Kind.PLACE].get(unit, {}) for unit in ("", one.id))
        with_it: dict[str, float] = {}
        for node in own.keys() & theirs.keys():
            times = sorted(self._days[e] for e in own[node][1] if e in self._days)
            rare = self._rare(self.near.counts.get(node, 1))
            for event in theirs[node][1]:
                time = self._days.get(event)
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

    def _sites(self, one: Unit) -> Reason | None:
        own, theirs = self._hosts[""], self._hosts[one.id]
        if not own & theirs:
            return None
        says = f"Posted on {_listed(sorted(own & theirs))}"
        return Reason("site", len(own & theirs) / len(own | theirs), says, tuple(one.events[:1]))

    def _style(self, one: Unit) -> Reason | None:
        """The share of a habit that is common to both, where either has it."""
        own, theirs = self._written[""], self._written[one.id]
        pairs = {habit: sorted((own[habit], theirs[habit])) for habit in self.habits}
        common = {habit: less / more for habit, (less, more) in pairs.items() if more > 0}
        if not any(common.values()):
            return None
        shown = ", ".join(sorted(habit for habit, share in common.items() if share > 0))
        says = f"Habits of writing in common: {shown}"
        return Reason("style", sum(common.values()) / len(common), says, tuple(one.events[:1]))

    @cached_property
    def _written(self) -> dict[str, dict[str, float]]:
        """Unit → the mean of each habit over its adverts."""
        found: dict[str, list[dict[str, float]]] = defaultdict(list)
        contacts: dict[str, list[str]] = defaultdict(list)
        spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        rows = self.near.claims.select("event", "role", "start", "end", "written").drop_nulls()
        for event, role, start, end, written in rows.iter_rows():
            spans[event].append((start, end))
            if role == Role.POSTER:
                contacts[event].append(written)
        for event, unit, text in self.near.adverts.select("event", "unit", "text").iter_rows():
            bare = without(text, spans[event])
            found[unit].append(style.habits(bare, contacts[event]))
        return {
            unit: {habit: sum(one[habit] for one in rows) / len(rows) for habit in rows[0]}
            for unit, rows in found.items()
        }

    @cached_property
    def _hosts(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for unit, site in self.near.adverts.select("unit", "site").drop_nulls().iter_rows():
            found[unit].add(site)
        return found


def _own_name(node: str) -> str | None:
    """Return an account's own name, as it may be chosen again elsewhere."""
    kind, _, value = node.partition(":")
    if kind == Kind.EMAIL:
        name = value.partition("@")[0]
    elif kind == Kind.HANDLE:
        name = value.partition(":")[2]
    else:
        return None
    return "".join(c for c in name.casefold() if c.isalnum())


def _kind(node: str) -> str:
    kind, _, value = node.partition(":")
    return f"{kind} of {value.partition(':')[0]}" if kind == Kind.HANDLE else kind


def _listed(values: Iterable[str]) -> str:
    shown = list(values)
    more = f" and {len(shown) - 3} more" if len(shown) > 3 else ""
    return ", ".join(shown[:3]) + more
