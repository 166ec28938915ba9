"""Keeps known-material lists with the case, and hands them out whole or not at all."""

import hashlib
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa

from palermo.custody.vault import digest_if, digest_of, sync_folder
from palermo.safeguards.known import DUTY, Hashes, KnownList, pack
from palermo.safeguards.permit import Permit
from palermo.safeguards.refusal import Refused
from palermo.store import catalogue as c
from palermo.store import references
from palermo.store.case import Case

KIND = "known"  # of reference
FOLDER = "known"


def draft(case: Case, name: str, hashes: Hashes, duty: str | None) -> KnownList:
    """Write a list's file. It is not the case's until it is saved, when all that is in the case was
    held to it: whoever is interrupted between the two does both again."""
    counts, packed = pack(hashes)
    path = case.folder / FOLDER / hashlib.sha256(packed).hexdigest()
    if not path.is_file() or digest_of(path) != path.name:
        path.parent.mkdir(exist_ok=True)
        unfinished = path.with_suffix(".draft")
        with unfinished.open("wb") as out:
            out.write(packed)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(path)
        sync_folder(path.parent)
    return KnownList(name=name, duty=(duty or "").strip() or DUTY, counts=counts, path=path)


def save(case: Case, permit: Permit, drafted: KnownList) -> None:
    """Keep a list under its name, in place of the one before; the log holds its digest and counts."""
    content = {
        "sha256": drafted.path.name,
        "counts": dict(drafted.counts),
        "duty": drafted.duty,
    }
    references.save(case, permit, KIND, drafted.name, content)
    with case.catalogue.read() as connection:
        kept = {row.content["sha256"] for row in connection.execute(_saved())}
    for path in drafted.path.parent.iterdir():
        if path.name not in kept:
            path.unlink(missing_ok=True)


def load(case: Case) -> list[KnownList]:
    """Return the case's lists. A list that is not as it was saved stops whatever asks."""
    with case.catalogue.read() as connection:
        rows = connection.execute(_saved()).all()
    lists = []
    for row in rows:
        known = _list(case, row.name, row.content)
        if not _whole(known.path, row.content["sha256"]):
            raise Refused(
                f"read the known-material list {row.name}",
                "its file in the case is missing or was altered",
                "Save the list again: palermo known CASE LIST",
                "unsound",
            )
        lists.append(known)
    return lists


def duties(case: Case) -> dict[str, str]:
    """Return by list the duty to report, also of a list whose file was lost."""
    with case.catalogue.read() as connection:
        return {row.name: str(row.content["duty"]) for row in connection.execute(_saved())}


def faults(case: Case, connection: sa.Connection) -> list[str]:
    """Name the lists whose file is missing or altered, or whose row names none."""
    saved = sa.select(*c.as_kept(c.reference)).where(c.reference.c.kind == KIND)
    faults = []
    for row in connection.execute(saved.order_by(c.reference.c.name)):
        content = row.content if isinstance(row.content, dict) else {}
        sha256 = str(content.get("sha256"))
        if digest_if(_path(case, sha256)) != sha256:
            told = f"known-material list {row.name}"
            faults.append(f"{told}: its file is missing or was altered; save it again")
    return faults


def _saved() -> sa.Select[tuple[str, dict[str, object]]]:
    r = c.reference.c
    return sa.select(r.name, r.content).where(r.kind == KIND).order_by(r.name)


def _list(case: Case, name: str, content: Mapping[str, object]) -> KnownList:
    counts, duty = content["counts"], content["duty"]
    assert isinstance(counts, dict)
    return KnownList(
        name=name, duty=str(duty), counts=counts, path=_path(case, str(content["sha256"]))
    )


def _path(case: Case, sha256: str) -> Path:
    return case.folder / FOLDER / sha256


@lru_cache(maxsize=64)
def _read(path: Path, sha256: str, _changed: int, _size: int) -> bool:
    return digest_of(path) == sha256


def _whole(path: Path, sha256: str) -> bool:
    """Whether a list's file is as it was saved; read again only when it has changed."""
    if not path.is_file():
        return False
    stat = path.stat()
    return _read(path, sha256, stat.st_mtime_ns, stat.st_size)
