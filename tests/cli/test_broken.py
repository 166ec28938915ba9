"""A case that is damaged, in any part, is told as such: never in a traceback, never as nothing."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from linked_case import A
from palermo.ui.cli.common import Exit

Damage = Callable[[Path], object]


def scribble(path: Path, start: float = 0.0) -> None:
    """Overwrite a file from a share of its length on."""
    content = path.read_bytes()
    first = int(len(content) * start)
    path.chmod(0o600)
    path.write_bytes(content[:first] + bytes(255 - b for b in content[first:]))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def catalogue(case: Path, act: Callable[[Path], None]) -> None:
    for side in ("-wal", "-shm"):
        (case / f"catalogue.sqlite{side}").unlink(missing_ok=True)
    act(case / "catalogue.sqlite")


def of_lake(case: Path, kind: str) -> Path:
    return next(path for path in sorted((case / "lake" / kind).glob("*.parquet")))


# What is done to the case, and the exit code of `status`, which reads case.json, key, catalogue
# and lake.
DAMAGES: list[tuple[str, Damage, Exit, str]] = [
    ("case.json is no JSON", lambda c: (c / "case.json").write_text("{"), Exit.UNSOUND, "case.json"),
    ("case.json is a list", lambda c: (c / "case.json").write_text("[]"), Exit.UNSOUND, "case.json"),
    ("case.json is binary", lambda c: scribble(c / "case.json"), Exit.UNSOUND, "case.json"),
    ("case.json lacks keys", lambda c: (c / "case.json").write_text('{"format": 2}'), Exit.UNSOUND, "name"),
    ("case.json is of a later format", lambda c: (c / "case.json").write_text('{"format": 99, "name": "", "database": null}'), Exit.INVALID, "format 99"),
    ("case.json is gone", lambda c: (c / "case.json").unlink(), Exit.NOT_FOUND, "no case"),
    ("the key is gone", lambda c: (c / "key").unlink(), Exit.FAULT, "key"),
    ("the catalogue is gone", lambda c: catalogue(c, Path.unlink), Exit.UNSOUND, "catalogue.sqlite"),
    ("the catalogue is empty", lambda c: catalogue(c, lambda p: p.write_bytes(b"")), Exit.UNSOUND, "no such table"),
    ("the catalogue is noise", lambda c: catalogue(c, scribble), Exit.UNSOUND, "not a database"),
    ("the catalogue is cut", lambda c: catalogue(c, cut), Exit.UNSOUND, "malformed"),
    ("the catalogue is scribbled on", lambda c: catalogue(c, lambda p: scribble(p, 0.02)), Exit.UNSOUND, "malformed"),
    ("the lake is gone", lambda c: shutil.rmtree(c / "lake"), Exit.UNSOUND, "palermo run"),
    ("events are gone", lambda c: of_lake(c, "events").unlink(), Exit.UNSOUND, "palermo run"),
    ("claims are cut", lambda c: cut(of_lake(c, "claims")), Exit.UNSOUND, "palermo run"),
    ("nodes are noise", lambda c: scribble(of_lake(c, "nodes")), Exit.UNSOUND, "palermo run"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "act", "code", "reason"), DAMAGES, ids=[d[0] for d in DAMAGES])
def test_damage_is_named(
    why: str, act: Damage, code: Exit, reason: str, palermo: Callable, case: Path
) -> None:
    act(case)
    told = palermo("status", case)
    assert told.code == code and told.out == "", told
    assert reason in told.err and len(told.err.splitlines()) >= 2
    for verb in (["search", case, "kitchen"], ["run", case], ["verify", case], ["why", case, A]):
        palermo(*verb)  # which fails the test where a fault was not foreseen
    if code != Exit.INVALID:
        assert not (case / "catalogue.sqlite").exists() or "catalogue is gone" not in why


LOST = [
    ("the whole lake", lambda c: shutil.rmtree(c / "lake")),
    ("one file of events", lambda c: of_lake(c, "events").unlink()),
    ("one file of claims", lambda c: of_lake(c, "claims").unlink()),
    ("the last run's links", lambda c: of_lake(c, "links").unlink()),
    ("the index", lambda c: shutil.rmtree(c / "index")),
]


@pytest.mark.parametrize(("why", "act"), LOST, ids=[row[0] for row in LOST])
def test_what_is_derived_is_made_again(
    why: str, act: Damage, palermo: Callable, case: Path
) -> None:
    asked = [["search", case, "kitchen"], ["network", case], ["show", case, A], ["timeline", case]]
    before = [json.loads(palermo(*words, "--json").out) for words in asked]
    act(case)
    told = [palermo(*words).code for words in asked]
    assert set(told) <= {Exit.OK, Exit.UNSOUND, Exit.NOT_FOUND} and set(told) != {Exit.OK}
    assert palermo("run", case).code == Exit.OK
    assert [json.loads(palermo(*words, "--json").out) for words in asked] == before, why
    assert palermo("verify", case).code == Exit.OK


def test_lost_originals_are_named_wherever_they_are_asked_for(
    palermo: Callable, case: Path
) -> None:
    for blob in (case / "vault").rglob("*"):
        if blob.is_file():
            blob.unlink()
    verified = palermo("verify", case)
    assert verified.code == Exit.UNSOUND and verified.out.count("bytes are missing") == 4
    why = palermo("why", case, A)
    assert why.code == Exit.OK and "NOT VERIFIED" in why.out


def test_one_flipped_bit_is_named(palermo: Callable, case: Path) -> None:
    blob = max((p for p in (case / "vault").rglob("??/*")), key=lambda p: p.stat().st_size)
    content = bytearray(blob.read_bytes())
    content[len(content) // 2] ^= 1
    blob.chmod(0o600)
    blob.write_bytes(content)
    told = palermo("verify", case, "--json")
    assert told.code == Exit.UNSOUND
    answer = json.loads(told.out)
    assert not answer["sound"] and "altered" in answer["faults"][0]
