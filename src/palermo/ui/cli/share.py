"""`palermo share`: write a package for a recipient."""

from collections.abc import Iterator
from typing import Annotated

import typer

from palermo import answers
from palermo.ui.cli.common import Actor, Json, Words, alone, opened, say


def lines(shared: answers.Shared) -> Iterator[str]:
    yield f"Package {shared.package} in {shared.folder}: {', '.join(shared.files)}"
    yield "Rows: " + ", ".join(f"{number:,} {name}" for name, number in shared.rows.items())
    for reason, number in shared.withheld.items():
        yield f"Withheld: {number:,} {reason}"


def share(
    to: Annotated[str, typer.Option(help="Who receives it.")],
    purpose: Annotated[str, typer.Option(help="What the recipient may use it for.")],
    case: Words = None,
    format: Annotated[str, typer.Option(help="report, ftm or table.")] = "report",
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Write a package: what was reviewed, masked, with its chronology and disclosure schedule.

    Example: palermo share harbour --format report --to "Prosecutor's office" --purpose
    "Charging decision"
    """
    folder = alone(case)
    with opened(folder, actor, purpose) as workspace:
        say(workspace.share(format, to, purpose), json, lines)
