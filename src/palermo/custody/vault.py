"""The vault: sealed bytes under their SHA-256, written once."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 20


class UnreadableError(OSError):
    """The source cannot be read; the vault itself is well."""


class Vault:
    """A folder of blobs. What is in it is whole: a blob gets its name after its bytes are on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._drafts = folder / "drafts"

    def create(self) -> None:
        self._drafts.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def seal(self, source: BinaryIO) -> tuple[str, int]:
        """Copy a stream in and return its SHA-256 and size; the same bytes are kept once.

        Raises `UnreadableError` where the stream fails.
        """
        digest, size = hashlib.sha256(), 0
        self._drafts.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._drafts)
        draft = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                while chunk := _read(source):
                    digest.update(chunk)
                    size += len(chunk)
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            target = self.path(digest.hexdigest())
            if target.exists() and target.stat().st_size == size:
                draft.unlink()
            else:
                target.parent.mkdir(exist_ok=True)
                draft.chmod(0o444)
                draft.replace(target)
                sync_folder(target.parent)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        return digest.hexdigest(), size

    def open(self, sha256: str) -> BinaryIO:
        return self.path(sha256).open("rb")

    def blobs(self) -> Iterator[Path]:
        for shelf in sorted(self.folder.iterdir()):
            if len(shelf.name) == 2:
                yield from sorted(shelf.iterdir())

    def sweep(self) -> None:
        """Remove drafts that a killed process left; only the case's one writer may call it."""
        for draft in self._drafts.glob("*"):
            draft.unlink(missing_ok=True)


def _read(source: BinaryIO) -> bytes:
    try:
        return source.read(CHUNK)
    except OSError as error:
        raise UnreadableError(*error.args) from error


def digest_if(path: Path) -> str | None:
    """Return a file's SHA-256; None where none is, nor could be by a name as long."""
    try:
        return digest_of(path) if path.is_file() else None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return None
        raise


def digest_of(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder durable, where the system can (Windows does so by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
