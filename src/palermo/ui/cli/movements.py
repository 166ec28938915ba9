"""`palermo movements`: where an identity was, day by day."""

from collections.abc import Iterator

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.common import Actor, Json, Purpose, Words, opened, say, split
from palermo.ui.cli.search import marked


def lines(movements: answers.Movements) -> Iterator[str]:
    if movements.coarsened:
        yield "Places of protected persons are coarsened."
    if not movements.stays:
        yield "No stays: no event of it has both a time and a place."
    identity = None
    for stay in movements.stays:
        if stay.identity != identity:
            identity = stay.identity
            yield f"{identity}:"
        yield (
            f"  {marked(stay.risk)}{stay.start:%Y-%m-%d %H:%M} to {stay.end:%Y-%m-%d %H:%M} "
            f"{stay.place} ({stay.basis}, {many(len(stay.events), 'event')})"
        )
    for contradiction in movements.contradictions:
        yield f"Contradiction: {contradiction.identity}: {contradiction.reason}"


def movements(
    case_and_id: Words = None, purpose: Purpose = None, actor: Actor = None, json: Json = False
) -> None:
    """List stays with dates, and contradictions such as two cities at once.

    Example: palermo movements harbour phone:+442079460018
    """
    folder, words = split(case_and_id)
    id = " ".join(words) or None
    with opened(folder, actor, purpose) as workspace:
        say(workspace.movements(id), json, lines)
