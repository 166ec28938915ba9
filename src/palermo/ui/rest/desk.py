"""What every route works with: the case, opened for one request under the purpose it states."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import unquote

from fastapi import Depends, Header, Request

if TYPE_CHECKING:
    from palermo.workspace import Workspace

Opener = Callable[[Path, str | None, str | None], AbstractContextManager["Workspace"]]


@dataclass(frozen=True, slots=True)
class Case:
    """The case that is served, and who serves it."""

    folder: Path
    actor: str
    opener: Opener
    pictures: bool  # whether this start of the service shows any
    purpose: str | None  # of requests that state none; None: the authority's

    def open(self, purpose: str | None) -> "AbstractContextManager[Workspace]":
        return self.opener(self.folder, self.actor, purpose)


@dataclass(frozen=True, slots=True)
class Desk:
    case: Case
    purpose: str | None  # None: the authority's

    def open(self) -> "AbstractContextManager[Workspace]":
        """Open the case; each request opens it anew, so that each passes the gate by itself."""
        return self.case.open(self.purpose)


def _desk(
    request: Request,
    palermo_purpose: Annotated[
        str | None,
        Header(description="The purpose of this request, percent-encoded; default: authority's"),
    ] = None,
) -> Desk:
    stated = unquote(palermo_purpose or "").strip()
    case: Case = request.app.state.case
    return Desk(case, stated or case.purpose)


AtDesk = Annotated[Desk, Depends(_desk)]
