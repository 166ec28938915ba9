"""Excerpts kept file by file hold what their SQL draws from all files at once."""

from contextlib import closing
from importlib import import_module
from pkgutil import walk_packages

import pytest

from palermo import link, patterns
from palermo.link.excerpt import Excerpt
from palermo.review import risk
from palermo.run.excerpts import VALUES, wanted
from palermo.safeguards import masking
from palermo.store import lake
from palermo.store.case import Case
from palermo.store.engine import Tables
from palermo.workspace import Workspace
from training import ACTOR, train


@pytest.fixture(scope="module")
def case(tmp_path_factory) -> Case:
    folder = train(tmp_path_factory.mktemp("training"))
    page = folder.parent / "room.html"  # the training adverts tell no age
    page.write_text(
        "<!doctype html><title>Rooms</title><h1>Room wanted</h1>"
        "<p>I am 24 years old and look for a room near the station. Call 020 7946 0123.</p>"
    )
    with Workspace.open(folder, ACTOR) as workspace:
        workspace.add([str(page)])
        workspace.run()
    return Case.open(folder)


@pytest.fixture(scope="module")
def files(case) -> dict[str, list[str]]:
    with case.catalogue.read() as connection:
        return {kind: case.lake.files(connection, kind) for kind in ("events", "claims")}


def rows(tables: Tables, source: str) -> list[str]:
    return sorted(map(repr, tables.sql(f"SELECT * FROM {source}").to_pylist()))


@pytest.mark.parametrize("excerpt", wanted(), ids=lambda excerpt: excerpt.name)
def test_what_is_kept_by_file_is_what_all_files_give(case, files, excerpt):
    assert len(files["claims"]) > 1
    with closing(case.tables()) as tables:
        assert excerpt.of(tables) == excerpt.kind
        kept = rows(tables, excerpt.of(tables))
    with closing(Tables(case.lake.folder, files)) as plain:
        assert excerpt.of(plain) == f"({excerpt.sql})"
        assert rows(plain, excerpt.of(plain)) == kept
    assert not kept or "'exhibit'" in kept[0]


def test_the_case_fills_every_excerpt_but_one(case):
    with closing(case.tables()) as tables:
        empty = {e.name for e in wanted() if not rows(tables, e.of(tables))}
    assert empty == {"pictured"}, "its adverts bear no hashes themselves"


def test_of_withheld_exhibits_excerpts_show_nothing(case):
    with closing(case.tables()) as tables:
        gone = tables.sql("SELECT min(exhibit) AS x FROM claims WHERE role = 'poster'")["x"][0]
    with closing(case.tables(without=[gone.as_py()])) as tables:
        for excerpt in wanted():
            found = tables.sql(f"SELECT * FROM {excerpt.of(tables)} WHERE exhibit = '{gone}'")
            assert found.num_rows == 0, excerpt.name


def test_excerpts_that_lack_a_file_are_not_read(case):
    with case.catalogue.write() as connection:
        kept = case.lake.excerpts(connection)
        one = wanted()[0].kind
        path = kept[one][0]
        connection.execute(lake.lake_file.delete().where(lake.lake_file.c.path == path))
        assert case.lake.excerpts(connection).keys() == kept.keys() - {one}
        connection.rollback()


def test_risks_and_nodes_are_those_that_the_whole_shows(case, files):
    with closing(case.tables()) as tables, closing(Tables(case.lake.folder, files)) as plain:
        assert risk.Signs({}).kind in tables.excerpts
        assert rows(tables, "risks") == sorted(map(repr, risk.signs(plain, {}).to_pylist()))
        values = tables.sql("SELECT node, token, events FROM nodes").to_pylist()
        names = plain.sql("SELECT kind, exhibit, value, event FROM claims").to_pylist()
    borne: dict[str, set[str]] = {}
    for row in names:
        borne.setdefault(f"{row['kind']}:{row['value']}", set()).add(row["event"])
        if row["kind"] == "name":
            borne.setdefault(f"name:{row['exhibit']}:{row['value']}", set()).add(row["event"])
    assert {v["node"]: v["events"] for v in values} == {n: len(some) for n, some in borne.items()}
    assert all(v["token"] == masking.token(case.key, v["node"]) for v in values)


def test_every_excerpt_is_named_by_a_plugin():
    """What is not named is not kept, and is drawn from the whole each time."""
    stages = [link, patterns]
    names = [m.name for s in stages for m in walk_packages(s.__path__, f"{s.__name__}.")]
    found = {x for n in names for x in vars(import_module(n)).values() if isinstance(x, Excerpt)}
    assert found | {VALUES} == {*wanted()}


def test_names_fit_the_catalogue():
    kinds = [one.kind for one in wanted()]
    assert len({*kinds}) == len(kinds) and all(len(kind) <= 16 for kind in kinds)
    assert not {*kinds} & {*lake.SCHEMAS}
