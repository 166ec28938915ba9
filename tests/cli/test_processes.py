"""What only a process of its own can show: signals, pipes, a full disk, a read-only case."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from linked_case import GRANT
from palermo import answers
from palermo.store.engine import POOL_FROM_BYTES
from palermo.ui.cli.common import Exit

resource = pytest.importorskip("resource", reason="limits of processes are POSIX's")
CHATS = 320  # several buckets for each process of the pool
PALERMO = [sys.executable, "-m", "palermo"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits are POSIX")


def run(*words: object, **how: object) -> subprocess.CompletedProcess[str]:
    told = subprocess.run(  # type: ignore[call-overload]
        [*PALERMO, *map(str, words)], capture_output=True, text=True, timeout=120, **how
    )
    assert "Traceback" not in told.stderr, told.stderr
    assert "report this fault" not in told.stderr + told.stdout, told.stderr
    return told


def readings(case: Path) -> int:
    connection = sqlite3.connect(case / "catalogue.sqlite", timeout=30)
    (found,) = connection.execute("SELECT count(*) FROM reading").fetchone()
    connection.close()
    return int(found)


def test_an_interrupt_keeps_what_was_finished(palermo: Callable, tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    for number in range(CHATS):
        text = f"01/03/2026, 21:06 - Mara Quill: room {number}, ask 020 7946 0{number:03}\n" * 15
        (evidence / f"WhatsApp Chat with M{number}.txt").write_text(text, encoding="utf-8")
    (evidence / "z.bin").write_bytes(os.urandom(POOL_FROM_BYTES))  # so that a pool is worth it
    case = tmp_path / "case"
    assert palermo("new", case, *GRANT).code == palermo("add", case, evidence).code == Exit.OK
    process = subprocess.Popen(
        [*PALERMO, "run", str(case)], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 90
    while not readings(case) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, told = process.communicate(timeout=60)
    assert process.returncode == Exit.INTERRUPTED, told
    assert "What was finished is kept" in told and "Traceback" not in told
    kept = readings(case)
    assert kept > 0, "what was finished is kept"
    again = answers.Ran.model_validate_json(palermo("run", case, "--json").out)
    assert again.exhibits == CHATS + 1 - kept and readings(case) == CHATS + 1
    assert palermo("verify", case).code == Exit.OK


def limited(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_full_disk_is_told_and_leaves_a_sound_case(palermo: Callable, tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    (evidence / "a.txt").write_text("small", encoding="utf-8")
    (evidence / "b.bin").write_bytes(os.urandom(3 << 20))
    case = tmp_path / "case"
    palermo("new", case, *GRANT)
    told = run("add", case, evidence, preexec_fn=partial(limited, 2 << 20))
    assert told.returncode == Exit.FAULT and "File too large" in told.stderr
    assert palermo("verify", case).code == Exit.OK
    assert palermo("add", case, evidence).code == Exit.OK
    told = run("run", case, preexec_fn=partial(limited, 1 << 14))
    assert told.returncode == Exit.FAULT and told.stderr.strip()
    assert palermo("run", case).code == Exit.OK
    assert palermo("verify", case).code == Exit.OK


def test_a_case_that_cannot_be_written_to_is_not_read(case: Path) -> None:
    mounted = f"mount --bind '{case}' '{case}' && mount -o remount,bind,ro '{case}'"
    if not shutil.which("unshare"):
        pytest.skip("unshare is not installed")
    tried = subprocess.run(["unshare", "-rm", "sh", "-c", mounted], capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"no mount of one's own is allowed here: {tried.stderr.strip()}")
    words = f"{mounted} && exec '{sys.executable}' -m palermo status '{case}'"
    told = subprocess.run(["unshare", "-rm", "sh", "-c", words], capture_output=True, text=True)
    assert told.returncode == Exit.FAULT, told
    assert told.stdout == "" and "Traceback" not in told.stderr
    assert "writable" in told.stderr and len(told.stderr.splitlines()) >= 2


def test_a_folder_that_may_not_be_looked_into_is_named(palermo: Callable, tmp_path: Path) -> None:
    closed = tmp_path / "evidence" / "closed"
    closed.mkdir(parents=True)
    (closed / "hidden.txt").write_text("x", encoding="utf-8")
    (tmp_path / "evidence" / "open.txt").write_text("y", encoding="utf-8")
    (tmp_path / "evidence" / "secret.txt").write_text("z", encoding="utf-8")
    palermo("new", tmp_path / "case", *GRANT)
    for path in (closed, tmp_path / "evidence" / "secret.txt"):
        path.chmod(0)
    words = [*PALERMO, "add", str(tmp_path / "case"), str(tmp_path / "evidence")]
    if os.getuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root may look into any folder, and setpriv is not installed")
        words = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *words]
    told = subprocess.run(words, capture_output=True, text=True)
    closed.chmod(0o700)
    assert told.returncode == Exit.PARTLY, told
    assert "1 exhibit sealed" in told.stdout
    assert "closed" in told.stdout and "secret.txt" in told.stdout


def test_a_reader_that_has_read_enough_is_no_fault(case: Path) -> None:
    words = " ".join(f"'{word}'" for word in [*PALERMO, "custody", str(case)])
    told = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {words} | true"], capture_output=True, text=True
    )
    assert told.returncode == 0 and told.stderr == ""


def test_words_that_are_no_unicode_are_no_fault(case: Path) -> None:
    for words in (["search", str(case), b"\xff\xfe"], ["show", str(case), b"\xff"]):
        told = subprocess.run([*PALERMO, *words], capture_output=True)
        assert told.returncode in (Exit.OK, Exit.INVALID, Exit.NOT_FOUND), told
        assert b"Traceback" not in told.stderr and b"report this" not in told.stderr


def test_serve_gives_its_address_and_ends_with_an_interrupt(case: Path) -> None:
    words = [*PALERMO, "serve", str(case), "--port", "0", "--json"]
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout
    told = "".join(iter(process.stdout.readline, "}\n")) + "}"
    served = answers.Served.model_validate(json.loads(told))
    assert served.address.startswith("http://127.0.0.1:")
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode in (Exit.OK, Exit.INTERRUPTED) and "Traceback" not in err
