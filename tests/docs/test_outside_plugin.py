"""Follows docs/plugins to the letter: its package works from outside Palermo."""

import hashlib
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from prose import ROOT, blocks

GROUPS = {"sources", "decoders", "extractors", "matchers", "patterns", "rules", "formats"}
LOG = ["#gate 51.5000 0.0500 Example Quay, north gate"] + [
    f"2026-03-0{day}T02:1{n}:00+00:00 AB1{n} CDE in CSQU3054383"
    for day in (1, 2, 3)
    for n in (4, 5)
]


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pages' files, and install the package as a wheel's installer would."""
    root = tmp_path_factory.mktemp("outside")
    for page in sorted((ROOT / "docs" / "plugins").glob("*.md")):
        for block in blocks(page):
            if block.title:
                path = root / block.title
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("a", encoding="utf-8") as file:
                    file.write(block.code + "\n")
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    about = root / "src" / f"{project['name']}-{project['version']}.dist-info"
    about.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (about / "METADATA").write_text(metadata, "utf-8")
    points = [
        line
        for group, plugins in project["entry-points"].items()
        for line in (f"[{group}]", *(f"{name} = {where}" for name, where in plugins.items()))
    ]
    (about / "entry_points.txt").write_text("\n".join(points) + "\n", "utf-8")
    assert {group.removeprefix("palermo.") for group in project["entry-points"]} == GROUPS
    return root


def python(outside: Path, *words: str, code: int = 0) -> str:
    """Run Python with the outside package installed; return its standard output."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=outside,
        env={**os.environ, "PYTHONPATH": str(outside / "src")},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == code, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout + (done.stderr if code else "")


def palermo(outside: Path, *words: str, code: int = 0) -> str:
    return python(outside, "-m", "palermo", *words, code=code)


def test_the_tests_of_the_pages_pass(outside: Path) -> None:
    told = python(outside, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")
    assert "passed" in told and "skipped" not in told


def test_each_plugin_does_its_work_in_a_case(outside: Path) -> None:
    log = "\n".join(LOG).encode()
    (outside / "bag" / "data").mkdir(parents=True)
    (outside / "bag" / "data" / "gate.log").write_bytes(log)
    manifest = f"{hashlib.sha256(log).hexdigest()}  data/gate.log\n"
    (outside / "bag" / "manifest-sha256.txt").write_text(manifest, "utf-8")
    palermo(
        outside, "new", "case", "--offence", "smuggling", "--authority", "Order 1",
        "--basis", "Test", "--until", "2099-01-01", "--approved-by", "A. Judge",
    )  # fmt: skip

    palermo(outside, "add", "case", "bagit://bag", "--region", "GB")
    palermo(outside, "run", "case")
    status = json.loads(palermo(outside, "status", "case", "--json"))
    assert status["exhibits"] == 1, "source"
    assert status["events"] == {"position": 6}, "decoder"
    assert status["claims"]["reference"] == 6, "extractor"
    assert status["links"] == {"company": 1}, "matcher"
    assert status["findings"] == {"nights": 2}, "pattern"

    queue = json.loads(palermo(outside, "review", "case", "--json"))
    finding = queue["findings"][0]["id"]
    why = palermo(outside, "why", "case", finding)
    assert "sealed bytes verified" in why
    palermo(
        outside, "review", "case", finding, "--act", "confirm", "--reason", "Read with the log."
    )
    words = ("share", "case", "--format", "markdown", "--purpose", "Charging decision", "--to")
    refused = palermo(outside, *words, "Somebody Else", code=4)
    assert "no agreement with that recipient" in refused, "rule"
    shared = json.loads(palermo(outside, *words, "Example Prosecution Service", "--json"))
    written = (Path(shared["folder"]) / "chronology.md").read_text("utf-8")
    assert "position, EX-1: 2026" in written, "format"
    assert "AB14 CDE" not in written, "what leaves is masked in any format"


def test_without_the_package_nothing_of_it_is_there(outside: Path) -> None:
    code = (
        "from importlib.metadata import entry_points;"
        "print([point.name for point in entry_points(group='palermo.decoders')])"
    )
    assert "'gate_log'" in python(outside, "-c", code)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "gate_log" not in done.stdout and "warc" in done.stdout
