"""`palermo review`: people decide on links, findings and persons."""

import json as json_
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.prompt import Prompt

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.common import (
    STEERING,
    Actor,
    Exit,
    Json,
    Purpose,
    Words,
    bars,
    err,
    hint,
    opened,
    say,
    split,
)
from palermo.ui.cli.search import RISK, line, marked


class Key(NamedTuple):
    """What the terminal offers for a key, in the review of one thing that waits."""

    key: str
    act: str
    on: str  # initials of what it is offered for: event, finding, link; all of them take skip and quit


KEYS = (
    Key("y", "confirm", "efl"),
    Key("n", "reject", "efl"),
    Key("g", "generic", "l"),
    Key("e", "exculpatory", "efl"),
    Key("h", "shelter", "e"),
    Key("r", "risk", "e"),
    Key("o", "no-risk", "e"),
    Key("s", "skip", "efl"),
    Key("q", "quit", "efl"),
)


def _link(link: answers.Link) -> str:
    told = f"{link.id} {link.kind} {link.score:.2f}: {link.a.shown} and {link.b.shown}"
    return f"{marked(link.risk)}{told}: {link.reason}"


def _finding(finding: answers.Finding) -> str:
    told = f"{finding.id} {finding.kind} {finding.score:.2f}: {finding.title}: {finding.reason}"
    return f"{marked(finding.risk)}{told}"


def _queued(queue: answers.Queue) -> Iterator[str]:
    if queue.at_risk:
        yield f"Risk to life or to a child: {queue.at_risk:,} waiting"
    yield f"{queue.total:,} wait for a decision"
    if not queue.total:
        yield hint(
            "What nothing links can be confirmed too, one event at a time, and is then cleared for "
            'sharing: palermo review CASE EVENT --act confirm --reason "..."'
        )
    yield from map(line, queue.events)
    suggested = [*map(_link, queue.links), *map(_finding, queue.findings)]
    yield from sorted(suggested, key=lambda told: not told.startswith(RISK))
    for person in queue.persons:
        yield f"{marked(person.risk)}person:{person.number} {person.label}: no role yet"


def _decided(decided: answers.Decided) -> Iterator[str]:
    for d in decided.decisions[-20:]:
        claimed = f" (claimed by {d.claimed_by}, imported by {d.actor})" if d.claimed_by else ""
        yield f"{d.number}: {d.act} {d.a}{' and ' + d.b if d.b else ''}: {d.reason}{claimed}"
    if unvouched := sum(1 for d in decided.decisions if not d.own):
        yield (
            f"{unvouched:,} of them are others' decisions, by the file: they order the work here, and "
            "open nothing for sharing. To answer for them yourself: --from FILE --reason TEXT"
        )
    for refused in decided.refused:
        yield f"Not taken: {refused}"
    yield (
        f"{len(decided.decisions):,} decided; rebuilt: {many(decided.identities, 'identity', 'identities')}, "
        f"{many(decided.findings, 'finding')}"
    )


def review(
    case_and_ids: Words = None,
    act: Annotated[
        str | None,
        typer.Option(
            help="confirm, reject (also takes two values apart), generic, exculpatory, shelter, "
            "risk, no-risk, reveal, open_person, set_role or tie."
        ),
    ] = None,
    reason: Annotated[
        str,
        typer.Option(
            help="Why; every decision needs one. With --from: why you answer for others' decisions."
        ),
    ] = "",
    role: Annotated[
        str | None, typer.Option(help="suspect, victim, possible victim, witness, third party.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Since when the role holds.")] = None,
    until: Annotated[str | None, typer.Option(help="Until when the role holds.")] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="A file of decisions, one JSON object a line. Others' decisions clear nothing for "
            "sharing unless a --reason of yours vouches for them.",
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many suggestions to list.")] = 50,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Decide: palermo review CASE [ID [ID]] --act ACT --reason TEXT

    An ID is a link's or finding's id, a value, an event or person:NUMBER; two IDs are a pair.
    Without --act, lists what waits, a risk to life or to a child first; in a terminal, asks one by
    one, with the keys y confirm, n reject, g generic, e exculpatory, h shelter, r risk, o no-risk,
    s skip, q quit.

    Example: palermo review harbour phone:+442079460018 phone:+442079460999 --act reject --reason
    "Two different customers of one agency, see exhibit 12"
    """
    from palermo.review.deciding import Request

    folder, ids = split(case_and_ids)
    with opened(folder, actor, purpose) as workspace:
        if decisions is not None:
            requests = [Request(**row, vouched=reason or None) for row in rows(decisions)]
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
    for number, written in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not written.strip():
            continue
        try:
            row = json_.loads(written)
        except ValueError as error:
            raise typer.BadParameter(f"{path}, line {number}: {error}") from error
        if not isinstance(row, dict) or not {"act", "a", "reason"} <= row.keys() <= FIELDS:
            listed = ", ".join(sorted(FIELDS))
            wanted = f"an object with act, a and reason is wanted, and no more than {listed}"
            raise typer.BadParameter(f"{path}, line {number}: {wanted}")
        if not all(isinstance(value, str) or value is None for value in row.values()):
            raise typer.BadParameter(f"{path}, line {number}: every value is a text")
        yield row


def _ask(queue: answers.Queue, decide: Callable[..., object]) -> None:
    """Go through the queue with a person, one thing at a time, a risk first."""
    if queue.at_risk:
        err.print(f"Risk to life or to a child: {queue.at_risk:,} waiting", style="bold")
    for sort, id, told, value in sorted(_asked(queue), key=lambda one: not one[2].startswith(RISK)):
        err.print(told.translate(STEERING), markup=False)
        offered = [k for k in KEYS if sort in k.on and (k.act != "generic" or value)]
        prompt = ", ".join(f"{k.act} {k.key}" for k in offered)
        pressed = Prompt.ask(prompt, choices=[k.key for k in offered], console=err)
        act = next(k.act for k in offered if k.key == pressed)
        if act == "quit":
            return
        if act != "skip":
            what = value if act == "generic" else id
            decide(act, what, None, Prompt.ask("reason", console=err))


def _asked(queue: answers.Queue) -> Iterator[tuple[str, str, str, str]]:
    """Give of what waits: its sort, id, how it is told, and the value that it hangs on, if any."""
    for event in queue.events:
        yield "e", event.id, line(event), ""
    for link in queue.links:
        value = next((end.node for end in (link.a, link.b) if {*":~"} & {*end.node}), "")
        yield "l", link.id, _link(link), value
    for finding in queue.findings:
        against = finding.counter or "nothing found"
        yield "f", finding.id, f"{_finding(finding)} Against it: {against}", ""
