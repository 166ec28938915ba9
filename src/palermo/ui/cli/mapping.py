"""`palermo mapping`: check a column mapping against a file, and save it in the case."""

from pathlib import Path

import typer

from palermo.ui.cli.common import Actor, Purpose, Words, opened, out, split


def mapping(case_and_files: Words = None, purpose: Purpose = None, actor: Actor = None) -> None:
    """Save a column mapping, after a check: palermo mapping CASE MAPPING.yaml [SAMPLE.csv]

    With a sample, prints line by line what the mapping reads in its first rows, and saves nothing.

    Example: palermo mapping harbour carrier_a.yaml calls.csv
    """
    from palermo.decode import mapping as mappings

    folder, words = split(case_and_files)
    if not 1 <= len(words) <= 2:
        raise typer.BadParameter("name the mapping's file after CASE, and a sample if wanted")
    path = Path(words[0])
    if len(words) == 2:
        content = mappings.read(path)
        with Path(words[1]).open("rb") as sample:
            for line in mappings.check(content, sample, path.stem):
                out.print(line, markup=False)
        return
    with opened(folder, actor, purpose) as workspace:
        for name in workspace.save_mapping(path):
            out.print(f"Mapping {name} saved. Next: palermo run", markup=False)
