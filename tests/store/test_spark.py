"""A case worked on Spark is the same, row by row, as one worked by the processes of one machine."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from case import grant
from palermo.safeguards.refusal import Refused
from palermo.store import spark
from palermo.store.case import Case
from palermo.store.lake import SCHEMAS
from palermo.workspace import Workspace
from training import ACTOR, train

ROWS = {kind: "id" for kind in ("events", "claims", "links", "findings")}
ROWS |= {"identities": "node", "nodes": "node", "risks": "event"}
KEYED = {"nodes": ["token"]}  # by the case's own key


@pytest.fixture
def on_spark() -> str:
    pytest.importorskip("pyspark", reason="PySpark is not installed: make test SPARK=1")
    if not shutil.which("java"):
        pytest.skip("Spark needs Java")
    return "local[2]"


def tables(folder: Path) -> dict[str, pl.DataFrame]:
    case = Case.open(folder)
    pinned = case.tables()
    try:
        return {
            kind: pl.DataFrame(pl.from_arrow(pinned.sql(f"SELECT * FROM {kind}")))
            .drop(KEYED.get(kind, []))
            .sort(key, pl.all().hash() if kind == "risks" else key)
            for kind, key in ROWS.items()
        }
    finally:
        pinned.close()
        case.catalogue.engine.dispose()


def test_every_table_is_the_same_row_by_row(tmp_path, on_spark):
    here = train(tmp_path)
    there = tmp_path / "there"
    Workspace.new(there, grant(authority="Training order"), ACTOR)
    with Workspace.open(there, ACTOR) as workspace:
        workspace.add([str(tmp_path / "investigation" / "evidence")])
        ran = workspace.run(engine=on_spark)
    assert ran.exhibits and ran.events and ran.claims
    expected, found = tables(here), tables(there)
    assert set(expected) == set(SCHEMAS) - {"signed"}, "what is kept of texts is in their links"
    for kind, rows in expected.items():
        assert len(rows) or kind == "risks", kind
        assert found[kind].equals(rows), kind


def test_without_pyspark_the_refusal_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    with pytest.raises(Refused, match=r"palermo\[spark\]"):
        spark.Spark("local[1]")


def test_a_master_that_does_not_answer_is_named(tmp_path, on_spark, monkeypatch):
    Workspace.new(tmp_path / "case", grant(), ACTOR)
    with (
        Workspace.open(tmp_path / "case", ACTOR) as workspace,
        pytest.raises(Refused, match="no session starts at nonsense"),
    ):
        workspace.run(engine="nonsense://example.org")
