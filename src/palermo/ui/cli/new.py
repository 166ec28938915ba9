"""`palermo new`: make a case, which needs an authority."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from palermo import answers
from palermo.ui.cli.common import Actor, Json, say

Offence = Annotated[str, typer.Option(help="trafficking or smuggling.")]
Authority = Annotated[str, typer.Option(help="What is investigated, and by whose order.")]
Basis = Annotated[str, typer.Option(help="The legal basis.")]
Until = Annotated[str, typer.Option(help="When the authority ends: 2027-01-31.")]
ApprovedBy = Annotated[str, typer.Option(help="Who approved it; not the one who asks.")]
Since = Annotated[str | None, typer.Option(help="When it begins; default: now.")]
Necessity = Annotated[str, typer.Option(help="Why it is necessary and proportionate.")]
Scope = Annotated[
    list[str] | None,
    typer.Option(
        help="What it covers, as KEY=VALUE: sources=GLOB, kinds=KIND, since=DATE, until=DATE, "
        "acts=VERB; may be given again."
    ),
]
DATES = ("since", "until")


def scope_of(given: list[str] | None) -> dict[str, object]:
    """Read KEY=VALUE options; keys given again widen."""
    scope: dict[str, object] = {}
    for pair in given or []:
        key, equals, value = pair.partition("=")
        if not equals:
            raise typer.BadParameter(f"{pair!r} is not KEY=VALUE")
        if key in DATES:
            scope[key] = value
        else:
            listed = scope.setdefault(key, [])
            assert isinstance(listed, list)
            listed.append(value)
    return scope


def lines(created: answers.Created) -> Iterator[str]:
    yield f"Case {created.case}, authority {created.authority}."
    yield f"Custody log begins at {created.head}. Note this down elsewhere: see palermo verify."


def new(
    case: Path,
    offence: Offence,
    authority: Authority,
    basis: Basis,
    until: Until,
    approved_by: ApprovedBy,
    since: Since = None,
    necessity: Necessity = "",
    scope: Scope = None,
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
    from palermo.safeguards.authority import Grant
    from palermo.workspace import Workspace

    grant = Grant(
        offence=offence,
        authority=authority,
        basis=basis,
        until=until,
        approved_by=approved_by,
        necessity=necessity,
        since=since,
        scope=scope_of(scope),
    )
    say(Workspace.new(case, grant, actor, database), json, lines)
