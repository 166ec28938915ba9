"""The contract of a pattern: links and events in, findings out."""

from typing import Protocol, runtime_checkable

import pyarrow as pa

from palermo.link.matcher import Evidence


@runtime_checkable
class Pattern(Protocol):
    """Looks across links and events. Pure; a finding is for triage, never a verdict.

    The first line of the class docstring says what it looks for; it is shown to users.
    """

    name: str
    version: str

    def find(self, evidence: Evidence) -> pa.Table:
        """Return rows of `vocabulary.FINDINGS`, each with reasons and what speaks against it."""
        ...
