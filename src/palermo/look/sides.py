"""Lays a neighbourhood out by who bears, says and writes what, so that each may be held beside the network.

"" is the network's own side; every other is a unit outside it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import polars as pl

from palermo.look import style
from palermo.look.nearby import SHARED, Nearby
from palermo.look.sentences import without
from palermo.vocabulary import Kind, Role

# Groups that may share a thing before it counts for less: the network's own, and one other.
FEW = 2
# A case of fewer adverts does not show how rare a thing is: it is taken for one of so many.
SMALL = 100
# Letters of an account's own name that may be the same one's on another platform.
NAME = 6
# A place read with less is as often a word of the language as a town: to have it in common would
# tell who speaks the same.
SURE = 0.75
CONTENT = (Kind.PRICE, Kind.PLACE)
# Value or account name → who bears it: event, claim, role.
Borne = dict[str, list[tuple[str, str, str]]]


@dataclass
class Sides:
    near: Nearby

    # --- how rare -----------------------------------------------------------------------------

    @staticmethod
    def few(groups: int) -> float:
        """Weigh what `groups` outside share: all of it where only one does."""
        return min(1.0, FEW / (groups + 1))

    def rare(self, count: int) -> float:
        """Weigh a value by how few of the case's adverts bear it: 1 for one alone, 0 for all."""
        n = max(self.near.adverts_in_case, SMALL)
        return max(0.0, math.log(n / min(max(count, 1), n)) / math.log(n))

    # --- links below the threshold --------------------------------------------------------------

    @cached_property
    def hubs(self) -> dict[str, dict[str, list[tuple[str, float, str]]]]:
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
    def sharers(self) -> Mapping[str, int]:
        """Hub → units outside that share it."""
        rows = self.near.hubs.filter(pl.col("unit") != "").group_by("hub")
        return dict(rows.agg(pl.col("unit").n_unique()).iter_rows())

    # --- values -------------------------------------------------------------------------------

    @cached_property
    def borne(self) -> dict[str, Borne]:
        """Unit → node → (event, claim, role)."""
        found: dict[str, Borne] = defaultdict(lambda: defaultdict(list))
        rows = self.near.claims.select("unit", "node", "event", "id", "role", "kind").sort("id")
        for unit, node, event, id, role, kind in rows.iter_rows():
            if kind in SHARED:
                found[unit][node].append((event, id, role))
        return found

    @cached_property
    def bearers(self) -> Counter[str]:
        """Node → units outside that bear it."""
        return Counter(n for unit, nodes in self.borne.items() if unit for n in nodes)

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """Unit → the own name of an account that is somebody's → its node."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for unit, nodes in self.borne.items():
            for node in nodes:
                name = _own_name(node)
                if name and len(name) >= NAME and node not in self.near.generic:
                    found[unit][name] = node
        return found

    @cached_property
    def names_borne(self) -> Counter[str]:
        """Name of an account → units outside that bear it."""
        return Counter(n for unit, names in self.names.items() if unit for n in names)

    # --- what they say ------------------------------------------------------------------------

    @cached_property
    def said(self) -> dict[str, dict[str, tuple[str, int]]]:
        """Unit → sentence of the network → an event that has all its words, and how many do."""
        found: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
        rows = self.near.said.select("sentence", "event", "total", "unit").iter_rows()
        for sentence, event, total, unit in rows:
            found[unit].setdefault(sentence, (event, total))
        return found

    @cached_property
    def saying(self) -> Counter[str]:
        """Sentence → units outside that say it."""
        return Counter(s for unit, said in self.said.items() if unit for s in said)

    @cached_property
    def content(self) -> dict[str, dict[str, dict[str, tuple[str, set[str]]]]]:
        """Kind → unit → node → a claim, and the events that bear it."""
        found: dict[str, dict[str, dict[str, tuple[str, set[str]]]]] = {
            kind: defaultdict(dict) for kind in CONTENT
        }
        sure = (pl.col("kind") != Kind.PLACE) | (pl.col("confidence") >= SURE)
        rows = self.near.claims.filter(pl.col("kind").is_in(CONTENT) & sure).sort("id")
        for unit, kind, node, event, id in rows.select(
            "unit", "kind", "node", "event", "id"
        ).iter_rows():
            found[kind][unit].setdefault(node, (id, set()))[1].add(event)
        return found

    @cached_property
    def days(self) -> dict[str, datetime]:
        rows = self.near.adverts.select("event", "time").drop_nulls()
        return dict(rows.iter_rows())

    @cached_property
    def hosts(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for unit, site in self.near.adverts.select("unit", "site").drop_nulls().iter_rows():
            found[unit].add(site)
        return found

    @cached_property
    def written(self) -> dict[str, dict[str, float]]:
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

    def claims(self, unit: str, nodes: Sequence[str]) -> tuple[str, ...]:
        """Return a claim of the network and one of the unit for each value that both bear."""
        return tuple(side[n][0][1] for n in nodes for side in (self.borne[""], self.borne[unit]))


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
