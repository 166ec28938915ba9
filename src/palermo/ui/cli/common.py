"""What the verbs share: how CASE is found, how answers are printed, and how a no is told."""

import json as json_
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import BaseModel
from rich import filesize
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from palermo.progress import IN_BYTES
from palermo.ui.hints import paste

if TYPE_CHECKING:
    from palermo.workspace import Workspace


class Exit(IntEnum):
    """The exit codes, by name; `palermo --help` lists them."""

    OK = 0
    FAULT = 1  # the disk, the database or Palermo itself failed
    INVALID = 2  # the command's words are off
    NOT_FOUND = 3
    REFUSED = 4  # by the safeguards
    BUSY = 5  # another process writes to the case
    UNSOUND = 6  # something of the case is altered or missing
    PARTLY = 7  # done, but for what was refused
    KNOWN_MATERIAL = 8  # stopped at known material: there is a duty to report
    INTERRUPTED = 130


Words = Annotated[list[str] | None, typer.Argument(show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON, see docs/json.md.")]
Purpose = Annotated[
    str | None, typer.Option(help="What for; default: the authority's.", show_default=False)
]
Actor = Annotated[
    str | None,
    typer.Option(help="Who; default: this system's account, unauthenticated.", show_default=False),
]

# Evidence may hold what moves a terminal's cursor or renames its window; lines are shown without.
STEERING = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (9, 10)}

err = Console(stderr=True, highlight=False, soft_wrap=True)


# The case that the command is about, once its words are read: hints name it.
_about: ContextVar[Path | None] = ContextVar("about", default=None)


def about(folder: Path) -> None:
    """Say which case the command is about, where no `split` does."""
    _about.set(folder)


def hint(message: str) -> str:
    """Return a message whose commands say CASE as commands that can be pasted."""
    return paste(message, _about.get())


def split(words: Sequence[str] | None) -> tuple[Path, list[str]]:
    """Return CASE and the other words: the first word is CASE if it is a case's folder, else the
    folder that one is in is."""
    rest = list(words or [])
    here = Path("case.json").is_file()
    folder = Path()
    if rest and ((Path(rest[0]) / "case.json").is_file() or not here):
        folder, rest = Path(rest[0]), rest[1:]  # no case at all: opening it says so
    about(folder)
    return folder, rest


def alone(words: Sequence[str] | None) -> Path:
    """Return CASE where no other word is wanted."""
    folder, rest = split(words)
    if rest:
        raise typer.BadParameter(f"{rest[0]!r} is not the folder of a case")
    return folder


def only(words: Sequence[str], what: str) -> str:
    """Return the one word that is wanted besides CASE."""
    if len(words) != 1:
        raise typer.BadParameter(f"one {what} is wanted after CASE, {len(words)} were given")
    return words[0]


def joined(words: Sequence[str], what: str) -> str:
    """Return the words besides CASE as one: a number with spaces in it needs no quotes."""
    return " ".join(words) or only(words, what)


def at_most_one(words: Sequence[str], what: str) -> str | None:
    return only(words, what) if words else None


def opened(folder: Path, actor: str | None, purpose: str | None) -> "Workspace":
    from palermo.workspace import Workspace

    return Workspace.open(folder, actor, purpose)


def say(answer: BaseModel, json: bool, lines: Callable[[Any], Iterator[str]]) -> None:
    """Print an answer on standard output: as JSON, or as lines for a person."""
    told = (
        [answer.model_dump_json(indent=1)]
        if json
        else [x.translate(STEERING) for x in lines(answer)]
    )
    try:
        print("\n".join(told), flush=True)
    except BrokenPipeError:  # whoever reads has read enough: no more is said, not even at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Done(ProgressColumn):
    """How many are done, of how many."""

    def render(self, task: Task) -> Text:
        whole = f"/{_count(task, task.total)}" if task.total is not None else ""
        return Text(_count(task, task.completed) + whole)


class Rate(ProgressColumn):
    """How many are done a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{_count(task, task.speed)}/s" if task.speed else "")


def _count(task: Task, count: float) -> str:
    return filesize.decimal(int(count)) if task.description in IN_BYTES else f"{count:,.0f}"


@contextmanager
def bars() -> Iterator[Callable[[str, int, int], None]]:
    """Show progress on standard error where that is a terminal, a bar a stage."""
    columns = (
        TextColumn("{task.description:>8}"),
        BarColumn(),
        Done(),
        Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, disable=not err.is_terminal) as progress:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=total or None)
            progress.update(tasks[stage], completed=done, total=total or None)

        yield show


def refuse(what: str, why: str, next: str, error: str, json: bool) -> int:
    """Tell a no, and return its exit code."""
    why, next = hint(why), hint(next)
    if json:
        body = {"error": error, "what": what, "why": why, "next": next}
        sys.stdout.write(json_.dumps(body, indent=1) + "\n")
    else:
        err.print(f"{what}: {why}.".translate(STEERING), markup=False, style="bold")
        err.print(next.translate(STEERING), markup=False)
    return Exit.__members__.get(error.upper(), Exit.REFUSED)
