"""Hash-only intake: in place of a picture a record of its hashes is sealed, made in memory.

Nothing of a picture's bytes is written anywhere in the case, nor of anything that holds one.
"""

import dataclasses
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import BinaryIO

import sqlalchemy as sa

from palermo.acquire import inside
from palermo.custody import known
from palermo.custody.log import Act
from palermo.custody.quarantine import KnownMaterial
from palermo.custody.vault import CHUNK, UnreadableError
from palermo.decode.decoder import Context
from palermo.decode.picture import Picture
from palermo.decode.picture_hashes import Record, compose
from palermo.safeguards import masking
from palermo.safeguards.known import DIGESTS, KnownList, Match, match_bytes, match_picture
from palermo.safeguards.permit import Permit
from palermo.safeguards.rule import Authority
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.vocabulary import Capture, Event, Problem

METHOD = "hashed where it lay; the picture itself was not taken"
_UNREAD = "no hash of what it shows: films, and pictures of this kind, are not decoded"


def only_hashes(authority: Authority) -> bool:
    """Whether an authority lets pictures in by their hashes alone."""
    return authority.scope.get("pictures") == "hashes"


@dataclasses.dataclass(frozen=True, slots=True)
class HashOnly:
    """Turns captures into what may be sealed; `refused` tells what of them may not, and why."""

    case: Case
    permit: Permit
    refused: list[str]

    def captures(self, captures: Iterable[Capture]) -> Iterator[Capture]:
        """Raise `KnownMaterial` at what matches a list, the first time that it is met."""
        lists = known.load(self.case)
        for capture in captures:
            try:
                taken = self._taken(capture, lists)
            except OSError as error:
                if not isinstance(error, UnreadableError):
                    raise
                self.refused.append(f"{capture.origin}: {error.strerror or error}")
                continue
            if isinstance(taken, str):
                self.refused.append(f"{capture.origin}: {taken}")
            else:
                yield taken

    def _taken(self, capture: Capture, lists: Sequence[KnownList]) -> Capture | str:
        """Return what of a capture may be sealed, or why nothing may."""
        try:
            source = capture.open()
        except OSError as error:
            raise UnreadableError(*error.args) from error
        with source:
            try:
                size, digests = _digests(source)
                if match := match_bytes(lists, digests):
                    return self._known(capture, match, lists)
                source.seek(0)
                head = source.read(inside.HEAD)
                if not (inside.picture(head) or inside.moving(head)):
                    return inside.refusal(source) or capture
                read = list(_read(source, head, capture))
            except OSError as error:
                raise UnreadableError(*error.args) from error
        events = [item for item in read if isinstance(item, Event)]
        for event in events:
            if match := match_picture(lists, event.details):
                return self._known(capture, match, lists)
        return _recorded(capture, compose(capture.name, size, digests, read))

    def _known(self, capture: Capture, match: Match, lists: Sequence[KnownList]) -> str:
        """Log the list's own hash and stop; say so where work has stopped at it before."""
        subject = masking.token(self.case.key, f"known:{match.digest}")
        with self.case.catalogue.write() as connection:
            met = sa.select(c.custody.c.number).where(c.custody.c.subject == subject)
            before = connection.execute(met.limit(1)).scalar()
            if before is None:
                detail = {"list": match.list, "kind": match.kind, "hash": match.digest}
                act = Act(
                    act="known material",
                    actor=self.permit.actor,
                    permit=self.permit.number,
                    subject=subject,
                    detail=detail,
                )
                self.case.log.append(connection, act)
        why = f"known material, by {match.kind} of the list {match.list}; nothing of it was taken"
        if before is not None:
            return f"{why}. Work stopped at this hash before: entry {before} of the custody log"
        duty = next(one.duty for one in lists if one.name == match.list)
        raise KnownMaterial(f"add {capture.origin}", why, duty)


def _digests(source: BinaryIO) -> tuple[int, dict[str, str]]:
    hashes = {kind: hashlib.new(kind, usedforsecurity=False) for kind in DIGESTS}
    size = 0
    source.seek(0)
    while chunk := source.read(CHUNK):
        size += len(chunk)
        for digest in hashes.values():
            digest.update(chunk)
    return size, {kind: digest.hexdigest() for kind, digest in hashes.items()}


def _read(source: BinaryIO, head: bytes, capture: Capture) -> Iterator[Event | Problem]:
    if not inside.picture(head):
        yield Problem(locator="", kind="picture", message=_UNREAD)
        return
    context = Context(exhibit="", name=capture.name, statement=capture.statement)
    yield from Picture().read(source, context)


def _recorded(capture: Capture, record: Record) -> Capture:
    return dataclasses.replace(
        capture,
        name=f"{capture.name}.hashes.json",
        open=partial(io.BytesIO, record.written()),
        method=METHOD,
    )
