"""`palermo new`: make a case, which needs an authority."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from palermo import answers
from palermo.ui.cli.common import Actor, Json, about, hint, say

Offence = Annotated[str, typer.Option(help="trafficking or smuggling.")]
Authority = Annotated[str, typer.Option(help="What is investigated, and by whose order.")]
Basis = Annotated[str, typer.Option(help="The legal basis.")]
Until = Annotated[str, typer.Option(help="When the authority ends: 2027-01-31.")]
ApprovedBy = Annotated[str, typer.Option(help="Who approved it; not the one who asks.")]
Since = Annotated[str | None, typer.Option(help="When it begins; default: now.")]
Necessity = Annotated[
    str | None,
    typer.Option(help="Why it is necessary and proportionate.", show_default=False),
]
Profile = Annotated[
    str | None,
    typer.Option(help="police or ngo: what is required, and what may be shared."),
]
Scope = Annotated[
    list[str] | None,
    typer.Option(
        help="What it covers, as KEY=VALUE: sources=GLOB, kinds=KIND, since=DATE, until=DATE, "
        "acts=VERB, recipients=NAME, exposure=PICTURES A DAY; may be given again."
    ),
]
NoPictures = Annotated[
    bool,
    typer.Option("--no-pictures", help="For staff who may not look at any: none is ever shown."),
]
HashOnly = Annotated[
    bool,
    typer.Option("--hash-only", help="For staff who may not hold any: only their hashes are kept."),
]
SINGLE = ("since", "until", "pictures", "exposure")


def scope_of(
    given: list[str] | None, no_pictures: bool, hash_only: bool = False
) -> dict[str, object]:
    """Read KEY=VALUE options; keys given again widen. What is said of pictures by an option of its
    own comes before what they say, and the narrower before the wider."""
    scope: dict[str, object] = {}
    for pair in given or []:
        key, equals, value = pair.partition("=")
        if not equals:
            raise typer.BadParameter(f"{pair!r} is not KEY=VALUE")
        if key in SINGLE:
            scope[key] = value
        else:
            listed = scope.setdefault(key, [])
            assert isinstance(listed, list)
            listed.append(value)
    if hash_only:
        return scope | {"pictures": "hashes"}
    return scope | ({"pictures": "none"} if no_pictures else {})


def asked(necessity: str | None, json: bool) -> str | None:
    """Ask whoever sits at a terminal for a necessity that was not given; it may be left open."""
    if necessity is not None or json or not sys.stdin.isatty():
        return necessity
    said = typer.prompt(
        "Why is it necessary and proportionate? (Enter: not stated)",
        default="",
        show_default=False,
        err=True,
    )
    return str(said).strip() or None


def lines(created: answers.Created) -> Iterator[str]:
    yield f"Case {created.case}, authority {created.authority}."
    yield f"Custody log begins at {created.head}. Note this down elsewhere, for palermo verify."
    yield hint("Next: palermo add CASE FILE_OR_FOLDER")


def new(
    case: Path,
    offence: Offence,
    authority: Authority,
    basis: Basis,
    until: Until,
    approved_by: ApprovedBy,
    since: Since = None,
    necessity: Necessity = None,
    profile: Profile = None,
    scope: Scope = None,
    no_pictures: NoPictures = False,
    hash_only: HashOnly = False,
    database: Annotated[
        str | None, typer.Option(help="postgresql+psycopg://... in place of a file.")
    ] = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Make a case: an empty folder, sealed by an authority.

    Example: palermo new harbour --offence smuggling --authority "Order 12/2026" --basis
    "Criminal Procedure Act, s. 4" --until 2027-01-01 --approved-by "A. Judge"
    """
    about(case)
    from palermo.safeguards.authority import Grant
    from palermo.workspace import Workspace

    grant = Grant(
        offence=offence,
        authority=authority,
        basis=basis,
        until=until,
        approved_by=approved_by,
        necessity=asked(necessity, json),
        profile=profile,
        since=since,
        scope=scope_of(scope, no_pictures, hash_only),
    )
    say(Workspace.new(case, grant, actor, database), json, lines)
