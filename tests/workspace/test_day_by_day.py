"""A case that grows day by day is the case that was made at once; and costs what is new."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from case import grant
from palermo.run import excerpts, near
from palermo.simulate.market import Plan, write_market
from palermo.store import catalogue as c
from palermo.store import lake
from palermo.store.case import Case
from palermo.workspace import Workspace

ACTOR = "analyst"
ORIGIN = "market"
TABLES = {
    "events": ["id"],
    "claims": ["id"],
    "links": ["id"],
    "identities": ["node"],
    "findings": ["id"],
    "nodes": ["node"],
    "risks": ["event", "sign", "value"],
}


@pytest.fixture(scope="module")
def days(tmp_path_factory) -> list[Path]:
    """One folder of evidence a day."""
    folder = tmp_path_factory.mktemp("market")
    write_market(Plan(seed=11, adverts=240, days=3), folder / "all")
    out = []
    for day in sorted((folder / "all" / "evidence" / "web").iterdir()):
        (folder / day.name / "web").mkdir(parents=True)
        shutil.copy(folder / "all" / "evidence" / "intake.yaml", folder / day.name)
        shutil.copytree(day, folder / day.name / "web" / day.name)
        out.append(folder / day.name)
    return out


def made(folder: Path, *days: list[Path]) -> Path:
    """Make a case, and run it after each of some groups of days."""
    Workspace.new(folder, grant(), ACTOR)
    for some in days:
        grown(folder, some)
    return folder


def grown(folder: Path, days: list[Path]) -> None:
    with Workspace.open(folder, ACTOR) as workspace:
        for day in days:
            workspace.add([str(day)], origin=ORIGIN)
        workspace.run()


def tables(folder: Path) -> dict[str, pl.DataFrame]:
    pinned = Case.open(folder).tables()
    try:
        return {
            kind: pl.DataFrame(pl.from_arrow(pinned.sql(f"SELECT * FROM {kind}")))
            .sort(key)
            .drop("token", strict=False)  # of a key that each case has of its own
            for kind, key in TABLES.items()
        }
    finally:
        pinned.close()


def files(folder: Path, *kinds: str) -> list[str]:
    case = Case.open(folder)
    with case.catalogue.read() as connection:
        return [path for kind in kinds for path in case.lake.files(connection, kind)]


@pytest.fixture(scope="module")
def whole(days, tmp_path_factory) -> dict[str, pl.DataFrame]:
    return tables(made(tmp_path_factory.mktemp("whole") / "case", days))


def test_day_by_day_is_as_all_at_once(days, whole, tmp_path):
    found = tables(made(tmp_path / "case", *([day] for day in days)))
    assert whole["links"].filter(pl.col("kind") == "near_text").height > 20
    for kind, rows in whole.items():
        assert found[kind].equals(rows), kind


def test_decisions_between_days_are_as_after_all(days, tmp_path):
    """A pair that was told apart, and one joined, before the last day came."""
    first = made(tmp_path / "first", days[:2])
    links = tables(first)["links"].filter(pl.col("kind") == "same_identifier").sort("score", "id")
    apart = links.row(-1, named=True)
    held = links.filter(pl.col("a") != apart["a"], pl.col("b") != apart["b"]).row(0, named=True)

    def decide(folder: Path) -> None:
        with Workspace.open(folder, ACTOR) as workspace:
            workspace.decide("reject", apart["a"], apart["b"], reason="Two people answered")
            workspace.decide("confirm", held["a"], held["b"], reason="Seen at the door")

    decide(first)
    grown(first, days[2:])
    after = made(tmp_path / "after", days)
    decide(after)
    found, expected = tables(first), tables(after)
    of = dict(found["identities"].iter_rows())
    assert of[apart["a"]] != of[apart["b"]] and of[held["a"]] == of[held["b"]]
    for kind, rows in expected.items():
        assert found[kind].equals(rows), kind


def test_excerpts_are_drawn_of_new_files_alone(days, tmp_path, monkeypatch):
    folder = made(tmp_path / "case", days[:2])
    with Case.open(folder).catalogue.read() as connection:
        before = Case.open(folder).lake.excerpts(connection)
    drawn = []
    draw = excerpts.draw
    monkeypatch.setattr(excerpts, "draw", lambda job: drawn.append(job.claims) or draw(job))
    known = set(files(folder, "claims"))
    grown(folder, days[2:])
    assert sorted(drawn) == sorted(set(files(folder, "claims")) - known)
    with Case.open(folder).catalogue.read() as connection:
        after = Case.open(folder).lake.excerpts(connection)
    assert before.keys() == after.keys()
    assert all(set(before[kind]) < set(after[kind]) for kind in after)


def test_only_new_texts_are_signed_and_settled(days, tmp_path, monkeypatch):
    folder = made(tmp_path / "case", days[:2])
    before = set(files(folder, "signed"))
    settled = []
    extend = near.extend
    monkeypatch.setattr(
        near, "extend", lambda runs, texts: settled.append(len(texts)) or extend(runs, texts)
    )
    monkeypatch.setattr(near, "gather", lambda texts: pytest.fail("all was settled anew"))
    grown(folder, days[2:])
    after = set(files(folder, "signed"))
    assert before < after
    rows = [pl.read_parquet(folder / "lake" / path) for path in after - before]
    assert settled == [sum(map(len, rows))] and settled[0] > 0


@pytest.mark.parametrize("kind", lake.NEAR)
def test_what_is_lost_is_made_again(days, whole, tmp_path, kind):
    folder = made(tmp_path / "case", days[:2])
    (folder / "lake" / files(folder, kind)[0]).unlink()
    grown(folder, days[2:])
    found = tables(folder)["links"]
    assert found.equals(whole["links"])
    assert all((folder / "lake" / path).is_file() for path in files(folder, *lake.NEAR))


def test_verify_names_a_segment_that_was_altered(days, tmp_path):
    folder = made(tmp_path / "case", days[:1])
    (path,) = files(folder, "near_texts")
    content = bytearray((folder / "lake" / path).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "lake" / path).write_bytes(content)
    with Workspace.open(folder, ACTOR) as workspace:
        told = workspace.verify()
    assert not told.sound and any(path in fault for fault in told.faults)


def test_nothing_of_a_text_stays_when_its_exhibit_is_forgotten(days, tmp_path):
    from palermo.custody.forgetting import forget

    folder = made(tmp_path / "case", days[:2])
    case = Case.open(folder)
    with case.catalogue.write() as connection:
        exhibits = connection.execute(c.sa.select(c.exhibit.c.id)).scalars().all()
        forget(case, connection, exhibits[:1])
        case.lake.sweep(connection)
    assert files(folder, *lake.NEAR) == []
    assert not [path for kind in lake.NEAR for path in (folder / "lake" / kind).glob("*")]
