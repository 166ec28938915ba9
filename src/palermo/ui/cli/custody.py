"""`palermo custody`: who did what, when, for which purpose."""

from collections.abc import Iterator
from typing import Annotated

import typer

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.common import Actor, Json, Purpose, Words, alone, opened, say


def lines(custody: answers.Custody) -> Iterator[str]:
    for e in custody.entries:
        subject = f" {e.subject}" if e.subject else ""
        yield f"{e.number} {e.at:%Y-%m-%d %H:%M:%S}Z {e.actor} {e.act}{subject} for {e.purpose or '-'} {e.entry[:16]}"
    yield f"{len(custody.entries):,} of {many(custody.total, 'entry', 'entries')}"


def custody(
    case: Words = None,
    limit: Annotated[int, typer.Option(min=1)] = 200,
    offset: Annotated[
        int | None, typer.Option(min=0, help="Default: so that the newest are shown.")
    ] = None,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Show the custody log; reading it is logged too.

    Example: palermo custody harbour --limit 50
    """
    folder = alone(case)
    with opened(folder, actor, purpose) as workspace:
        say(workspace.custody(limit, offset), json, lines)
