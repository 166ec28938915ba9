"""`palermo why`: the way back from any output to the sealed bytes."""

from collections.abc import Iterator

from palermo import answers
from palermo.ui.cli.common import Actor, Json, Purpose, Words, joined, opened, say, split


def lines(why: answers.Why) -> Iterator[str]:
    for step in why.steps:
        yield f"{step.what} {step.id}"
        yield f"    {step.text}"
    for e in why.excerpts:
        state = "sealed bytes verified" if e.verified else "NOT VERIFIED: the sealed bytes differ"
        where = f", bytes {e.first} to {e.last}" if e.first is not None else ""
        yield f"original: exhibit {e.exhibit} at {e.locator}{where} ({state})"
        yield f"    …{' '.join(e.before.split())} ⟦{e.words}⟧ {' '.join(e.after.split())}…"
    for entry in why.custody:
        yield f"custody {entry.number}: {entry.at:%Y-%m-%d %H:%M:%S}Z {entry.act} by {entry.actor}, {entry.entry}"


def why(
    case_and_id: Words = None, purpose: Purpose = None, actor: Actor = None, json: Json = False
) -> None:
    """Walk back from any id to the sealed bytes and the custody log.

    ID is an id or its first 8 characters, a value as anyone writes it, or "exhibit 3".

    Example: palermo why harbour phone:+442079460018
    """
    folder, words = split(case_and_id)
    with opened(folder, actor, purpose) as workspace:
        say(workspace.why(joined(words, "ID")), json, lines)
