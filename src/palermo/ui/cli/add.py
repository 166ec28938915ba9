"""`palermo add`: acquire files and folders, and seal them."""

from collections.abc import Iterator
from typing import Annotated

import typer

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.common import Actor, Exit, Json, Purpose, Words, bars, hint, opened, say, split


def lines(added: answers.Added) -> Iterator[str]:
    yield f"{many(added.exhibits, 'exhibit')} sealed, {added.known} known already, {many(added.bytes, 'byte')} read."
    for refused in added.refused:
        yield f"Refused: {refused}"
    yield f"Custody log: {added.head}"
    yield hint("Next: palermo run CASE")


def add(
    case_and_files: Words = None,
    origin: Annotated[
        str | None, typer.Option(help="Where they come from, in place of this machine's path.")
    ] = None,
    region: Annotated[
        str | None, typer.Option(help="Country (GB) whose national number formats apply.")
    ] = None,
    zone: Annotated[
        str | None, typer.Option(help="Zone (Europe/London) of times written without one.")
    ] = None,
    holder: Annotated[
        str | None, typer.Option(help="Whose device or account: phone:+442079460018.")
    ] = None,
    mapping: Annotated[str | None, typer.Option(help="Name of the saved column mapping.")] = None,
    consent: Annotated[
        str | None,
        typer.Option(help="Consent it was given under, by number; or public, if it is published."),
    ] = None,
    statement: Annotated[str | None, typer.Option(help="Anything else to be kept of it.")] = None,
    hash_only: Annotated[
        bool,
        typer.Option("--hash-only", help="Take no picture, only its hashes and Exif data."),
    ] = False,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Acquire and seal files or folders: palermo add CASE FILE_OR_FOLDER...

    The same bytes from the same origin add nothing; from another origin they are another exhibit.
    An intake.yaml in a folder states region, zone, holder, mapping and consent file by file.

    Example: palermo add harbour ./seized --origin "phone of K., seized 2026-03-01" --region GB
    """
    from palermo.vocabulary import Statement

    folder, where = split(case_and_files)
    if not where:
        raise typer.BadParameter("name at least one file or folder after CASE")
    stated = Statement(
        region=region, zone=zone, holder=holder, mapping=mapping, consent=consent, note=statement
    )
    with opened(folder, actor, purpose) as workspace, bars() as progress:
        added = workspace.add(where, stated, origin, progress, hash_only)
    say(added, json, lines)
    if added.refused:
        raise typer.Exit(Exit.PARTLY)
