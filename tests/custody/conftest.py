"""A case to alter."""

import hashlib
from pathlib import Path

import pytest

import linked_case
from consented_case import W07
from palermo.custody.quarantine import KnownMaterial
from palermo.review.deciding import Request
from palermo.workspace import Workspace

MAPPING = """event: call
match: {header: [Start, A]}
time: {column: Start, format: "%Y-%m-%d %H:%M", zone: Europe/London}
parties: [{column: A, kind: phone, role: caller}]
"""
DECISIONS = [
    Request(act="reject", a=linked_case.A, b=linked_case.B, reason="Two customers"),
    Request(act="open_person", a="P1", reason="Subscriber"),
    Request(act="tie", a="person:1", b=linked_case.A, reason="Register"),
    Request(act="set_role", a="person:1", reason="Posted", role="suspect", since="2026-02-01"),
]


@pytest.fixture(scope="package")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a row in every table."""
    folder = tmp_path_factory.mktemp("rows")
    case = linked_case.make(folder)
    (folder / "carrier.yaml").write_text(MAPPING, encoding="utf-8")
    with Workspace.open(case, "tester") as workspace:
        workspace.save_mapping(folder / "carrier.yaml")
        workspace.consent(W07)
        workspace.watch("+44 20 7946 0018", "Named in a tip")
        workspace.note("The driver called +44 20 7946 0018", given="1")
        workspace.alerts()
        workspace.decide_all(DECISIONS)
        workspace.share("table", "Prosecutor", "Charges")
        (folder / "known").write_text("known", encoding="utf-8")
        (folder / "list").write_text(hashlib.sha256(b"known").hexdigest(), encoding="utf-8")
        workspace.known(folder / "list")
        with pytest.raises(KnownMaterial):
            workspace.add([str(folder / "known")])
    return case
