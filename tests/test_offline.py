"""Palermo works with the network cable pulled, and its tests are held to that."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from linked_case import GRANT, write
from offline.sitecustomize import NOTED, NetworkUsedError

ELSEWHERE = "192.0.2.1"  # reserved for documentation: nobody answers


@pytest.fixture
def caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Note attempts apart, where they are made on purpose."""
    monkeypatch.setenv(NOTED, str(tmp_path / "noted"))
    return tmp_path / "noted"


def _connect() -> None:
    with socket.socket() as connecting:
        connecting.settimeout(1)
        connecting.connect((ELSEWHERE, 80))


def _send() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sending:
        sending.sendto(b"x", (ELSEWHERE, 53))


def _listen() -> None:
    socket.create_server(("0.0.0.0", 0))


ATTEMPTS = [
    (_connect, "connect"),
    (_send, "sendto"),
    (lambda: socket.getaddrinfo("example.org", 443), "getaddrinfo"),
    (lambda: socket.gethostbyname("example.org"), "gethostbyname"),
    (_listen, "bind"),
]


@pytest.mark.parametrize(("attempt", "event"), ATTEMPTS, ids=[event for _, event in ATTEMPTS])
def test_the_guard_stops_and_notes_every_way_out(attempt, event, caught: Path) -> None:
    with pytest.raises(NetworkUsedError, match=event):
        attempt()
    assert event in caught.read_text()


def test_loopback_is_left_alone(caught: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()
    assert socket.getaddrinfo("localhost", 80)
    assert not caught.exists()


def test_the_guard_holds_in_other_processes_too(caught: Path) -> None:
    swallowed = "import socket\ntry:\n socket.create_connection(('192.0.2.1', 80), 1)\nexcept Exception: pass"
    subprocess.run([sys.executable, "-c", swallowed], check=True, timeout=60)
    assert ELSEWHERE in caught.read_text(), "an attempt is noted even where its failure is not told"


def test_a_case_is_worked_without_any_network(tmp_path: Path) -> None:
    """In a network namespace of its own, which has nothing in it: not even for native libraries."""
    alone = ["unshare", "-rn"]
    if (
        not shutil.which("unshare")
        or subprocess.run([*alone, "true"], capture_output=True).returncode
    ):
        pytest.skip("no network namespace of one's own is allowed here")
    with socket.create_server(("127.0.0.1", 0)) as server:
        reach = f"import socket; socket.create_connection({server.getsockname()!r}, 1)"
        assert subprocess.run([sys.executable, "-c", reach]).returncode == 0
        cut_off = subprocess.run([*alone, sys.executable, "-c", reach], capture_output=True)
        assert cut_off.returncode, "the namespace was to reach nothing, not even loopback"
    write(tmp_path / "evidence")
    verbs = [
        ["new", "case", *GRANT],
        ["add", "case", "evidence", "--region", "GB", "--zone", "Europe/London"],
        ["run", "case"],
        ["search", "case", "kitchen"],
        ["review", "case", "exhibit 1", "--act", "exculpatory", "--reason", "Read"],
        ["share", "case", "--format", "report", "--to", "Prosecutor", "--purpose", "Charges"],
        ["verify", "case"],
    ]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    for words in verbs:
        told = subprocess.run(
            [*alone, sys.executable, "-m", "palermo", *words],
            cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert told.returncode == 0, (words, told.stderr)
        if words[0] == "search":
            assert not told.stdout.startswith("0 found"), told.stdout
    assert list((tmp_path / "case" / "packages").rglob("*.pdf"))
