"""What is written: equal for equal seeds, true to its truth, fictional through and through."""

import csv
import hashlib
import itertools
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from PIL import Image
from stdnum import iban

from palermo.simulate import simulate
from palermo.simulate.world import city
from simulate.reading import PICTURES, responses, seen, text_of

FICTIONAL = re.compile(
    r"\+(44(207946|161496|121496|113496|151496|117496|141496|131496|114496|191498|115496|116496|118496|"
    r"292018|289649)\d{4}|1\d{3}55501\d\d)"
)
UGLY = (
    "sex",
    "escort",
    "nude",
    "naked",
    "xxx",
    "incall",
    "outcall",
    "virgin",
    "slave",
    "girl",
    "erotic",
)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def digests(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


@pytest.fixture(scope="session")
def texts(case: Path) -> dict[str, str]:
    """The text of every whole file of evidence, and of each advert's own page by its address."""
    evidence = case / "evidence"
    found = {}
    for file in sorted(p for p in evidence.rglob("*") if p.is_file()):
        name = str(file.relative_to(evidence))
        if name.startswith("damaged/"):
            continue
        found[name] = text_of(file)
        if file.parent.name == "web":
            for address, media, body, _ in responses(file):
                if media.startswith("text"):
                    found[address] = seen(body, media)
    return found


def test_an_equal_seed_gives_equal_bytes_in_another_process(case: Path, tmp_path: Path):
    code = (
        "import sys; from pathlib import Path; from palermo.simulate import simulate; "
        "simulate(Path(sys.argv[1]), 11, 'small')"
    )
    env = os.environ | {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "b")], check=True, env=env)
    assert digests(case) == digests(tmp_path / "b")


def test_a_folder_in_use_is_refused(case: Path):
    with pytest.raises(FileExistsError, match="not empty"):
        simulate(case, 11, "small")


def test_every_identifier_stands_where_the_truth_says(case: Path, texts: dict[str, str]):
    written = rows(case / "truth/written.csv")
    missing = []
    for row in written:
        form = row["written"] or row["key"].rsplit(":", 1)[1]
        if form not in texts[row["where"]]:
            missing.append(row)
    assert len(written) > 500
    assert not missing
    borne = {row["key"] for row in written}
    nodes = rows(case / "truth/nodes.csv")
    assert {n["key"] for n in nodes if n["node_kind"] == "identifier"} == borne


def test_every_posting_has_its_page_in_a_crawl_and_its_actor(case: Path, texts: dict[str, str]):
    postings = [n for n in rows(case / "truth/nodes.csv") if n["node_kind"] == "posting"]
    assert len(postings) >= 300
    assert all(p["key"] in texts and p["actor"] for p in postings)
    captures: dict[str, set[str]] = defaultdict(set)
    for file in (case / "evidence/web").iterdir():
        for address, _, _, time in responses(file):
            captures[address].add(time)
    again = [p for p in postings if len(captures[p["key"]]) > 1]
    assert len(again) > len(postings) // 20  # some are captured on several days


def test_all_numbers_are_fictional(case: Path, texts: dict[str, str]):
    phones = {r["key"][6:] for r in rows(case / "truth/nodes.csv") if r["key"].startswith("phone:")}
    assert len(phones) > 100
    assert not [phone for phone in phones if not FICTIONAL.fullmatch(phone)]
    for name, text in texts.items():
        for match in re.finditer(r"\+(?:44|1)(?:[ ()./-]{0,2}\d){9,11}\b", text):
            number = "+" + re.sub(r"\D", "", match[0])
            assert FICTIONAL.match(number), (name, match[0])
    hosts = {m[1] for t in texts.values() for m in re.finditer(r"https?://([\w.-]+)", t)}
    known = {"t.me", "www.topografix.com", "schema.org"}
    assert not [h for h in hosts - known if not re.search(r"(^|\.)example\.(org|com|net)$", h)]


def test_nothing_ugly_is_written(texts: dict[str, str]):
    for name, text in texts.items():
        found = set(re.findall(r"[a-z]+", text.lower())) & set(UGLY)
        assert not found, (name, found)


def test_accounts_and_wallets_pass_their_checks(case: Path):
    keys = [r["key"] for r in rows(case / "truth/nodes.csv")]
    ibans = [key[5:] for key in keys if key.startswith("iban:")]
    assert len(ibans) > 5
    assert all(iban.is_valid(value) and "PLRM" in value for value in ibans)


def test_the_truth_is_not_in_the_evidence(texts: dict[str, str]):
    assert not [name for name, text in texts.items() if re.search(r"\ba0\d{4}\b", text)]


def _mt940(text: str) -> None:
    number = r"(\d+,\d\d)"
    before = None
    for message in text.split(":20:")[1:]:
        first = re.search(rf":60F:([CD])\d{{6}}[A-Z]{{3}}{number}", message)
        last = re.search(rf":62F:([CD])\d{{6}}[A-Z]{{3}}{number}", message)
        assert first and last
        opening, closing = (
            int(m[2].replace(",", "")) * (1 if m[1] == "C" else -1) for m in (first, last)
        )
        moved = re.findall(rf":61:\d{{10}}([CD]){number}N", message)
        total = sum(int(a.replace(",", "")) * (1 if s == "C" else -1) for s, a in moved)
        assert moved
        assert opening + total == closing
        assert before in (None, opening)
        before = closing


def _table(text: str, delimiter: str) -> None:
    lines = list(csv.DictReader(text.lstrip("\ufeff").splitlines(), delimiter=delimiter))
    names = list(lines[0])
    cents = lambda v: int(re.sub(r"[^\d-]", "", v) or 0)  # noqa: E731
    before = None
    for line in lines:
        moved = (
            cents(line["Amount"])
            if "Amount" in line
            else cents(line["Credit"]) - cents(line["Debit"])
        )
        after = cents(line[names[-1]])
        assert before is None or before + moved == after
        before = after
    assert len(lines) > 5


def test_balances_add_up(tmp_path: Path, case: Path):
    statements = sorted((case / "evidence/bank").iterdir())
    assert {p.suffix for p in statements} >= {".sta"}
    for file in statements:
        if file.suffix == ".sta":
            _mt940(file.read_text())
        elif file.suffix == ".csv":
            text = file.read_text("utf-8")
            _table(text, ";" if ";" in text.splitlines()[0] else ",")
        else:
            cells = [line.split(" ") for line in text_of(file).splitlines()[1:]]
            pairs = [(round(float(c[-2]) * 100), round(float(c[-1]) * 100)) for c in cells]
            assert all(a[1] + b[0] == b[1] for a, b in itertools.pairwise(pairs))


def test_pictures_keep_their_exif(case: Path):
    stays = defaultdict(list)
    for stay in rows(case / "truth/stays.csv"):
        stays[stay["actor"]].append(stay)
    owner = {r["key"]: r["actor"] for r in rows(case / "truth/nodes.csv")}
    count = 0
    for file in sorted((case / "evidence/pictures").rglob("IMG_*")):
        data = Image.open(file).getexif()
        if "_edited" in file.name:
            assert not dict(data)
            continue
        gps, inner = data.get_ifd(0x8825), data.get_ifd(0x8769)
        lat, lon = (float(v[0]) + float(v[1]) / 60 + float(v[2]) / 3600 for v in (gps[2], gps[4]))
        lon = -lon if gps[3] == "W" else lon
        actor = owner[f"device:exif:{data[0x010F]}:{data[0x0110]}:{inner[0xA431]}"]
        stamp = inner[0x9003].replace(":", "-", 2).replace(" ", "T")
        here = [s for s in stays[actor] if s["start"][:16] <= stamp <= s["end"][:16]]
        assert here, (file, stamp)
        place = city(here[0]["place"])
        assert abs(lat - place.lat) < 0.05
        assert abs(lon - place.lon) < 0.08
        count += 1
    assert count
    assert {p.suffix for p in (case / "evidence").rglob("*")} & set(PICTURES) >= {".jpg"}


def test_the_intake_names_files_and_mappings_that_exist(case: Path):
    evidence = case / "evidence"
    intake = yaml.safe_load((evidence / "intake.yaml").read_text("utf-8"))["exhibits"]
    for entry in intake:
        assert list(evidence.glob(entry["files"].replace("[", "[[]"))), entry
        if "mapping" in entry:
            assert (evidence / f"mappings/{entry['mapping']}.yaml").exists()
    for file in evidence.glob("mappings/*.yaml"):
        mapping = yaml.safe_load(file.read_text("utf-8"))
        if "antennas_file" in mapping:
            assert (file.parent / mapping["antennas_file"]).exists()


def test_damaged_files_are_named(case: Path):
    named = {r["file"] for r in rows(case / "truth/problems.csv")}
    there = {f"damaged/{p.name}" for p in (case / "evidence/damaged").iterdir()}
    assert named == there
    assert any(r["kind"] == "not understood" for r in rows(case / "truth/problems.csv"))


def test_decisions_name_what_the_evidence_bears(case: Path):
    # a phone that is only named as a chat's holder may not be found by its number; a carrier's
    # subscriber is a party to each call
    borne = {r["key"] for r in rows(case / "truth/written.csv") if r["where"] != "intake.yaml"}
    intake = yaml.safe_load((case / "evidence/intake.yaml").read_text("utf-8"))["exhibits"]
    borne |= {entry["holder"] for entry in intake if entry["files"].startswith("calls/")}
    nodes = {r["key"]: r for r in rows(case / "truth/nodes.csv")}
    nodes = {k: r for k, r in nodes.items() if r["node_kind"] == "posting" or k in borne}
    lines = (case / "decisions.jsonl").read_text("utf-8").splitlines()
    made = [json.loads(line) for line in lines]
    assert {d["act"] for d in made} >= {
        "confirm",
        "reject",
        "generic",
        "open_person",
        "tie",
        "set_role",
        "exculpatory",
    }
    assert len({d["by"] for d in made}) == 2
    assert [d["at"] for d in made] == sorted(d["at"] for d in made)
    last = {}
    for d in made:
        for end in (d["a"], d.get("b")):
            named = end is None or end.startswith(("Person ", "finding:")) or end in nodes
            assert named, end
        if d["act"] in ("confirm", "reject") and "b" in d and not d["a"].startswith("finding:"):
            last[d["a"], d["b"]] = d["act"]
        if d["act"] == "generic":
            assert nodes[d["a"]]["trap"]
    for (a, b), act in last.items():
        assert (nodes[a]["actor"] == nodes[b]["actor"]) == (act == "confirm")
