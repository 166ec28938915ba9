"""Finds the capture that a revisit refers to: "the same as before"."""

import hashlib
from collections import deque
from typing import BinaryIO

from palermo.decode.web.digests import readings
from palermo.decode.web.http import Response, response_of
from palermo.decode.web.records import Record, record_at

REMEMBERED = 300_000  # names of payloads, about 100 bytes each


class Seen:
    """The captures met so far. What they can be called is found out when the first revisit asks for
    it: most archives have none."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._unnamed: deque[str] | None = deque(maxlen=REMEMBERED)  # locators
        self._named: dict[str, str] = {}  # payload digest, or URL and date, to locator

    def add(self, record: Record) -> None:
        if self._unnamed is not None:
            self._unnamed.append(record.locator)
        else:
            self._name(record, record.locator)

    def before(self, revisit: Record) -> str | None:
        """Return the locator of what a revisit refers to."""
        for locator in self._unnamed or ():
            self._name(record_at(self._source, locator), locator)
        self._unnamed = None
        return next((self._named[n] for n in _referred(revisit) if n in self._named), None)

    def _name(self, record: Record, locator: str) -> None:
        for name in _names(record, answer_of(record)):
            self._named.setdefault(name, locator)
        while len(self._named) > REMEMBERED:
            del self._named[next(iter(self._named))]


def answer_of(record: Record) -> Response:
    return response_of(record.block, record.headers.get("content-type", ""))


def _names(record: Record, answer: Response) -> list[str]:
    """Return what a later revisit may call this record by: address and date, or a digest.

    The digest is computed too, since tools differ in which form of the payload they mean.
    """
    names = [f"{url_of(record)} {record.headers.get('warc-date', '')}"]
    if digest := record.headers.get("warc-payload-digest"):
        names.append(digest)
    for content in {answer.raw, answer.whole, answer.body}:
        names.append(f"sha1:{hashlib.sha1(content, usedforsecurity=False).hexdigest()}")
    return names


def _referred(record: Record) -> list[str]:
    headers = record.headers
    names: list[str] = []
    if digest := headers.get("warc-payload-digest"):
        name, _, value = digest.partition(":")
        names.append(digest)
        names += [f"{name.lower()}:{reading.hex()}" for reading in readings(value.strip())]
    if target := headers.get("warc-refers-to-target-uri"):
        names.append(f"{_clean(target)} {headers.get('warc-refers-to-date', '')}")
    return names


def url_of(record: Record) -> str:
    return _clean(record.headers.get("warc-target-uri", ""))


def _clean(url: str) -> str:
    """Return a URL without the brackets that old Wget put round it, its spaces escaped."""
    if url.startswith("<") and url.endswith(">"):
        url = url[1:-1]
    return url.replace(" ", "%20")
