"""Says what a package would hold, and why not more, without writing one."""

import dataclasses

import pyarrow as pa
import pyarrow.compute as pc

from palermo import answers
from palermo.safeguards.permit import Gate, Permit
from palermo.safeguards.refusal import Refused
from palermo.share.clearance import clear
from palermo.share.format import Dossier
from palermo.share.last_look import judge
from palermo.share.views import Views
from palermo.store.case import Case


def preview(
    case: Case, gate: Gate, permit: Permit, views: Views, format: str, to: str
) -> answers.Preview:
    """Clear for a recipient and judge it as `share` would; what would refuse the package is told.

    `permit`: one to look; nothing leaves by it.
    """
    dossier = clear(case, permit, views, to)
    refusals = []
    try:
        leaving = dataclasses.replace(permit, act="share")
        judge(case, gate, leaving, views, dossier)
    except Refused as no:
        refusals.append(answers.Refusal(error=no.error, what=no.what, why=no.why, next=no.next))
    return answers.Preview(
        format=format,
        recipient=to,
        purpose=permit.purpose,
        rows={name: getattr(dossier, name).num_rows for name in ROWS},
        events=_counted(dossier.events, "kind"),
        links=_counted(dossier.links, "kind"),
        findings=_counted(dossier.findings, "kind"),
        disclosure=_counted(dossier.disclosure, "kind"),
        persons=_counted(dossier.persons, "role"),
        exhibits=_exhibits(dossier),
        withheld=dossier.withheld,
        refusals=refusals,
    )


ROWS = (
    "exhibits", "events", "claims", "links", "findings", "decisions", "persons", "disclosure",
    "problems",
)  # fmt: skip


def _counted(table: pa.Table, column: str) -> dict[str, int]:
    counts = pc.value_counts(table[column]).to_pylist()
    return {
        str(row["values"]): row["counts"] for row in sorted(counts, key=lambda r: str(r["values"]))
    }


def _exhibits(dossier: Dossier) -> list[answers.Leaving]:
    events = _counted(dossier.events, "exhibit_number")
    return [
        answers.Leaving(number=row["number"], name=row["name"], events=events.get(row["number"], 0))
        for row in dossier.exhibits.select(["number", "name"]).to_pylist()
    ]
