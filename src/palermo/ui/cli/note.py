"""`palermo note`: enter an observation by hand."""

from collections.abc import Iterator
from typing import Annotated

import typer

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.common import Actor, Json, Purpose, Words, only, opened, say, split


def lines(noted: answers.Noted) -> Iterator[str]:
    yield f"Noted as event {noted.event}, sealed as exhibit {noted.exhibit}."
    if noted.also_read:
        yield f"{many(noted.also_read, 'exhibit')} that waited to be read, read with it."


def note(
    case_and_text: Words = None,
    time: Annotated[
        str | None,
        typer.Option(help="When: 2026-03-01T14:30+01:00; without offset ± 14 h."),
    ] = None,
    place: Annotated[str | None, typer.Option(help="Where, in words.")] = None,
    lat: Annotated[float | None, typer.Option(min=-90, max=90, help="Latitude in degrees.")] = None,
    lon: Annotated[
        float | None, typer.Option(min=-180, max=180, help="Longitude in degrees.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Who or what it is known from.")] = None,
    consent: Annotated[
        str | None,
        typer.Option(help="Consent it was told under, by number; or public, if it is published."),
    ] = None,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Enter a sourced observation by hand: palermo note CASE TEXT

    It is sealed and logged like any other evidence.

    Example: palermo note harbour "White van at the quay" --time 2026-03-01T14:30+01:00
    """
    folder, words = split(case_and_text)
    text = only(words, "TEXT (in quotes)")
    with opened(folder, actor, purpose) as workspace:
        say(workspace.note(text, time, place, lat, lon, source, consent), json, lines)
