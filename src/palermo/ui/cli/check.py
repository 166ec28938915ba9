"""`palermo check`: which of these identifiers occur, and where."""

from collections.abc import Iterator
from pathlib import Path

from palermo import answers
from palermo.safeguards.refusal import NotFound
from palermo.ui.cli.common import Actor, Json, Purpose, Words, only, opened, say, split


def lines(checked: answers.Checked) -> Iterator[str]:
    for match in checked.matches:
        yield f"{match.written}: {match.node}, in {match.events} events" + (
            f", first {match.ids[0]}" if match.ids else ""
        )
    for line in checked.not_understood:
        yield f"{line}: not understood as an identifier, and not in the case as written"


def check(
    case_and_list: Words = None, purpose: Purpose = None, actor: Actor = None, json: Json = False
) -> None:
    """Say which identifiers of a list occur in the case: palermo check CASE LIST

    LIST is a text file with one phone number, e-mail, IBAN, plate ... a line, written in any way.

    Example: palermo check harbour numbers.txt
    """
    folder, words = split(case_and_list)
    path = Path(only(words, "LIST"))
    if not path.is_file():
        raise NotFound(
            f"read {path}", "there is no such file", "Name a text file, one value a line"
        )
    listed = [
        line
        for line in path.read_text(encoding="utf-8-sig").splitlines()
        if not line.startswith("# ")
    ]
    with opened(folder, actor, purpose) as workspace:
        say(workspace.check(listed), json, lines)
