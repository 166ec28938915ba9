"""The last look at what is about to leave: asked of decisions, consents and masks themselves."""

from palermo.safeguards import consent
from palermo.safeguards import profile as profiles
from palermo.safeguards.permit import Gate, Permit
from palermo.safeguards.refusal import Refused
from palermo.share.format import Dossier
from palermo.share.views import Views
from palermo.store.case import Case


def judge(case: Case, gate: Gate, permit: Permit, views: Views, dossier: Dossier) -> None:
    """Raise `Refused` where what was cleared may not leave after all."""
    _something(views, dossier)
    _last_look(case, gate, permit, views, dossier)


def _something(views: Views, dossier: Dossier) -> None:
    tables = (dossier.events, dossier.links, dossier.findings, dossier.persons)
    if any(table.num_rows for table in tables):
        return
    if views.closed or views.consented:
        raise Refused(
            "share",
            f"nothing is left that may go to {dossier.recipient}: what was reviewed is neither "
            "published nor given with a consent that names this recipient",
            "See who agreed to what: palermo consent CASE",
        )
    if not dossier.disclosure.num_rows:
        raise Refused(
            "share",
            "nothing of the case has been reviewed, so the package would be empty",
            "Decide first: palermo review CASE; a single event is confirmed by its id, see "
            "palermo review --help",
        )


def _unconsented(case: Case, permit: Permit, views: Views, dossier: Dossier) -> dict[str, str]:
    """Return the exhibits in a package, and beneath it, that may not go to its recipient: asked of
    the consents themselves, not of how the package was put together."""
    named = [dossier.events, dossier.claims, dossier.problems]
    inside = {x for table in named for x in table["exhibit"].to_pylist()}
    inside |= {*dossier.exhibits["id"].to_pylist()}
    inside |= views.exhibits_of(
        id
        for table in (dossier.events, dossier.claims, dossier.links, dossier.findings)
        for id in table["id"].to_pylist()
    )
    sharing = profiles.load(permit.authority.profile).sharing
    with case.catalogue.read() as connection:
        closed = consent.closed(connection, dossier.recipient, permit.at, sharing)
    return {exhibit: why for exhibit, why in closed.items() if exhibit in inside}


def _last_look(case: Case, gate: Gate, permit: Permit, views: Views, dossier: Dossier) -> None:
    """Hold what is about to leave against decisions and consents themselves, not against how it was
    chosen: the rules `reviewed` and `consent` refuse the whole package if anything in it may not
    leave."""
    query = views.open
    unreviewed = [
        row.id
        for row in query.links("l.id IN (SELECT unnest(?))", [dossier.links["id"].to_pylist()])
        if row.decision != "confirm"
    ]
    unreviewed += [
        row.id
        for row in query.findings(
            "f.id IN (SELECT unnest(?))", [dossier.findings["id"].to_pylist()]
        )
        if row.decision != "confirm"
    ]
    unconsented = _unconsented(case, permit, views, dossier)
    gate.check(permit, recipient=dossier.recipient, unreviewed=unreviewed, unconsented=unconsented)
    hidden = {
        node
        for node in query.tables.sql("SELECT node FROM nodes")["node"].to_pylist()
        if query.mask.hides(node)
    }
    shown = set(dossier.links["a"].to_pylist()) | set(dossier.links["b"].to_pylist())
    if leaked := shown & hidden:
        raise Refused(
            "share", f"{len(leaked)} masked values stand in the clear", "Report this fault"
        )
