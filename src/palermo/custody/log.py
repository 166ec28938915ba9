"""The custody log: one hash-chained entry an act, in the same transaction as the act itself."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from palermo.custody.rows import Rows, canonical, written
from palermo.store.catalogue import as_kept, custody, custody_detail, storable
from palermo.store.columns import UNREADABLE

__all__ = ["Act", "Log", "canonical"]

GENESIS = "0" * 64
COLUMNS = ("number", "at", "actor", "act", "permit", "subject", "commitment", "previous")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What is to be logged. `detail` is committed to under the case's key, never chained itself:
    a bare digest of a phone number could be found by trying all numbers."""

    act: str
    actor: str
    permit: int | None = None
    subject: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)  # what it wrote, by table; committed to as well


def chain(previous: str, row: Mapping[str, Any]) -> str:
    """Return the hash of an entry: SHA-256 over its fields, the previous entry's hash among them."""
    fields = {name: row[name] for name in COLUMNS}
    fields["at"] = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    assert fields["previous"] == previous
    return hashlib.sha256(canonical(fields).encode()).hexdigest()


def commit(key: bytes, number: int, detail: str) -> str:
    told = f"{number}\n{detail}".encode(errors="surrogateescape")  # an altered one may be no text
    return hmac.new(key, told, hashlib.sha256).hexdigest()


class Log:
    """The log of one case, kept under the case's key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def head(self, connection: sa.Connection) -> tuple[int, str]:
        """Return the number and hash of the last entry; (0, GENESIS) for an empty log."""
        query = sa.select(custody.c.number, custody.c.entry).order_by(custody.c.number.desc())
        last = connection.execute(query.limit(1)).first()
        return (last.number, last.entry) if last else (0, GENESIS)

    def append(self, connection: sa.Connection, *acts: Act) -> tuple[int, str]:
        """Chain acts on, in this transaction, and return the new head."""
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("LOCK TABLE custody IN EXCLUSIVE MODE"))
        number, previous = self.head(connection)
        rows, details = [], []
        for act, wrote in zip(acts, written(connection, [a.rows for a in acts]), strict=True):
            number += 1
            detail = canonical({**act.detail, "rows": wrote} if wrote else dict(act.detail))
            row: dict[str, Any] = {
                "number": number,
                "at": datetime.now(UTC),
                "actor": storable(act.actor),  # the hash is of what is kept
                "act": storable(act.act),
                "permit": act.permit,
                "subject": storable(act.subject),
                "commitment": commit(self._key, number, detail),
                "previous": previous,
            }
            previous = row["entry"] = chain(previous, row)
            rows.append(row)
            details.append({"number": number, "detail": detail})
        if rows:
            connection.execute(sa.insert(custody), rows)
            connection.execute(sa.insert(custody_detail), details)
        return number, previous

    def verify(
        self, connection: sa.Connection, known: Sequence[tuple[int, str]] = ()
    ) -> Iterator[str]:
        """Yield every fault of the chain, each naming its entry.

        `known` are heads noted elsewhere (number, hash): only they can show that a whole end of
        the log was cut off or that the log was written anew.
        """
        expected, previous = 1, GENESIS
        heads = dict(known)
        query = (
            sa.select(*as_kept(custody), custody_detail.c.detail)
            .join_from(
                custody, custody_detail, custody.c.number == custody_detail.c.number, isouter=True
            )
            .order_by(custody.c.number)
        )
        for row in connection.execute(query).mappings():
            number = row["number"]
            if number != expected:
                yield f"custody entry {expected} is missing: the next one is {number}"
            if row["previous"] != previous:
                yield f"custody entry {number} does not follow entry {expected - 1}"
            if row["at"] is UNREADABLE or chain(row["previous"], dict(row)) != row["entry"]:
                yield f"custody entry {number} was altered: its hash is not that of its fields"
            if row["detail"] is None:
                yield f"the detail of custody entry {number} is missing"
            elif commit(self._key, number, row["detail"]) != row["commitment"]:
                yield f"the detail of custody entry {number} was altered"
            if heads.pop(number, row["entry"]) != row["entry"]:
                yield f"custody entry {number} is not the one noted elsewhere: the log was rewritten"
            expected = (number if isinstance(number, int) else expected) + 1
            previous = row["entry"]
        for number in heads:
            yield f"custody entry {number}, noted elsewhere, is missing: the log's end was cut off"
