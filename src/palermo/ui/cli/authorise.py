"""`palermo authorise`: record a new authority for a case."""

from palermo.ui.cli.common import Actor, Json, Purpose, Words, alone, opened, say
from palermo.ui.cli.new import (
    ApprovedBy,
    Authority,
    Basis,
    HashOnly,
    Necessity,
    NoPictures,
    Offence,
    Profile,
    Scope,
    Since,
    Until,
    asked,
    lines,
    scope_of,
)


def authorise(
    offence: Offence,
    authority: Authority,
    basis: Basis,
    until: Until,
    approved_by: ApprovedBy,
    case: Words = None,
    since: Since = None,
    necessity: Necessity = None,
    profile: Profile = None,
    scope: Scope = None,
    no_pictures: NoPictures = False,
    hash_only: HashOnly = False,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Record a new authority; it replaces the one before, which stays on record.

    The profile stays the case's unless another is named, and so approved.

    Example: palermo authorise harbour --offence smuggling --authority "Order 14/2026" --basis
    "Criminal Procedure Act, s. 4" --until 2027-06-01 --approved-by "A. Judge"
    """
    from palermo.safeguards.authority import Grant

    folder = alone(case)
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
    with opened(folder, actor, purpose) as workspace:
        say(workspace.authorise(grant), json, lines)
