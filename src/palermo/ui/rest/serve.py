"""Serves a case on loopback until it is interrupted."""

import errno
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from palermo.ui.rest.app import create

HOST = "127.0.0.1"


def serve(
    case: Path, actor: str, port: int, announce: Callable[[str], None], pictures: bool = True
) -> None:
    """Serve `case`; `announce` gets the address, with this start's token in its fragment.

    A fragment is not sent over the wire and lands in no log. Port 0 takes a free one.
    """
    token = secrets.token_urlsafe(32)
    with _listen(port) as listening:
        announce(f"http://{HOST}:{listening.getsockname()[1]}/#token={token}")
        app = create(case, actor, token, pictures=pictures)
        config = uvicorn.Config(app, log_level="warning", server_header=False, access_log=False)
        uvicorn.Server(config).run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    """Take the port, or a free one where somebody has it already."""
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return socket.create_server((HOST, 0))
