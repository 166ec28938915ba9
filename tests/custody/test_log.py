"""The custody log against those who would change it."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from case import make
from palermo.workspace import Workspace


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("custody"))


def attack(case: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(case / "catalogue.sqlite")
    with connection:
        assert connection.execute(statement, values).rowcount
    connection.close()


def flip(case: Path) -> None:
    blob = max(
        (p for p in (case / "vault").rglob("*") if p.is_file()), key=lambda p: p.stat().st_size
    )
    blob.chmod(0o600)
    content = bytearray(blob.read_bytes())
    content[len(content) // 2] ^= 1
    blob.write_bytes(content)


def remove_blob(case: Path) -> None:
    blob = next(p for p in sorted((case / "vault").rglob("*")) if p.is_file())
    blob.unlink()


def swap_blobs(case: Path) -> None:
    one, two, *_ = [p for p in sorted((case / "vault").rglob("*")) if p.is_file()]
    a, b = one.read_bytes(), two.read_bytes()
    for path, content in ((one, b), (two, a)):
        path.chmod(0o600)
        path.write_bytes(content)


def add_blob(case: Path) -> None:
    (case / "vault" / "ab").mkdir(exist_ok=True)
    (case / "vault" / "ab" / ("ab" + "0" * 62)).write_bytes(b"planted")


def edit_lake(case: Path) -> None:
    path = next((case / "lake" / "claims").glob("*.parquet"))
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)


ATTACKS: list[tuple[str, Callable[[Path], object], str]] = [
    ("flip a bit of an exhibit", flip, "sealed bytes were altered"),
    ("remove an exhibit's bytes", remove_blob, "sealed bytes are missing"),
    ("swap two exhibits' bytes", swap_blobs, "sealed bytes were altered"),
    ("plant bytes in the vault", add_blob, "no exhibit names"),
    ("alter a lake file", edit_lake, "lake file"),
    (
        "say that somebody else did it",
        lambda case: attack(case, "UPDATE custody SET actor = 'other' WHERE number = 3"),
        "custody entry 3 was altered",
    ),
    (
        "back-date an entry",
        lambda case: attack(
            case, "UPDATE custody SET at = '2020-01-01T00:00:00.000000+00:00' WHERE number = 4"
        ),
        "custody entry 4 was altered",
    ),
    (
        "alter what an entry commits to",
        lambda case: attack(case, "UPDATE custody_detail SET detail = '{}' WHERE number = 3"),
        "detail of custody entry 3 was altered",
    ),
    (
        "remove what an entry commits to",
        lambda case: attack(case, "DELETE FROM custody_detail WHERE number = 3"),
        "detail of custody entry 3 is missing",
    ),
    (
        "take an entry out of the middle",
        lambda case: (
            attack(case, "DELETE FROM custody_detail WHERE number = 4"),
            attack(case, "DELETE FROM custody WHERE number = 4"),
        ),
        "custody entry 4 is missing",
    ),
    (
        "exchange two entries",
        lambda case: attack(
            case,
            "UPDATE custody SET number = CASE number WHEN 3 THEN 1003 ELSE number END "
            "WHERE number = 3",
        ),
        "custody entry 3 is missing",
    ),
    (
        "name other bytes in an exhibit's row",
        lambda case: attack(case, "UPDATE exhibit SET sha256 = ? WHERE number = 1", "0" * 64),
        "missing",
    ),
    (
        "slip in an exhibit that nobody sealed",
        lambda case: attack(
            case,
            "INSERT INTO exhibit (id, sha256, size, origin, name) "
            "SELECT 'x' || printf('%032d', 7), sha256, size, 'elsewhere', name FROM exhibit LIMIT 1",
        ),
        "the custody log does not name it",
    ),
]


@pytest.mark.parametrize(("why", "act", "fault"), ATTACKS, ids=[a[0] for a in ATTACKS])
def test_an_attack_is_found_and_named(
    why: str, act: Callable[[Path], object], fault: str, sound: Path, tmp_path: Path
) -> None:
    case = tmp_path / "copy"
    shutil.copytree(sound, case)  # which also shows that a copied case works
    with Workspace.open(case, "tester") as workspace:
        assert workspace.verify().sound
    act(case)
    with Workspace.open(case, "tester") as workspace:
        verified = workspace.verify()
    assert not verified.sound
    assert any(fault in found for found in verified.faults), verified.faults


def test_only_a_head_noted_elsewhere_shows_that_the_end_was_cut_off(
    sound: Path, tmp_path: Path
) -> None:
    case = tmp_path / "copy"
    shutil.copytree(sound, case)
    with Workspace.open(case, "tester") as workspace:
        number, _, head = workspace.verify().head.partition(":")
    connection = sqlite3.connect(case / "catalogue.sqlite")
    with connection:
        for table in ("custody_detail", "custody"):
            connection.execute(f"DELETE FROM {table} WHERE number > ?", (int(number) - 2,))
        # What those two acts wrote is taken away with them: the run's files, and the look's permit.
        connection.execute("DELETE FROM lake_file WHERE run = (SELECT max(number) FROM run)")
        connection.execute("DELETE FROM permit WHERE number = (SELECT max(number) FROM permit)")
        connection.execute("DELETE FROM run")
    connection.close()
    with Workspace.open(case, "tester") as workspace:
        assert workspace.verify().sound, "the chain alone cannot show it"
        # `verify` logs itself, so the number is taken again by then, with another hash.
        found = workspace.verify([(int(number), head)])
    assert any("noted elsewhere" in fault for fault in found.faults)


def test_the_log_holds_no_value_in_its_chain(sound: Path) -> None:
    connection = sqlite3.connect(sound / "catalogue.sqlite")
    rows = connection.execute("SELECT * FROM custody").fetchall()
    connection.close()
    told = " ".join(str(field) for row in rows for field in row)
    # hashes and the microseconds of times hold any four digits
    told = re.sub(r"\b[0-9a-f]{64}\b|\bx[0-9a-f]{32}\b|:\d\d\.\d+", "", told)
    for value in ("7946", "Quill", "example.org", "evidence/page"):
        assert value not in told
