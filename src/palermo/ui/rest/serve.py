"""Serves a case on loopback until it is interrupted."""

import errno
import secrets
import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

HOST = "127.0.0.1"


def serve(app: Callable[[str], FastAPI], port: int, announce: Callable[[str], None]) -> None:
    """Serve what `app` makes for this start's token; `announce` gets the address, with the token
    in its fragment.

    A fragment is not sent over the wire and lands in no log. Port 0 takes a free one.
    """
    token = secrets.token_urlsafe(32)
    with _listen(port) as listening:
        announce(f"http://{HOST}:{listening.getsockname()[1]}/#token={token}")
        config = uvicorn.Config(
            app(token), log_level="warning", server_header=False, access_log=False
        )
        uvicorn.Server(config).run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    """Take the port, or a free one where somebody has it already."""
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return socket.create_server((HOST, 0))
