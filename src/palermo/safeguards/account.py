"""The operating system's account: who somebody is where nobody names an actor."""

import getpass
import os


def account() -> str:
    """Return the account's name, or ``uid-1000`` where the system has none for this process, as in
    many containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # by version and system
        return f"uid-{os.getuid()}" if hasattr(os, "getuid") else "unknown account"
