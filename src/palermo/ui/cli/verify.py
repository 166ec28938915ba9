"""`palermo verify`: every exhibit and the whole custody log."""

import re
from collections.abc import Iterator
from typing import Annotated

import typer

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.common import Actor, Exit, Json, Purpose, Words, alone, bars, opened, say


def lines(verified: answers.Verified) -> Iterator[str]:
    yield (
        f"{many(verified.exhibits, 'exhibit')} ({many(verified.bytes, 'byte')}) and "
        f"{many(verified.entries, 'custody entry', 'custody entries')} read: "
        + ("all sound" if verified.sound else many(len(verified.faults), "fault"))
    )
    yield from verified.faults
    yield f"Custody log: {verified.head}"


def verify(
    case: Words = None,
    head: Annotated[
        list[str] | None,
        typer.Option(help="A head noted earlier, NUMBER:HASH; shows whether the end was cut off."),
    ] = None,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Read every exhibit and the whole custody log again, and name what is altered or missing.

    Example: palermo verify harbour --head "$(cat noted-elsewhere.txt)"
    """
    folder = alone(case)
    known = []
    for given in head or []:
        number, _, digest = given.partition(":")
        if not number.isdigit() or not re.fullmatch("[0-9a-f]{64}", digest):
            raise typer.BadParameter(f"{given!r} is not NUMBER:HASH, a hash of 64 characters")
        known.append((int(number), digest))
    with opened(folder, actor, purpose) as workspace, bars() as progress:
        verified = workspace.verify(known, progress)
    say(verified, json, lines)
    if not verified.sound:
        raise typer.Exit(Exit.UNSOUND)
