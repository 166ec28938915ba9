"""The middle of a report: persons, identities and networks, and the chronology."""

from typing import Any

import polars as pl
import pyarrow as pa

from palermo.counting import many
from palermo.share.format import Dossier
from palermo.share.paper.blocks import (
    Block,
    Heading,
    Items,
    Line,
    Paragraph,
    Strong,
    Table,
    value,
)
from palermo.share.paper.cite import WORKBOOK, Row, Sources, brief, cell, when
from palermo.share.paper.telling import told, written

IDENTITIES = 200
HUBS = 25  # shared values shown for one identity
PER_HUB = 3  # links cited for one shared value
EVENTS = 1000  # rows of the chronology
WHOLE = 250  # a case with no more events is told whole
EVENT_NODE = r"^e[0-9a-f]{32}$"


def persons(dossier: Dossier) -> list[Block]:
    blocks: list[Block] = [
        Heading(("Persons",), 1, "persons"),
        Paragraph((
            "Persons are opened by people and stand here under the labels they were given; a role "
            "is dated and sourced, and a person whose role is not known is protected as a victim.",
        ), quiet=True),
    ]  # fmt: skip
    rows = dossier.persons.to_pylist()
    if not rows:
        return [*blocks, Paragraph(("No person has been opened in this case.",))]
    fields = ("number", "label", "role", "since", "until", "source")
    cells = tuple(tuple(cell(p[f]) for f in fields) for p in rows)
    columns = ("No.", "Label", "Role", "Since", "Until", "Source")
    return [*blocks, Table(columns, (1, 3, 3, 3, 3, 5), cells)]


def hubs(dossier: Dossier) -> list[Row]:
    """Return, for each identity of two nodes or more, the values its nodes share.

    A row: identity, members, hub, kind, reason, score, count, links (a few ids to cite).
    """
    if not dossier.identities.num_rows or not dossier.links.num_rows:
        return []
    members = _members(dossier.identities)
    links = _frame(dossier.links.select(["id", "kind", "a", "b", "score", "reason"]))
    event = pl.col("a").str.contains(EVENT_NODE)
    order = ["members", "identity", "count", "hub", "kind"]
    grouped = (
        links.with_columns(hub=pl.when(event).then("b").otherwise("a"))
        .join(members, left_on="a", right_on="node")
        .sort("score", "id", descending=[True, False])
        .group_by("identity", "members", "hub", "kind", maintain_order=True)
        .agg(pl.len().alias("count"), pl.col("score", "reason").first(),
             pl.col("id").head(PER_HUB).alias("links"))
        .sort(order, descending=[True, False, True, False, False])
    )  # fmt: skip
    kept = grouped["identity"].unique(maintain_order=True).head(IDENTITIES)
    rows: list[dict[str, Any]] = grouped.filter(pl.col("identity").is_in(kept.implode())).to_dicts()
    return rows


def identities(dossier: Dossier, sources: Sources, rows: list[Row]) -> list[Block]:
    blocks: list[Block] = [
        Heading(("Identities and networks",), 1, "identities"),
        Paragraph((
            "An identity is computed from reviewed links and decisions and can be taken apart "
            "again. It may be one person, several who share a contact, an interpreter or an aid "
            "group; the links say only what is shared.",
        ), quiet=True),
    ]  # fmt: skip
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["identity"], []).append(row)
    if not groups:
        return [*blocks, Paragraph(("No reviewed link joins two nodes.",))]
    columns = ("Shared", "Link", "Times", "Strength", "Reason")
    for n, (identity, group) in enumerate(groups.items(), 1):
        title = f"Identity {n}: {many(group[0]['members'], 'node')}"
        cells = tuple(_hub(row, sources) for row in group[:HUBS])
        blocks += [
            Heading((title,), 2, f"identity-{n}"),
            Table(columns, (6, 4, 2, 3, 9), cells),
            Paragraph((value(identity, code=True), _more(len(group) - HUBS, "shared value"))),
            *_seen(group[:HUBS], sources),
        ]
    if rest := _more(_members(dossier.identities)["identity"].n_unique() - len(groups), "group"):
        blocks.append(Paragraph((rest,), quiet=True))
    return blocks


def _hub(row: Row, sources: Sources) -> tuple[Line, ...]:
    strength = (f"{row['score'] or 0:.2f}",)
    reason = (value(row["reason"] or "no reason given"),)
    return (sources.node(row["hub"]), cell(row["kind"]), (f"{row['count']:,}",), strength, reason)


def _seen(rows: list[Row], sources: Sources) -> list[Block]:
    """Return where some of the links stand in the evidence, a line an event."""
    lines = [
        (*sources.node(row["hub"]), ": ", *brief(event), *note)
        for row in rows
        for event, note in sources.cited(row["links"])
    ]
    return [Items(tuple(lines))] if lines else []


def _members(table: pa.Table) -> pl.DataFrame:
    """Return node, identity and its number of members, for identities of two nodes or more."""
    nodes = _frame(table).unique("node", keep="first", maintain_order=True)
    sized = nodes.with_columns(members=pl.len().over("identity"))
    return sized.filter(pl.col("members") > 1)


def chronology(dossier: Dossier, sources: Sources) -> list[Block]:
    total = dossier.events.num_rows
    events = dossier.events.to_pylist() if total <= WHOLE else list(sources.events.values())
    events.sort(key=lambda e: (e["time"] is None, e["time"] and e["time"].timestamp(), e["id"]))
    rows = tuple(
        (when(e), (*told(e), *written(e)),
         (Strong(str(e["exhibit_number"])), ", ", value(e["locator"], code=True),
          sources.mark(e)))
        for e in events[:EVENTS]
    )  # fmt: skip
    lead = f"All {many(total, 'event')}." if len(rows) == total else (
        f"{many(len(rows), 'event')} that the statements of this report rest on, of {total:,}; "
        f"all are in {WORKBOOK}.")  # fmt: skip
    blocks: list[Block] = [Heading(("Chronology",), 1, "chronology")]
    blocks.append(Paragraph((lead,), quiet=True))
    if rows:
        columns = ("Time", "What happened, and the record’s own words", "Source")
        blocks.append(Table(columns, (6, 15, 5), rows))
    return blocks


def _more(number: int, noun: str) -> str:
    return f" {many(number, 'more ' + noun)}: see {WORKBOOK}." if number > 0 else ""


def _frame(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame
