"""Holds what was seen in a training case against its truth: precision and recall."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from palermo.link.identities import ENOUGH
from palermo.patterns.distance import haversine
from palermo.score.figures import Figures, b_cubed, f1, pairwise

# A stay is at the right place within this many metres, and on the right day.
RIGHT_PLACE = 25_000.0
# Slack for the precision of movements: a day before or after a true stay is still part of it.
A_DAY = timedelta(days=1)


def score(
    nodes: pa.Table,
    events: pa.Table,
    claims: pa.Table,
    stays: pa.Table,
    truth: Path,
    links: pa.Table | None = None,
) -> dict[str, Any]:
    """Return scores (name to figures) and the trap values that joined two actors.

    `nodes` are node and identity; `stays` as of `patterns.movements`. A posting of the truth is
    the adverts whose own address, or posting, it names. What does not occur in the case counts
    neither way, but for stays: all of the truth's stays are to be found.
    """
    identity = _pairs(nodes, "node", "identity")
    known = _truth(truth, events, claims)
    actors = {key: row["actor"] for key, row in known.items() if row["actor"]}
    placed = {key: identity.get(known[key]["node"], known[key]["node"]) for key in known}
    mine = {key: placed[key] for key in actors}
    scores = {
        "identities": pairwise(actors, mine),
        "identities, B-cubed": b_cubed(actors, mine),
        "movements": _movements(truth, stays, actors, mine),
        "truth": {
            "nodes in the case": float(len(known)),
            "nodes in the truth": float(sum(1 for _ in _rows(truth, "nodes.csv"))),
        },
    }
    if links is not None:
        owner = {known[key]["node"]: actor for key, actor in actors.items()}
        owner |= {e: actors[key] for key in actors for e in known[key]["events"]}
        scores["links"] = _links(links, owner)
        scores |= _ties(links, owner)
    return {"scores": scores, "traps_joining": sorted(_joining(known, placed, actors))}


def _truth(folder: Path, events: pa.Table, claims: pa.Table) -> dict[str, dict[str, Any]]:
    """Return the truth's nodes that occur in the case: key to actor, trap, node and events."""
    adverts = _adverts(events)
    kinds, values = claims["kind"].to_pylist(), claims["value"].to_pylist()
    borne = {f"{kind}:{value}" for kind, value in zip(kinds, values, strict=True)}
    known: dict[str, dict[str, Any]] = {}
    for row in _rows(folder, "nodes.csv"):
        key = row["key"]
        trap = row["trap"] not in ("", "no")
        told = {"actor": row["actor"], "trap": trap, "kind": row["trap"]}
        if key in borne:
            known[key] = {**told, "node": key, "events": []}
        elif key in adverts:
            known[key] = {**told, "node": adverts[key][0], "events": adverts[key]}
    return known


def _adverts(events: pa.Table) -> dict[str, list[str]]:
    """Return the adverts of each posting's address, in order of id."""
    found: dict[str, set[str]] = defaultdict(set)
    columns = (events[name].to_pylist() for name in ("id", "kind", "posting", "details", "locator"))
    for id, kind, posting, details, _ in zip(*columns, strict=True):
        if kind == "advert":
            for address in {posting, dict(details or ()).get("url")} - {None, ""}:
                found[address].add(id)
    return {address: sorted(ids) for address, ids in found.items()}


def _links(links: pa.Table, owner: dict[str, str]) -> Figures:
    """Count links that are enough on their own: right ones, and nodes that have a right one."""
    right = wrong = 0
    reached: set[str] = set()
    columns = (links[name].to_pylist() for name in ("a", "b", "score"))
    for a, b, strength in zip(*columns, strict=True):
        if round(strength, 4) < ENOUGH or a not in owner or b not in owner:
            continue
        if owner[a] == owner[b]:
            right += 1
            reached |= {a, b}
        else:
            wrong += 1
    sizes = Counter(owner.values())
    linkable = [node for node, actor in owner.items() if sizes[actor] > 1]
    recall = sum(node in reached for node in linkable) / len(linkable) if linkable else 1.0
    return f1(right / (right + wrong) if right + wrong else 1.0, recall)


def _ties(links: pa.Table, owner: dict[str, str]) -> dict[str, Figures]:
    """Say of every kind of link, and of identifier that it runs through, how often it is right and
    how strong it is taken to be, on average: whoever sets strengths sees where they are off."""
    told: dict[str, list[tuple[bool, float]]] = defaultdict(list)
    columns = (links[name].to_pylist() for name in ("kind", "a", "b", "score"))
    for kind, a, b, strength in zip(*columns, strict=True):
        if a in owner and b in owner:
            through = f", {b.split(':', 1)[0]}" if ":" in b else ""
            told[f"links, {kind}{through}"].append((owner[a] == owner[b], strength))
    return {
        name: {
            "right": sum(right for right, _ in told[name]) / len(told[name]),
            "strength": sum(strength for _, strength in told[name]) / len(told[name]),
            "links": float(len(told[name])),
        }
        for name in sorted(told)
    }


def _joining(
    known: dict[str, dict[str, Any]], placed: dict[str, str], actors: dict[str, str]
) -> Iterator[str]:
    """Yield traps inside an identity of two actors, and texts or pictures that joined their own."""
    owners: dict[str, set[str]] = defaultdict(set)
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, actor in actors.items():
        owners[placed[key]].add(actor)
        if known[key]["trap"]:
            bearers[known[key]["kind"], placed[key]].add(actor)
    for key, row in known.items():
        if row["trap"] and not row["actor"] and len(owners[placed[key]]) > 1:
            yield key
    for (kind, identity), whose in bearers.items():
        if len(whose) > 1:
            yield f"{kind}: {identity}"


def _movements(
    folder: Path, stays: pa.Table, actors: dict[str, str], placed: dict[str, str]
) -> Figures:
    """Compare stays. Recall: the truth's stays with a found one at their place on their first day.

    Precision: stays of the matched identities that are at a true place in a true stay's time.
    `days`: the share of the truth's days that a found stay at the place covers.
    """
    match = _matched(actors, placed)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in stays.select(["identity", "lat", "lon", "start", "end"]).to_pylist():
        found[row["identity"]].append(row)
    true: dict[str, list[dict[str, Any]]] = defaultdict(list)
    hits = total = covered = days = 0
    for row in _rows(folder, "stays.csv"):
        stay = {
            "lat": float(row["lat"]), "lon": float(row["lon"]),
            "start": _time(row["start"]), "end": _time(row["end"]),
        }  # fmt: skip
        own = [s for s in found[match.get(row["actor"], "")] if _near(s, stay)]
        true[match.get(row["actor"], "")].append(stay)
        seen = [any(_meets(s, day, day + A_DAY) for s in own) for day in _days(stay)]
        hits, total = hits + seen[0], total + 1
        covered, days = covered + sum(seen), days + len(seen)
    judged = [(s, true[identity]) for identity in true if identity for s in found[identity]]
    right = sum(
        any(_near(s, t) and _meets(s, t["start"] - A_DAY, t["end"] + A_DAY) for t in own)
        for s, own in judged
    )
    figures = f1(right / len(judged) if judged else 1.0, hits / total if total else 1.0)
    return figures | {"days": covered / days if days else 1.0, "stays": float(total)}


def _matched(actors: dict[str, str], placed: dict[str, str]) -> dict[str, str]:
    """Return the identity that holds most of each actor's nodes; the first by name of equals."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for key, actor in actors.items():
        votes[actor][placed[key]] += 1
    return {actor: min(c, key=lambda i: (-c[i], i)) for actor, c in votes.items()}


def _days(stay: dict[str, Any]) -> list[datetime]:
    """Return the midnights, in the place's own time, of the days of a stay."""
    first = stay["start"].replace(hour=0, minute=0, second=0, microsecond=0)
    return [first + n * A_DAY for n in range(max(0, (stay["end"] - first).days) + 1)]


def _meets(stay: dict[str, Any], start: datetime, end: datetime) -> bool:
    return bool(stay["start"] < end and stay["end"] >= start)


def _near(one: dict[str, Any], other: dict[str, Any]) -> bool:
    metres = haversine(one["lat"], one["lon"], other["lat"], other["lon"])
    return bool(metres <= RIGHT_PLACE)


def _time(written: str) -> datetime:
    time = datetime.fromisoformat(written)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _pairs(table: pa.Table, key: str, value: str) -> dict[str, str]:
    return dict(zip(table[key].to_pylist(), table[value].to_pylist(), strict=True))


def _rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)
