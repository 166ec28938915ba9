"""The last pages of a report: exhibits, the disclosure schedule, decisions, problems, checks."""

from palermo.counting import many
from palermo.share.format import Dossier
from palermo.share.paper.blocks import (
    Block,
    Facts,
    Heading,
    Items,
    Line,
    Paragraph,
    Strong,
    Table,
    joined,
    value,
)
from palermo.share.paper.cite import ID, WORKBOOK, Row, Sources, moment, subjects

ROWS = 2000  # exhibits or problems listed; more stand in the workbook
NAMED = 6  # subjects of one decision


def exhibits(dossier: Dossier, sources: Sources) -> list[Block]:
    blocks: list[Block] = [Heading(("Exhibits",), 1, "exhibits")]
    rows, total = _cited(dossier, sources), dossier.exhibits.num_rows
    if len(rows) < total:
        lead = f"{many(len(rows), 'exhibit')} cited here, of {total:,}; all are in {WORKBOOK}."
        blocks.append(Paragraph((lead,), quiet=True))
    numbers = {row["id"]: row["number"] for row in rows}
    cells = tuple(_exhibit(row, numbers) for row in rows)
    columns = ("No.", "Name and origin", "SHA-256", "Bytes", "Acquired")
    return [*blocks, Table(columns, (2, 6, 6, 2, 4), cells)] if cells else [
        *blocks, Paragraph(("No exhibit.",))]  # fmt: skip


def _exhibit(row: Row, numbers: dict[str, object]) -> tuple[Line, ...]:
    origin: Line = (value(row["name"]), "; from ", value(row["origin"]))
    if row["parent"]:
        origin = (*origin, "; part of ", value(numbers.get(row["parent"], row["parent"])))
    acquired = (value(moment(row["acquired"])), "; ", value(row["acquired_by"]), "; ",
                value(row["method"]))  # fmt: skip
    return ((Strong(str(row["number"])),), origin, (value(row["sha256"], code=True),),
            (f"{row['size']:,}",), acquired)  # fmt: skip


def _cited(dossier: Dossier, sources: Sources) -> list[Row]:
    rows: list[Row] = dossier.exhibits.to_pylist()
    if len(rows) <= ROWS:
        return rows
    cited = {event["exhibit"] for event in sources.events.values()}
    return [row for row in rows if row["id"] in cited][:ROWS]


def wanted(dossier: Dossier) -> set[str]:
    """Return the ids that decisions and the disclosure schedule name."""
    ids = {s for d in dossier.decisions.to_pylist() for s in subjects(d)[:NAMED]}
    return ids | {w for s in dossier.disclosure["subject"].to_pylist() for w in (s or "").split()}


def disclosure(dossier: Dossier, sources: Sources) -> list[Block]:
    blocks: list[Block] = [
        Heading(("Disclosure schedule",), 1, "disclosure"),
        Paragraph((
            "What must be disclosed although it speaks against the case: links that a person "
            "rejected and items tagged exculpatory. This schedule is part of every report and is "
            "always complete.",
        ), quiet=True),
    ]  # fmt: skip
    rows = dossier.disclosure.to_pylist()
    if not rows:
        nothing = (
            "This schedule is empty: in this run no link was rejected and no item is tagged "
            "exculpatory."
        )
        return [*blocks, Paragraph((Strong(nothing),))]
    return [*blocks, Table(
        ("No.", "Kind", "Subject", "Description", "Reason", "Decided"), (1, 3, 5, 6, 5, 4),
        tuple(((str(n),), (value(r["kind"]),), _named(r["subject"] or "", sources),
               (value(r["description"]),), (value(r["reason"]),),
               (value(r["decided_by"]), "; ", value(moment(r["at"]))))
              for n, r in enumerate(rows, 1)),
    )]  # fmt: skip


def _named(subject: str, sources: Sources) -> Line:
    """Return a subject with the ids in it told by exhibit and locator."""
    parts: list[Line] = []
    for word in subject.split(" "):
        known = word in sources.events or ID.fullmatch(word)
        line = sources.node(word) if known else (value(word),)
        parts.append((" ", *line) if parts else line)
    return tuple(piece for part in parts for piece in part)


def decisions(dossier: Dossier, sources: Sources) -> list[Block]:
    blocks: list[Block] = [Heading(("Decisions",), 1, "decisions")]
    rows = dossier.decisions.to_pylist()
    if not rows:
        return [*blocks, Paragraph(("No decision has been taken.",))]
    shown = rows[:ROWS]
    if len(shown) < len(rows):
        lead = f"The first {len(shown):,} of {len(rows):,} decisions; all are in {WORKBOOK}."
        blocks.append(Paragraph((lead,), quiet=True))
    return [*blocks, Table(
        ("No.", "When and who", "Act", "Subjects", "Reason"), (1, 4, 2, 7, 5),
        tuple(((value(d["number"]),), (value(moment(d["at"])), "; ", value(d["actor"])),
               (value(d["act"]),), _subjects(d, sources), (value(d["reason"]),)) for d in shown),
    )]  # fmt: skip


def _subjects(decision: Row, sources: Sources) -> Line:
    named = subjects(decision)
    parts = [sources.node(subject) for subject in named[:NAMED]]
    if len(named) > NAMED:
        parts.append((f"{len(named) - NAMED:,} more",))
    return joined(parts)


def problems(dossier: Dossier) -> list[Block]:
    blocks: list[Block] = [Heading(("What could not be read",), 1, "problems")]
    rows = dossier.problems.to_pylist()
    if not rows:
        return [*blocks, Paragraph(("Everything in the exhibits was read.",))]
    if len(rows) > ROWS:
        lead = f"The first {ROWS:,} of {len(rows):,}; all are in {WORKBOOK}."
        blocks.append(Paragraph((lead,), quiet=True))
    known = dossier.exhibits.select(["id", "number"]).to_pylist()
    numbers = {row["id"]: str(row["number"]) for row in known}
    return [*blocks, Table(
        ("Exhibit", "Where", "Kind", "What", "Times"), (3, 5, 3, 8, 2),
        tuple(((Strong(numbers.get(p["exhibit"], "not shared")),),
               (value(p["locator"], code=True),), (value(p["kind"]),), (value(p["message"]),),
               (f"{p['count'] or 1:,}",))
              for p in rows[:ROWS]),
    )]  # fmt: skip


def withheld(dossier: Dossier) -> list[Block]:
    head = Heading(("Withheld",), 1, "withheld")
    if not dossier.withheld:
        return [head, Paragraph(("Nothing was withheld.",))]
    lead = "These rows exist in the case and are not in this report, for the reason given."
    return [head, Paragraph((lead,), quiet=True), Facts(
        tuple((many(n, "row"), (value(why),)) for why, n in sorted(dossier.withheld.items()))
    )]  # fmt: skip


def verifying(dossier: Dossier) -> list[Block]:
    return [
        Heading(("How to verify",), 1, "verify"),
        Items((
            ("An exhibit: compute the SHA-256 of its bytes with any tool, for example ",
             value("sha256sum FILE", code=True), ", and compare it with the list of exhibits.",),
            ("A statement: open the exhibit at the place its footnote names. A locator joins key "
             "and value with a colon and parts with a semicolon; offsets and lengths are bytes, "
             "rows count from 1.",),
            ("The way back, in the case itself: ", value("palermo why CASE ID", code=True),
             " with the id at the end of a footnote walks to the sealed bytes and the custody "
             "entry.",),
            ("The whole: ", value("palermo verify CASE", code=True), " checks every exhibit and "
             f"the custody log. When this report was made the log held "
             f"{many(dossier.custody_entries, 'entry', 'entries')} and its head was ",
             value(dossier.custody_head, code=True), ".",),
        )),
    ]  # fmt: skip
