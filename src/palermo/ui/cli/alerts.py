"""`palermo alerts`: what is new of watched values since you last looked."""

from collections.abc import Iterator
from typing import Annotated

import typer

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.common import Actor, Json, Purpose, Words, alone, hint, opened, say
from palermo.ui.cli.search import line


def lines(told: answers.Alerts) -> Iterator[str]:
    if not told.alerts:
        yield f"Nothing new of {many(told.watches, 'watched value')}."
    for alert in told.alerts:
        written = f", written {alert.claim.written!r} as {alert.claim.role}" if alert.claim else ""
        yield f"{alert.value.shown}{written} (watch {alert.watch}: {alert.reason})"
        yield f"    {line(alert.event)}"
        yield hint(f"    palermo why CASE {alert.why}")
    if more := told.waiting - len(told.alerts):
        yield hint(f"{more:,} more wait: palermo alerts CASE")


def told_of(waiting: int) -> Iterator[str]:
    """Say that alerts wait, where they do."""
    if waiting:
        yield hint(f"{many(waiting, 'new sighting')} of watched values: palermo alerts CASE")


def alerts(
    case: Words = None,
    limit: Annotated[int, typer.Option(min=1, help="Alerts at most.")] = 100,
    keep: Annotated[bool, typer.Option("--keep", help="Do not mark them as seen.")] = False,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Say what is new of watched values since you last looked, and mark it as seen.

    Each alert names what `palermo why` leads from to the bytes.

    Example: palermo alerts harbour
    """
    folder = alone(case)
    with opened(folder, actor, purpose) as workspace:
        say(workspace.alerts(limit, mark=not keep), json, lines)
