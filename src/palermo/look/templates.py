"""Shows the template that an advert's text shares with the texts near it, masked like them."""

import json
from collections.abc import Mapping
from typing import Any

from palermo import answers
from palermo.look.hiding import quoted
from palermo.look.query import Query
from palermo.patterns.template import around


class Templates:
    def __init__(self, query: Query) -> None:
        self.query = query

    def of_event(self, event: str) -> answers.Template | None:
        """Return what the texts near an event's have in common; None where none is near."""
        found = around(self.query.tables, event)
        if found is None:
            return None
        events = sorted({one for slot in found["slots"] for one in slot["values"]} | {event})
        said = {"title": "", "reason": "", "counter": "", "details": json.dumps(found)}
        row = {**said, "subjects": [], "evidence": events}
        hiding = self.query.hiding
        told = hiding.of(events, self.query.owners(events))
        return template(hiding.within(found, quoted(row, told)))


def template(details: Mapping[str, Any]) -> answers.Template:
    """Lay out the template in a finding's details, which are masked already."""
    slots = [answers.Slot(**slot) for slot in details["slots"]]
    return answers.Template(text=details["template"], adverts=details["adverts"], slots=slots)
