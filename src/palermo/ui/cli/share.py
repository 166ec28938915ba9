"""`palermo share`: write a package for a recipient."""

from collections.abc import Iterator
from typing import Annotated

import typer

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.common import Actor, Json, Words, alone, hint, opened, say


def lines(shared: answers.Shared) -> Iterator[str]:
    yield f"Package {shared.package} in {shared.folder}: {', '.join(shared.files)}"
    yield "Rows: " + ", ".join(f"{number:,} {name}" for name, number in shared.rows.items())
    for reason, number in shared.withheld.items():
        yield f"Withheld: {number:,} {reason}"


def previewed(told: answers.Preview) -> Iterator[str]:
    yield f"Nothing was written. A {told.format} for {told.recipient} ({told.purpose}) would hold:"
    yield "Rows: " + ", ".join(f"{number:,} {name}" for name, number in told.rows.items())
    for name in ("events", "links", "findings", "disclosure", "persons"):
        counts = getattr(told, name)
        yield f"{name.capitalize()}: " + (
            ", ".join(f"{number:,} {kind}" for kind, number in counts.items()) or "none"
        )
    for exhibit in told.exhibits:
        yield f"Exhibit {exhibit.number} {exhibit.name}: {many(exhibit.events, 'event')}"
    for reason, number in told.withheld.items():
        yield f"Withheld: {number:,} {reason}"
    for no in told.refusals:
        yield hint(f"It would be refused: {no.why}. {no.next}")


def share(
    to: Annotated[str, typer.Option(help="Who receives it.")],
    purpose: Annotated[str, typer.Option(help="What the recipient may use it for.")],
    case: Words = None,
    format: Annotated[str, typer.Option(help="report, ftm or table.")] = "report",
    preview: Annotated[
        bool, typer.Option("--preview", help="Say what would leave, and write nothing.")
    ] = False,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Write a package: what was reviewed, masked, with its chronology and disclosure schedule.

    With --preview, it says what would leave and what would not, and why; nothing is written.

    Example: palermo share harbour --format report --to "Prosecutor's office" --purpose
    "Charging decision"
    """
    folder = alone(case)
    with opened(folder, actor, purpose) as workspace:
        if preview:
            say(workspace.preview(format, to, purpose), json, previewed)
        else:
            say(workspace.share(format, to, purpose), json, lines)
