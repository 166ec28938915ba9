"""Takes what was read in exhibits out of a case again; their sealed bytes stay."""

import shutil
from collections.abc import Iterable

import sqlalchemy as sa

from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.store.lake import NEAR


def forget(case: Case, connection: sa.Connection, exhibits: Iterable[str]) -> None:
    """Take readings of exhibits out of the manifest in this transaction, with the files they share
    with others, and everything that any run has seen; what was not read leaves all as it is.

    The files themselves go when the lake is swept. Only the case's one writer may call it.
    """
    read = sa.select(c.reading.c.bucket).where(c.among(c.reading.c.exhibit, exhibits))
    buckets = set(connection.execute(read).scalars())
    if not buckets:
        return
    # Before the rows: an index that outlives them would keep their words, and so would the draft of
    # one that a killed run has left.
    for index in case.folder.glob("index*"):
        shutil.rmtree(index, ignore_errors=True)
    f = c.lake_file.c
    # What near texts were gathered from holds the words of all.
    gone = c.among(f.bucket, buckets) | f.run.is_not(None) | f.kind.in_(NEAR)
    connection.execute(sa.delete(c.lake_file).where(gone))
    connection.execute(sa.delete(c.reading).where(c.among(c.reading.c.bucket, buckets)))
    connection.execute(sa.delete(c.sighting).where(c.among(c.sighting.c.exhibit, exhibits)))
