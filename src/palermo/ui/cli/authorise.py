"""`palermo authorise`: record a new authority for a case."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from palermo.ui.cli.common import Actor, Json, Purpose, Words, alone, opened, say
from palermo.ui.cli.granting import granting
from palermo.ui.cli.new import lines

if TYPE_CHECKING:
    from palermo.safeguards.authority import Grant


@granting
def authorise(
    grant: "Callable[[], Grant]",
    case: Words = None,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Record a new authority; it replaces the one before, which stays on record.

    The profile stays the case's unless another is named, and so approved.

    Example: palermo authorise harbour --offence smuggling --authority "Order 14/2026" --basis
    "Criminal Procedure Act, s. 4" --until 2027-06-01 --approved-by "A. Judge"
    """
    folder, authority = alone(case), grant()
    with opened(folder, actor, purpose) as workspace:
        say(workspace.authorise(authority), json, lines)
