"""The first pages of a report: the cover, how to read it, and the summary."""

from typing import Any

import pyarrow.compute as pc

from palermo.counting import many
from palermo.share.format import Dossier
from palermo.share.paper.blocks import Block, Facts, Heading, Line, Notice, Paragraph, value
from palermo.share.paper.cite import UNREVIEWED, moment


def cover(dossier: Dossier) -> tuple[Block, ...]:
    facts = (
        ("Offence", (value(dossier.offence),)),
        ("Authority", (value(dossier.authority),)),
        ("Legal basis", (value(dossier.basis),)),
        ("Necessity", (value(dossier.necessity),)),
        ("Scope", (value(dossier.scope),)),
        ("Profile", (value(dossier.profile),)),
        ("Recipient", (value(dossier.recipient),)),
        ("Purpose", (value(dossier.purpose),)),
        ("Handling", (value(dossier.handling),)),
        ("Made by", (value(dossier.made_by),)),
        ("Made at", (moment(dossier.made),)),
        ("Run", (f"number {dossier.run}",)),
        ("Custody log", (many(dossier.custody_entries, "entry", "entries"),)),
        ("Custody head", (value(dossier.custody_head, code=True),)),
    )
    limits = Notice("Limits of use", ((
        "This report may be used by the recipient named above, for the purpose named above, and "
        "under the handling named above; for nothing else.",),))  # fmt: skip
    return (Facts(facts), limits, _reading())


def _reading() -> Notice:
    return Notice(
        "How to read this report",
        (
            (f"Events and values marked {UNREVIEWED} were read by machine and have not been "
             "reviewed by a person. Findings, links and persons are here because a person "
             "reviewed them; the decisions are listed.",),
            ("A strength is not a probability. A finding says where to look; it is never a "
             "verdict, and what speaks against it stands beside it.",),
            ("Words in the evidence are shown as they stand. What would be invisible or would act "
             "on the page is spelt out, for example ⟨U+202E⟩.",),
        ),
    )  # fmt: skip


def summary(dossier: Dossier) -> list[Block]:
    counts: list[tuple[str, Line]] = [
        ("Exhibits", (f"{dossier.exhibits.num_rows:,}",)),
        ("Events", (f"{dossier.events.num_rows:,}{_kinds(dossier)}",)),
        ("Period", (_period(dossier),)),
        ("Values read out", (f"{dossier.claims.num_rows:,}",)),
        ("Reviewed findings", (f"{dossier.findings.num_rows:,}",)),
        ("Reviewed links", (f"{dossier.links.num_rows:,}",)),
        ("Persons", (f"{dossier.persons.num_rows:,}",)),
        ("Decisions", (f"{dossier.decisions.num_rows:,}",)),
        ("Disclosure schedule", (many(dossier.disclosure.num_rows, "item"),)),
        ("Problems", (f"{many(dossier.problems.num_rows, 'place')} that could not be read",)),
        ("Withheld", (many(sum(dossier.withheld.values()), "row"),)),
    ]
    lead = Paragraph((
        "This report sets out what was found in the exhibits of case ", value(dossier.case),
        " that may be shared for this purpose. Every statement names the exhibit and the place in "
        "it that it comes from.",
    ))  # fmt: skip
    return [Heading(("Summary",), 1, "summary"), lead, Facts(tuple(counts))]


def _kinds(dossier: Dossier) -> str:
    if not dossier.events.num_rows:
        return ""
    kinds = pc.value_counts(dossier.events["kind"].combine_chunks()).to_pylist()
    kinds.sort(key=lambda k: (-k["counts"], k["values"]))
    return " (" + ", ".join(f"{k['values']} {k['counts']:,}" for k in kinds) + ")"


def _period(dossier: Dossier) -> str:
    ends: dict[str, Any] = pc.min_max(dossier.events["time"]).as_py()
    if ends["min"] is None:
        return "no dated event"
    return f"{moment(ends['min'])} to {moment(ends['max'])}"
