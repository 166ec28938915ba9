"""`palermo simulate`: write the training case, or a market of adverts of any size."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from palermo import answers
from palermo.progress import Progress
from palermo.ui.cli.common import Json, bars, say


def lines(simulated: answers.Simulated, folder: Path) -> Iterator[str]:
    for name, value in simulated:
        if value is not None:
            yield f"{name}: {value}"
    yield f"Next: palermo new CASE ..., then palermo add CASE {folder}/evidence"


def simulate(
    folder: Path,
    seed: Annotated[int, typer.Option(help="Another seed is another investigation.")] = 1,
    size: Annotated[str, typer.Option(help="small or large.")] = "small",
    adverts: Annotated[
        int | None, typer.Option(help="Write a market of so many adverts instead.", min=1)
    ] = None,
    days: Annotated[int, typer.Option(help="Days that the market's adverts fall on.", min=1)] = 30,
    last_day: Annotated[
        int | None, typer.Option(help="Adverts of the market's last day; others share the rest.")
    ] = None,
    json: Json = False,
) -> None:
    """Write a fictional investigation to FOLDER: evidence/, decisions.jsonl, and its truth/ apart.

    With --adverts it is a market: adverts alone, of many operators in many scripts, as crawlers
    bring them in, with truth/ in Parquet. Given again after an interruption it goes on.

    Example: palermo simulate market --adverts 100000 --seed 7
    """
    from palermo.safeguards.refusal import Invalid

    if size not in ("small", "large"):
        raise typer.BadParameter(f"{size!r} is not small or large")
    try:
        with bars() as progress:
            answer = (
                _case(folder, (seed, size), progress)
                if adverts is None
                else _market(folder, (seed, adverts, days, last_day), progress)
            )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    except FileExistsError as error:
        raise Invalid(
            f"write to {folder}", str(error), "Name a folder that does not exist"
        ) from error
    say(answer, json, lambda told: lines(told, folder))


def _case(folder: Path, asked: tuple[int, str], progress: Progress) -> answers.Simulated:
    import dataclasses

    from palermo.simulate import simulate as write

    summary = write(folder, *asked, progress)  # type: ignore[arg-type]
    return answers.Simulated(**dataclasses.asdict(summary))


def _market(
    folder: Path, asked: tuple[int, int, int, int | None], progress: Progress
) -> answers.Simulated:
    import dataclasses

    from palermo.simulate.market import Plan, write_market

    summary = write_market(Plan(*asked), folder, progress=progress)
    return answers.Simulated(size="market", **dataclasses.asdict(summary))
