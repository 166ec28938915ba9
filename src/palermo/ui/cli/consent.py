"""`palermo consent`: record who agreed to what, list it, and record that it was withdrawn."""

from collections.abc import Iterator
from typing import Annotated

import typer

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.common import Actor, Json, Purpose, Words, alone, bars, opened, say


def lines(told: answers.Consents) -> Iterator[str]:
    if not told.consents:
        yield "No consent is recorded."
    for one in told.consents:
        who = f"{one.giver}, {one.age}" + (f", with {one.guardian}" if one.guardian else "")
        state = one.over or f"consent {one.number} is in force" + (
            f" until {one.until:%Y-%m-%d}" if one.until else ""
        )
        yield f"{one.number}. {who}, in {one.language}, given {one.given}: {state}"
        yield f"   For: {one.purpose}"
        yield f"   Share with: {', '.join(one.recipients) or 'nobody'}; {many(one.exhibits, 'exhibit')}"
        if one.preference:
            yield f"   Interviewer: {one.preference}"
        if one.reason:
            yield f"   Withdrawn: {one.reason}"


def consent(
    case: Words = None,
    giver: Annotated[
        str | None,
        typer.Option("--from", help="Who gives it: a reference such as W-07, never a name."),
    ] = None,
    use: Annotated[str, typer.Option("--for", help="What it may be used for.")] = "",
    language: Annotated[str, typer.Option(help="Language it was explained in: ro.")] = "",
    age: Annotated[
        str, typer.Option(help="adult, child or unknown; unknown counts as a child.")
    ] = "unknown",
    guardian: Annotated[
        str | None, typer.Option(help="Guardian or advocate, unless an adult gives it.")
    ] = None,
    interviewer: Annotated[
        str | None, typer.Option(help="Who may interview: a woman, a man, in which language.")
    ] = None,
    share_with: Annotated[
        list[str] | None, typer.Option(help="With whom it may be shared; may be given again.")
    ] = None,
    given: Annotated[str | None, typer.Option(help="When it was given; default: now.")] = None,
    until: Annotated[str | None, typer.Option(help="When it ends, if it does.")] = None,
    withdraw: Annotated[
        int | None, typer.Option(min=1, help="Number of the consent that was withdrawn.")
    ] = None,
    reason: Annotated[str, typer.Option(help="How it was withdrawn.")] = "",
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """List consents, record one, or record that one was withdrawn.

    What was added under a consent that is withdrawn or has ended is read no more.

    Example: palermo consent harbour --from W-07 --for "Tracing who held her papers" --language ro
    --age adult --share-with "Example Prosecution Service"
    """
    from palermo.safeguards.consenting import Given

    if giver is not None and withdraw is not None:
        raise typer.BadParameter("a consent is either given or withdrawn")
    folder = alone(case)
    with opened(folder, actor, purpose) as workspace, bars() as progress:
        if withdraw is not None:
            told = workspace.withdraw(withdraw, reason, progress)
        elif giver is not None:
            told = workspace.consent(
                Given(
                    giver=giver,
                    purpose=use,
                    language=language,
                    age=age,
                    guardian=guardian,
                    preference=interviewer,
                    recipients=share_with or [],
                    given=given,
                    until=until,
                )
            )
        else:
            told = workspace.consents()
    say(told, json, lines)
