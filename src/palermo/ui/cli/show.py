"""`palermo show`: one thing by its id, in full."""

from collections import Counter
from collections.abc import Iterator

from palermo import answers
from palermo.counting import many
from palermo.ui.cli.common import Actor, Json, Purpose, Words, joined, opened, say, split
from palermo.ui.cli.search import line

VALUES = 8  # of a slot; --json has all


def lines(shown: answers.Shown) -> Iterator[str]:
    for name, value in shown:
        if value is None or value == []:
            continue
        if name == "events":
            yield "Events:"
            for event in shown.events:
                yield f"  {line(event)}"
        elif name == "claims":
            yield "Claims:"
            for claim in shown.claims:
                yield f"  {claim.id} {claim.kind} {claim.value.shown} ({claim.role}): {claim.reason}"
        elif name == "pictures":
            yield "Pictures, blurred in the workbench until somebody asks with a reason:"
            for picture in shown.pictures:
                yield f"  {picture.id} (exhibit {picture.exhibit_number})"
        elif name == "template":
            yield from _template(value)
        else:
            yield f"{name}:"
            for field, content in value:
                yield f"  {field}: {_told(content)}"


def _template(template: answers.Template) -> Iterator[str]:
    yield f"Template of {many(template.adverts, 'advert')}: {template.text}"
    for slot in template.slots:
        counted = Counter(slot.values.values()).items()
        filled = sorted(counted, key=lambda pair: (-pair[1], pair[0]))
        values = [f"{value} ({count})" if count > 1 else value for value, count in filled[:VALUES]]
        if len(filled) > VALUES:
            values.append(f"and {len(filled) - VALUES} more")
        yield f"  {slot.name}: {'; '.join(values)}"


def _told(content: object) -> str:
    if isinstance(content, answers.Node):
        return content.shown
    if isinstance(content, list):
        return ", ".join(_told(item) for item in content)
    if isinstance(content, answers.Party):
        return f"{content.role} {content.value.shown}"
    return str(content)


def show(
    case_and_id: Words = None, purpose: Purpose = None, actor: Actor = None, json: Json = False
) -> None:
    """Show one event, claim, link, finding, exhibit, identity, value or person.

    ID is an id or its first 8 characters, a value as anyone writes it (020 7946 0018, @name, an
    IBAN with spaces, a URL), the mark of a masked value, "exhibit 3" or "person 2".

    Example: palermo show harbour 020 7946 0018
    """
    folder, words = split(case_and_id)
    with opened(folder, actor, purpose) as workspace:
        say(workspace.show(joined(words, "ID")), json, lines)
