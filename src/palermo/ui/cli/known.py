"""`palermo known`: keep a list of known material, at which all work stops."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from palermo import answers
from palermo.ui.cli.common import (
    Actor,
    Exit,
    Json,
    Purpose,
    Words,
    bars,
    hint,
    only,
    opened,
    say,
    split,
)

SHOWN = 20


def listed(numbers: Sequence[int]) -> str:
    """Name exhibits by their numbers; of many, the first."""
    more = f" and {len(numbers) - SHOWN:,} more" if len(numbers) > SHOWN else ""
    word = "exhibit" if len(numbers) == 1 else "exhibits"
    return f"{word} {', '.join(map(str, numbers[:SHOWN]))}{more}"


def lines(known: answers.Known) -> Iterator[str]:
    counts = ", ".join(f"{number:,} {kind}" for kind, number in known.hashes.items())
    yield f"List {known.name} is kept: {counts}. Files, and pictures as they are read, are held to it."
    for refused in known.refused:
        yield f"Refused: {refused}"
    if known.quarantined:
        yield f"Known material: {listed(known.quarantined)} now in quarantine. {known.duty}"
        yield hint("Then: palermo run CASE")


def known(
    case_and_list: Words = None,
    duty: Annotated[
        str | None,
        typer.Option(help="The duty to report, in your office's words; shown at every match."),
    ] = None,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Keep a list of known material: palermo known CASE LIST

    LIST holds one hash a line (SHA-256, SHA-1, MD5; PDQ as pdq:HASH), or columns with such names.
    What matches, now or later, is put in quarantine and work stops; nothing lifts a quarantine. A
    list of the same file name replaces the one before.

    Example: palermo known harbour national.csv --duty "Call the unit's duty officer at once."
    """
    folder, words = split(case_and_list)
    path = Path(only(words, "list"))
    with opened(folder, actor, purpose) as workspace, bars() as progress:
        kept = workspace.known(path, duty, progress)
    say(kept, json, lines)
    if kept.quarantined:
        raise typer.Exit(Exit.KNOWN_MATERIAL)
    if kept.refused:
        raise typer.Exit(Exit.PARTLY)
