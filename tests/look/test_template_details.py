"""What stands in a template's slots is masked like the adverts it comes from."""

import zipfile
from pathlib import Path

import pytest

from case import grant, warc
from palermo.ui.cli.show import lines
from palermo.vocabulary import Statement
from palermo.workspace import Workspace

NAMES = ["Mara Quill", "Ines Falk", "Olga Berin", "Nadia Voss", "Wilma Sund"]
PAGE = """<html lang="en"><head><title>Work in Leeds {n}</title></head><body><article class="ad">
<h1>Harvest helpers wanted number {n}</h1><p class="meta">Posted 2026-03-0{n} 10:00 · Leeds</p>
<p>We look for helpers for the harvest near the coast, rooms are ready and the bus is free for all who
stay the season. Call 020 7946 00{n}{n} and ask for {name}, seat 53349{n}217 please.</p></article>
</body></html>"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    folder = tmp_path / "evidence"
    folder.mkdir()
    for n, name in enumerate(NAMES, 1):
        page = warc(f"https://ads.example.org/{n}", PAGE.format(n=n, name=name))
        (folder / f"{n}.warc.gz").write_bytes(page)
    Workspace.new(tmp_path / "case", grant(), "analyst")
    workspace = Workspace.open(tmp_path / "case", "analyst")
    workspace.add([str(folder)], Statement(region="GB", zone="Europe/London"))
    workspace.run()
    return workspace


def parts(names: list[str]) -> list[str]:
    return [part for name in names for part in name.split()]


def test_staff_see_no_name_in_a_slot(workspace):
    (finding,) = (f for f in workspace.queue().findings if f.kind == "template")
    assert "ask for {" in finding.details["template"]
    for told in (finding, workspace.show(finding.id), workspace.queue(), workspace.network()):
        text = told.model_dump_json()
        assert not [part for part in parts(NAMES) if part in text]
    slots = str(finding.details["slots"])
    assert "020 7946 0011" in slots, "a published contact is shown to staff"
    assert "533491217" not in slots, "what nothing has read is not shown"


def test_an_advert_shows_the_template_of_the_texts_near_it(workspace):
    hits = workspace.search("harvest").hits
    shown = workspace.show(hits[0].event.id)
    assert shown.template and shown.template.adverts == len(NAMES)
    assert "ask for {" in shown.template.text
    assert not [part for part in parts(NAMES) if part in shown.model_dump_json()]
    phones = next(slot.values for slot in shown.template.slots if slot.name == "phone")
    assert len(set(phones.values())) == len(NAMES)
    assert "533491217" not in str(shown.template), "what nothing has read is not shown"


def test_a_finding_and_its_adverts_show_one_template(workspace):
    (finding,) = (f for f in workspace.queue().findings if f.kind == "template")
    shown = workspace.show(finding.id)
    assert shown.template == workspace.show(finding.evidence[0]).template
    told = "\n".join(lines(shown))
    assert f"Template of 5 adverts: {shown.template.text}" in told
    assert "phone: 020 7946 0011; 020 7946 0022" in told


def test_a_package_holds_no_name_and_no_number_of_a_slot(workspace, tmp_path):
    (finding,) = (f for f in workspace.queue().findings if f.kind == "template")
    workspace.decide("confirm", finding.id, reason="Read and compared")
    shared = workspace.share("table", "Prosecutor", "Charges")
    package = Path(shared.folder)
    files = [path for path in package.rglob("*") if path.is_file()]
    assert files
    content = b""
    for path in files:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as book:
                content += b"".join(book.read(name) for name in book.namelist())
        content += path.read_bytes()
    assert b"Harvest helpers wanted" in content
    for part in [*parts(NAMES), "7946 00", "79460", "533491217"]:
        assert part.encode() not in content, part
