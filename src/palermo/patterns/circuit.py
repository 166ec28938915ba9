"""Looks for identities that move from place to place, by all that tells where they were."""

from itertools import pairwise
from typing import Any

import polars as pl
import pyarrow as pa

from palermo.counting import many
from palermo.link.matcher import Evidence
from palermo.patterns.distance import apart
from palermo.patterns.movements import SAME_PLACE, contradictions_of, stays_of
from palermo.patterns.sightings import PLACED, sightings
from palermo.patterns.table import EXCERPTS, Seen, findings_table, nodes, organising

# Moves from which a circuit is told: two are a journey there and back.
MOVES = 3
PLACES = 2
# Nothing known for longer is told as a gap.
GAP_DAYS = 7

COUNTER = (
    "Adverts only say where somebody offers to be. Several people may stand behind one identity;"
    " touring workers, traders and drivers move as well, of their own will. Moving is not a crime,"
    " and says nothing of who decides about it."
)


class Circuit:
    """One identity's adverts, calls, payments, positions and pictures move from town to town."""

    name = "circuit"
    version = "1"
    excerpts = (PLACED, *EXCERPTS)

    def find(self, evidence: Evidence) -> pa.Table:
        """`details`: stays (place, lat, lon, start, end, basis, sources), gaps, contradictions."""
        seen = sightings(evidence, least=MOVES + 1)
        paths = _paths(seen)
        may = organising(evidence, pl.Series([*paths], dtype=pl.String))["identity"]
        paths = {who: paths[who] for who in may.sort()}
        against: dict[str, list[dict[str, Any]]] = {}
        moved = seen.filter(pl.col("identity").is_in([*paths]))
        for row in contradictions_of(moved).to_pylist():
            against.setdefault(row["identity"], []).append(row)
        named = nodes(evidence, may)
        found = [
            _seen(named.get(who, [who]), path, against.get(who, [])) for who, path in paths.items()
        ]
        return findings_table(found, self.name, self.version)


def _paths(seen: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Return the stays of those who move, in order of time."""
    # most were seen few times, or at one place: stays, which are fewer, need not be told of them
    places = pl.struct("lat", "lon").n_unique().over("identity")
    seen = seen.filter((pl.len().over("identity") > MOVES) & (places >= PLACES))
    stays = pl.DataFrame(pl.from_arrow(stays_of(seen)))
    stays = stays.filter(pl.len().over("identity") > MOVES)
    paths: dict[str, list[dict[str, Any]]] = {}
    for stay in stays.to_dicts():
        paths.setdefault(stay["identity"], []).append(stay)
    return {w: p for w, p in paths.items() if _moves(p) >= MOVES and _places(p) >= PLACES}


def _moves(path: list[dict[str, Any]]) -> int:
    return sum(_apart(a, b) for a, b in pairwise(path))


def _places(path: list[dict[str, Any]]) -> int:
    places: list[dict[str, Any]] = []
    for stay in path:
        if all(_apart(stay, place) for place in places):
            places.append(stay)
    return len(places)


def _apart(a: dict[str, Any], b: dict[str, Any]) -> bool:
    reach = SAME_PLACE + a["uncertainty"] + b["uncertainty"]
    return bool(apart(a["lat"], a["lon"], b["lat"], b["lon"]) > reach)


def _seen(subjects: list[str], path: list[dict[str, Any]], against: list[dict[str, Any]]) -> Seen:
    moves, places = _moves(path), _places(path)
    observed = sum(stay["basis"] == "observed" for stay in path)
    gaps = _gaps(path)
    first, last = path[0]["start"], max(stay["end"] for stay in path)
    days = max(1, (last - first).days)
    # an observed stay weighs as one, one that only an advert claims as half
    weight = (observed + (len(path) - observed) / 2) / len(path)
    counter = COUNTER
    if against:
        counter += (
            f" {many(len(against), 'pair')} of sightings could not be one person's: see the"
            " contradictions."
        )
    return Seen(
        subjects=subjects,
        score=(1 - 0.8**moves) * weight,
        title=f"Moves {moves} times between {many(places, 'place')} in {many(days, 'day')}",
        reason=(
            f"{many(len(path), 'stay')} at {many(places, 'place')}, {many(moves, 'move')} of more than"
            f" {SAME_PLACE / 1000:.0f} km between {first:%Y-%m-%d} and {last:%Y-%m-%d};"
            f" {many(observed, 'stay')} observed, {len(path) - observed} only claimed by adverts;"
            f" {many(len(gaps), 'gap')} of more than {GAP_DAYS} days."
        ),
        counter=counter,
        evidence=[event for stay in path for event in stay["events"]],
        start=first,
        end=last,
        details={
            "stays": [
                {k: stay[k] for k in ("place", "lat", "lon", "start", "end", "basis", "sources")}
                for stay in path
            ],
            "gaps": gaps,
            "contradictions": [{k: row[k] for k in ("reason", "events")} for row in against],
        },
    )


def _gaps(path: list[dict[str, Any]]) -> list[dict[str, Any]]:
    gaps = []
    until = path[0]["end"]
    for stay in path[1:]:
        if (stay["start"] - until).days > GAP_DAYS:
            gaps.append({"start": until, "end": stay["start"]})
        until = max(until, stay["end"])
    return gaps
