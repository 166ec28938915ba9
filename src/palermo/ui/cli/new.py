"""`palermo new`: make a case, which needs an authority."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from palermo import answers
from palermo.ui.cli.common import Actor, Json, about, hint, say
from palermo.ui.cli.granting import granting

if TYPE_CHECKING:
    from palermo.safeguards.authority import Grant


def lines(created: answers.Created) -> Iterator[str]:
    yield f"Case {created.case}, authority {created.authority}."
    yield f"Custody log begins at {created.head}. Note this down elsewhere, for palermo verify."
    yield hint("Next: palermo add CASE FILE_OR_FOLDER")


@granting
def new(
    case: Path,
    grant: "Callable[[], Grant]",
    database: Annotated[
        str | None, typer.Option(help="postgresql+psycopg://... in place of a file.")
    ] = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Make a case: an empty folder, sealed by an authority.

    Example: palermo new harbour --offence smuggling --authority "Order 12/2026" --basis
    "Criminal Procedure Act, s. 4" --until 2027-01-01 --approved-by "A. Judge"
    """
    about(case)
    from palermo.workspace import Workspace

    say(Workspace.new(case, grant(), actor, database), json, lines)
