"""No licence among what Palermo is made of binds its users: no GPL, no AGPL, in code or libraries."""

import json
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PERMISSIVE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|ISCL|PSF|Python|MPL|Mozilla|Zlib|0BSD|CC0|MIT-CMU|Unlicense|BlueOak|OFL)\b",
    re.IGNORECASE,
)
LESSER = re.compile(r"\bLGPL|Lesser General Public", re.IGNORECASE)
STRONG = re.compile(r"\bA?GPL|(?<!Lesser )General Public Licen[sc]e|\bAffero\b", re.IGNORECASE)
# The LGPL is met where a library is used as it is and can be exchanged for another build of it.
LGPL = {
    "python-stdnum": "imported, not changed",
    "psycopg": "imported, not changed; only with palermo[postgres]",
    "psycopg-binary": "the same, with PostgreSQL's client library",
    "pi-heif": "loads libheif and libde265, which are shared libraries beside it",
}
# Whose metadata name another licence than the text that lies beside them.
MISTAKEN = {"locate": "MIT License"}
# Libraries under the GPL that wheels are known to carry along.
CARRIED = re.compile(
    r"(?:^|/)(?:lib)?(x264|x265|xvid\w*|postproc|readline|gsl|fftw3\w*|mupdf|gs)\b.*\.(so|dylib|dll)\b"
)


def judge(told: str) -> str:
    """Return "free", "lesser" or "bound" for a licence as written; of alternatives, the freest."""
    found = []
    for choice in re.split(r"\s+OR\s+|\s+or\s+(?!later)", told.strip("() \n")):
        if LESSER.search(choice):
            found.append("lesser")
        elif STRONG.search(choice) and "exception" not in choice.lower():
            found.append("bound")
        else:
            found.append("free" if PERMISSIVE.search(choice) else "bound")
    return min(found, key=("free", "lesser", "bound").index)


SAID = [
    ("MIT", "free"), ("BSD-3-Clause AND 0BSD AND MIT", "free"), ("Apache 2.0", "free"),
    ("GPL-3.0-only", "bound"), ("AGPL-3.0", "bound"), ("GNU General Public License v2", "bound"),
    ("LGPL-3.0-only", "lesser"), ("GNU Lesser General Public License v2 or later", "lesser"),
    ("(MIT OR GPL-3.0-only)", "free"), ("MIT AND GPL-2.0", "bound"), ("Proprietary", "bound"),
    ("", "bound"), ("GPL-3.0-with-GCC-exception AND MIT", "free"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "verdict"), SAID)
def test_licences_are_judged_by_what_they_ask(told: str, verdict: str) -> None:
    assert judge(told) == verdict


def needed(name: str, extras: frozenset[str] = frozenset()) -> dict[str, Distribution]:
    """Return, by name, all that a distribution needs on this machine, itself included."""
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(name, extras)]
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        here = distribution(name)
        found[name.lower().replace("_", "-")] = here
        for line in here.requires or []:
            wanted = Requirement(line)
            marker = wanted.marker
            if marker is None or any(marker.evaluate({"extra": e}) for e in ("", *extras)):
                waiting.append((wanted.name, frozenset(wanted.extras)))
    return found


def said(package: Distribution) -> str:
    about = package.metadata
    if title := MISTAKEN.get(package.name):
        text = package.read_text("LICENSE") or package.read_text("licenses/LICENSE") or ""
        assert text.startswith(title), text[:80]
        return title
    classifiers = [c for c in about.get_all("Classifier") or [] if c.startswith("License ::")]
    licence = (about.get("License") or "").strip().splitlines()
    return about.get("License-Expression") or " AND ".join(classifiers) or " ".join(licence[:1])


def carried(package: Distribution) -> Iterator[str]:
    """Return what a wheel says, or shows, to carry along under the GPL."""
    for file in package.files or []:
        if CARRIED.search(str(file)):
            yield str(file)
        if "dist-info" in str(file) and "bundled" in file.name.lower():
            for line in file.read_text(encoding="utf-8").splitlines():
                if line.startswith("License") and judge(line.partition(":")[2]) == "bound":
                    yield f"{file}: {line}"


PACKAGES = needed("palermo", frozenset({"postgres"}))


def test_the_walk_reaches_what_is_needed_by_what_is_needed() -> None:
    assert len(PACKAGES) > 40
    assert {"palermo", "psycopg", "starlette", "pydantic-core"} <= PACKAGES.keys()


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_no_package_binds_its_users(name: str) -> None:
    package = PACKAGES[name]
    assert judge(said(package)) == ("lesser" if name in LGPL else "free"), said(package)
    assert list(carried(package)) == []


def test_the_table_of_lesser_licences_names_nothing_that_is_gone() -> None:
    assert LGPL.keys() <= PACKAGES.keys()


def test_no_part_of_the_workbench_binds_its_users() -> None:
    lock = ROOT / "web" / "package-lock.json"
    if not lock.is_file():
        pytest.skip("the workbench's source is not here")
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    told = {path: about.get("license", "") for path, about in packages.items()}
    assert len(told) > 100
    assert {path: licence for path, licence in told.items() if judge(licence) != "free"} == {}


CARRIES = [
    "libx265-4883ecb5.so.217",
    "pillow_heif.libs/libx264.so",
    "x/libgsl.27.dylib",
    "x265.dll",
]


@pytest.mark.parametrize("path", CARRIES)
def test_a_carried_library_is_recognised(path: str) -> None:
    assert CARRIED.search(path)
