"""`palermo review`: people decide on links, findings and persons."""

import json as json_
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.prompt import Prompt

from palermo import answers
from palermo.ui.cli.common import (
    STEERING,
    Actor,
    Exit,
    Json,
    Purpose,
    Words,
    bars,
    err,
    opened,
    say,
    split,
)

# What the terminal offers for a key, in the review of one suggestion.
KEYS = {"y": "confirm", "n": "reject", "g": "generic", "s": "skip", "q": "quit"}


def _queued(queue: answers.Queue) -> Iterator[str]:
    yield f"{queue.total:,} wait for a decision"
    for link in queue.links:
        yield f"{link.id} {link.kind} {link.score:.2f}: {link.a.shown} and {link.b.shown}: {link.reason}"
    for finding in queue.findings:
        yield f"{finding.id} {finding.kind} {finding.score:.2f}: {finding.title}: {finding.reason}"
    for person in queue.persons:
        yield f"person:{person.number} {person.label}: no role yet"


def _decided(decided: answers.Decided) -> Iterator[str]:
    for d in decided.decisions[-20:]:
        yield f"{d.number}: {d.act} {d.a}{' and ' + d.b if d.b else ''}: {d.reason}"
    for refused in decided.refused:
        yield f"Not taken: {refused}"
    yield (
        f"{len(decided.decisions):,} decided; rebuilt: {decided.identities:,} identities, "
        f"{decided.findings:,} findings"
    )


def review(
    case_and_ids: Words = None,
    act: Annotated[
        str | None,
        typer.Option(
            help="confirm, reject (also takes two values apart), generic, exculpatory, shelter, "
            "reveal, open_person, set_role or tie."
        ),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why; every decision needs one.")] = "",
    role: Annotated[
        str | None, typer.Option(help="suspect, victim, possible victim, witness, third party.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Since when the role holds.")] = None,
    until: Annotated[str | None, typer.Option(help="Until when the role holds.")] = None,
    decisions: Annotated[
        Path | None, typer.Option("--from", help="A file of decisions, one JSON object a line.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many suggestions to list.")] = 50,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Decide: palermo review CASE [ID [ID]] --act ACT --reason TEXT

    An ID is a link's or finding's id, a value, an event or person:NUMBER; two IDs are a pair.
    Without --act, lists what waits; in a terminal, asks one by one.

    Example: palermo review harbour phone:+442079460018 phone:+442079460999 --act reject --reason
    "Two different customers of one agency, see exhibit 12"
    """
    from palermo.review.deciding import Request

    folder, ids = split(case_and_ids)
    with opened(folder, actor, purpose) as workspace:
        if decisions is not None:
            requests = [Request(**row) for row in rows(decisions)]
            with bars() as progress:
                decided = workspace.decide_all(requests, progress)
            say(decided, json, _decided)
            if decided.refused:
                raise typer.Exit(Exit.PARTLY)
        elif act is not None:
            if not 1 <= len(ids) <= 2:
                raise typer.BadParameter("name one ID, or a pair, after CASE")
            b = ids[1] if len(ids) == 2 else None
            request = Request(
                act=act, a=ids[0], b=b, reason=reason, role=role, since=since, until=until
            )
            say(workspace.decide_all([request], strict=True), json, _decided)
        elif json or not err.is_terminal:
            say(workspace.queue(limit), json, _queued)
        else:
            _ask(workspace.queue(limit), workspace.decide)


FIELDS = frozenset({"act", "a", "b", "reason", "role", "since", "until", "by", "at"})


def rows(path: Path) -> Iterator[dict[str, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json_.loads(line)
        except ValueError as error:
            raise typer.BadParameter(f"{path}, line {number}: {error}") from error
        if not isinstance(row, dict) or not {"act", "a", "reason"} <= row.keys() <= FIELDS:
            listed = ", ".join(sorted(FIELDS))
            wanted = f"an object with act, a and reason is wanted, and no more than {listed}"
            raise typer.BadParameter(f"{path}, line {number}: {wanted}")
        if not all(isinstance(value, str) or value is None for value in row.values()):
            raise typer.BadParameter(f"{path}, line {number}: every value is a text")
        yield row


def _ask(queue: answers.Queue, decide) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Go through the queue with a person, one suggestion at a time."""
    waiting = [(link.id, next(_queued(_only(link)))) for link in queue.links]
    for id, told in waiting + [
        (f.id, f"{f.title}: {f.reason} Against it: {f.counter or 'nothing found'}")
        for f in queue.findings
    ]:
        err.print(told.translate(STEERING), markup=False)
        key = Prompt.ask(
            "confirm y, reject n, skip s, quit q", choices=["y", "n", "s", "q"], console=err
        )
        if key == "q":
            return
        if key != "s":
            decide(KEYS[key], id, None, Prompt.ask("reason", console=err))


def _only(link: answers.Link) -> answers.Queue:
    return answers.Queue(links=[link], findings=[], persons=[], total=1)
