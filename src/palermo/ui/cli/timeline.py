"""`palermo timeline`: dated events in order."""

from collections.abc import Iterator
from typing import Annotated

import typer

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.common import Actor, Json, Purpose, Words, opened, say, split
from palermo.ui.cli.search import Day, line, moment


def lines(timeline: answers.Timeline) -> Iterator[str]:
    for event in timeline.events:
        yield line(event)
    yield f"{len(timeline.events):,} of {many(timeline.total, 'event')}"


def timeline(
    case_and_id: Words = None,
    since: Day = None,
    until: Day = None,
    limit: Annotated[int, typer.Option(min=1)] = 200,
    offset: Annotated[int, typer.Option(min=0)] = 0,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """List dated events in order, of the case or of one ID: palermo timeline CASE [ID]

    Example: palermo timeline harbour phone:+442079460018 --since 2026-01-01
    """
    folder, words = split(case_and_id)
    id = " ".join(words) or None
    with opened(folder, actor, purpose) as workspace:
        found = workspace.timeline(id, moment(since), moment(until), limit, offset)
        say(found, json, lines)
