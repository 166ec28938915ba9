"""The verb `verify`: every exhibit, the whole custody log and every package, read again."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from palermo import answers
from palermo.custody import quarantine
from palermo.custody.known import faults as list_faults
from palermo.custody.rows import verify as rows_against_log
from palermo.custody.vault import digest_if
from palermo.progress import Progress, quiet
from palermo.store import catalogue as c
from palermo.store.case import Case


def verify(
    case: Case,
    known: Sequence[tuple[int, str]] = (),
    progress: Progress = quiet,
) -> answers.Verified:
    """Check blobs against their digests, rows against the log, and the log's chain; to the end,
    whatever was altered.

    `known`: heads (number, hash) noted elsewhere, such as in a package or on paper; without one,
    nobody can show that the log's end was not cut off together with what it recorded.
    """
    with case.catalogue.inspect() as connection:
        rows = list(connection.execute(sa.select(c.exhibit).order_by(c.exhibit.c.number)))
        faults = [*case.log.verify(connection, known), *rows_against_log(connection)]
        faults += list_faults(case, connection)
        untold = quarantine.held(connection)
        number, head = case.log.head(connection)
        files = list(connection.execute(sa.select(c.lake_file.c.path, c.lake_file.c.sha256)))
        packages = list(connection.execute(sa.select(*c.as_kept(c.package))))
        entries = connection.execute(sa.select(sa.func.count()).select_from(c.custody)).scalar_one()
    blobs = {str(row.sha256): row for row in rows}
    with ThreadPoolExecutor() as pool:  # hashing releases the interpreter's lock
        paths = [case.vault.path(sha256) for sha256 in blobs]
        for done, (sha256, found) in enumerate(
            zip(blobs, pool.map(digest_if, paths), strict=True), 1
        ):
            progress("verify", done, len(blobs))
            row = blobs[sha256]
            told = quarantine.NAME if row.id in untold else row.name
            name = f"exhibit {row.number} ({told}, {row.id})"
            if found is None:
                faults.append(f"{name}: its sealed bytes are missing")
            elif found != sha256:
                faults.append(f"{name}: its sealed bytes were altered")
    for path, sha256 in files:
        if digest_if(case.lake.folder / str(path)) != sha256:
            faults.append(f"lake file {path} is missing or was altered; delete lake/ and run again")
    faults += _packages(case, packages)
    faults += _strangers(case, set(blobs))
    return answers.Verified(
        sound=not faults,
        exhibits=len(rows),
        bytes=sum(row.size for row in rows if isinstance(row.size, int)),
        entries=entries,
        head=c.storable(f"{number}:{head}"),
        faults=[c.storable(fault) for fault in faults],
    )


def is_altered(case: Case) -> bool:
    """Whether the catalogue is not what its log says."""
    with case.catalogue.inspect() as connection:
        return any(True for _ in chain(case.log.verify(connection), rows_against_log(connection)))


def _packages(case: Case, packages: Sequence[sa.Row[Any]]) -> Iterator[str]:
    """Yield what of the packages is no longer as it left: they are the record of what was shared."""
    for package in packages:
        folder = case.folder / "packages" / str(package.folder)
        name = f"package {package.id} for {package.recipient}"
        files = package.files if isinstance(package.files, dict) else {}
        for file, sha256 in files.items():
            found = digest_if(folder / file)
            if found is None:
                yield f"{name}: {file} is missing"
            elif found != sha256:
                yield f"{name}: {file} was altered"
        for file in sorted(_names(folder) - files.keys()):
            yield f"{name}: {file} was put there later"


def _names(folder: Path) -> set[str]:
    try:
        return {path.name for path in folder.iterdir()}
    except (OSError, ValueError):  # it is no folder, or can be none by that name
        return set()


def _strangers(case: Case, known: set[str]) -> Iterator[str]:
    for blob in case.vault.blobs():
        if blob.name not in known:
            yield (
                f"{blob.relative_to(case.folder).as_posix()} is in the vault, but no exhibit names "
                "it: an add was interrupted (run it again), or someone put it there"
            )
