"""Files and folders on this machine, with the statements of an `intake.yaml` beside them."""

import dataclasses
import errno
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import yaml

from palermo.safeguards.refusal import Invalid, NotFound
from palermo.vocabulary import Capture, Statement

INTAKE = "intake.yaml"
# Folders beside an intake file that hold not evidence but how to read it.
REFERENCE = ("mappings", "sites")
STATED = frozenset(field.name for field in dataclasses.fields(Statement))


class Folder:
    """A file, or every file in a folder; an `intake.yaml` in it says whose and from where."""

    name = "folder"
    version = "1"

    def accepts(self, where: str) -> bool:
        return "://" not in where or where.startswith("file://")

    def fetch(self, where: str, statement: Statement) -> Iterator[Capture]:
        root = Path(where.removeprefix("file://")).absolute()
        if root.is_file():
            yield _capture(root, statement)
            return
        if not root.is_dir():
            raise NotFound(f"add {where}", "there is no such file or folder", "Check the path")
        rules = intake(root)
        for path in sorted(_files(root)):
            relative = path.relative_to(root)
            if not (rules and _is_reference(relative)):
                yield _capture(path, _stated(relative.as_posix(), rules, statement))


def _files(root: Path) -> Iterator[Path]:
    """Return all that lies in a folder but its folders; a folder that cannot be looked into counts
    as a file, which cannot be read, so that it is named and not passed over."""
    closed: list[Path] = []
    for folder, folders, files in os.walk(root, onerror=lambda e: closed.append(Path(e.filename))):
        here = Path(folder)
        yield from (here / name for name in files)
        yield from (here / name for name in folders if (here / name).is_symlink())
    yield from closed


def _capture(path: Path, statement: Statement) -> Capture:
    try:
        stat = path.stat()
    except OSError:  # a link to nothing: opening it tells
        stat = path.lstat()
    return Capture(
        origin=path.as_uri(),
        name=path.name,
        open=partial(_opened, path),
        method="copied from a file system",
        captured=datetime.fromtimestamp(stat.st_mtime, UTC),
        statement=statement,
    )


def _opened(path: Path) -> BinaryIO:
    if not path.is_dir() and path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "a pipe, socket or device is no file", str(path))
    return path.open("rb")


def _is_reference(relative: Path) -> bool:
    return relative.as_posix() == INTAKE or relative.parts[0] in REFERENCE


def intake(folder: Path) -> list[Mapping[str, Any]]:
    """Return the rows of a folder's intake file; none where there is no such file."""
    path = folder / INTAKE
    if not path.is_file():
        return []
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        rows = content["exhibits"]
        unknown = {key for row in rows for key in row} - {*STATED, "files"}
        if unknown or any("files" not in row for row in rows):
            raise ValueError(f"unknown keys {sorted(unknown)}, or a row without `files`")
    except (yaml.YAMLError, KeyError, TypeError, ValueError, UnicodeDecodeError) as error:
        raise Invalid(
            f"read {path}",
            f"it is no intake file: {error}",
            "It should hold `exhibits:`, a list of rows with `files:` and any of "
            + ", ".join(sorted(STATED)),
        ) from error
    return list(rows)


def _stated(relative: str, rules: list[Mapping[str, Any]], default: Statement) -> Statement:
    """Later rows win over earlier ones, and every row over what was stated for the whole."""
    for row in rules:
        if fnmatchcase(relative, row["files"]):
            given = {key: str(value) for key, value in row.items() if key in STATED}
            default = dataclasses.replace(default, **given)
    return default
