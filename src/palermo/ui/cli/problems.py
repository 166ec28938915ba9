"""`palermo problems`: what could not be read, and where."""

from collections.abc import Iterator
from typing import Annotated

import typer

from palermo import answers
from palermo.ui.cli.common import Actor, Json, Purpose, Words, alone, hint, opened, say


def lines(problems: answers.Problems) -> Iterator[str]:
    for p in problems.problems:
        times = f" ({p.count:,} places)" if p.count > 1 else ""
        where = f"exhibit {p.exhibit_number} {p.name} at {p.locator or 'start'}"
        yield f"{where}: {p.kind}: {hint(p.message)}{times}"
    if not problems.problems:
        yield "No problems: everything was read."


def problems(
    case: Words = None,
    limit: Annotated[int, typer.Option(min=1)] = 1000,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """List what could not be read, and where.

    Example: palermo problems harbour
    """
    folder = alone(case)
    with opened(folder, actor, purpose) as workspace:
        say(workspace.problems(limit), json, lines)
