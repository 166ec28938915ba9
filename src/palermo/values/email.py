"""E-mail addresses: lower case, in ASCII where the domain has a Punycode form."""

import re

from palermo.values.url import host

_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")


def normalise(written: str) -> str | None:
    """Return the address in lower case, or None where it is none.

    The local part is folded too: servers that tell cases apart are rare, people who type an address
    in capitals are not. Dots and ``+tags`` stay, since only some providers ignore them.
    """
    local, at, domain = written.strip().strip("<>").removeprefix("mailto:").rpartition("@")
    local = local.lower()
    named = host(domain)
    if not at or named is None or "." not in named or len(local) > 64 or not _LOCAL.match(local):
        return None
    return f"{local}@{named}"


def validate(value: str) -> bool:
    return normalise(value) == value
