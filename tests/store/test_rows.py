"""Rows read by where they lie are those of the whole files."""

import random
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from palermo.store import lake, rows
from palermo.store.case import LAKE_ERRORS
from palermo.store.rows import CLAIM, EVENT, Place
from palermo.vocabulary import CLAIMS, Event, events_table

EACH = 2500  # events of a file, in several groups


@pytest.fixture(scope="module")
def held(tmp_path_factory) -> tuple[Path, list[tuple[str, str]]]:
    folder = tmp_path_factory.mktemp("rows")
    return folder, [written(folder, n) for n in range(2)]


def written(folder: Path, number: int) -> tuple[str, str]:
    told = [Event(kind="advert", locator=f"row:{number}-{n}", text=f"комната {n}",
                  details={"title": f"t{n}"} if n % 3 else {}) for n in range(EACH)]  # fmt: skip
    table = events_table("x1", told, "test", "1")
    claims = [
        {"id": f"c{number}-{n}-{k}", "event": id, "exhibit": "x1", "kind": "phone", "value": f"+44{n}",
         "role": "poster", "written": f"{k}"}
        for n, id in enumerate(table["id"].to_pylist()) for k in range(n % 4)
    ]  # fmt: skip
    (file,) = lake.write_all(folder, "events", "b", iter([table]))
    return file.path, lake.write(folder, "claims", "b", pa.Table.from_pylist(claims, CLAIMS)).path


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("many", [0, 1, 3, 40, 900])
def test_rows_are_those_of_the_whole_files(held, seed, many):
    folder, files = held
    dice = random.Random(seed)
    places = [Place(*dice.choice(files), dice.randrange(EACH)) for _ in range(many)]
    events, claims = rows.read(folder, [*places, *places[:2]])
    assert (events.schema, claims.schema) == (EVENT, CLAIM)
    whole = {path: pq.read_table(folder / path) for pair in files for path in pair}
    wanted = {whole[place.events]["id"][place.row].as_py(): place for place in places}
    assert sorted(events["id"].to_pylist()) == sorted(wanted)
    for row in events.to_pylist():
        place = wanted[row["id"]]
        assert row == whole[place.events].select(EVENT.names).slice(place.row, 1).to_pylist()[0]
    told = [c for pair in files for c in whole[pair[1]].select(CLAIM.names).to_pylist()]
    own = [c for c in told if c["event"] in wanted]
    assert sorted(claims.to_pylist(), key=str) == sorted(own, key=str)


def test_what_is_among_values_is_what_a_whole_reading_finds(held):
    folder, files = held
    paths = [folder / claims for _, claims in files]
    whole = pa.concat_tables([pq.read_table(path) for path in paths])
    dice = random.Random(5)
    asked = [*dice.sample(whole["event"].to_pylist(), 60), "e" + "0" * 32]
    found = rows.among(paths, "event", iter(asked), CLAIM)
    kept = whole.filter(pc.is_in(whole["event"], pa.array(asked))).select(CLAIM.names)
    assert sorted(found["id"].to_pylist()) == sorted(kept["id"].to_pylist())
    assert rows.among(paths, "event", [], CLAIM).num_rows == 0
    assert rows.among([], "event", asked, CLAIM).num_rows == 0


def test_damage_is_an_error_that_is_told(held, tmp_path):
    folder, files = held
    events, claims = files[0]
    (tmp_path / "claims").mkdir()
    (tmp_path / claims).write_bytes((folder / claims).read_bytes())
    whole, dice, failed = (folder / events).read_bytes(), random.Random(3), 0
    (tmp_path / "events").mkdir()
    for cut in range(30):
        damaged = bytearray(whole)
        for _ in range(3):
            damaged[-1 - dice.randrange(len(damaged) // (1 + cut % 5))] = dice.randrange(256)
        (tmp_path / events).write_bytes(damaged[: len(damaged) - cut % 2])
        try:
            rows.read(tmp_path, [Place(events, claims, 1), Place(events, claims, EACH - 1)])
        except LAKE_ERRORS:
            failed += 1
    assert failed > 15
