"""`palermo mapping`: check a column mapping against a file, and save it in the case."""

from collections.abc import Iterator
from pathlib import Path

import typer

from palermo import answers
from palermo.ui.cli.common import Actor, Json, Purpose, Words, hint, opened, say, split


def lines(mapped: answers.Mapped) -> Iterator[str]:
    yield from mapped.lines
    if mapped.saved:
        yield hint(f"Mapping {mapped.saved} saved. Next: palermo run CASE")


def mapping(
    case_and_files: Words = None, purpose: Purpose = None, actor: Actor = None, json: Json = False
) -> None:
    """Save a column mapping, after a check: palermo mapping CASE MAPPING.yaml [SAMPLE.csv]

    With a sample, prints line by line what the mapping reads in its first rows, and saves nothing.

    Example: palermo mapping harbour carrier_a.yaml calls.csv
    """
    from palermo.decode import mapping as mappings
    from palermo.safeguards.refusal import Invalid

    folder, words = split(case_and_files)
    if not 1 <= len(words) <= 2:
        raise typer.BadParameter("name the mapping's file after CASE, and a sample if wanted")
    path = Path(words[0])
    if len(words) == 2:
        try:
            content = mappings.read(path)
        except mappings.MappingError as error:
            raise Invalid(f"try {path}", str(error), "See docs/mappings.md") from error
        with Path(words[1]).open("rb") as sample:
            read = mappings.check(content, sample, path.stem)
        say(answers.Mapped(saved=None, lines=read), json, lines)
        return
    with opened(folder, actor, purpose) as workspace:
        (name,) = workspace.save_mapping(path)
    say(answers.Mapped(saved=name, lines=[]), json, lines)
