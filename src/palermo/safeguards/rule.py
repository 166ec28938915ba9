"""The contract of a rule: it can only refuse."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """What lets a case be worked on, as recorded; `scope` is documented in `rules/scope.py`."""

    number: int
    offence: str
    authority: str
    basis: str
    necessity: str
    scope: Mapping[str, Any]
    since: datetime
    until: datetime
    requested_by: str
    approved_by: str
    profile: str  # the name of a file in `profiles/`

    @property
    def necessity_told(self) -> str:
        return self.necessity or "not stated apart from the legal basis"

    @property
    def scope_told(self) -> str:
        """The scope in words: what is not narrowed is covered."""
        listed = {k: v if isinstance(v, list) else [v] for k, v in self.scope.items()}
        told = [f"{key}: {', '.join(map(str, listed[key]))}" for key in sorted(listed)]
        return "; ".join(told) or "the whole authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An act that somebody wants to do, with the facts that rules judge it by."""

    act: str  # the verb: add, run, search, review, share ...
    actor: str
    purpose: str
    at: datetime
    authority: Authority | None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class No:
    """A refusal: why, and what to do next."""

    why: str
    next: str


@runtime_checkable
class Rule(Protocol):
    """Says no to some acts. No rule can allow: what none refuses is permitted.

    The first line of the class docstring says what it protects; it is shown to users.
    """

    name: str
    version: str

    def refuse(self, action: Action) -> No | None: ...
