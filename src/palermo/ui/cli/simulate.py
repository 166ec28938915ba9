"""`palermo simulate`: write the training case."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from palermo import answers
from palermo.ui.cli.common import Json, bars, say


def lines(simulated: answers.Simulated, folder: Path) -> Iterator[str]:
    for name, value in simulated:
        yield f"{name}: {value}"
    yield f"Next: palermo new CASE ..., then palermo add CASE {folder}/evidence"


def simulate(
    folder: Path,
    seed: Annotated[int, typer.Option(help="Another seed is another investigation.")] = 1,
    size: Annotated[str, typer.Option(help="small or large.")] = "small",
    json: Json = False,
) -> None:
    """Write a fictional investigation to FOLDER: evidence/, decisions.jsonl, and its truth/ apart.

    Example: palermo simulate training --seed 7 --size small
    """
    import dataclasses

    from palermo.safeguards.refusal import Invalid
    from palermo.simulate import simulate as write

    if size not in ("small", "large"):
        raise typer.BadParameter(f"{size!r} is not small or large")
    if folder.exists() and any(folder.iterdir()):
        raise Invalid(f"write to {folder}", "it is not empty", "Name a folder that does not exist")
    with bars() as progress:
        summary = write(folder, seed, size, progress)  # type: ignore[arg-type]
    answer = answers.Simulated(**dataclasses.asdict(summary))
    say(answer, json, lambda told: lines(told, folder))
