"""`palermo check`: which of these identifiers occur, and where."""

from collections.abc import Iterator
from pathlib import Path

from palermo import answers
from palermo.counting import many
from palermo.safeguards.refusal import Invalid, NotFound
from palermo.ui.cli.common import Actor, Json, Purpose, Words, hint, only, opened, say, split

NAMED = 5  # exhibits of one match


def lines(checked: answers.Checked) -> Iterator[str]:
    for one in checked.lines:
        column = f", {one.column}" if one.column else ""
        yield f"line {one.line}{column}: {one.written}: {one.answer}" + (
            f": {one.why}" if not one.matches or "wrong" in one.why else ""
        )
        for match in one.matches:
            yield f"    {_where(match)}"
    yield (
        f"{checked.found:,} found, {checked.absent:,} understood but absent, "
        f"{checked.not_understood:,} not understood"
    )
    if checked.unread:
        yield hint(
            f"{many(checked.unread, 'exhibit')} not read, so not looked at: palermo run CASE"
        )


def _where(match: answers.Match) -> str:
    exhibits = ", ".join(str(number) for number in match.exhibits[:NAMED])
    more = f" and {len(match.exhibits) - NAMED:,} more" if len(match.exhibits) > NAMED else ""
    events = f"in {many(match.events, 'event')} of " if match.events else ""
    told = f"{match.node}, " if match.node else ""
    first = f", first {match.ids[0]}" if match.ids and match.events else ""
    return f"{told}{events}exhibit {exhibits}{more} ({match.reading}){first}"


def check(
    case_and_list: Words = None, purpose: Purpose = None, actor: Actor = None, json: Json = False
) -> None:
    """Say which identifiers of a list occur in the case: palermo check CASE LIST

    LIST is a text file with one phone number, handle, e-mail, IBAN, plate, name, hash ... a line,
    written in any way, or a CSV file with a head. Every line gets an answer; those that begin with
    "# " are comments.

    Example: palermo check harbour numbers.txt
    """
    from palermo.look.listed import decode

    folder, words = split(case_and_list)
    path = Path(only(words, "LIST"))
    if not path.is_file():
        raise NotFound(
            f"read {path}", "there is no such file", "Name a text file, one value a line"
        )
    text = decode(path.read_bytes())
    if "\0" in text:
        raise Invalid(f"read the list {path}", "it is no text", "Give a text file, one a line")
    listed = text.splitlines()
    with opened(folder, actor, purpose) as workspace:
        say(workspace.check(listed), json, lines)
