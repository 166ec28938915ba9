"""`palermo status`: what the case holds, and under which authority."""

from collections.abc import Iterator

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.alerts import told_of
from palermo.ui.cli.common import Actor, Json, Purpose, Words, alone, hint, opened, say
from palermo.ui.cli.known import listed


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{number:,} {kind}" for kind, number in counts.items()) or "none"


def lines(status: answers.Status) -> Iterator[str]:
    if status.at_risk:
        yield f"Risk to life or to a child: {status.at_risk:,} waiting: palermo review"
    yield from told_of(status.alerts)
    yield f"Case {status.case}: {status.offence}, {status.authority} ({status.basis})"
    yield f"Authority until {status.until}, approved by {status.approved_by} ({status.approval})"
    yield f"Necessity: {status.necessity}. Scope: {status.scope}"
    yield f"Profile {status.profile}: {status.profile_says}"
    yield f"Exhibits: {status.exhibits:,} ({many(status.bytes, 'byte')}), {status.pending:,} not yet read"
    if unconsented := status.withheld - len(status.quarantined):
        yield hint(
            f"Withheld: {many(unconsented, 'exhibit')} sealed and not read: palermo consent CASE"
        )
    yield f"Events: {_counts(status.events)}"
    yield f"Claims: {_counts(status.claims)}"
    yield f"Links: {_counts(status.links)}"
    yield f"Findings: {_counts(status.findings)}"
    yield (
        f"Identities held together by links: {status.identities:,} (palermo network also shows values "
        f"that no link ties); persons opened: {status.persons:,}"
    )
    yield f"Problems: {status.problems:,}; decisions: {status.decisions:,}; packages: {status.packages:,}"
    if status.exposure:
        yield f"Pictures that you have been shown clear: {status.exposure:,}"
    if status.quarantined:
        yield f"In quarantine as known material: {listed(status.quarantined)}. {status.duty}"
    yield hint(f"Run {status.run}" + (", out of date: palermo run CASE" if status.stale else ""))
    yield f"Custody log: {status.head}"


def status(
    case: Words = None, purpose: Purpose = None, actor: Actor = None, json: Json = False
) -> None:
    """Say what the case holds, and under which authority.

    Example: palermo status harbour
    """
    folder = alone(case)
    with opened(folder, actor, purpose) as workspace:
        say(workspace.status(), json, lines)
