"""The tuning half of the labelled contacts: what is promised of reading them.

The other half is scored once a release, by `bench/contacts.py`, and never here.
"""

import csv
from pathlib import Path

from palermo.vocabulary import Event, EventKind, events_table
from palermo.wiring import plugins

ROWS = Path(__file__).parents[2] / "bench" / "contacts.csv"
KINDS = ("phone", "email", "handle")


def test_f1() -> None:
    with ROWS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["half"] == "tuning"]
    events = events_table(
        "x" + "0" * 32,
        [
            Event(
                kind=EventKind.ADVERT,
                locator=f"row:{i}",
                text=r["text"],
                region=r["region"] or None,
            )
            for i, r in enumerate(rows)
        ],
        "test",
        "1",
    )
    found = {
        (claim["event"], claim["kind"], claim["value"])
        for name in (*KINDS, "url")
        for claim in plugins("extractors")[name].find(events).to_pylist()
        if claim["kind"] in KINDS
    }
    expected = {
        (event, *contact.split(":", 1))
        for event, row in zip(events["id"].to_pylist(), rows, strict=True)
        for contact in row["expected"].split()
    }
    assert len(expected) > 1_000
    assert 2 * len(found & expected) / (len(found) + len(expected)) >= 0.98
