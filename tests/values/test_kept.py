"""What is kept beside a module is what would be made again, and is made again when it must be."""

import os

import pyarrow as pa
import pytest

from palermo.values import place
from palermo.values.kept import kept

COLUMNS = {"names": pa.array(["Leeds", "לידס", ""]), "cities": pa.array([7], pa.uint32())}


class Maker:
    def __init__(self, columns=COLUMNS) -> None:
        self.columns, self.asked = columns, 0

    def __call__(self):
        self.asked += 1
        return self.columns


@pytest.fixture
def module(tmp_path):
    path = tmp_path / "towns.py"
    path.write_text("")
    return path


def files(module):
    return sorted((module.parent / "__pycache__").iterdir())


def same(got):
    return got.keys() == COLUMNS.keys() and all(got[k].equals(v) for k, v in COLUMNS.items())


def test_what_is_kept_is_read_and_not_made_again(module) -> None:
    make = Maker()
    assert all(same(kept(str(module), "towns", (), make)) for _ in range(3))
    assert make.asked == 1


@pytest.mark.parametrize("change", ["source", "module", "version"])
def test_other_sources_are_read_anew_and_what_was_kept_of_the_old_ones_goes(module, change) -> None:
    make, source = Maker(), module.with_name("data.json")
    source.write_text("[]")
    kept(str(module), "towns", (source, "1"), make)
    old = files(module)
    if change == "source":
        source.write_text("[1]")
    elif change == "module":
        os.utime(module, ns=(1, 1))
    kept(str(module), "towns", (source, "2" if change == "version" else "1"), make)
    assert make.asked == 2 and len(files(module)) == 1 and files(module) != old


@pytest.mark.parametrize("left", [0, 100, -1], ids=["empty", "cut short", "last byte missing"])
def test_a_broken_file_is_made_again(module, left) -> None:
    make = Maker()
    kept(str(module), "towns", (), make)
    (file,) = files(module)
    file.write_bytes(file.read_bytes()[:left])
    assert same(kept(str(module), "towns", (), make)) and make.asked == 2
    assert same(kept(str(module), "towns", (), make)) and make.asked == 2


def test_where_nothing_can_be_written_it_is_made_each_time(module) -> None:
    (module.parent / "__pycache__").write_text("a file where the folder would be")
    make = Maker()
    assert all(same(kept(str(module), "towns", (), make)) for _ in range(2))
    assert make.asked == 2


def test_no_draft_is_left_behind(module) -> None:
    with pytest.raises(ZeroDivisionError):
        kept(str(module), "towns", (), lambda: {"a": 1 / 0})
    kept(str(module), "towns", (), Maker())
    assert [file.suffix for file in files(module)] == [".arrow"]


def test_the_gazetteer_that_is_kept_is_the_one_that_would_be_made() -> None:
    columns, made = place.gazetteer()._columns, place.place_made.made(place._data())
    assert columns.keys() == made.keys()
    for name, column in made.items():
        assert columns[name].equals(column), name
