"""The findings of a report, each with its evidence and what speaks against it; and movements."""

import json
from datetime import datetime
from typing import Any

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
    count,
    joined,
    value,
)
from palermo.share.paper.cite import WORKBOOK, Row, Sources, brief, cell, moment, subjects

EVIDENCE = 20  # pieces of evidence shown for one finding
SUBJECTS = 12
STAYS = 200  # stays shown of one movement
PER_STAY = 3  # events cited for one stay


def wanted(dossier: Dossier) -> set[str]:
    """Return the ids that findings cite."""
    ids: set[str] = set()
    for finding in dossier.findings.to_pylist():
        ids.update((finding["evidence"] or [])[:EVIDENCE], subjects(finding)[:SUBJECTS])
        ids.update(e for stay in stays(finding)[:STAYS] for e in stay["evidence"])
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
        more = f"{count(len(evidence) - EVIDENCE, 'more piece')} of evidence: see {WORKBOOK}."
        blocks.append(Paragraph((more,), quiet=True))
    if missing:
        gone = f"{count(missing, 'piece')} of evidence withheld from this report."
        blocks.append(Paragraph((gone,), quiet=True))
    return blocks


def stays(finding: Row) -> list[Row]:
    """Return the stays of a finding that follows someone from place to place, if it is one.

    Such a pattern documents in `details` a list `stays`, in order of time, each with `place`,
    `start`, `end`, `events` (ids), and optionally `basis` and `sources` in words.
    """
    try:
        details = json.loads(finding["details"] or "{}")
    except ValueError:
        return []
    listed = details.get("stays") if isinstance(details, dict) else None
    if not isinstance(listed, list):
        return []
    return [_stay(stay) for stay in listed if isinstance(stay, dict)]


def _stay(stay: dict[str, Any]) -> Row:
    events = stay.get("events")
    events = [str(e) for e in events] if isinstance(events, list) else []
    words = [str(stay[key]) for key in ("basis", "sources", "note") if stay.get(key)]
    return {"place": stay.get("place"), "start": _time(stay.get("start")),
            "end": _time(stay.get("end")), "evidence": events[:PER_STAY], "count": len(events),
            "note": "; ".join(words)}  # fmt: skip


def _time(written: object) -> object:
    try:
        return datetime.fromisoformat(str(written))
    except ValueError:
        return written


def movements(dossier: Dossier, sources: Sources) -> list[Block]:
    lead = "Where reviewed findings place someone, in order of time. Gaps are not filled in."
    blocks: list[Block] = [Heading(("Movements",), 1, "movements"), Paragraph((lead,), quiet=True)]
    for n, finding in enumerate(sources.findings, 1):
        if not (found := stays(finding)):
            continue
        rows = tuple(
            (cell(s["place"]), cell(s["start"]), cell(s["end"]), (f"{s['count']:,}",),
             (value(s["note"]), *sources.notes(s["evidence"], PER_STAY)))
            for s in found[:STAYS]
        )  # fmt: skip
        blocks += [
            Heading((f"Finding {n}: ", value(finding["title"])), 2, f"movement-{n}"),
            Table(("Place", "From", "To", "Events", "Sources"), (5, 5, 5, 2, 5), rows),
        ]
        if len(found) > STAYS:
            more = f"{count(len(found) - STAYS, 'more stay')}: see {WORKBOOK}."
            blocks.append(Paragraph((more,), quiet=True))
    if len(blocks) == 2:
        blocks.append(Paragraph(("No reviewed finding of this run tells of movements.",)))
    return blocks
