"""`palermo score`: hold a case against its truth."""

from collections.abc import Iterator
from pathlib import Path

from palermo import answers
from palermo.ui.cli.common import Actor, Json, Purpose, Words, only, opened, say, split


def lines(scored: answers.Scored) -> Iterator[str]:
    for what, figures in scored.scores.items():
        told = ", ".join(f"{name} {value:.4g}" for name, value in figures.items())
        yield f"{what}: {told}"
    joined = ", ".join(scored.traps_joining) or "none"
    yield f"Trap values that joined two actors: {joined}"


def score(
    case_and_truth: Words = None, purpose: Purpose = None, actor: Actor = None, json: Json = False
) -> None:
    """Report precision and recall against the truth of a training case: palermo score CASE TRUTH

    Example: palermo score demo/case-small-1 demo/training-small-1/truth
    """
    folder, words = split(case_and_truth)
    truth = Path(only(words, "TRUTH folder"))
    with opened(folder, actor, purpose) as workspace:
        say(workspace.score(truth), json, lines)
