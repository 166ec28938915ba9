"""Keeps tests on this machine: Python imports it at start, in every process whose PYTHONPATH names
this folder, and from then on a connection or look-up beyond loopback fails and is noted."""

import ipaddress
import os
import sys
from typing import Any

# The file in which attempts are noted, so that one is found even where its failure is swallowed.
NOTED = "PALERMO_TESTS_NETWORK"
# What Python tells its audit hooks → where in the arguments the address or host stands.
EVENTS = {
    "socket.connect": 1,
    "socket.bind": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
}


class NetworkUsedError(RuntimeError):
    """A test, or what it started, reached for the network."""


def is_here(host: object) -> bool:
    """Whether a host, or a socket's address, is this machine's own."""
    if isinstance(host, tuple):
        return is_here(host[0])
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str) or "/" in host or "\0" in host:
        return True  # no host at all: a Unix socket, a pipe
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in EVENTS or is_here(arguments[EVENTS[event]]):
        return
    told = f"{event} {arguments[EVENTS[event]]!r}: tests have no network beyond loopback"
    if noted := os.environ.get(NOTED):
        with open(noted, "a", encoding="utf-8") as file:  # noqa: PTH123 -- pathlib is not loaded yet
            file.write(told + "\n")
    raise NetworkUsedError(told)


sys.addaudithook(_watch)
