"""Writes the truth of a case, apart from its evidence: who is who, who was where, what is a trap."""

import csv
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from palermo.simulate import pictures
from palermo.simulate.damaged import Problem
from palermo.simulate.story import Story

README = """# The truth of this case

Everything here is fictional. None of these files belongs to the evidence.

- `nodes.csv`: every identifier and posting in the evidence and the actor who controls it. `key` of an
  identifier is `<kind>:<normalised value>`, of a posting the advert's own address. A common number has
  no actor; `trap` says of which kind it is.
- `actors.csv`: each actor's group (empty: independent) and part in it.
- `stays.csv`: who stayed where, from when to when (with the offset of the place).
- `traps.csv`: what must not link anybody, and why. Pictures are there once for each copy.
- `groups.csv`: how each group is made.
- `contradictions.csv`: adverts that name a city while their poster was in another.
- `written.csv`: each identifier as the evidence writes it, and where; an empty form is a binary one.
- `problems.csv`: the damaged files, and what is wrong with each.
"""


def _write(
    folder: Path, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_truth(story: Story, folder: Path, problems: Sequence[Problem]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text(README, "utf-8")
    _write(folder, "nodes.csv", ("node_kind", "key", "actor", "group", "trap"), _nodes(story))
    _write(
        folder,
        "actors.csv",
        ("actor", "group", "part", "name", "language"),
        ((a.id, a.group or "", a.part, a.name, a.language) for a in story.actors.values()),
    )
    _write(
        folder,
        "stays.csv",
        ("actor", "place", "lat", "lon", "start", "end"),
        (
            (
                s.actor,
                s.city.name,
                s.city.lat,
                s.city.lon,
                s.start.astimezone(s.city.tz).isoformat(timespec="minutes"),
                s.end.astimezone(s.city.tz).isoformat(timespec="minutes"),
            )
            for s in story.stays
        ),
    )
    _write(folder, "traps.csv", ("key", "kind", "why"), _traps(story))
    traits = sorted({trait for group in story.groups for trait in group.traits})
    _write(
        folder,
        "groups.csv",
        ("group", "make", "region", *traits),
        ((g.id, g.make, g.region, *(g.traits.get(t, "") for t in traits)) for g in story.groups),
    )
    by_url = {posting.url: posting for posting in story.postings}
    _write(
        folder,
        "contradictions.csv",
        ("posting", "actor", "posted", "advertised", "actual"),
        (
            (
                url,
                by_url[url].actor,
                by_url[url].posted.isoformat(timespec="minutes"),
                by_url[url].city.name,
                place.name,
            )
            for url, place in story.contradictions
        ),
    )
    _write(folder, "written.csv", ("key", "written", "where"), sorted(story.written))
    _write(folder, "problems.csv", ("file", "kind", "what"), problems)


def _nodes(story: Story) -> Iterable[Sequence[str]]:
    borne = {key for key, _, _ in story.written}
    for key, actor in sorted(story.owner.items()):
        if key in borne:
            yield "identifier", key, actor, story.actors[actor].group or "", ""
    for key, (kind, _) in sorted(story.traps.items()):
        if key in borne:
            yield "identifier", key, "", "", kind
    for posting in story.postings:
        trap = "popular template" if posting.template else ""
        yield "posting", posting.url, posting.actor, story.actors[posting.actor].group or "", trap


def _traps(story: Story) -> Iterable[Sequence[str]]:
    copies = {(p.shot, p.variant) for posting in story.postings for p in posting.pictures}
    for key, (kind, why) in sorted(story.traps.items()):
        if key.startswith("shot:"):
            for shot, variant in sorted(copies, key=lambda copy: (copy[0].id, copy[1])):
                if f"shot:{shot.id}" == key:
                    digest = hashlib.sha256(pictures.shown(story.seed, shot, variant)).hexdigest()
                    yield f"picture:sha256:{digest}", kind, why
        else:
            yield key, kind, why
