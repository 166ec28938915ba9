"""`palermo run`: decode, extract, link and look for patterns."""

from collections.abc import Iterator
from typing import Annotated

import typer

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.alerts import told_of
from palermo.ui.cli.common import Actor, Json, Purpose, Words, alone, bars, hint, opened, say


def lines(ran: answers.Ran) -> Iterator[str]:
    yield f"Run {ran.run} in {ran.seconds:.1f} s."
    yield f"Newly read: {many(ran.exhibits, 'exhibit')}, {many(ran.events, 'event')}, {many(ran.claims, 'claim')}."
    yield (
        f"In the case: {many(ran.links, 'link')}, "
        f"{many(ran.identities, 'identity', 'identities')}, {many(ran.findings, 'finding')}."
    )
    yield from told_of(ran.alerts)
    if ran.problems:
        yield hint(
            f"{many(ran.problems, 'problem')}, {many(ran.not_understood, 'file')} not understood: "
            "palermo problems CASE"
        )


Engine = Annotated[
    str | None,
    typer.Option(
        metavar="MASTER",
        help="Do the work on a Spark cluster, spark://HOST:PORT, that sees the case's folder under"
        " the same path; by default in processes of this machine.",
    ),
]


def run(
    case: Words = None,
    engine: Engine = None,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Decode, extract, link and look for patterns; only what is new.

    After an interruption, the same command goes on where it stopped.

    Example: palermo run harbour
    """
    folder = alone(case)
    with opened(folder, actor, purpose) as workspace, bars() as progress:
        ran = workspace.run(progress, engine)
    say(ran, json, lines)
