"""The contract of a format: a cleared dossier in, files out."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What may leave, already cleared: reviewed where review is due, masked where masking is due.

    `exhibits`: number (the exhibit's number in the case: "EX-12"), id, name, origin, sha256, size,
    acquired, acquired_by, method, parent. `events`, `claims`, `links`, `findings`: the schemas of
    `vocabulary`, plus in `events` the column `exhibit_number`. `decisions`: number, at, actor, act,
    subjects, reason. `persons`: number, label, role, since, until, source. `disclosure`: what must
    be disclosed although it speaks against the case: kind ("rejected link", "exculpatory"),
    subject, description, reason, decided_by, at. `problems`: as in `vocabulary`.
    """

    case: str
    offence: str
    authority: str
    basis: str
    necessity: str
    scope: str  # in words
    profile: str
    recipient: str
    purpose: str
    handling: str
    made: datetime
    made_by: str
    run: int
    custody_entries: int
    custody_head: str
    exhibits: pa.Table
    events: pa.Table
    claims: pa.Table
    links: pa.Table
    findings: pa.Table
    identities: pa.Table  # node, identity
    decisions: pa.Table
    persons: pa.Table
    disclosure: pa.Table
    problems: pa.Table
    withheld: dict[str, int] = field(default_factory=dict)  # reason: how many rows


@runtime_checkable
class Format(Protocol):
    """Writes a dossier for someone. Pure: never reads the case, so it can leak nothing else.

    The first line of the class docstring says what it writes; it is shown to users.
    """

    name: str
    version: str

    def write(self, dossier: Dossier, folder: Path) -> list[Path]:
        """Write into an empty folder and return the files; equal dossiers give equal bytes."""
        ...
