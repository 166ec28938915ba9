"""The options that state an authority, for `palermo new` and `palermo authorise` alike."""

import inspect
import sys
from collections.abc import Callable
from functools import partial, wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from palermo.ui.cli.common import Json

if TYPE_CHECKING:
    from palermo.safeguards.authority import Grant

# Keys of a scope that have one value.
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


def stated(
    offence: Annotated[str, typer.Option(help="trafficking or smuggling.")],
    authority: Annotated[str, typer.Option(help="What is investigated, and by whose order.")],
    basis: Annotated[str, typer.Option(help="The legal basis.")],
    until: Annotated[str, typer.Option(help="When the authority ends: 2027-01-31.")],
    approved_by: Annotated[str, typer.Option(help="Who approved it; not the one who asks.")],
    since: Annotated[str | None, typer.Option(help="When it begins; default: now.")] = None,
    necessity: Annotated[
        str | None,
        typer.Option(help="Why it is necessary and proportionate.", show_default=False),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(help="police or ngo: what is required, and what may be shared."),
    ] = None,
    scope: Annotated[
        list[str] | None,
        typer.Option(
            help="What it covers, as KEY=VALUE: sources=GLOB, kinds=KIND, since=DATE, until=DATE, "
            "acts=VERB, recipients=NAME, exposure=PICTURES A DAY; may be given again."
        ),
    ] = None,
    no_pictures: Annotated[
        bool,
        typer.Option(
            "--no-pictures", help="For staff who may not look at any: none is ever shown."
        ),
    ] = False,
    hash_only: Annotated[
        bool,
        typer.Option(
            "--hash-only", help="For staff who may not hold any: only their hashes are kept."
        ),
    ] = False,
    json: Json = False,
) -> "Grant":
    """Return the authority that the options state."""
    from palermo.safeguards.authority import Grant

    return Grant(
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


def granting(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options of `stated` in place of its parameter `grant`, which gets a function
    that reads them: the verb says when, since it may ask whoever sits at a terminal."""
    options = inspect.signature(stated).parameters
    own = inspect.signature(verb).parameters
    offered = []
    for name, parameter in own.items():
        offered += (
            [p for p in options.values() if p.name not in own] if name == "grant" else [parameter]
        )

    @wraps(verb)
    def command(**given: Any) -> None:  # noqa: ANN401
        grant = partial(stated, **{name: given[name] for name in options})
        verb(grant=grant, **{name: given[name] for name in own if name != "grant"})

    told = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in offered]
    command.__signature__ = inspect.Signature(told)  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in told}
    return command
