"""One market of adverts worked by this machine's processes and on Spark: the same rows, at what cost.

Spark runs in local mode, so both have the same cores. Needs `uv sync --extra spark`, and Java.
Run: python bench/engines.py --adverts 100000
"""

import argparse
import sys
import tempfile
from contextlib import closing
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import duckdb
from measuring import Measured, palermo

from palermo.store.case import Case
from palermo.store.lake import SCHEMAS

MIB = 1 << 20
ORIGIN = "bench:market"
KEYED = {"nodes": "token"}  # by each case's own key


def worked(case: Path, evidence: Path, *engine: str) -> Measured:
    until = (date.today() + timedelta(days=30)).isoformat()
    palermo(
        "new", str(case), "--offence", "trafficking", "--authority", "Bench", "--basis", "Bench",
        "--until", until, "--approved-by", "A. Bench",
    )  # fmt: skip
    palermo("add", str(case), str(evidence), "--origin", ORIGIN)
    return palermo("run", str(case), *engine)


def compared(here: Path, there: Path) -> dict[str, tuple[int, int]]:
    """Return for each table how many rows it has, and how many are not in both."""
    told = {}
    with closing(Case.open(here).tables()) as mine, closing(Case.open(there).tables()) as other:
        for kind, schema in SCHEMAS.items():
            if kind == "signed":  # what is kept of texts; it is in their links
                continue
            names = ", ".join(f'"{name}"' for name in schema.names if name != KEYED.get(kind))
            one = mine.sql(f"SELECT {names} FROM {kind}")
            two = other.sql(f"SELECT {names} FROM {kind}")
            assert one.num_rows + two.num_rows, kind  # both are named in the query below
            both = "(FROM one EXCEPT ALL FROM two) UNION ALL (FROM two EXCEPT ALL FROM one)"
            differ = duckdb.sql(f"SELECT count(*) FROM ({both})").fetchall()[0][0]
            told[kind] = (one.num_rows, differ)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adverts", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=903)
    parser.add_argument("--master", default="local[2]")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        palermo("simulate", str(root / "market"), "--adverts", str(asked.adverts), "--seed",
                str(asked.seed))  # fmt: skip
        evidence = root / "market" / "evidence"
        rows = {
            "processes": worked(root / "here", evidence),
            f"Spark {version('pyspark')}, {asked.master}": worked(
                root / "there", evidence, "--engine", asked.master
            ),
        }
        print("| engine | wall s | CPU s | peak MiB |\n|---|---|---|---|")
        for name, r in rows.items():
            print(f"| {name} | {r.wall:.1f} | {r.cpu:.1f} | {r.peak / MIB:,.0f} |")
        told = compared(root / "here", root / "there")
    print("\n| table | rows | rows that differ |\n|---|---|---|")
    for kind, (count, differ) in told.items():
        print(f"| {kind} | {count:,} | {differ:,} |")
    if any(differ for _, differ in told.values()):
        sys.exit("The engines do not agree.")


if __name__ == "__main__":
    main()
