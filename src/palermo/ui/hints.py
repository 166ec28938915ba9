"""Makes the commands that messages tell of ready to be pasted: CASE becomes the case's folder."""

import os
import re
import shlex
import subprocess
from pathlib import Path

_COMMAND = re.compile(r"\b(palermo [a-z]+) CASE\b")


def paste(message: str, folder: Path | None) -> str:
    """Return a message with CASE in its commands as the shell wants `folder`, or without it where
    the case is the folder that one is in."""
    if folder is None:
        return message
    if folder == Path():
        return _COMMAND.sub(r"\1", message)
    return _COMMAND.sub(lambda match: f"{match[1]} {quoted(folder)}", message)


def quoted(path: Path) -> str:
    """Return a path as one word of a command; one that begins like an option is led by its folder."""
    written = str(path)
    if written.startswith("-"):
        written = f"{os.curdir}{os.sep}{written}"
    return subprocess.list2cmdline([written]) if os.name == "nt" else shlex.quote(written)
