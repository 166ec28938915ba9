"""What the authority covers: `scope` is a mapping in which each key narrows.

``sources``: shell patterns, one of which the origin of what is added must match.
``kinds``: the event kinds that may be read. ``since``, ``until``: ISO dates between which events
may lie. ``acts``: the verbs that may be used. ``pictures``: `shown`; `none`, for a case whose staff
may not look at any; or `hashes`, for one in which a picture is worked with by its hashes alone.
``exposure``: how many pictures one person may have shown clear in a day. ``recipients``: with whom
may be shared. An absent key does not narrow.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from palermo.safeguards.rule import Action, No
from palermo.safeguards.rules.authority import AFTER_EXPIRY
from palermo.safeguards.rules.recipient import same_recipient

KEYS = frozenset(
    {"sources", "kinds", "since", "until", "acts", "pictures", "exposure", "recipients"}
)
PICTURES = ("shown", "none", "hashes")


class WithinScope:
    """An act, a source of evidence or a recipient that the authority does not cover is refused."""

    name = "scope"
    version = "1"

    def refuse(self, action: Action) -> No | None:
        scope = action.authority.scope if action.authority else {}
        wider = "Have the authority widened: palermo authorise CASE --scope KEY=VALUE"
        if "acts" in scope and action.act not in {*scope["acts"], *AFTER_EXPIRY}:
            return No(f"the authority covers only {', '.join(scope['acts'])}", wider)
        to = action.facts.get("recipient")
        named = scope.get("recipients")
        if to and named is not None and not any(same_recipient(to, name) for name in named):
            return No(f"the authority covers sharing only with {', '.join(named)}", wider)
        origin = action.facts.get("origin")
        sources = scope.get("sources")
        if origin is None or sources is None:
            return None
        if not any(fnmatchcase(origin, pattern) for pattern in sources):
            covered = ", ".join(sources)
            return No(f"the source lies outside the authority, which covers {covered}", wider)
        return None


def within(events: pa.Table, scope: Mapping[str, Any]) -> pa.Array:
    """Return which events the scope covers; an event without a time cannot be shown to be outside
    the dates and is kept."""
    keep = pa.array([True] * events.num_rows, type=pa.bool_())
    if "kinds" in scope:
        keep = pc.and_(keep, pc.is_in(events["kind"], pa.array(list(scope["kinds"]))))
    time = events["time"]
    if "since" in scope:
        since = pa.scalar(_day(scope["since"]), type=time.type)
        keep = pc.and_(keep, pc.fill_null(pc.greater_equal(time, since), True))
    if "until" in scope:
        until = pa.scalar(_day(scope["until"]), type=time.type)
        keep = pc.and_(keep, pc.fill_null(pc.less(time, until), True))
    return keep


def _day(text: str) -> datetime:
    moment = datetime.fromisoformat(str(text))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
