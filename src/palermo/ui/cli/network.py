"""`palermo network`: who is in touch with whom."""

from collections.abc import Iterator
from typing import Annotated

import typer

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.common import Actor, Json, Purpose, Words, opened, say, split
from palermo.ui.cli.search import marked


def lines(network: answers.Network) -> Iterator[str]:
    from palermo.look.query import is_identity

    labels = {identity.id: identity.label for identity in network.identities}
    linked = sum(is_identity(identity.id) for identity in network.identities)
    yield (
        f"{len(network.identities):,} of {network.total:,}: "
        f"{many(linked, 'identity', 'identities')} held together by links, "
        f"{many(len(network.identities) - linked, 'value')} that no link ties, each for itself"
    )
    for identity in network.identities:
        places = f", {', '.join(identity.places[:4])}" if identity.places else ""
        held = f"{many(len(identity.nodes), 'member')}, {many(identity.events, 'event')}{places}"
        yield f"{marked(identity.risk)}{identity.id} {identity.label}: {held}"
    for edge in network.edges:
        amounts = "".join(f", {amount} {currency}" for currency, amount in edge.amounts.items())
        yield f"{labels.get(edge.a, edge.a)} and {labels.get(edge.b, edge.b)}: {many(edge.count, edge.kind)}{amounts}"


def network(
    case_and_id: Words = None,
    depth: Annotated[int, typer.Option(min=1, max=4, help="Steps away from ID.")] = 1,
    limit: Annotated[int, typer.Option(min=1, help="Identities at most.")] = 500,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Show identities and what passed between them, around one ID or the whole case.

    Example: palermo network harbour phone:+442079460018 --depth 2
    """
    folder, words = split(case_and_id)
    id = " ".join(words) or None
    with opened(folder, actor, purpose) as workspace:
        say(workspace.network(id, depth, limit), json, lines)
