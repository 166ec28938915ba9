"""`palermo words`: the operator's lists of words that tell of a risk to life or to a child."""

from collections.abc import Iterator
from pathlib import Path

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.common import Actor, Json, Purpose, Words, at_most_one, hint, opened, say, split


def lines(told: answers.WordLists) -> Iterator[str]:
    if not told.lists:
        yield "No list: only stated ages and birth dates tell of a risk."
    for one in told.lists:
        yield f"{one.name}: risk to {one.risk}, {many(len(one.words), 'word')}"
    yield hint("What is changed here counts from the next run on: palermo run CASE")


def words(
    case_and_file: Words = None, purpose: Purpose = None, actor: Actor = None, json: Json = False
) -> None:
    """Save a list of words that tell of a risk, or see the lists: palermo words CASE [FILE.yaml]

    FILE says what its words tell of, `risk: life` or `risk: child`, and under `words:` a list of
    words or phrases. They are looked for as whole words of any script, whatever their case and
    accents; what has one stands on top of every queue. A list without words is one that finds
    nothing. Palermo brings no list of its own.

    Example: palermo words harbour distress.yaml
    """
    folder, rest = split(case_and_file)
    path = at_most_one(rest, "file")
    with opened(folder, actor, purpose) as workspace:
        say(workspace.words(Path(path) if path else None), json, lines)
