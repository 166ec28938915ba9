"""`palermo leads`: who else may belong to a confirmed network."""

import shlex
from collections.abc import Iterator
from typing import Annotated

import typer

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.common import Actor, Json, Purpose, Words, hint, joined, opened, say, split
from palermo.ui.cli.search import line, marked


def lines(told: answers.Leads) -> Iterator[str]:
    confirmed = ", ".join(node.shown for node in told.confirmed[:5])
    more = f" and {len(told.confirmed) - 5:,} more" if len(told.confirmed) > 5 else ""
    yield f"Confirmed: {confirmed}{more}, in {many(told.adverts, 'advert')}. {told.says}"
    yield f"{len(told.leads):,} of {told.total:,} leads" + (
        f"; {many(told.rejected, 'other')} left out, whom a person has rejected"
        if told.rejected
        else ""
    )
    for number, lead in enumerate(told.leads, 1):
        value = f" {lead.value.shown}" if lead.value else ""
        yield f"{number}. {lead.score:.2f} {lead.id}{value}: {many(lead.adverts, 'advert')}"
        for reason in lead.reasons:
            yield f"    + {reason.points:.2f} {reason.kind}: {reason.says}"
        for against in lead.against:
            yield f"    - {against}"
        for event in lead.events[:1]:
            yield f"    {marked(event.risk)}{line(event)}"
        pair = f"{shlex.quote(lead.a)} {shlex.quote(lead.b)}"
        yield hint(f'    palermo review CASE {pair} --act confirm|reject --reason "..."')
    if told.shared_by_many:
        yield f"Shared by so many that it leads to nobody: {'; '.join(told.shared_by_many[:10])}"
    weights = ", ".join(f"{name} {points:g}" for name, points in told.weights.items())
    yield f"Points at the most: {weights}. {told.learned}"


def leads(
    case_and_id: Words = None,
    limit: Annotated[int, typer.Option(min=1, help="Leads at most.")] = 20,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Suggest who else may belong to what people have confirmed of an identity, ranked, with reasons.

    ID is an identity, or a value or event in it. A suggestion changes nothing; whoever is rejected in
    review is never suggested again.

    Example: palermo leads harbour phone:+442079460018 --limit 10
    """
    folder, words = split(case_and_id)
    with opened(folder, actor, purpose) as workspace:
        say(workspace.leads(joined(words, "ID"), limit), json, lines)
