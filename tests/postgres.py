"""A private PostgreSQL server for tests: its own cluster in a temporary folder, on loopback."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
# What makes a server quick where nothing of it needs to survive.
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40")


def _program(name: str) -> str:
    """Return the path of one of the server's programs; skip the test where there is none."""
    found = shutil.which(name) or next(
        (str(folder / name) for folder in reversed(BINARIES) if (folder / name).exists()), None
    )
    if found is None:
        pytest.skip(f"no PostgreSQL server is installed: {name} was not found")
    return found


def _as_whom() -> dict[str, Any]:
    """Return under which account the server runs: PostgreSQL refuses to run as root."""
    if os.name == "nt" or os.getuid() != 0:
        return {}
    import pwd

    try:
        account = pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("PostgreSQL does not run as root, and there is no account postgres")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """Give a function that makes a fresh, empty database and returns its URL."""
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: palermo[postgres]")
    initdb, server = _program("initdb"), _program("postgres")
    who = _as_whom()
    folder = Path(tempfile.mkdtemp(prefix="palermo-postgres-"))
    process = None
    try:
        if who:
            os.chown(folder, who["user"], who["group"])
        data = folder / "data"
        made = subprocess.run(
            [initdb, "-D", str(data), "-U", "tester", "-A", "trust", "-E", "UTF8",
             "--locale=C", "--no-sync"],
            cwd=folder, capture_output=True, text=True, **who,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            port = free.getsockname()[1]
        settings = [
            f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", *HASTY
        ]  # fmt: skip
        words = [server, "-D", str(data), *(w for s in settings for w in ("-c", s))]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(words, cwd=folder, stdout=log, stderr=log, **who)
        root = f"postgresql://tester@127.0.0.1:{port}/postgres"
        _wait(psycopg, root, process, folder / "log")

        def fresh() -> str:
            name = f"case_{uuid.uuid4().hex[:12]}"
            with psycopg.connect(root, autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{name}"')
            return f"postgresql+psycopg://tester@127.0.0.1:{port}/{name}"

        yield fresh
    finally:
        if process is not None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait(psycopg: Any, url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the PostgreSQL server did not start: {log.read_text()[-2000:]}")
            time.sleep(0.1)


ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest) -> str | None:
    """What `Workspace.new` takes as its database, on each engine in turn: None is a file."""
    if request.param == "sqlite":
        return None
    fresh: Callable[[], str] = request.getfixturevalue("postgres")
    return fresh()
