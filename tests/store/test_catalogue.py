"""The catalogue says the same on every engine, and keeps all of a write or nothing."""

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from palermo.custody import sealing
from palermo.custody.log import Act, Log
from palermo.store import catalogue as c
from palermo.store.catalogue import Catalogue, Moment, storable

KEY = b"k" * 32


@pytest.fixture
def catalogue(database: str | None, tmp_path: Path) -> Catalogue:
    made = Catalogue.of(tmp_path, database)
    made.create()
    return made


def saved(catalogue: Catalogue, name: str, at: datetime) -> datetime:
    with catalogue.write() as connection:
        values = {"kind": "site", "name": name, "content": {}, "sha256": "0" * 64, "at": at}
        connection.execute(sa.insert(c.reference).values(**values))
    with catalogue.read() as connection:
        query = sa.select(c.reference.c.at).where(c.reference.c.name == name)
        return connection.execute(query).scalar_one()


MOMENTS = [
    (datetime(2026, 3, 1, 10, tzinfo=UTC), "plain UTC"),
    (datetime(2026, 3, 1, 10, 0, 0, 1, tzinfo=UTC), "a microsecond"),
    (datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=5, minutes=45))), "the day before in UTC"),
    (datetime(1890, 1, 1, tzinfo=timezone(timedelta(seconds=-75))), "an offset with seconds"),
]  # fmt: skip


def test_a_time_comes_back_equal_and_in_utc(catalogue: Catalogue) -> None:
    for moment, why in MOMENTS:
        found = saved(catalogue, why, moment)
        assert found == moment and found.utcoffset() == timedelta(0), why


def test_a_time_without_a_zone_is_refused_and_leaves_nothing(catalogue: Catalogue) -> None:
    with pytest.raises(sa.exc.StatementError, match="without a zone"):
        saved(catalogue, "naive", datetime(2026, 3, 1, 10))
    with catalogue.read() as connection:
        assert connection.execute(sa.select(c.reference)).all() == []


_BOUNDS = {"min_value": datetime(1800, 1, 1), "max_value": datetime(2300, 1, 1)}
_OFFSETS = st.integers(-86_399, 86_399).map(lambda s: timezone(timedelta(seconds=s)))
_AWARE = st.datetimes(**_BOUNDS, timezones=_OFFSETS)


@given(_AWARE, _AWARE)
def test_kept_times_sort_as_times(one: datetime, two: datetime) -> None:
    keep = Moment().process_bind_param
    dialect = sa.create_engine("sqlite://").dialect
    a, b = keep(one, dialect), keep(two, dialect)
    assert a and b and (a < b) == (one < two) and (a == b) == (one == two)


ODD = [
    ("chat\0.txt", "chat\ufffd.txt", "NUL, which PostgreSQL refuses"),
    ("half \ud83d.jpg", "half ?.jpg", "half a surrogate pair, which no engine encodes"),
    ("\udcff\udcfe.bin", "??.bin", "a name of bytes that are no UTF-8"),
    ('It\'s "50%"; :x \\ ünïcödé 😀 مرحبا', 'It\'s "50%"; :x \\ ünïcödé 😀 مرحبا', "sound text"),
]


@pytest.mark.parametrize(("given_", "kept", "why"), ODD, ids=[row[2] for row in ODD])
def test_any_text_is_kept(given_: str, kept: str, why: str, catalogue: Catalogue) -> None:
    assert storable(given_) == kept
    log = Log(KEY)
    with catalogue.write() as connection:
        row = {"id": "x1", "sha256": "0" * 64, "size": 1, "origin": given_, "name": given_}
        connection.execute(sa.insert(c.exhibit).values(**row))
        problem = {"id": "p1", "exhibit": "x1", "locator": given_, "kind": "k", "count": 1}
        connection.execute(sa.insert(c.problem).values(message=given_, **problem))
        values = {"kind": "site", "name": "odd", "sha256": "0" * 64, "at": datetime.now(UTC)}
        connection.execute(sa.insert(c.reference).values(content={"t": given_}, **values))
        log.append(connection, Act(act=given_, actor=given_, detail={"what": given_}))
    with catalogue.read() as connection:
        exhibit = connection.execute(sa.select(c.exhibit)).one()
        assert (exhibit.name, exhibit.origin) == (kept, kept), why
        assert connection.execute(sa.select(c.problem.c.message)).scalar_one() == kept
        assert connection.execute(sa.select(c.reference.c.content)).scalar_one() == {"t": given_}
        assert list(log.verify(connection)) == []
        named = c.among(c.exhibit.c.name, [given_, "another"])
        assert len(connection.execute(sa.select(c.exhibit).where(named)).all()) == 1


MANY = 70_000  # PostgreSQL takes 65,535 parameters a statement


def test_more_ids_can_be_asked_for_than_a_statement_has_parameters(catalogue: Catalogue) -> None:
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})"
    id = "'x' || CAST(100000 + i AS TEXT)"
    log = Log(KEY)
    with catalogue.write() as connection:
        now = datetime.now(UTC)
        log.append(connection, Act(act="authority", actor="tester"))
        authority = {name: "" for name in ("offence", "authority", "basis", "necessity", "profile")}
        parties = {"requested_by": "a", "approved_by": "b", "scope": {}}
        connection.execute(
            sa.insert(c.authority).values(since=now, until=now, **authority, **parties)
        )
        permit = {"at": now, "until": now, "actor": "a", "act": "add", "purpose": "p"}
        connection.execute(sa.insert(c.permit).values(authority=1, authenticated=False, **permit))
        connection.exec_driver_sql(
            f"INSERT INTO exhibit (id, sha256, size, origin, name) {numbers} "
            f"SELECT {id}, 'd', 1, 'o', 'n' FROM n"
        )
        connection.exec_driver_sql(
            f"INSERT INTO capture (exhibit, at, method, statement, permit) {numbers} "
            f"SELECT {id}, '2026-03-01T00:00:00.000000+00:00', 'm', '{{}}', 1 FROM n"
        )
    with catalogue.read() as connection:
        ids = [f"x{100_000 + i}" for i in range(1, MANY + 1)]
        assert len(sealing.load(connection, [*ids, "x-unknown"])) == MANY
        assert [row["id"] for row in sealing.load(connection, ids[:2])] == ids[:2]
        assert sealing.load(connection, []) == []


def test_a_failed_write_leaves_nothing(catalogue: Catalogue) -> None:
    log = Log(KEY)
    with pytest.raises(ZeroDivisionError), catalogue.write() as connection:
        row = {"id": "x1", "sha256": "0" * 64, "size": 1, "origin": "o", "name": "n"}
        connection.execute(sa.insert(c.exhibit).values(**row))
        log.append(connection, Act(act="seal", actor="tester", subject="x1"))
        _ = 1 / 0
    with catalogue.read() as connection:
        assert connection.execute(sa.select(c.exhibit)).all() == []
        assert log.head(connection)[0] == 0


def test_a_reader_sees_one_moment_while_others_write(catalogue: Catalogue) -> None:
    log = Log(KEY)

    def count(connection: sa.Connection) -> int:
        return connection.execute(sa.select(sa.func.count()).select_from(c.custody)).scalar_one()

    with catalogue.read() as reading:
        assert count(reading) == 0
        with catalogue.write() as connection:
            log.append(connection, Act(act="seal", actor="tester"))
        assert count(reading) == 0, "two questions of one reader were answered at two times"
    with catalogue.read() as reading:
        assert count(reading) == 1


# --- the custody log under many writers -------------------------------------------------------

APPENDING = """
import json, sys
from palermo.custody.log import Act, Log
from palermo.store.catalogue import Catalogue
url, key, actor, times = json.loads(sys.argv[1])
catalogue, log = Catalogue(url), Log(key.encode())
for number in range(times):
    with catalogue.write() as connection:
        log.append(connection, Act(act="seal", actor=actor, detail={"number": number}))
"""
PROCESSES, THREADS, TIMES = 2, 3, 15


def test_many_writers_keep_one_unbroken_chain(
    catalogue: Catalogue, database: str | None, tmp_path: Path
) -> None:
    log = Log(KEY)
    url = database or f"sqlite:///{(tmp_path / 'catalogue.sqlite').as_posix()}"

    def told(actor: str) -> list[str]:
        return [sys.executable, "-c", APPENDING, json.dumps([url, KEY.decode(), actor, TIMES])]

    def append(actor: str) -> None:
        for number in range(TIMES):
            with catalogue.write() as connection:
                # Two acts of one transaction stand side by side, whoever else writes.
                acts = [Act(act=act, actor=actor, detail={"n": number}) for act in ("one", "two")]
                log.append(connection, *acts)

    processes = [subprocess.Popen(told(f"process {n}")) for n in range(PROCESSES)]
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(append, [f"thread {n}" for n in range(THREADS)]))
    assert [process.wait(120) for process in processes] == [0] * PROCESSES
    with catalogue.read() as connection:
        assert list(log.verify(connection)) == []
        rows = connection.execute(sa.select(c.custody).order_by(c.custody.c.number)).all()
    assert len(rows) == (PROCESSES + 2 * THREADS) * TIMES
    for before, after in pairwise(rows):
        if before.act == "one":
            assert (after.act, after.actor) == ("two", before.actor)


def test_a_copied_file_is_a_whole_catalogue(tmp_path: Path) -> None:
    made = Catalogue.of(tmp_path, None)
    made.create()
    log = Log(KEY)
    with made.write() as connection:
        head = log.append(connection, Act(act="seal", actor="tester"))
    (tmp_path / "copy").mkdir()
    for path in tmp_path.glob("catalogue.sqlite*"):
        shutil.copy(path, tmp_path / "copy")
    with Catalogue.of(tmp_path / "copy", None).read() as connection:
        assert log.head(connection) == head
