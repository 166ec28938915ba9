"""`palermo watch`: watch one exact value, list the watches, and end one."""

from collections.abc import Iterator
from typing import Annotated

import typer

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.common import Actor, Json, Purpose, Words, opened, say, split


def lines(told: answers.Watches) -> Iterator[str]:
    if not told.watches:
        yield "Nothing is watched."
    for one in told.watches:
        runs = f"runs until {one.until:%Y-%m-%d}" if one.until else "runs with the authority"
        yield f"{one.number}. {one.value.shown} ({one.how}): {one.over or runs}"
        met = f"met in {many(one.events, 'event')}" if one.events else "met nowhere yet"
        fresh = f", {one.new:,} of them new" if one.new else ""
        yield f"   {met}{fresh}. Since {one.at:%Y-%m-%d}, {one.actor}: {one.reason}"


def watch(
    case_and_value: Words = None,
    reason: Annotated[str, typer.Option(help="Why the value is watched, or no more.")] = "",
    until: Annotated[
        str | None, typer.Option(help="When it ends; default: with the authority.")
    ] = None,
    end: Annotated[int | None, typer.Option(min=1, help="Number of the watch to end.")] = None,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Watch one exact value from now on; without one, list the watches.

    A telephone number, e-mail, handle, plate, account, picture's hash ... written in any usual way; no
    patterns, and no names. The case keeps a token of it, not the value. `palermo alerts` says what is
    new of it.

    Example: palermo watch harbour 020 7946 0018 --reason "Named in the tip of 2 March"
    """
    folder, words = split(case_and_value)
    if end is not None and words:
        raise typer.BadParameter("a watch either begins, with a value, or ends, by its number")
    with opened(folder, actor, purpose) as workspace:
        if end is not None:
            told = workspace.end_watch(end, reason)
        elif words:
            told = workspace.watch(" ".join(words), reason, until)
        else:
            told = workspace.watches()
    say(told, json, lines)
