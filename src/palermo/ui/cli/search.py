"""`palermo search`: find events by words or by an identifier."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import typer

from palermo import answers
from palermo.ui.cli.common import Actor, Json, Purpose, Words, opened, say, split

Day = Annotated[str | None, typer.Option(help="2026-03-01, or with a time and zone.")]


def moment(text: str | None) -> datetime | None:
    """Read a time bound; without a zone it is UTC."""
    if text is None:
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no date such as 2026-03-01") from error
    return when if when.tzinfo else when.replace(tzinfo=UTC)


RISK = "RISK to "


def marked(risk: answers.Risk | None) -> str:
    """Return what stands before whatever is at risk."""
    return f"{RISK}{risk.to} ({risk.why}): " if risk else ""


def line(event: answers.Event, text: str | None = None) -> str:
    when = f"{event.time:%Y-%m-%d %H:%M}Z" if event.time else "undated"
    where = f" {event.place}" if event.place else ""
    what = " ".join((text if text is not None else event.text).split())
    return f"{marked(event.risk)}{event.id} {when} {event.kind}{where}: {what[:200]}"


def lines(found: answers.Found) -> Iterator[str]:
    least = "" if found.exact else "at least "
    once = f", {least}{found.listed:,} listed once each" if found.listed != found.total else ""
    yield f"{found.total:,} found{once}"
    for hit in found.hits:
        yield line(hit.event, hit.snippet) + sightings(hit)


def sightings(hit: answers.Hit) -> str:
    if hit.sightings < 2 or not (hit.first and hit.last):
        return ""
    return f" (seen {hit.sightings:,} times, {hit.first:%Y-%m-%d} to {hit.last:%Y-%m-%d})"


def search(
    case_and_words: Words = None,
    kind: Annotated[str | None, typer.Option(help="Only events of this kind.")] = None,
    place: Annotated[str | None, typer.Option(help="Only events that name this place.")] = None,
    site: Annotated[str | None, typer.Option(help="Only adverts and pages of this site.")] = None,
    since: Day = None,
    until: Day = None,
    limit: Annotated[int, typer.Option(min=1)] = 20,
    offset: Annotated[int, typer.Option(min=0)] = 0,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Find events by words in any script, or by an identifier: palermo search CASE WORDS

    Four characters or more of a number, address or account that an advert shows find it too. A
    posting that was captured often is listed once.

    Example: palermo search harbour "020 7946 0018"
    """
    folder, words = split(case_and_words)
    if not words:
        raise typer.BadParameter("say what to look for after CASE")
    with opened(folder, actor, purpose) as workspace:
        found = workspace.search(
            " ".join(words), kind, place, moment(since), moment(until), limit, offset, site
        )
        say(found, json, lines)
