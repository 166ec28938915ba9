"""The findings of a report, each with its evidence and what speaks against it; and movements."""

import json
from datetime import UTC, datetime

from palermo.counting import many
from palermo.share.format import Dossier
from palermo.share.paper.blocks import (
    Block,
    Facts,
    Heading,
    Items,
    Line,
    Notice,
    Paragraph,
    Table,
    joined,
    value,
)
from palermo.share.paper.cite import WORKBOOK, Row, Sources, brief, cell, moment, subjects

EVIDENCE = 20  # pieces of evidence shown for one finding
SUBJECTS = 12
STAYS = 200  # stays shown of one movement
PER_STAY = 3  # events cited for one stay
SIGHTINGS = 500  # evidence looked up for a finding that follows someone


def wanted(dossier: Dossier) -> set[str]:
    """Return the ids that findings cite."""
    ids: set[str] = set()
    for finding in dossier.findings.to_pylist():
        shown = SIGHTINGS if path(finding) else EVIDENCE
        ids.update((finding["evidence"] or [])[:shown], subjects(finding)[:SUBJECTS])
        for row in (*_listed(finding, "stays"), *_listed(finding, "contradictions")):
            ids.update(_events(row)[:PER_STAY])
    return ids


def findings(dossier: Dossier, sources: Sources) -> list[Block]:
    blocks: list[Block] = [Heading(("Findings",), 1, "findings")]
    rows = sources.findings
    if not rows:
        blocks.append(Paragraph(("No finding of this run has been reviewed and may be shared.",)))
    for n, finding in enumerate(rows, 1):
        blocks += _finding(n, finding, sources)
    return blocks


def _finding(n: int, finding: Row, sources: Sources) -> list[Block]:
    evidence = finding["evidence"] or []
    counter = finding["counter"] or "The pattern recorded none; that is not a sign of strength."
    concerns = [sources.node(s) for s in subjects(finding)[:SUBJECTS]]
    if rest := len(subjects(finding)) - SUBJECTS:
        concerns += [(f"{rest:,} more",)] if rest > 0 else []
    reviews = [
        (f"Decision {d['number']}: ", value(d["act"]), ", ", value(d["actor"]), ", ",
         moment(d["at"]), ": ", value(d["reason"]))
        for d in sources.decided.get(finding["id"], [])
    ]  # fmt: skip
    about: list[tuple[str, Line]] = [
        ("Pattern", (value(finding["kind"]),)),
        ("Strength", (f"{finding['score'] or 0:.2f} of 1; not a probability",)),
        ("Period", (f"{moment(finding['start'])} to {moment(finding['end'])}",)),
        ("Concerns", joined(concerns)),
        *[("Reviewed", review) for review in reviews],
        ("Finding", (value(finding["id"], code=True),)),
    ]
    return [
        Heading((f"{n}. ", value(finding["title"])), 2, f"finding-{n}"),
        Paragraph((value(finding["reason"] or "No reason was given."),)),
        Notice("What speaks against it", ((value(counter),),)),
        Facts(tuple(about)),
        Heading(("Evidence",), 3, f"finding-{n}-evidence"),
        *_evidence(evidence, sources),
    ]


def _evidence(evidence: list[str], sources: Sources) -> list[Block]:
    lines = [(*brief(e), *note) for e, note in sources.cited(evidence[:EVIDENCE])]
    missing = sum(1 for item in evidence[:EVIDENCE] if not sources.lines(item))
    blocks: list[Block] = [Items(tuple(lines))] if lines else []
    if len(evidence) > EVIDENCE:
        more = f"{many(len(evidence) - EVIDENCE, 'more piece')} of evidence: see {WORKBOOK}."
        blocks.append(Paragraph((more,), quiet=True))
    if missing:
        gone = f"{many(missing, 'piece')} of evidence withheld from this report."
        blocks.append(Paragraph((gone,), quiet=True))
    return blocks


def path(finding: Row) -> list[Row]:
    """Return the stays of a finding that follows someone from place to place, if it is one.

    Such a pattern documents in `details` a list `stays`, in order of time, each with `place`,
    `start`, `end`, and optionally `lat`, `lon`, `basis` and `sources` in words and `events` (ids);
    and lists `gaps` (`start`, `end`) and `contradictions` (`reason`, `events`).
    """
    return _listed(finding, "stays")


def _listed(finding: Row, name: str) -> list[Row]:
    try:
        details = json.loads(finding["details"] or "{}")
    except ValueError:
        return []
    listed = details.get(name) if isinstance(details, dict) else None
    return [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []


def _events(row: Row) -> list[str]:
    events = row.get("events")
    return [str(event) for event in events] if isinstance(events, list) else []


def movements(dossier: Dossier, sources: Sources) -> list[Block]:
    lead = "Where reviewed findings place someone, in order of time. Gaps are not filled in."
    blocks: list[Block] = [Heading(("Movements",), 1, "movements"), Paragraph((lead,), quiet=True)]
    for n, finding in enumerate(sources.findings, 1):
        if stays := path(finding):
            blocks.append(Heading((f"Finding {n}: ", value(finding["title"])), 2, f"movement-{n}"))
            blocks += _path(stays, finding, sources)
    if len(blocks) == 2:
        blocks.append(Paragraph(("No reviewed finding of this run tells of movements.",)))
    return blocks


def _path(stays: list[Row], finding: Row, sources: Sources) -> list[Block]:
    rows = tuple(_stay(stay, finding, sources) for stay in stays[:STAYS])
    blocks: list[Block] = [Table(("Place", "From", "To", "Basis", "Source"), (5, 4, 4, 5, 5), rows)]
    lines: list[Line] = [
        ("Gap: nothing is known from ", *cell(_time(gap.get("start"))), " to ",
         *cell(_time(gap.get("end"))), ".")
        for gap in _listed(finding, "gaps")[:STAYS]
    ] + [
        ("Contradiction: ", value(row.get("reason")), *sources.notes(_events(row), PER_STAY))
        for row in _listed(finding, "contradictions")[:STAYS]
    ]  # fmt: skip
    if len(stays) > STAYS:
        lines.append((f"{many(len(stays) - STAYS, 'more stay')}: see {WORKBOOK}.",))
    return [*blocks, Items(tuple(lines))] if lines else blocks


def _stay(stay: Row, finding: Row, sources: Sources) -> tuple[Line, ...]:
    start, end = _time(stay.get("start")), _time(stay.get("end"))
    where = stay.get("place") or f"{stay.get('lat')}, {stay.get('lon')}"
    words = "; ".join(str(stay[key]) for key in ("basis", "sources") if stay.get(key))
    events = _events(stay) or _between(start, end, finding, sources)
    return (cell(where), cell(start), cell(end), cell(words or None),
            sources.places(events[:PER_STAY], PER_STAY) or ("–",))  # fmt: skip


def _between(start: object, end: object, finding: Row, sources: Sources) -> list[str]:
    """Return the evidence of a finding from `start` to `end`, for a stay that names no events."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return []
    known = (sources.events.get(item) for item in finding["evidence"] or [])
    return [e["id"] for e in known if e and e["time"] and start <= e["time"] <= end]


def _time(written: object) -> object:
    try:
        time = datetime.fromisoformat(str(written))
    except ValueError:
        return written
    return time if time.tzinfo else time.replace(tzinfo=UTC)
