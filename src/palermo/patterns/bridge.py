"""Looks for the one posting or link without which an identity falls into two."""

from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa

from palermo.counting import many
from palermo.link.excerpt import WRITTEN
from palermo.link.identities import components
from palermo.link.matcher import Evidence
from palermo.link.names import Ints, ranked
from palermo.patterns.parting import joints
from palermo.patterns.table import EXCERPTS, Seen, findings_table, frame, organising

# Postings on either side: fewer are soon somebody's new number, announced once.
SIDE = 3
# A text, picture or value that ties nobody by itself still holds two sides together. Below this
# score it is one that many strangers share.
FAINT = 0.3
# Where one side ends before the other begins, but for so much and less than half of the shorter
# one, a contact was changed.
IN_TURN = timedelta(days=7)
SHOWN = 5  # events of a side
POSTING = "posting:"

LINKS = f"""
SELECT l.id, l.a, l.b, i.identity FROM links l JOIN identities i ON i.node = l.a
WHERE l.score >= {FAINT} AND i.identity IN (
  SELECT identity FROM identities GROUP BY identity HAVING count(*) > {2 * SIDE})
"""
ADVERTS = "SELECT event, bearer, time FROM {written} WHERE kind = 'advert'"
COUNTER = (
    "One person may have joined the two, once: who changes a number often announces both, partners"
    " share an advert, a colleague covers for another. But a number that was misread or mistyped, a"
    " hotel's or a site's own contact does the same, and so does an advert written to mislead. Where"
    " what ties them is wrong, reject in review that the two contacts are one's: the sides are then"
    " taken apart, and stay apart."
)


class Bridge:
    """Two sides of one identity, each of several adverts, hang together by one posting or link."""

    name = "bridge"
    version = "1"
    excerpts = (WRITTEN, *EXCERPTS)

    def find(self, evidence: Evidence) -> pa.Table:
        """`details`: tied_by ("posting" or "link"), sides (of each: adverts, contact, some of its
        events; the largest first), in_turn (whether one ends about when the other begins)."""
        links = frame(evidence, LINKS)
        adverts = frame(evidence, ADVERTS.format(written=WRITTEN.of(evidence)))
        if links.is_empty() or adverts.is_empty():
            return findings_table([], self.name, self.version)
        splits = _Graph(links, adverts).splits()
        about = organising(evidence, pl.Series([s.identity for s in splits], dtype=pl.String))
        kept = set(about["identity"])
        found = [_seen(split) for split in splits if split.identity in kept]
        return findings_table(found, self.name, self.version)


class Side(NamedTuple):
    postings: frozenset[str]
    events: list[str]
    contact: str | None  # that most of its adverts give
    start: datetime | None
    end: datetime | None


class Split(NamedTuple):
    identity: str
    events: list[str]  # of the posting that ties, or none
    links: list[str]  # of that posting, or the one link
    sides: list[Side]  # the largest first


class _Graph:
    """Identities as graphs of postings (with all their sightings), values, and what they share.

    A node is a name within one identity. A link between two values is a node too, after all names,
    so that it can be taken out.
    """

    def __init__(self, links: pl.DataFrame, adverts: pl.DataFrame) -> None:
        self.sightings = adverts.select("event", "time", posting=POSTING + pl.col("bearer"))
        of = self.sightings.select("event", "posting")
        rows = links.join(of.rename({"event": "a"}), on="a", how="left")
        rows = rows.join(of.rename({"event": "b"}), on="b", how="left", suffix="_b").sort("id")
        ends = (pl.coalesce("posting", "a"), pl.coalesce("posting_b", "b"))
        inside = rows.select(
            x=pl.concat_str("identity", ends[0], separator=" "),
            y=pl.concat_str("identity", ends[1], separator=" "),
        )
        keys, (x, y) = ranked(inside["x"], inside["y"])
        self.name = keys.str.splitn(" ", 2).struct.unnest().rename({"field_0": "identity"})
        self.links, self.n = rows["id"], len(keys)
        posting = self.name["field_1"].is_in(of["posting"].unique().implode()).to_numpy()
        # a text's hub may be the posting of another identity, which gives nothing here
        self.weight = np.bincount(x, minlength=self.n).astype(bool) & posting
        value = ~posting & self.name["field_1"].str.contains(":", literal=True).to_numpy()
        between = np.flatnonzero(value[x] & value[y])
        self._lay(x, y, between)

    def _lay(self, x: Ints, y: Ints, between: Ints) -> None:
        """Lay out edges, each with the row of its link, by component."""
        row = np.arange(len(x))
        middle = self.n + np.arange(len(between))
        once = np.delete(row, between)
        a = np.concatenate([x[once], x[between], middle])
        b = np.concatenate([y[once], middle, y[between]])
        self.between = between
        self.weight = np.concatenate([self.weight, np.zeros(len(between), dtype=bool)])
        self.able = self.weight.copy()
        self.able[self.n :] = True
        label = components(a, b, len(self.weight))
        order = np.argsort(label[a], kind="stable")
        self.label, self.row = label, np.concatenate([once, between, between])[order]
        self.a, self.b = a[order], b[order]
        self.first = np.searchsorted(label[self.a], np.arange(int(label.max()) + 2))

    def splits(self) -> list[Split]:
        """Return how identities fall apart; of cuts that take off much the same side, the best."""
        found = joints((self.a, self.b), self.weight.astype(np.int64), self.able, SIDE)
        cuts = [(node, self._pieces(node)) for node in found]
        cuts.sort(key=lambda cut: (-self._heavy(cut[1][1]), cut[0]))
        taken: dict[int, list[set[int]]] = {}
        kept = []
        for node, pieces in cuts:
            less = {int(x) for x in pieces[1] if self.weight[x]}
            before = taken.setdefault(int(self.label[node]), [])
            if all(2 * len(less & other) <= len(less) for other in before):
                before.append(less)
                kept.append((node, pieces))
        return self._told(kept)

    def _heavy(self, piece: Ints) -> int:
        return int(self.weight[piece].sum())

    def _edges(self, node: int) -> slice:
        label = self.label[node]
        return slice(self.first[label], self.first[label + 1])

    def _pieces(self, node: int) -> list[Ints]:
        """Return the sides that are left without a node, as nodes; the largest first."""
        within = self._edges(node)
        a, b = self.a[within], self.b[within]
        apart = (a != node) & (b != node)
        members = np.unique(np.concatenate([a[apart], b[apart]]))
        local = [np.searchsorted(members, end[apart]) for end in (a, b)]
        label = components(local[0], local[1], len(members))
        parts = [members[label == one] for one in range(int(label.max()) + 1)]
        parts = [part for part in parts if self._heavy(part) >= SIDE]
        return sorted(parts, key=lambda part: (-self._heavy(part), int(part[0])))

    # --- what is told -------------------------------------------------------------------------

    def _told(self, cuts: list[tuple[int, list[Ints]]]) -> list[Split]:
        nodes = np.unique(np.concatenate([[0], *(x for _, parts in cuts for x in parts)]))
        joint = np.array([node for node, _ in cuts if node < self.n], dtype=np.int64)
        asked = self.name["field_1"].gather(np.concatenate([nodes[nodes < self.n], joint]))
        rows = self.sightings.filter(pl.col("posting").is_in(asked.unique().implode()))
        seen = rows.sort("time", "event").partition_by("posting", as_dict=True)
        by_posting = {str(name): rows for (name,), rows in seen.items()}
        return [self._split(node, parts, by_posting) for node, parts in cuts]

    def _split(self, node: int, pieces: list[Ints], seen: dict[str, pl.DataFrame]) -> Split:
        within = self._edges(node)
        at = (self.a[within] == node) | (self.b[within] == node)
        rows = np.unique(self.row[within][at])
        posting = node < self.n
        some = int(self.a[within][at][0]) if not posting else node
        some = some if some < self.n else int(self.b[within][at][0])
        return Split(
            identity=self.name["identity"][some],
            events=seen[self.name["field_1"][node]]["event"].to_list() if posting else [],
            links=self.links.gather(rows).to_list(),
            sides=[self._side(piece, within, seen) for piece in pieces],
        )

    def _side(self, piece: Ints, within: slice, seen: dict[str, pl.DataFrame]) -> Side:
        postings = self.name["field_1"].gather(piece[self.weight[piece]]).to_list()
        rows = pl.concat([seen[name] for name in postings]).sort("time", "event")
        return Side(
            postings=frozenset(postings),
            events=rows["event"].head(SHOWN).to_list(),
            contact=self._contact(piece, within),
            start=rows["time"].min(),  # type: ignore[arg-type]
            end=rows["time"].max(),  # type: ignore[arg-type]
        )

    def _contact(self, piece: Ints, within: slice) -> str | None:
        a, b = self.a[within], self.b[within]
        given = b[self.weight[a] & np.isin(b, piece) & (b < self.n)]
        nodes, count = np.unique(given, return_counts=True)
        named = zip(self.name["field_1"].gather(nodes).to_list(), count.tolist(), strict=True)
        values = [(n, name) for name, n in named if ":" in name and not name.startswith(POSTING)]
        return max(values)[1] if values else None


def _seen(split: Split) -> Seen:
    first, second = split.sides[:2]
    by = "posting" if split.events else "link"
    turn = _in_turn(first, second)
    each = " and ".join(many(len(side.postings), "advert") for side in split.sides)
    later = " One side ends about when the other begins." if turn else ""
    return Seen(
        subjects=list({side.contact or side.events[0] for side in split.sides}),
        score=min(0.9, (1 - 0.8 ** len(second.postings)) * (0.5 if turn else 1)),
        title=f"One {by} ties {len(split.sides)} sides of an identity",
        reason=(
            f"Without one {by}, sides of {each} have no contact, text or picture in common.{later}"
        ),
        counter=COUNTER,
        evidence=[*split.events[:SHOWN], *split.links[:SHOWN], *first.events, *second.events],
        start=min((s.start for s in split.sides if s.start), default=None),
        end=max((s.end for s in split.sides if s.end), default=None),
        key=",".join(split.links),
        details={
            "tied_by": by,
            "in_turn": turn,
            "sides": [
                {"adverts": len(s.postings), "contact": s.contact, "events": s.events}
                for s in split.sides
            ],
        },
    )


def _in_turn(one: Side, other: Side) -> bool:
    """Whether the one side ends before the other begins, or nearly."""
    spans = [(s.start, s.end) for s in (one, other) if s.start and s.end]
    if len(spans) < 2:
        return False
    (start, end), (later, last) = sorted(spans)
    shorter = min(end - start, last - later)
    return end <= last and end - later <= min(IN_TURN, shorter / 2)
